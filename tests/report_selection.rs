//! Which posts count, which windows they fall into, and which are shown.

use condong::opinion::{Opinion, Reason, Reported, Seller, Sentiment, Stance};
use condong::report::{Event, Intake, Noise, Options, Period, Post, Summary, Tally};

const TEXT: &str = "jangan tutup tiktok shop kami hidup dari sana";

fn opinion(stance: Stance, lean: f64) -> Opinion<'static> {
    Opinion {
        stance,
        lean,
        confidence: 0.6,
        reason: (stance == Stance::Netral).then_some(Reason::Balanced),
        sentiment: Sentiment::Neutral,
        polarity: 0.0,
        seller: Seller::Online,
        seller_cue: None,
        reported_online: Reported::None,
        reported_offline: Reported::None,
        platforms: vec!["Shopee", "Shopee", "TikTok Shop"],
        aspects: Vec::new(),
        advert: false,
        evidence: Vec::new(),
        covered: true,
    }
}

fn intake(posts: &[(&str, &str, &str)], keep: &[Noise]) -> Intake {
    let mut tally = Tally::default();
    for (text, author, id) in posts {
        let post = Post { text, author: Some(author), id: (!id.is_empty()).then_some(id), ..Post::default() };
        tally.add(&post, &opinion(Stance::Pro, 0.5));
    }
    Summary::of(&tally, &Options { keep: keep.iter().copied().collect(), ..Options::default() }).intake
}

#[test]
fn copies_are_exact_or_near() {
    let shouted = format!("{}!!! @teman https://t.co/1", TEXT.to_uppercase());
    let found = intake(&[(TEXT, "a", ""), (TEXT, "b", ""), (&shouted, "c", ""), ("lain sama sekali", "d", "")], &[]);
    assert_eq!((found.exact_repeats + found.near_repeats, found.counted), (2, 2));
    assert!(found.near_repeats >= 1);
}

#[test]
fn short_answers_of_several_authors_are_no_copies() {
    let found = intake(&[("setuju banget", "a", ""), ("setuju banget", "b", ""), ("setuju banget", "b", "")], &[]);
    assert_eq!((found.exact_repeats, found.counted), (1, 2));
}

#[test]
fn a_post_exported_twice_is_one_post_whatever_is_kept() {
    let found = intake(&[(TEXT, "a", "7"), (TEXT, "a", "7"), (TEXT, "b", "8")], &Noise::ALL);
    assert_eq!((found.exported_twice, found.exact_repeats, found.counted), (1, 1, 2));
}

#[test]
fn a_retweet_does_not_stand_for_its_original() {
    let retweet = format!("RT @a: {TEXT}");
    let found = intake(&[(&retweet, "b", ""), (TEXT, "a", "")], &[]);
    assert_eq!((found.retweets, found.near_repeats, found.counted), (1, 0, 1));
    let kept = intake(&[(&retweet, "b", ""), (TEXT, "a", "")], &[Noise::Retweet]);
    assert_eq!((kept.retweets, kept.near_repeats, kept.counted), (1, 1, 1));
}

fn dated(posts: &[(&str, &str, Stance)], period: Option<Period>) -> Summary {
    let mut tally = Tally::default();
    for (number, (date, author, stance)) in posts.iter().enumerate() {
        let text = format!("kata {}", ["ba", "bi", "bu", "ca", "ci", "cu", "da", "di"][number]);
        let post = Post { text: &text, author: Some(author), date: date.parse().ok(), ..Post::default() };
        tally.add(&post, &opinion(*stance, 0.5));
    }
    let event = |date: &str, name: &str| Event { date: date.parse().expect("a date"), name: name.to_owned() };
    let events = vec![event("2030-01-01", "nanti"), event("2023-10-04", "tutup"), event("2020-01-01", "dulu")];
    Summary::of(&tally, &Options { period, events, ..Options::default() })
}

#[test]
fn an_event_opens_its_own_day() {
    let posts = [
        ("2023-10-03", "a", Stance::Pro),
        ("2023-10-03", "b", Stance::Kontra),
        ("2023-10-03", "c", Stance::Pro),
        ("2023-10-04", "a", Stance::Kontra),
        ("2023-10-05", "b", Stance::Pro),
        ("2023-10-05", "c", Stance::Netral),
        ("2023-10-05", "d", Stance::Pro),
        ("", "e", Stance::Pro),
    ];
    let time = dated(&posts, None).time.expect("dates");
    assert_eq!(time.undated, 1);
    let windows: Vec<_> =
        time.windows.iter().map(|window| (window.start.to_string(), window.end.to_string())).collect();
    let expected = [("2023-10-03", "2023-10-03"), ("2023-10-04", "2023-10-05")];
    assert_eq!(windows, expected.map(|(start, end)| (start.to_owned(), end.to_owned())));
    assert_eq!(time.windows[0].after.as_deref(), Some("dulu"));
    assert_eq!(time.windows[0].before.as_deref(), Some("tutup"));
    assert_eq!(time.windows[1].standings[0].posts, 4);
    let movers = time.windows[1].movers.expect("a window before");
    assert_eq!((movers.authors, movers.stayed), (3, 0));
    assert_eq!((movers.pro_to_kontra, movers.kontra_to_pro, movers.to_or_from_netral), (1, 1, 1));
}

#[test]
fn periods_begin_on_mondays_and_first_days() {
    let posts = [("2023-10-04", "a", Stance::Pro), ("2023-10-08", "a", Stance::Pro), ("2023-10-09", "a", Stance::Pro)];
    let starts = |period| {
        let time = dated(&posts, Some(period)).time.expect("dates");
        time.periods.iter().map(|span| format!("{}/{}", span.start, span.end)).collect::<Vec<_>>()
    };
    assert_eq!(starts(Period::Week), ["2023-10-02/2023-10-08", "2023-10-09/2023-10-15"]);
    assert_eq!(starts(Period::Month), ["2023-10-01/2023-10-31"]);
    assert_eq!(starts(Period::Day).len(), 3);
}

#[test]
fn the_period_follows_the_time_that_posts_span() {
    let span = |last: &str| {
        dated(&[("2023-01-01", "a", Stance::Pro), (last, "b", Stance::Pro)], None).time.expect("dates").period
    };
    assert_eq!(span("2023-01-31"), Period::Day);
    assert_eq!(span("2023-02-01"), Period::Week);
    assert_eq!(span("2023-07-02"), Period::Week);
    assert_eq!(span("2023-07-03"), Period::Month);
}

#[test]
fn examples_are_typical_and_masked() {
    let mut tally = Tally::default();
    for (number, lean) in [0.1, 0.5, 0.52, 0.9, 0.95].iter().enumerate() {
        let word = ["satu", "dua", "tiga", "empat", "lima"][number];
        let text = format!("toko {word} saya @budi buka di https://a.b jangan ditutup ya wa 081234567890");
        tally.add(&Post { text: &text, author: Some(word), ..Post::default() }, &opinion(Stance::Pro, *lean));
    }
    let summary = Summary::of(&tally, &Options::default());
    let leans: Vec<f64> = summary.examples.iter().map(|example| example.lean).collect();
    assert_eq!(leans, [0.52, 0.5]);
    assert_eq!(summary.examples[0].text, "toko tiga saya @… buka di [link] jangan ditutup ya wa [telp]");
    assert_eq!(summary.platforms.len(), 2);
    assert_eq!(summary.platforms[0].posts, 5);
}

#[test]
fn a_text_of_several_authors_is_a_campaign() {
    let mut tally = Tally::default();
    for (number, author) in ["a", "b", "c", "a", "b"].iter().enumerate() {
        let text = format!("{TEXT} @kemendag {number}");
        tally.add(&Post { text: &text, author: Some(author), ..Post::default() }, &opinion(Stance::Pro, 0.5));
    }
    let summary = Summary::of(&tally, &Options::default());
    assert_eq!(summary.campaigns.len(), 1);
    assert_eq!((summary.campaigns[0].posts, summary.campaigns[0].authors), (5, 3));
    assert!(summary.campaigns[0].text.as_deref().is_some_and(|text| text.contains("@…")));
}
