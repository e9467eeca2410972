//! What the figures rest on: what was counted, what was left out, and how it was computed.

use super::document::{Block, Section, Table};
use super::language::Language;
use crate::report::{Named, Summary, visible};

pub(super) fn intake(summary: &Summary, language: Language) -> Section {
    let intake = &summary.intake;
    let mut rows = vec![
        (language.pick("post dibaca", "posts read"), intake.read),
        (language.pick("baris ditolak", "rows rejected"), summary.about.rejected),
        (language.pick("diekspor dua kali (id sama)", "exported twice (same id)"), intake.exported_twice),
        (language.pick("retweet", "retweets"), intake.retweets),
        (language.pick("iklan", "adverts"), intake.adverts),
        (language.pick("salinan persis", "exact repeats"), intake.exact_repeats),
        (language.pick("hampir sama", "near repeats"), intake.near_repeats),
        (language.pick("dihitung", "counted"), intake.counted),
        (language.pick("tanpa nama penulis", "without an author"), intake.anonymous),
        (language.pick("bertanggal", "dated"), intake.dated),
        (language.pick("tanpa satu pun istilah leksikon", "without any lexicon term"), summary.coverage.without_term),
    ];
    if intake.one_author_in > 1 {
        rows.insert(1, (language.pick("penulis disampel: 1 dari", "authors sampled: 1 in"), intake.one_author_in));
    }
    let cells =
        |(name, number): (&str, u64)| vec![name.to_owned(), language.count(number), language.part(number, intake.read)];
    let title = language.pick("Apa yang dihitung", "What was counted");
    let head = [
        language.pick("apa", "what"),
        language.pick("jumlah", "number"),
        language.pick("dari yang dibaca", "of those read"),
    ];
    let mut rows: Vec<Vec<String>> = rows.into_iter().map(cells).collect();
    rows.push(vec![language.pick("penulis", "authors").to_owned(), language.count(intake.authors), "–".to_owned()]);
    let mut blocks = vec![Block::Table(Table::new(title, &head, rows))];
    blocks.push(Block::Note(left_out(summary, language)));
    blocks.push(reasons(summary, language));
    blocks.push(unknown(&summary.terms.unknown, language));
    blocks.push(warnings(summary, language));
    Section::new("intake", title, blocks)
}

pub(super) fn method(summary: &Summary, language: Language) -> Section {
    let about = &summary.about;
    let or_none = |parts: &[String]| if parts.is_empty() { "–".to_owned() } else { parts.join(" ") };
    let mut lines = vec![
        format!("condong {}, {} {}", about.tool, language.pick("leksikon", "lexicon"), about.lexicon),
        format!("{}: {}", language.pick("sumber", "sources"), or_none(&about.sources)),
        format!("{}: {}", language.pick("pilihan", "options"), or_none(&about.options)),
    ];
    lines.extend(methods(language).map(str::to_owned));
    let lines = lines.iter().map(|line| visible(line)).collect();
    Section::new("method", language.pick("Cara hitung", "Method"), vec![Block::List(lines)])
}

fn left_out(summary: &Summary, language: Language) -> String {
    let kept = &summary.intake.kept_kinds;
    if kept.is_empty() {
        return language
            .pick(
                "Retweet, iklan dan salinan tidak masuk porsi (--keep advert,repeat,retweet memasukkannya).",
                "Retweets, adverts and repeats are left out of the shares (--keep advert,repeat,retweet keeps them).",
            )
            .to_owned();
    }
    let kept: Vec<String> = kept.iter().map(|kind| language.name(kind.name())).collect();
    format!("{}: {}.", language.pick("Ikut masuk porsi", "Included in the shares"), kept.join(", "))
}

fn reasons(summary: &Summary, language: Language) -> Block {
    let netral: u64 = summary.coverage.reasons.iter().map(|reason| reason.posts).sum();
    let rows = summary.coverage.reasons.iter().map(|reason| {
        vec![language.name(&reason.name), language.count(reason.posts), language.part(reason.posts, netral)]
    });
    let title = language.pick("Mengapa netral", "Why netral");
    let head = [
        language.pick("sebab", "reason"),
        language.pick("post", "posts"),
        language.pick("dari yang netral", "of netral"),
    ];
    Block::Table(Table::new(title, &head, rows.collect()))
}

fn unknown(words: &[Named], language: Language) -> Block {
    let words: Vec<String> =
        words.iter().map(|word| format!("{} ({})", word.name, language.count(word.posts))).collect();
    let words = if words.is_empty() { "–".to_owned() } else { words.join(", ") };
    let title = language
        .pick("Kata tersering pada teks tanpa istilah leksikon", "Most frequent words of texts without a lexicon term");
    Block::Note(format!("{title}: {words}."))
}

fn warnings(summary: &Summary, language: Language) -> Block {
    if summary.about.warnings.is_empty() {
        let none = language.pick("Tidak ada peringatan tentang berkas.", "No warnings about the files.");
        return Block::Note(none.to_owned());
    }
    Block::List(summary.about.warnings.iter().map(|warning| visible(warning)).collect())
}

fn methods(language: Language) -> [&'static str; 4] {
    [
        language.pick(
            "Porsi: selang Wilson pada n efektif; n efektif = n / efek desain menurut penulis (satu akun dengan 200 post bukan 200 pendapat).",
            "Shares: Wilson intervals at the effective n; effective n = n / design effect by author (one account with 200 posts is not 200 opinions).",
        ),
        language.pick(
            "Neto: Bonett & Price 2012 pada n efektif; variansi jackknife per penulis (MacKinnon, Nielsen & Webb 2023).",
            "Net: Bonett & Price 2012 at the effective n; variance by the jackknife over authors (MacKinnon, Nielsen & Webb 2023).",
        ),
        language.pick(
            "Selisih: uji normal dua sisi; selisih terkecil yang terlihat pada taraf 5% dengan peluang 80%.",
            "Difference: two-sided normal test; the smallest difference found at the 5% level with a chance of 80%.",
        ),
        language.pick(
            "Kata pembeda: log-odds dengan prior Dirichlet informatif (Monroe, Colaresi & Quinn 2008), nilai mutlak z sekurangnya 1,96, tiap kata diuji sendiri.",
            "Distinctive words: log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008), z of 1.96 or more either way, each word on its own.",
        ),
    ]
}
