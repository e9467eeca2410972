//! Every format shows the same report, fits its reader, and survives hostile posts.

#[path = "report/posts.rs"]
mod posts;

use condong::opinion::{Opinion, Reason, Reported, Seller, Sentiment, Stance};
use condong::render::{self, Colour, Language, SCHEMA, Screen};
use condong::report::{Event, Noise, Options, Post, Summary, Tally};
use posts::{invented, tally};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

/// What a post may hold that harms a page, a table, a terminal or a spreadsheet.
const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script> <img src=x onerror=alert(1)> tutup tiktok shop sekarang juga",
    "=cmd|' /C calc'!A0 saya pedagang offline minta tutup saja",
    "\u{1b}[31m\u{1b}]0;judul\u{7} merah sekali toko saya sepi hari ini",
    "\u{202e}terbalik\u{202c} \u{2066}arah\u{2069} tulisan ini dibaca terbalik oleh mesin",
    "| tabel | rusak | `kode` *tebal* [tautan](javascript:alert(1)) # judul",
    "</title></style></textarea><!-- --><svg onload=alert(1)> penutup semua tanda",
    "\0\r\n\r\nbaris baru dan nol di tengah kalimat yang panjang",
    "{{7*7}} ${jndi:ldap://x} <?php ?> &lt;b&gt; templat yang tidak dijalankan",
];

fn opinion(stance: Stance) -> Opinion<'static> {
    Opinion {
        stance,
        lean: 0.5,
        confidence: 0.6,
        reason: (stance == Stance::Netral).then_some(Reason::NoEvidence),
        sentiment: Sentiment::Neutral,
        polarity: 0.0,
        seller: Seller::Offline,
        seller_cue: None,
        reported_online: Reported::None,
        reported_offline: Reported::None,
        platforms: vec!["<b>TikTok</b>", "=HYPERLINK(\"x\")"],
        aspects: vec!["price"],
        advert: false,
        evidence: Vec::new(),
        covered: false,
    }
}

fn hostile() -> Summary {
    let mut tally = Tally::default();
    for round in 0..20 {
        for (place, text) in HOSTILE.iter().enumerate() {
            let author = format!("<{round}>{text}");
            let post = Post {
                text,
                author: Some(&author),
                group: Some(text),
                date: format!("2023-10-{:02}", place + 1).parse().ok(),
                ..Post::default()
            };
            tally.add(&post, &opinion(if round % 3 == 0 { Stance::Pro } else { Stance::Kontra }));
        }
    }
    let long = "w".repeat(100_000);
    tally.add(&Post { text: &long, group: Some(&long), ..Post::default() }, &opinion(Stance::Kontra));
    let options = Options {
        keep: Noise::ALL.into_iter().collect(),
        events: vec![Event { date: "2023-10-04".parse().expect("a date"), name: "<i>tutup</i>\u{1b}[0m|".to_owned() }],
        group_by: Some("<u>kota</u>".to_owned()),
        ..Options::default()
    };
    Summary::of(&tally, &options)
}

fn plain(summary: &Summary, width: usize) -> String {
    render::text(summary, &Screen { width, colour: Colour::Plain, language: Language::Id })
}

fn summaries() -> Vec<Summary> {
    [0, 1, 9, 400]
        .map(|count| Summary::of(&tally(&invented(count, 3)), &Options::default()))
        .into_iter()
        .chain([hostile()])
        .collect()
}

#[test]
fn the_json_follows_the_schema() {
    let schema: Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    for summary in summaries() {
        let report = serde_json::from_str(&render::json(&summary)).expect("the report is JSON");
        let problems: Vec<String> = validator.iter_errors(&report).map(|problem| problem.to_string()).collect();
        assert!(problems.is_empty(), "{problems:?}");
    }
}

#[test]
fn hostile_posts_do_not_leave_their_place_on_the_page() {
    let page = render::html(&hostile(), Language::Id);
    for tag in ["<script", "<img", "<b>", "<i>", "<u>", "onload=alert(1)>", "<!--", "<?php"] {
        assert!(!page.contains(tag), "{tag}");
    }
    assert_eq!(page.matches("</title>").count(), 1 + page.matches("<title>").count() - 1);
    assert_eq!(page.matches("<style>").count(), 1);
    assert!(!page.contains("http://") && !page.contains("https://"));
}

#[test]
fn hostile_posts_do_not_reach_the_terminal_or_reorder_text() {
    let summary = hostile();
    let outputs = [
        plain(&summary, 80),
        render::markdown(&summary, Language::Id),
        render::html(&summary, Language::En),
        render::csv(&summary),
        render::json(&summary),
    ];
    for output in outputs {
        let bad = output.chars().find(|letter| {
            (letter.is_control() && *letter != '\n')
                || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        });
        assert_eq!(bad, None);
    }
}

#[test]
fn no_cell_is_a_formula() {
    let table = render::csv(&hostile());
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    for row in reader.records() {
        let row = row.expect("every row has all columns");
        for cell in row.iter().filter(|cell| cell.parse::<f64>().is_err()) {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
        }
    }
}

#[test]
fn markdown_rows_keep_their_columns() {
    let report = render::markdown(&hostile(), Language::Id);
    let mut columns = None;
    for line in report.lines() {
        let found = line.starts_with('|').then(|| line.replace("\\|", "").matches('|').count());
        if let (Some(found), Some(expected)) = (found, columns) {
            assert_eq!(found, expected, "{line}");
        }
        columns = found;
    }
    assert!(!report.contains("<script") && !report.replace("\\]", "").contains("](javascript"));
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for (width, summary) in
        [40, 60, 80, 120].iter().flat_map(|width| summaries().into_iter().map(move |one| (*width, one)))
    {
        for line in plain(&summary, width).lines() {
            assert!(line.width() <= width, "{width}: {line}");
        }
    }
}

#[test]
fn colours_appear_only_when_asked_for() {
    let summary = &summaries()[3];
    let coloured = render::text(summary, &Screen { width: 80, colour: Colour::Ansi, language: Language::Id });
    assert!(coloured.contains('\u{1b}'));
    assert!(!plain(summary, 80).contains('\u{1b}'));
}

#[test]
fn small_groups_are_named_as_such() {
    let summaries = summaries();
    assert!(summaries[0].groups.iter().all(|group| group.figures.is_none()));
    let empty = plain(&summaries[0], 100);
    assert!(empty.contains("tidak ada post") && empty.contains("Tidak ada post bertanggal"), "{empty}");
    assert!(plain(&summaries[2], 100).contains("terlalu sedikit"));
}

#[test]
fn every_format_has_the_same_figures() {
    let summary = &summaries()[3];
    let all = &summary.groups[0];
    let net = all.figures.expect("enough authors").net;
    let shown = format!("{:.2}", net.value.abs()).replace('.', ",");
    for report in [plain(summary, 120), render::markdown(summary, Language::Id), render::html(summary, Language::Id)] {
        assert!(report.contains(&shown), "{shown}");
    }
    let json: Value = serde_json::from_str(&render::json(summary)).expect("JSON");
    assert_eq!(json["groups"][0]["figures"]["net"]["value"].as_f64(), Some(net.value));
    assert!(render::csv(summary).contains(&format!("groups,,all,net,{},", net.value)));
}

#[test]
fn keeping_copies_counts_them() {
    let posts = invented(500, 3);
    let kept = Options { keep: Noise::ALL.into_iter().collect(), ..Options::default() };
    let (without, with) =
        (Summary::of(&tally(&posts), &Options::default()).intake, Summary::of(&tally(&posts), &kept).intake);
    assert_eq!(with.counted, 500);
    assert_eq!(
        without.counted + without.retweets + without.adverts + without.exact_repeats + without.near_repeats,
        500
    );
}
