//! How fast posts are scored, beside the floor: copying the same CSV with the csv crate.
//!
//! `cargo bench --bench speed` repeats the bundled sample; `cargo bench --bench speed -- FILE COLUMN POSTS` takes the texts
//! of a file of yours. Prints posts per second and times the floor; it asserts nothing, since machines differ.

use std::hint::black_box;
use std::time::{Duration, Instant};

use condong::lexicon::{Lexicon, builtin};
use condong::opinion::Reader;

/// How often each is measured; the shortest time counts.
const RUNS: usize = 3;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let file = args.first().map_or("samples/posts.csv", String::as_str);
    let column = args.get(1).map_or("full_text", String::as_str);
    let posts = args.get(2).map_or(Ok(50_000), |posts| posts.parse())?;
    let csv = repeated(&texts(file, column)?, posts)?;
    let loading = shortest(|| builtin_lexicon().entries().len());
    let lexicon = builtin_lexicon();
    let copying = shortest(|| copied(&csv));
    let scoring = shortest(|| scored(&csv, &lexicon));
    let rate = |time: Duration| posts as f64 / time.as_secs_f64();
    println!("{posts} posts, {:.1} MB, one thread", csv.len() as f64 / 1e6);
    println!("loading the lexicon  {:>8.1} ms", loading.as_secs_f64() * 1e3);
    println!("copying the CSV      {:>8.1} ms {:>12.0} posts/s", copying.as_secs_f64() * 1e3, rate(copying));
    println!("scoring it           {:>8.1} ms {:>12.0} posts/s", scoring.as_secs_f64() * 1e3, rate(scoring));
    println!("scoring / copying    {:>8.1}", scoring.as_secs_f64() / copying.as_secs_f64());
    Ok(())
}

fn builtin_lexicon() -> Lexicon {
    Lexicon::of(&builtin()).unwrap_or_else(|error| panic!("{error}"))
}

fn texts(file: &str, column: &str) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let mut reader = csv::Reader::from_path(file)?;
    let at = reader.headers()?.iter().position(|name| name == column).ok_or("no such column")?;
    reader.records().map(|record| Ok(record?.get(at).unwrap_or_default().to_owned())).collect()
}

/// An export of so many posts, with the columns that a scraper writes beside the text.
fn repeated(texts: &[String], posts: usize) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["id_str", "created_at", "username", "full_text", "likes", "lang"])?;
    for (at, text) in (0..posts).zip(texts.iter().cycle()) {
        let (id, author) = (format!("17{at:016}"), format!("user_{}", at % 9973));
        writer.write_record([&id, "2023-10-04T10:00:00.000Z", &author, text, &(at % 97).to_string(), "in"])?;
    }
    Ok(writer.into_inner()?)
}

fn shortest<T>(mut work: impl FnMut() -> T) -> Duration {
    let time = |_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..RUNS).map(time).min().unwrap_or_default()
}

fn copied(csv: &[u8]) -> usize {
    let mut reader = csv::Reader::from_reader(csv);
    let mut writer = csv::Writer::from_writer(Vec::with_capacity(csv.len()));
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).is_ok_and(|more| more) {
        writer.write_byte_record(&record).ok();
    }
    writer.into_inner().map_or(0, |out| out.len())
}

fn scored(csv: &[u8], lexicon: &Lexicon) -> usize {
    let mut reader = csv::Reader::from_reader(csv);
    let mut writer = csv::Writer::from_writer(Vec::with_capacity(csv.len() * 2));
    let mut record = csv::StringRecord::new();
    let mut posts = Reader::of(lexicon);
    while reader.read_record(&mut record).is_ok_and(|more| more) {
        let opinion = posts.opinion(record.get(3).unwrap_or_default());
        record.push_field(if opinion.lean > 0.0 { "+" } else { "-" });
        writer.write_record(&record).ok();
    }
    writer.into_inner().map_or(0, |out| out.len())
}
