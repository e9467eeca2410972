//! How fast posts are scored, beside the floor: copying the same export with the csv crate.
//!
//! `cargo bench --bench speed` makes an export of 15 columns from the bundled sample, lets every command read it, and prints
//! what each took beside the copy. `cargo bench --bench speed -- ROWS FILE COLUMN` takes so many rows, and the texts of a
//! file of yours. It asserts nothing, since machines differ. Where Linux tells it, times are those of the processor, which do
//! not depend on what else the machine does; with two threads the time that went by counts, and wants an idle machine.

use std::error::Error;
use std::hint::black_box;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

use condong::lexicon::{Finder, Lexicon, builtin};
use condong::opinion::Reader;
use condong::text::Tokens;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The unit of times in `/proc/self/stat`.
const TICK: Duration = Duration::from_millis(10);
/// How often each is measured; the shortest time counts.
const RUNS: usize = 3;
/// Posts are joined until a text is about so long, in bytes.
const LONG_ENOUGH: usize = 190;
/// So many texts come again and again where texts do: as many as a reader remembers.
const MOST_COPIED: usize = 4096;
/// How long a text is that is made to be slow, in bytes.
const SLOW: usize = 1 << 20;

fn main() -> Result<()> {
    let args: Vec<String> = env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let rows: usize = args.first().map_or(Ok(100_000), |rows| rows.parse())?;
    let file = args.get(1).map_or("samples/posts.csv", String::as_str);
    let column = args.get(2).map_or("full_text", String::as_str);
    let folder = env::temp_dir().join(format!("condong-speed-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let result = measure(&folder, &texts(file, column)?, rows);
    fs::remove_dir_all(&folder)?;
    result
}

fn measure(folder: &Path, texts: &[String], rows: usize) -> Result<()> {
    let different = |at: usize| format!("{} @u{at}", texts[at % texts.len()]);
    commands(folder, "every text different", rows, different)?;
    let few = &texts[..texts.len().min(MOST_COPIED)];
    commands(folder, &format!("{} texts again and again", few.len()), rows, |at| few[at % few.len()].clone())?;
    let start = shortest(|| run(&["explain", "gak setuju tiktok shop ditutup"]).map(drop))?;
    line("explain one post, from start to end", start);
    line("load the lexicon", shortest(|| kept(Lexicon::builtin()?))?);
    line("load it from its rows", shortest(|| kept(Lexicon::of(&builtin())?))?);
    println!();
    let lexicon = Lexicon::builtin()?;
    stages(&lexicon, texts)?;
    println!();
    slow_texts(&lexicon, texts)
}

/// What the commands take of an export of such texts.
fn commands(folder: &Path, name: &str, rows: usize, text: impl Fn(usize) -> String) -> Result<()> {
    let export = folder.join("export.csv");
    write_export(&export, rows, text)?;
    let size = fs::metadata(&export)?.len() as f64;
    println!("{rows} rows of {} bytes and 15 columns, {:.1} MB, {name}", (size / rows as f64).round(), size / 1e6);
    let floor = measured(|| copy(&export, &folder.join("copy.csv")))?;
    let table = Table { rows, floor };
    println!("{:<32}{:>13} {:>13}", "", "processor", "went by");
    table.line("copy with the csv crate", floor, None);
    let input = export.to_str().ok_or("a temporary folder without a name")?;
    let out = folder.join("scored.csv");
    let out = out.to_str().ok_or("a temporary folder without a name")?;
    for jobs in ["1", "2"] {
        let args = ["score", input, "--jobs", jobs, "--output", out];
        table.command(&format!("score --jobs {jobs}"), &args)?;
    }
    table.command("report --format json --jobs 1", &["report", input, "--format", "json", "--jobs", "1"])?;
    table.command("check", &["check", input, "--gold", "stance=label", "--list", "none"])?;
    println!();
    Ok(())
}

/// What a piece of work took.
#[derive(Clone, Copy)]
struct Took {
    /// Of the processor, by all threads; the time that went by where the system does not tell.
    processor: Duration,
    went_by: Duration,
}

/// What times are compared with.
struct Table {
    rows: usize,
    floor: Took,
}

impl Table {
    fn command(&self, name: &str, args: &[&str]) -> Result<()> {
        let mut peak = 0;
        let took = measured(|| {
            peak = peak.max(run(args)?);
            Ok(())
        })?;
        self.line(name, took, Some(peak).filter(|peak| *peak > 0));
        Ok(())
    }

    fn line(&self, name: &str, took: Took, peak: Option<u64>) {
        let seconds = |time: Duration| time.as_secs_f64();
        let shown = |time: Duration, floor: Duration| {
            format!("{:>7.2} s {:>5.1}×", seconds(time), seconds(time) / seconds(floor).max(1e-9))
        };
        let processor = shown(took.processor, self.floor.processor);
        let went_by = shown(took.went_by, self.floor.went_by);
        let rate = self.rows as f64 / seconds(took.went_by);
        let peak = peak.map(|peak| format!("{:>6} MiB", peak >> 10)).unwrap_or_default();
        println!("{name:<32}{processor} {went_by} {rate:>10.0} posts/s{peak}");
    }
}

/// The shortest of a few runs, in either time.
fn measured(mut work: impl FnMut() -> Result<()>) -> Result<Took> {
    let mut took = Took { processor: Duration::MAX, went_by: Duration::MAX };
    for _ in 0..RUNS {
        let (before, start) = (processor(), Instant::now());
        work()?;
        let went_by = start.elapsed();
        let processor = before.and_then(|before| processor()?.checked_sub(before)).filter(|time| !time.is_zero());
        took.went_by = took.went_by.min(went_by);
        took.processor = took.processor.min(processor.unwrap_or(went_by));
    }
    Ok(took)
}

/// The processor time of this process and of those it waited for, on Linux.
fn processor() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name before the closing bracket may hold anything; user and system time are the 14th to 17th field.
    let fields = stat.rsplit_once(')')?.1.split_whitespace();
    let ticks = fields.skip(11).take(4).map(str::parse::<u32>).sum::<std::result::Result<u32, _>>().ok()?;
    Some(TICK * ticks)
}

fn line(name: &str, time: Duration) {
    println!("{name:<40}{:>10.1} ms", time.as_secs_f64() * 1e3);
}

fn shortest(mut work: impl FnMut() -> Result<()>) -> Result<Duration> {
    let mut shortest = Duration::MAX;
    for _ in 0..RUNS {
        let start = Instant::now();
        work()?;
        shortest = shortest.min(start.elapsed());
    }
    Ok(shortest)
}

/// Runs the program; the most memory that it was seen to use, in KiB, where the system tells.
fn run(args: &[&str]) -> Result<u64> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_condong"));
    let mut child = program.args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = 0;
    let exit = loop {
        let told = fs::read_to_string(&status).unwrap_or_default();
        let highest =
            told.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        peak = highest.unwrap_or(0).max(peak);
        match child.try_wait()? {
            Some(exit) => break exit,
            None => std::thread::sleep(Duration::from_micros(500)),
        }
    };
    // 1 is what `check` says of labels that were dealt out by turns.
    match exit.code() {
        Some(0 | 1) => Ok(peak),
        _ => Err(format!("condong {}: {exit}", args.join(" ")).into()),
    }
}

/// The texts of a column, joined until they are long.
fn texts(file: &str, column: &str) -> Result<Vec<String>> {
    let mut reader = csv::Reader::from_path(file).map_err(|error| format!("{file}: {error}"))?;
    let at = reader.headers()?.iter().position(|name| name == column);
    let at = at.ok_or_else(|| format!("{file}: no column `{column}`"))?;
    let mut texts = vec![String::new()];
    for record in reader.records() {
        let record = record?;
        let text = record.get(at).unwrap_or_default();
        match texts.last_mut() {
            Some(last) if !last.is_empty() && last.len() + text.len() <= LONG_ENOUGH => {
                last.push_str(". ");
                last.push_str(text);
            }
            _ => texts.push(text.to_owned()),
        }
    }
    texts.retain(|text| !text.trim().is_empty());
    Ok(texts)
}

/// An export as scrapers write it: everything but the text different in each row.
fn write_export(path: &Path, rows: usize, text: impl Fn(usize) -> String) -> Result<()> {
    let mut writer = csv::Writer::from_path(path)?;
    writer.write_record([
        "id_str",
        "created_at",
        "username",
        "full_text",
        "location",
        "lang",
        "favorite_count",
        "retweet_count",
        "reply_count",
        "quote_count",
        "tweet_url",
        "user_id_str",
        "image_url",
        "in_reply_to",
        "label",
    ])?;
    for at in 0..rows {
        let (id, author) = (1_700_000_000_000_000_000 + at * 7_919, format!("user_{}", at % 9_973));
        let time = format!("2023-10-{:02}T{:02}:{:02}:{:02}.000Z", 1 + at % 28, at % 24, at % 60, at * 7 % 60);
        writer.write_record([
            &id.to_string(),
            &time,
            &author,
            &text(at),
            ["Jakarta", "Bandung", "", "Surabaya"][at % 4],
            "in",
            &(at % 97).to_string(),
            &(at % 13).to_string(),
            &(at % 5).to_string(),
            "0",
            &format!("https://x.com/{author}/status/{id}"),
            &(at % 9_973).to_string(),
            "",
            "",
            ["pro", "kontra", "netral"][at % 3],
        ])?;
    }
    writer.flush()?;
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(from)?;
    let mut writer = csv::Writer::from_path(to)?;
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        writer.write_byte_record(&record)?;
    }
    writer.flush()?;
    Ok(())
}

/// What each step takes of a post, the steps before it included.
fn stages(lexicon: &Lexicon, texts: &[String]) -> Result<()> {
    let mut finder = Finder::of(lexicon);
    let mut reader = Reader::of(lexicon);
    let cold = Instant::now();
    each_of(texts, |text| finder.find(text).hits.len())?;
    let cold = cold.elapsed();
    let tokens = shortest(|| each_of(texts, |text| Tokens::of(text).count()))?;
    let found = shortest(|| each_of(texts, |text| finder.find(text).hits.len()))?;
    let opinion = shortest(|| each_of(texts, |text| reader.opinion(text)))?;
    let each = |time: Duration| time.as_secs_f64() * 1e6 / texts.len() as f64;
    println!("of {} different texts, each", texts.len());
    println!("tokens                          {:>10.2} µs", each(tokens));
    println!("terms, every word new           {:>10.2} µs", each(cold));
    println!("terms, every word seen before   {:>10.2} µs", each(found));
    println!("opinion                         {:>10.2} µs", each(opinion));
    Ok(())
}

/// Lets no compiler find out that a result is not used.
#[allow(clippy::unnecessary_wraps, reason = "it ends what may fail")]
fn kept<T>(result: T) -> Result<()> {
    black_box(result);
    Ok(())
}

fn each_of<T>(texts: &[String], mut work: impl FnMut(&str) -> T) -> Result<()> {
    texts.iter().try_for_each(|text| kept(work(text)))
}

/// Texts that are made to be slow, beside plain text of the same size.
fn slow_texts(lexicon: &Lexicon, texts: &[String]) -> Result<()> {
    let mut reader = Reader::of(lexicon);
    let plain = filled(&texts.join("\n"));
    let mut time = |text: &str| shortest(|| kept(reader.opinion(text)));
    let floor = time(&plain)?;
    line(&format!("plain text of {SLOW} bytes"), floor);
    for (name, piece) in [
        ("emoji", "😭"),
        ("negators", "tidak "),
        ("one long word", "a"),
        ("one long stretched word", "aab"),
        ("one long hashtag", "#tutuptiktokshop"),
        ("quotation marks", "\""),
        ("open brackets", "("),
        ("words of constructions", "jangan setuju tutup tiktok shop umkm "),
        ("modifiers", "sangat tidak terlalu setuju banget tapi "),
        ("links", "https://t.co/abc "),
        ("numbers", "1.000 "),
        ("entities", "&amp;"),
    ] {
        let slow = time(&filled(piece))?;
        println!("{name:<40}{:>10.1} ms {:>6.1} ×", slow.as_secs_f64() * 1e3, slow.as_secs_f64() / floor.as_secs_f64());
    }
    std::io::stdout().flush()?;
    Ok(())
}

/// A piece again and again, up to the size of a slow text.
fn filled(piece: &str) -> String {
    let mut text = piece.repeat(SLOW / piece.len() + 1);
    let end = (0..=SLOW).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.truncate(end);
    text
}
