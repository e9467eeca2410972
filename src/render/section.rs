//! The answer, the groups, the topics, and what the figures rest on, in words and tables.

use super::document::{Bar, Block, Section, Table};
use super::language::Language;
use crate::report::{Difference, MIN_AUTHORS, Standing, Summary};

pub(super) fn answer(summary: &Summary, language: Language) -> Section {
    let leaning = summary.groups.iter().filter(|group| group.name != "both");
    let mut lines: Vec<String> = leaning.map(|group| sentence(group, language)).collect();
    lines.push(difference(&summary.difference, language));
    let (counted, without) = (summary.coverage.posts, summary.coverage.without_term);
    lines.push(format!(
        "{}: {} ({}).",
        language.pick("Post tanpa satu pun istilah leksikon", "Posts without any lexicon term"),
        language.part(without, counted),
        language.count(without)
    ));
    if summary.intake.anonymous > 0 {
        lines.push(format!(
            "{} {}: {}",
            language.count(summary.intake.anonymous),
            language.pick("post tanpa nama penulis", "posts name no author"),
            language.pick(
                "masing-masing dihitung satu penulis, jadi selang mungkin terlalu sempit.",
                "each counts as an author, so intervals may be too narrow."
            )
        ));
    }
    Section::new("answer", language.pick("Jawaban", "Answer"), vec![Block::List(lines)])
}

pub(super) fn groups(summary: &Summary, language: Language) -> Section {
    let title = language.pick("Sikap menurut kelompok penulis", "Stance by who writes");
    let mut blocks = standings(&summary.groups, title, language);
    blocks.push(Block::Note(formulas(language).to_owned()));
    blocks.push(Block::Note(format!(
        "{} {MIN_AUTHORS} {}",
        language.pick("Terlalu sedikit: kurang dari", "Too few: fewer than"),
        language.pick(
            "penulis; post tanpa nama penulis dihitung satu penulis.",
            "authors; a post without one counts as an author."
        )
    )));
    Section::new("groups", title, blocks)
}

pub(super) fn own_groups(summary: &Summary, language: Language) -> Option<Section> {
    let column = summary.grouped_by.as_ref()?;
    let title = format!("{} {}", language.pick("Menurut", "By"), crate::report::visible(column));
    Some(Section::new("own-groups", &title, standings(&summary.own_groups, &title, language)))
}

pub(super) fn reported(summary: &Summary, language: Language) -> Section {
    let title = language.pick("Sikap yang dikabarkan tentang penjual", "What posts report about sellers");
    let note = language.pick(
        "Sikap yang disebut post tentang penjual selain penulisnya; tidak dihitung sebagai sikap penulis.",
        "The stance a post attributes to sellers other than its author; never counted as the author's own.",
    );
    let mut blocks = vec![Block::Note(note.to_owned())];
    blocks.extend(standings(&summary.reported, title, language).into_iter().map(without_netral));
    Section::new("reported", title, blocks)
}

pub(super) fn topics(summary: &Summary, language: Language) -> Section {
    let mut blocks = Vec::new();
    for (parts, title) in [
        (&summary.platforms, language.pick("Menurut platform yang disebut", "By platform named")),
        (&summary.aspects, language.pick("Menurut pokok bahasan", "By aspect")),
    ] {
        if parts.is_empty() {
            blocks
                .push(Block::Note(format!("{title}: {}", language.pick("tidak ada yang disebut.", "none is named."))));
        } else {
            blocks.extend(standings(parts, title, language));
            blocks.push(voice(parts, summary.intake.counted, language));
        }
    }
    Section::new("topics", language.pick("Platform dan pokok bahasan", "Platforms and aspects"), blocks)
}

pub(super) fn tones(summary: &Summary, language: Language) -> Section {
    let title = language.pick("Nada dan sikap", "Tone and stance");
    let rows = summary.tones.iter().map(|tone| {
        let all = tone.pro + tone.kontra + tone.netral;
        let cell = |part: u64| format!("{} ({})", language.count(part), language.part(part, all));
        vec![language.name(&tone.sentiment), cell(tone.pro), cell(tone.kontra), cell(tone.netral), language.count(all)]
    });
    let head = [language.pick("nada", "tone"), "pro", "kontra", "netral", language.pick("post", "posts")];
    let note = language.pick(
        "Nada bukan sikap: orang dapat senang karena ditutup, atau sedih karenanya.",
        "Tone is not stance: people may be glad of a closure, or sad about it.",
    );
    let blocks = vec![Block::Table(Table::new(title, &head, rows.collect())), Block::Note(note.to_owned())];
    Section::new("tones", title, blocks)
}

/// The bars and the tables of several groups.
pub(super) fn standings(parts: &[Standing], caption: &str, language: Language) -> Vec<Block> {
    let mut blocks = Vec::new();
    let bars: Vec<Bar> = parts.iter().filter_map(|part| bar(part, language)).collect();
    if !bars.is_empty() {
        blocks.push(Block::Bars(bars));
    }
    let head = [
        language.pick("kelompok", "group"),
        language.pick("post", "posts"),
        language.pick("penulis", "authors"),
        language.pick("n efektif", "effective n"),
        "pro",
        "kontra",
        "netral",
        language.pick("neto", "net"),
        language.pick("neto kutub", "polar net"),
    ];
    let rows = parts.iter().map(|part| row(part, language)).collect();
    blocks.push(Block::Table(Table::new(caption, &head, rows)));
    blocks
}

/// The table of standings without the columns that say nothing where no post is netral.
fn without_netral(block: Block) -> Block {
    let Block::Table(mut table) = block else { return block };
    for cells in table.rows.iter_mut().chain([&mut table.head]) {
        cells.truncate(8);
        cells.remove(6);
    }
    Block::Table(table)
}

fn row(part: &Standing, language: Language) -> Vec<String> {
    let mut cells = vec![language.name(&part.name), language.count(part.posts), language.count(part.authors)];
    let Some(figures) = &part.figures else {
        let counts = [part.pro, part.kontra, part.netral].map(|count| language.count(count));
        cells.push("–".to_owned());
        cells.extend(counts);
        cells.push(too_few(part, language));
        cells.push("–".to_owned());
        return cells;
    };
    cells.push(language.size(figures.effective));
    cells.extend([figures.pro, figures.kontra, figures.netral].iter().map(|share| language.share(share)));
    cells.push(language.net(&figures.net));
    cells.push(figures.polar.as_ref().map_or("–".to_owned(), |polar| language.net(polar)));
    cells
}

fn bar(part: &Standing, language: Language) -> Option<Bar> {
    let figures = part.figures.as_ref()?;
    Some(Bar {
        name: language.name(&part.name),
        pro: figures.pro.value,
        kontra: figures.kontra.value,
        net: figures.net,
        label: language.net(&figures.net),
    })
}

fn sentence(group: &Standing, language: Language) -> String {
    let who = match group.name.as_str() {
        "all" => language.pick("Semua post", "All posts"),
        "online" => language.pick("Penjual online", "Online sellers"),
        "offline" => language.pick("Penjual offline", "Offline sellers"),
        _ => language.pick("Kelompok tak diketahui", "Group unknown"),
    };
    let Some(figures) = &group.figures else { return format!("{who}: {}.", unsaid(group, language)) };
    let lean = if figures.net.low > 0.0 {
        language.pick("condong pro", "lean pro")
    } else if figures.net.high < 0.0 {
        language.pick("condong kontra", "lean kontra")
    } else {
        language.pick("tidak jelas condong ke mana", "no clear lean")
    };
    format!(
        "{who}: {lean}. {} {} ({} {}, {} {}).",
        language.pick("Neto", "Net"),
        language.net(&figures.net),
        language.count(group.posts),
        language.pick("post", "posts"),
        language.count(group.authors),
        language.pick("penulis", "authors")
    )
}

/// The difference between two groups in a sentence.
pub(super) fn difference(difference: &Difference, language: Language) -> String {
    let subject = if difference.of == difference.from {
        format!("{} ({})", language.pick("Perubahan", "Change"), language.name(&difference.of))
    } else {
        let (of, from) = (language.name(&difference.of), language.name(&difference.from));
        format!("{} {of} − {from}", language.pick("Selisih neto", "Net difference"))
    };
    let (Some(net), Some(p), Some(detectable)) = (&difference.net, difference.p, difference.detectable) else {
        let why = language.pick("terlalu sedikit penulis untuk disimpulkan", "too few authors to say");
        return format!("{subject}: {why}.");
    };
    format!(
        "{subject}: {} (p {}); {} {}.",
        language.net(net),
        language.chance(p),
        language.pick("selisih terkecil yang dapat terlihat", "smallest difference that would show"),
        language.decimal(detectable, 2)
    )
}

/// Why there is no figure, in a cell.
pub(super) fn too_few(part: &Standing, language: Language) -> String {
    if part.posts == 0 {
        return language.pick("tidak ada post", "no posts").to_owned();
    }
    language.pick("terlalu sedikit", "too few").to_owned()
}

/// Why there is no figure, in a sentence.
fn unsaid(group: &Standing, language: Language) -> String {
    if group.posts == 0 {
        return too_few(group, language);
    }
    format!(
        "{} ({} {}, {} {})",
        language.pick("terlalu sedikit untuk disimpulkan", "too few to say"),
        language.count(group.posts),
        language.pick("post", "posts"),
        language.count(group.authors),
        language.pick("penulis", "authors")
    )
}

fn voice(parts: &[Standing], counted: u64, language: Language) -> Block {
    let shares: Vec<String> = parts
        .iter()
        .map(|part| format!("{} {}", language.name(&part.name), language.part(part.posts, counted)))
        .collect();
    Block::Note(format!("{}: {}.", language.pick("Porsi suara", "Share of voice"), shares.join(", ")))
}

fn formulas(language: Language) -> &'static str {
    language.pick(
        "neto = (pro − kontra) / (pro + kontra + netral); neto kutub = (pro − kontra) / (pro + kontra). [ ] = selang 95%.",
        "net = (pro − kontra) / (pro + kontra + netral); polar net = (pro − kontra) / (pro + kontra). [ ] = 95% interval.",
    )
}
