//! Posts, archives and lexicon folders made to harm: what they hold reaches no terminal, page, spreadsheet or CI server
//! as anything but text, and what they would fill is bounded.

mod binary;

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::Command;

use binary::{command, ended, folder, run};
use flate2::Compression;
use flate2::read::GzEncoder;
use quick_xml::events::Event;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// Posts, ids, authors and groups of every kind.
const POSTS: &str = "tests/hostile.csv";

/// Standard output of a run in the root folder that ends well.
#[track_caller]
fn out(arguments: &[&str]) -> String {
    let run = run(Path::new(ROOT), arguments, b"");
    run.ends(0, &[]);
    run.out
}

/// Nothing in it moves a cursor, reorders text, or hides.
#[track_caller]
fn inert(text: &str) {
    let acts = |letter: &char| {
        letter.is_control() && *letter != '\n'
            || matches!(letter, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let line = text.lines().find(|line| line.chars().any(|letter| acts(&letter)));
    assert_eq!(line, None);
}

#[test]
fn nothing_reaches_a_terminal_but_text() {
    for arguments in [
        &["report", POSTS, "--group-by", "kota"][..],
        &["report", POSTS, "--group-by", "kota", "--format", "markdown", "--lang", "en"],
        &["inspect", POSTS, "--posts", "100"],
        &["check", POSTS, "--list", "all"],
        &["check", POSTS, "--list", "all", "--format", "github"],
        &["check", POSTS, "--list", "all", "--format", "markdown"],
        &["explain", "\u{1b}[2J merah \u{9b}31m \u{202e}setuju tiktok shop ditutup\u{7}. Tutup!"],
    ] {
        let shown = out(arguments);
        assert!(shown.contains("merah") || arguments[0] != "explain", "{shown}");
        inert(&shown);
    }
    // Names in messages are what people made them.
    for column in ["isi", "\u{1b}[2J"] {
        let refused = run(Path::new(ROOT), &["score", "--text", column], "a\u{1b}[2J,\u{202e}b\n1,2\n".as_bytes());
        refused.ends(2, &["<stdin>:1", "[2J"]);
        inert(&refused.err);
    }
}

#[test]
fn score_gives_the_cells_back_as_they_were() {
    let given = fs::read_to_string(Path::new(ROOT).join(POSTS)).unwrap();
    let cells = |text: &str| -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap().iter().take(6).map(str::to_owned).collect()).collect()
    };
    assert_eq!(cells(&out(&["score", POSTS])), cells(&given));
    for line in out(&["score", POSTS, "--format", "jsonl"]).lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
}

#[test]
fn no_answer_is_a_formula() {
    let dir = folder("hostile-formulas");
    fs::create_dir_all(dir.join("words/stance")).unwrap();
    fs::create_dir_all(dir.join("words/seller")).unwrap();
    fs::write(dir.join("words/stance/pro.csv"), "term,weight,note\n=1+1,5,\n").unwrap();
    fs::write(dir.join("words/seller/online.csv"), "term,weight,note\n-1,5,\n").unwrap();
    fs::write(dir.join("words/target.csv"), "term,target,kind\nshopee,=1+1,platform\n").unwrap();
    let posts = b"text\nsetuju =1+1 shopee @sum\nshopee -1\n";
    let scored = run(&dir, &["score", "--overlay", "words"], posts);
    scored.ends(0, &[]);
    let mut reader = csv::Reader::from_reader(scored.out.as_bytes());
    for cell in reader.records().flat_map(|row| row.unwrap().iter().skip(1).map(str::to_owned).collect::<Vec<_>>()) {
        assert!(cell.parse::<f64>().is_ok() || !cell.starts_with(['=', '+', '-', '@']), "{cell}");
    }
}

#[test]
fn junit_stays_well_formed() {
    let report = out(&["check", POSTS, "--list", "all", "--format", "junit", "--min", "macro-f1=0.99", "--exit-zero"]);
    let mut reader = quick_xml::Reader::from_str(&report);
    let mut depth = 0_i32;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    let allowed = |letter: char| matches!(letter, '\n' | '\t' | ' '..='\u{fffd}' | '\u{10000}'..);
    assert_eq!(report.chars().find(|letter| !allowed(*letter)), None);
}

#[test]
fn no_post_writes_a_workflow_command() {
    let lines = out(&["check", POSTS, "--list", "all", "--format", "github"]);
    let ours = ["::warning title=condong", "::notice ", "::error title=condong"];
    assert!(lines.lines().all(|line| ours.iter().any(|start| line.starts_with(start))), "{lines}");
}

/// Rows without end, packed as they are read.
struct Endless {
    row: Vec<u8>,
    at: usize,
}

impl Read for Endless {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = (&self.row[self.at..]).read(out)?;
        self.at = (self.at + count) % self.row.len();
        Ok(count)
    }
}

fn packed(rows: impl Read) -> GzEncoder<impl Read> {
    GzEncoder::new(io::Cursor::new(b"text\n").chain(rows), Compression::best())
}

fn equal_rows() -> Endless {
    Endless { row: ["a".repeat(1 << 20), "\n".to_owned()].concat().into_bytes(), at: 0 }
}

#[test]
fn gzip_without_end_is_read_up_to_a_bound() {
    for (arguments, told) in [
        (&["inspect"][..], "grows more than 500 times; it is not unpacked further unless --max-unpacked SIZE"),
        (&["inspect", "--max-unpacked", "3M"], "unpacks to more than 3145728 bytes; --max-unpacked SIZE allows more"),
    ] {
        let mut child = command(Path::new(ROOT), arguments).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        // Until the run has had enough.
        assert!(io::copy(&mut packed(equal_rows()), &mut input).is_err());
        drop(input);
        ended(child.wait_with_output().unwrap()).ends(2, &["<stdin>:", "the gzip data", told]);
    }
}

#[test]
fn what_grows_may_be_allowed() {
    let mut bytes = Vec::new();
    packed(equal_rows().take(70 << 20)).read_to_end(&mut bytes).unwrap();
    run(Path::new(ROOT), &["inspect"], &bytes).ends(2, &["grows more than"]);
    run(Path::new(ROOT), &["inspect", "--max-unpacked", "1G"], &bytes).ends(0, &[]);
}

#[test]
fn a_row_without_end_is_left_out_up_to_a_bound() {
    let input = format!("text\n{}\nhalo\n", "a".repeat(3 << 20));
    assert_eq!(run(Path::new(ROOT), &["score"], input.as_bytes()).status, 0);
    let left = run(Path::new(ROOT), &["score", "--columns", "stance", "--max-row", "1M"], input.as_bytes());
    left.ends(3, &["1 row could not be read"]);
    assert_eq!(left.out, "text,stance\nhalo,netral\n");
    for size in ["0", "1X", "-1", "99999999T", "5MK"] {
        run(Path::new(ROOT), &["score", &format!("--max-row={size}")], b"").ends(2, &["500M"]);
    }
}

/// A workbook whose one sheet is far larger than the archive says.
fn workbook(sheet: &[u8]) -> Vec<u8> {
    use zip::write::{SimpleFileOptions, ZipWriter};
    let mut writer = ZipWriter::new(io::Cursor::new(Vec::new()));
    for (name, bytes) in [("xl/workbook.xml", &b"<workbook/>"[..]), ("xl/worksheets/sheet1.xml", sheet)] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn archives_are_bounded_whatever_they_say_of_themselves() {
    let dir = folder("hostile-archives");
    let size = 3_u32 << 20;
    let mut honest = workbook(&vec![b'<'; size as usize]);
    fs::write(dir.join("honest.xlsx"), &honest).unwrap();
    // Both places in which the archive tells the size say that there is one byte.
    for at in 0..honest.len() - 4 {
        if honest[at..at + 4] == size.to_le_bytes() {
            honest[at..at + 4].copy_from_slice(&1_u32.to_le_bytes());
        }
    }
    fs::write(dir.join("lying.xlsx"), &honest).unwrap();
    let told =
        "the unpacked workbook is over 2097152 bytes, more than is kept in memory; save it as CSV, or allow more";
    run(&dir, &["score", "honest.xlsx", "--max-archive", "2M"], b"").ends(2, &["honest.xlsx", told]);
    // The lie is found where the part outgrows it.
    run(&dir, &["score", "lying.xlsx", "--max-archive", "2M"], b"").ends(2, &["lying.xlsx"]);
    run(&dir, &["score", "honest.xlsx", "--max-archive", "1K"], b"").ends(2, &["the zip archive is over 1024 bytes"]);
    run(&dir, &["score", "honest.xlsx"], b"").ends(2, &["honest.xlsx"]);
}

#[cfg(unix)]
#[test]
fn a_lexicon_folder_leads_nowhere_else() {
    let dir = folder("hostile-lexicon");
    let good = "term,weight,note\nasyik,1,\n";
    let fresh = || {
        let _ = fs::remove_dir_all(dir.join("words"));
        fs::create_dir_all(dir.join("words/stance")).unwrap();
        fs::write(dir.join("words/stance/pro.csv"), good).unwrap();
    };
    let explained = || run(&dir, &["explain", "halo", "--overlay", "words"], b"");
    fresh();
    explained().ends(0, &[]);
    std::os::unix::fs::symlink("/proc/self/environ", dir.join("words/slang.csv")).unwrap();
    explained().ends(2, &["words/slang.csv: a link out of the lexicon folder"]);
    fresh();
    std::os::unix::fs::symlink("../..", dir.join("words/more")).unwrap();
    explained().ends(2, &["words/more: a link out of the lexicon folder"]);
    fresh();
    // A pipe would be waited for without end.
    assert!(Command::new("mkfifo").arg(dir.join("words/slang.csv")).status().unwrap().success());
    explained().ends(2, &["words/slang.csv: not a file"]);
    fresh();
    fs::create_dir_all(dir.join("words/a/b/c/d/e")).unwrap();
    explained().ends(2, &["deeper than a lexicon has folders"]);
    fresh();
    fs::File::create(dir.join("words/slang.csv")).unwrap().set_len(65 << 20).unwrap();
    explained().ends(2, &["words/slang.csv: larger than 64 MiB"]);
    fresh();
    // A name is shown, but does nothing.
    fs::write(dir.join("words/\u{1b}[2J\nx.csv"), "a,b\n").unwrap();
    let linted = run(&dir, &["lexicon", "lint", "words"], b"");
    inert(&linted.out);
    assert!(linted.out.contains("[2J"), "{}", linted.out);
    fs::write(dir.join("words/stance/pro.csv"), "term,weight,note\nasyik,\u{1b}[2J,\n").unwrap();
    let refused = explained();
    refused.ends(2, &["words/stance/pro.csv:2"]);
    inert(&refused.err);
}
