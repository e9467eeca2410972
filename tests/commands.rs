//! What users and scripts rely on at the command line, through the binary.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// In the order in which `score` appends them.
const ANSWERS: &str = "stance,lean,confidence,reason,sentiment,polarity,seller,seller_cue,reported_online,\
                       reported_offline,platforms,aspects,advert,evidence";

/// What a run gave: exit status, standard output, standard error.
struct Run {
    status: i32,
    out: String,
    err: String,
}

impl Run {
    /// Refused with a message that has these parts.
    #[track_caller]
    fn refused(&self, parts: &[&str]) {
        assert_eq!((self.status, self.out.as_str()), (2, ""), "{}", self.err);
        for part in parts {
            assert!(self.err.contains(part), "no {part:?} in {}", self.err);
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
    }
}

fn run(folder: &Path, args: &[&str], input: &str) -> Run {
    let mut child = command(args).current_dir(folder).stdin(Stdio::piped()).spawn().unwrap();
    // A command that fails early may not read its input.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_condong"));
    command.args(args).current_dir(ROOT).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn condong(args: &[&str]) -> Run {
    run(Path::new(ROOT), args, "")
}

/// `condong score` on what is piped in.
fn score(input: &str, args: &[&str]) -> Run {
    run(Path::new(ROOT), &[&["score"], args].concat(), input)
}

/// An empty folder of that name for one test.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("commands-{name}"));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn first() -> String {
    fs::read_to_string(Path::new(ROOT).join("samples/first.csv")).unwrap()
}

fn header(run: &Run) -> &str {
    run.out.lines().next().unwrap_or_default()
}

#[test]
fn a_file_and_standard_input_score_the_same() {
    let from_file = condong(&["score", "samples/first.csv"]);
    assert_eq!(from_file.status, 0);
    for args in [&[][..], &["-"]] {
        assert_eq!(score(&first(), args).out, from_file.out);
    }
}

#[test]
fn answers_come_after_the_columns_of_the_input_in_order() {
    let all = score(&first(), &[]);
    assert_eq!(header(&all), format!("id,text,{ANSWERS}"));
    assert_eq!(all.out.lines().count(), first().lines().count());
    let picked = score(&first(), &["--columns", "seller,stance"]);
    assert_eq!(header(&picked), "id,text,seller,stance");
    assert!(picked.out.lines().zip(first().lines()).skip(1).all(|(row, given)| row.starts_with(given)));
}

#[test]
fn a_column_that_is_there_already_is_refused_until_the_user_chooses() {
    let scored = "text,stance,note\nsetuju tiktok shop ditutup,?,x\n";
    score(scored, &[]).refused(&["`stance`", "--prefix", "--replace"]);
    let prefixed = score(scored, &["--columns", "stance", "--prefix", "c_"]);
    assert_eq!(header(&prefixed), "text,stance,note,c_stance");
    let replaced = score(scored, &["--columns", "stance", "--replace"]);
    assert_eq!(replaced.out, "text,note,stance\nsetuju tiktok shop ditutup,x,kontra\n");
    score(scored, &["--replace", "--prefix", "c_"]).refused(&["--prefix", "--replace"]);
}

#[test]
fn json_lines_hold_numbers_flags_and_arrays() {
    let scored = score(&first(), &["--format", "jsonl"]);
    let rows: Vec<serde_json::Value> = scored.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 4);
    for row in &rows {
        assert!(ANSWERS.split(',').all(|answer| row.get(answer).is_some()), "{row}");
        assert!(row["lean"].is_f64() && row["advert"].is_boolean(), "{row}");
        assert!(row["platforms"].is_array() && row["aspects"].is_array() && row["evidence"].is_array(), "{row}");
    }
    assert_eq!(rows[0]["platforms"][0], "TikTok Shop");
}

#[test]
fn cells_that_hold_a_tab_or_quote_survive_in_tsv() {
    let scored = score("text,note\nhalo,\"a\tb \"\"c\"\"\"\n", &["--format", "tsv", "--columns", "stance"]);
    assert_eq!(scored.out.lines().next(), Some("text\tnote\tstance"));
    assert!(scored.out.lines().nth(1).unwrap().starts_with("halo\t\"a\tb \"\"c\"\"\"\t"), "{}", scored.out);
}

#[test]
fn the_name_of_the_output_says_its_form_and_compression() {
    let folder = folder("output");
    let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let plain = score(&first(), &[]).out;
    assert_eq!(score(&first(), &["--output", &at("a.csv.gz")]).status, 0);
    let mut unpacked = String::new();
    let file = fs::File::open(at("a.csv.gz")).unwrap();
    flate2::read::GzDecoder::new(file).read_to_string(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain);
    assert_eq!(score(&first(), &["--output", &at("a.tsv")]).status, 0);
    assert!(fs::read_to_string(at("a.tsv")).unwrap().starts_with("id\ttext\tstance"));
    assert_eq!(score(&first(), &["--output", &at("a.jsonl")]).status, 0);
    assert!(fs::read_to_string(at("a.jsonl")).unwrap().starts_with('{'));
    score(&first(), &["--output", &at("a.pdf")]).refused(&["a.pdf", "--format"]);
    // Nothing half-written is left.
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 3);
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    for arguments in [&["score", "samples/posts.csv"][..], &["report", "samples/posts.csv", "--format", "json"]] {
        let one = condong(&[arguments, &["--jobs", "1"]].concat());
        let three = condong(&[arguments, &["--jobs", "3"]].concat());
        assert_eq!(one.status, 0);
        assert!(one.out == three.out, "{arguments:?}");
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    for arguments in [&["score", "samples/posts.csv"][..], &["report", "samples/posts.csv"], &["lexicon", "list"]] {
        let mut child = command(arguments).spawn().unwrap();
        let mut line = String::new();
        BufReader::with_capacity(1, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {err}");
        assert!(!err.contains("pipe"), "{err}");
    }
}

#[test]
fn inputs_that_cannot_be_understood_are_refused_with_a_hint() {
    score("", &[]).refused(&["<stdin>", "empty"]);
    score("harga,stok\n1,2\n", &[]).refused(&["<stdin>:1", "harga, stok", "--text"]);
    score("tweet,full_text\na,b\n", &[]).refused(&["column 1 (tweet)", "column 2 (full_text)", "--text"]);
    score("text\na\n", &["--text", "isi"]).refused(&["isi"]);
    score("text\na\n", &["--columns", "sikap"]).refused(&["sikap", "stance"]);
    condong(&["score", "no-such.csv"]).refused(&["no-such.csv"]);
    condong(&["report", "no-such.csv"]).refused(&["no-such.csv"]);
    condong(&["score", "no-such-*.csv"]).refused(&["no-such-*.csv", "no file matches"]);
}

#[test]
fn a_broken_lexicon_row_is_refused_with_its_file_and_line() {
    let folder = folder("overlay");
    fs::create_dir_all(folder.join("words/stance")).unwrap();
    fs::write(folder.join("words/stance/pro.csv"), "term,weight,note\nasyik,0.5,\nkasih napas,berat,\n").unwrap();
    for command in [&["score", "-"][..], &["report", "-"], &["explain", "halo"]] {
        let refused = run(&folder, &[command, &["--overlay", "words"]].concat(), "text\nhalo\n");
        refused.refused(&["words/stance/pro.csv:3", "berat"]);
    }
    run(&folder, &["explain", "halo", "--overlay", "none"], "").refused(&["none"]);
}

#[test]
fn a_row_that_cannot_be_read_is_left_out_and_told() {
    let folder = folder("rejects");
    let input = "id,text\n1,halo\n2,a,b,c\n3,setuju tiktok shop ditutup\n";
    let scored = run(&folder, &["score", "--columns", "stance", "--rejects", "left.csv"], input);
    assert_eq!(scored.status, 3);
    assert_eq!(scored.out.lines().count(), 3);
    assert!(scored.out.ends_with("3,setuju tiktok shop ditutup,kontra\n"), "{}", scored.out);
    let left = fs::read_to_string(folder.join("left.csv")).unwrap();
    assert!(left.contains("<stdin>,3,") && left.contains("2,a,b,c"), "{left}");
    let stopped = run(&folder, &["score", "--on-error", "stop"], input);
    assert_eq!(stopped.status, 2);
    assert!(stopped.err.contains("<stdin>:3"), "{}", stopped.err);
}

/// The numbers at the end of a line of `explain`, where `·` is none.
fn numbers(line: &str) -> Vec<f64> {
    let cells = line.split_whitespace().rev().map_while(|cell| match cell {
        "·" => Some(0.0),
        _ => cell.parse().ok().filter(|_| cell.starts_with(['+', '-'])),
    });
    cells.take(3).collect()
}

#[test]
fn the_weights_that_explain_shows_add_up_to_the_score() {
    for text in ["gak setuju tiktok shop ditutup", "lapakku sepi gara2 tiktok shop", "murah banget belanja di shopee"] {
        let explained = condong(&["explain", text]);
        let part = explained.out.split("\nstance\n").nth(1).unwrap().split("\n\n").next().unwrap();
        let (summands, score) = part.split_once("  = score").unwrap();
        let mut sum = [0.0; 3];
        // A line that is indented further breaks the line above it down.
        for line in summands.lines().skip(1).filter(|line| !line.starts_with("    ")) {
            numbers(line).iter().zip(&mut sum).for_each(|(number, sum)| *sum += number);
        }
        let score = numbers(score.lines().next().unwrap());
        assert_eq!(score.len(), 3, "{part}");
        for (sum, score) in sum.iter().zip(&score) {
            // Every number that is shown is rounded to two places.
            assert!((sum - score).abs() < 0.05, "{sum} is not {score} in {part}");
        }
    }
}

#[test]
fn a_report_comes_in_every_form() {
    let begins =
        [("text", "Condong"), ("markdown", "# "), ("csv", "section,"), ("json", "{"), ("html", "<!DOCTYPE html>")];
    for (form, start) in begins {
        for language in ["id", "en"] {
            let report = condong(&["report", "samples/posts.csv", "--format", form, "--lang", language]);
            assert_eq!(report.status, 0, "{}", report.err);
            assert!(report.out.starts_with(start), "{form}: {:.40}", report.out);
        }
    }
    let folder = folder("report");
    let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let outputs = [at("r.html"), at("r.json"), at("r.md")];
    let arguments = ["report", "samples/posts.csv", "-o", &outputs[0], "-o", &outputs[1], "-o", &outputs[2]];
    assert_eq!(condong(&arguments).out, "");
    assert!(outputs.iter().all(|path| fs::metadata(path).unwrap().len() > 1000));
    condong(&["report", "samples/posts.csv", "-o", "r.pdf"]).refused(&["r.pdf", ".html"]);
}

#[test]
fn an_output_that_cannot_be_made_is_refused() {
    let folder = folder("unwritable");
    fs::write(folder.join("file"), "").unwrap();
    for name in ["none/a.csv", "file/a.csv"] {
        let path = folder.join(name);
        let path = path.to_str().unwrap();
        condong(&["score", "samples/first.csv", "--output", path]).refused(&[path, "cannot be written"]);
        condong(&["report", "samples/first.csv", "--output", path]).refused(&[path, "cannot be written"]);
    }
}

/// Whether a command says that the device is full, and does not break down.
#[cfg(target_os = "linux")]
#[track_caller]
fn full(arguments: &[&str]) {
    let device = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = command(arguments).stdout(device).output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {err}");
    assert!(err.contains("No space left"), "{arguments:?}: {err}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_an_error() {
    full(&["score", "samples/first.csv"]);
    full(&["score", "samples/first.csv", "--output", "/dev/full", "--format", "csv"]);
    full(&["report", "samples/first.csv"]);
    full(&["explain", "halo"]);
    full(&["check", "samples/posts.csv"]);
    full(&["inspect", "samples/first.csv"]);
    full(&["lexicon", "list"]);
    full(&["lexicon", "stats"]);
    full(&["lexicon", "lint", "samples/overlay"]);
    full(&["man"]);
    full(&["learn", "samples/fuel.csv", "--folds", "0"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_an_error_for_completions_too() {
    full(&["completions", "bash"]);
}

#[test]
fn a_filter_has_no_header_and_may_have_no_rows() {
    let rows = "1\tgak setuju tiktok shop ditutup\n2\thalo\n";
    let tabs = ["--filter", "--format-in", "tsv", "--format", "tsv", "--text", "2", "--columns", "stance"];
    assert_eq!(score(rows, &tabs).out, "1\tgak setuju tiktok shop ditutup\tpro\n2\thalo\tnetral\n");
    let lines = "{\"text\":\"gak setuju tiktok shop ditutup\"}\n";
    let objects = ["--filter", "--format-in", "jsonl", "--format", "jsonl", "--columns", "stance"];
    assert_eq!(score(lines, &objects).out, lines.replace('}', ",\"stance\":\"pro\"}"));
    for filter in [&tabs[..], &objects] {
        let none = score("", filter);
        assert_eq!((none.status, none.out.as_str()), (0, ""), "{}", none.err);
    }
    score(rows, &[&tabs[..], &["--header-line", "1"]].concat()).refused(&["--header-line"]);
}
