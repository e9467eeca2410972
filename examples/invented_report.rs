//! Prints a report on invented posts: `cargo run --example invented_report -- FORMAT [LANGUAGE [WIDTH]]`.

#[path = "../tests/report/posts.rs"]
mod posts;

use condong::render::{self, Colour, Language, Screen};
use condong::report::{About, Event, Options, Summary};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let format = arguments.next().unwrap_or_default();
    let language = arguments.next().and_then(|code| Language::of(&code)).unwrap_or_default();
    let width = arguments.next().and_then(|width| width.parse().ok()).unwrap_or(80);
    let summary = Summary::of(&posts::tally(&posts::invented(3_000, 1)), &options());
    let screen = Screen { width, colour: Colour::Plain, language };
    print!(
        "{}",
        match format.as_str() {
            "html" => render::html(&summary, language),
            "json" => render::json(&summary),
            "csv" => render::csv(&summary),
            "markdown" => render::markdown(&summary, language),
            "colour" => render::text(&summary, &Screen { colour: Colour::Ansi, ..screen }),
            _ => render::text(&summary, &screen),
        }
    );
}

fn options() -> Options {
    let event = |date: &str, name: &str| Event { date: date.parse().expect("a date"), name: name.to_owned() };
    Options {
        about: About {
            tool: "0.1.0".to_owned(),
            lexicon: "invented".to_owned(),
            sources: vec!["invented.csv".to_owned()],
            options: vec!["--group-by".to_owned(), "kota".to_owned()],
            ..About::default()
        },
        events: vec![
            event("2023-09-26", "Permendag 31/2023 melarang social commerce"),
            event("2023-10-04", "TikTok Shop ditutup"),
            event("2023-12-12", "TikTok Shop dibuka lagi"),
        ],
        group_by: Some("kota".to_owned()),
        ..Options::default()
    }
}
