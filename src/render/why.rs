//! Why: terms, words, examples and campaigns, in tables and quotes.

use super::document::{Block, Quote, Section, Table, Words};
use super::language::Language;
use crate::report::{Contrast, Summary, visible};

pub(super) fn terms(summary: &Summary, language: Language) -> Section {
    let terms = &summary.terms;
    let mut blocks: Vec<Block> = ["pro", "kontra"].iter().map(|side| carriers(summary, side, language)).collect();
    blocks.extend(terms.contrasts.iter().map(|contrast| words(contrast, language)));
    let note = language.pick("Dari teks berbeda yang diperiksa", "Of distinct texts looked at");
    blocks.push(Block::Note(format!("{note}: {}.", language.count(terms.texts))));
    Section::new("why", language.pick("Mengapa", "Why"), blocks)
}

pub(super) fn examples(summary: &Summary, language: Language) -> Option<Section> {
    let quotes: Vec<Quote> = summary
        .examples
        .iter()
        .map(|example| Quote {
            label: format!(
                "{} · {} · {} {}",
                language.name(&example.seller),
                example.stance,
                language.pick("condong", "lean"),
                language.signed(example.lean)
            ),
            text: example.text.clone(),
            terms: example.terms.join(", "),
        })
        .collect();
    let note = language.pick(
        "Post yang condongnya paling dekat dengan median kelompoknya, bukan yang paling keras; nama, nomor dan tautan disamarkan.",
        "The posts nearest to the median lean of their class, not the loudest; names, numbers and links are masked.",
    );
    let title = language.pick("Contoh khas", "Typical posts");
    (!quotes.is_empty())
        .then(|| Section::new("examples", title, vec![Block::Note(note.to_owned()), Block::Quotes(quotes)]))
}

pub(super) fn campaigns(summary: &Summary, language: Language) -> Option<Section> {
    let quotes: Vec<Quote> = summary
        .campaigns
        .iter()
        .map(|campaign| Quote {
            label: format!(
                "{} · {} {} · {} {}",
                campaign.stance,
                language.count(campaign.posts),
                language.pick("post", "posts"),
                language.count(campaign.authors),
                language.pick("penulis", "authors")
            ),
            text: campaign.text.clone().unwrap_or_else(|| "…".to_owned()),
            terms: String::new(),
        })
        .collect();
    let title = language.pick("Teks yang disalin banyak penulis", "Texts that several authors posted");
    (!quotes.is_empty()).then(|| Section::new("campaigns", title, vec![Block::Quotes(quotes)]))
}

fn carriers(summary: &Summary, side: &str, language: Language) -> Block {
    let rows =
        summary.terms.carriers.iter().filter(|carrier| carrier.side == side).map(|carrier| {
            vec![visible(&carrier.term), language.signed(carrier.weight), language.count(carrier.texts)]
        });
    let caption =
        format!("{} {side}", language.pick("Istilah penyumbang terbesar untuk", "Terms that weighed most for"));
    let head = [
        language.pick("istilah", "term"),
        language.pick("jumlah bobot", "sum of weights"),
        language.pick("teks", "texts"),
    ];
    Block::Table(Table::new(&caption, &head, rows.collect()))
}

fn words(contrast: &Contrast, language: Language) -> Block {
    let (of, from) = (language.name(&contrast.of), language.name(&contrast.from));
    let title = format!("{}: {of} / {from}", language.pick("Kata pembeda", "Distinctive words"));
    let words = contrast.words.iter().map(|word| {
        let counts = format!("{} : {}", language.count(word.texts_of), language.count(word.texts_from));
        (word.word.clone(), word.z, counts)
    });
    let words: Vec<_> = words.collect();
    let keys = if contrast.of.ends_with("pro") { ["pro", "kontra"] } else { ["online", "offline"] };
    if words.is_empty() {
        let none = language.pick("tidak ada kata yang cukup berbeda", "no word differs enough");
        return Block::Note(format!("{title}: {none}."));
    }
    Block::Words(Words { title, of, from, keys, entries: words })
}
