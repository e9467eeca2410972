use condong::lexicon::{Lexicon, builtin};
use condong::opinion::{Label, Reader, Stance};
use condong::render::{self, Colour, Language, Screen};
use condong::report::*;
use jiff::ToSpan;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let lexicon = Lexicon::of(&builtin()).unwrap();
    let mut reader = Reader::of(&lexicon);
    let mut csv = csv::ReaderBuilder::new().flexible(true).from_path(&args[1]).unwrap();
    let head = csv.headers().unwrap().clone();
    let at = |names: &[&str]| head.iter().position(|h| names.contains(&h));
    let (t, d, a, i, g) = (
        at(&["text", "full_text"]).unwrap(),
        at(&["created_at", "date"]),
        at(&["username"]),
        at(&["id_str", "id"]),
        at(&["gold_stance"]),
    );
    let mut tally = Tally::default();
    let start = std::time::Instant::now();
    let reps: usize = args.get(4).and_then(|n| n.parse().ok()).unwrap_or(1);
    let rows: Vec<_> = csv.records().map(|r| r.unwrap()).collect();
    let (mut add, mut score) = (std::time::Duration::ZERO, std::time::Duration::ZERO);
    for rep in 0..reps {
        for (n, row) in rows.iter().enumerate() {
            let text = &row[t];
            let date = match d {
                Some(d) => row.get(d).and_then(|x| x.get(..10)).and_then(|x| x.parse().ok()),
                None => Some(jiff::civil::date(2023, 9, 10) + ((n * 7919 % 110) as i64).days()),
            };
            let id = i.map(|i| format!("{}{}", &row[i], rep));
            let s = std::time::Instant::now();
            let opinion = reader.opinion(text);
            score += s.elapsed();
            let post = Post {
                text,
                date,
                author: a.map(|a| &row[a]),
                id: id.as_deref(),
                group: None,
                gold: g.filter(|_| n % 3 == 0).and_then(|g| Stance::of(&row[g])),
            };
            let s = std::time::Instant::now();
            tally.add(&post, &opinion);
            add += s.elapsed();
        }
    }
    let sum = std::time::Instant::now();
    let ev = |d: &str, n: &str| Event { date: d.parse().unwrap(), name: n.into() };
    let options = Options {
        about: About {
            tool: "0.1.0".into(),
            lexicon: lexicon.version().into(),
            sources: vec![args[1].clone()],
            ..About::default()
        },
        events: vec![
            ev("2023-09-26", "Permendag 31/2023"),
            ev("2023-10-04", "TikTok Shop closes"),
            ev("2023-12-12", "TikTok Shop reopens"),
            ev("2025-07-14", "PMK 37/2025"),
        ],
        ..Options::default()
    };
    let summary = Summary::of(&tally, &options);
    eprintln!(
        "posts {} score {score:?} add {add:?} summary {:?} all {:?}",
        tally.read(),
        sum.elapsed(),
        start.elapsed()
    );
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        eprintln!("{}", status.lines().find(|l| l.starts_with("VmHWM")).unwrap());
    }
    let language = Language::of(&args[3]).unwrap();
    print!(
        "{}",
        match args[2].as_str() {
            "html" => render::html(&summary, language),
            "json" => render::json(&summary),
            "markdown" => render::markdown(&summary, language),
            _ => render::text(&summary, &Screen { width: 100, colour: Colour::Plain, language }),
        }
    );
}
