//! `condong inspect` through the binary: exit codes, rejects, and messages that name file and line.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/read");

fn inspect(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_condong"))
        .arg("inspect")
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that fails early may not read its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn it_says_what_was_decided_for_people_and_machines() {
    let output = inspect(FOLDER.as_ref(), &["tweet-harvest-2.4.1.csv"], b"");
    assert_eq!(output.status.code(), Some(0));
    for part in
        ["tweet-harvest 2.4.1", "line 1, 14 columns", "3 full_text", "3 read, 0 rejected", "kata pedagang pasar"]
    {
        assert!(text(&output.stdout).contains(part), "{part}");
    }
    let output = inspect(FOLDER.as_ref(), &["--format", "json", "labels.tsv", "snscrape.jsonl"], b"");
    let reports: Vec<serde_json::Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(reports[0]["columns"][0]["name"], "column_1");
    assert_eq!(reports[0]["header_line"]["value"], 0);
    assert_eq!(reports[1]["dialect"], "snscrape");
    assert_eq!(reports[1]["posts"][1]["text"], "Pasar jadi sepi");
}

#[test]
fn standard_input_lists_patterns_and_folders_are_read() {
    let folder = folder("inputs");
    for name in ["a.csv", "b.csv", "c.png", "d.txt"] {
        fs::write(folder.join(name), "text\nhalo\n").unwrap();
    }
    let files = |arguments: &[&str], input: &[u8]| {
        let output = inspect(&folder, arguments, input);
        let lines = text(&output.stdout).lines().filter(|line| !line.is_empty() && !line.starts_with(' '));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(files(&[], b"text\nhalo\n"), ["<stdin>"]);
    assert_eq!(files(&["-", "a.csv"], b"text\nhalo\n"), ["<stdin>", "a.csv"]);
    assert_eq!(files(&["?.csv"], b""), ["a.csv", "b.csv"]);
    assert_eq!(files(&["."], b""), ["./a.csv", "./b.csv", "./d.txt"]);
    assert_eq!(files(&["--files-from", "-"], b"b.csv\n\nd.txt\n"), ["b.csv", "d.txt"]);
}

#[test]
fn rows_that_cannot_be_read_are_kept_with_their_reason() {
    let folder = folder("rejects");
    fs::write(folder.join("a.csv"), b"text,id\n\xc3\xa9,1\nb,2,x\n\xff\"quoted\",3\nc,4\n").unwrap();
    let output = inspect(&folder, &["a.csv", "--rejects", "bad.csv"], b"");
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stdout).contains("2 read, 2 rejected"));
    assert!(text(&output.stdout).contains("a.csv:3: 3 cells where the header has 2"));
    let mut rejects = csv::Reader::from_path(folder.join("bad.csv")).unwrap();
    let rows: Vec<csv::ByteRecord> = rejects.byte_records().collect::<Result<_, _>>().unwrap();
    assert_eq!(
        &rows[1],
        vec![
            &b"a.csv"[..],
            b"4",
            b"cell 1 is not in the encoding found; --encoding names another",
            b"\xff\"quoted\",3\n"
        ]
    );
    let output = inspect(&folder, &["a.csv", "--on-error", "stop"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("a.csv:3: 3 cells where the header has 2"));
}

#[test]
fn what_cannot_be_read_is_an_error_that_says_why() {
    let folder = folder("errors");
    fs::create_dir(folder.join("pictures")).unwrap();
    fs::write(folder.join("pictures/a.png"), b"\x89PNG\r\n").unwrap();
    fs::write(folder.join("a.csv"), "kalimat,label\nsatu,pro\n").unwrap();
    for (arguments, part) in [
        (&["pictures"][..], "pictures: no export in this directory"),
        (&["pictures/a.png"], "pictures/a.png: not a table of posts: it is a PNG picture"),
        (&["none.csv"], "none.csv: No such file"),
        (&["*.xlsx"], "*.xlsx: no file matches"),
        (&["a.csv", "--text", "kalimt"], "a.csv:1: no text column \"kalimt\", did you mean \"kalimat\""),
        (&["a.csv", "--encoding", "utf-9"], "no such encoding"),
        (&["a.csv", "--timezone", "Mars"], "give WIB, WITA, WIT, UTC"),
        (&["a.csv", "--as-of", "nanti"], "--as-of nanti: give a date"),
        (&["a.csv", "--header-line", "9"], "no row begins on line 9"),
    ] {
        let output = inspect(&folder, arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(part), "{}", text(&output.stderr));
    }
}
