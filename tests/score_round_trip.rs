//! Rows in are rows out or rejects, through the binary: what `score` is given comes out byte for byte.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::LazyLock;

use csv::{QuoteStyle, Terminator, WriterBuilder};
use proptest::prelude::*;

mod binary;

const HEADER: [&str; 3] = ["full_text", "username", "created_at"];

/// A lexicon of a few rows, so that many runs take little time.
static LEXICON: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("score-round-trip-lexicon");
    fs::create_dir_all(folder.join("stance")).unwrap();
    fs::write(folder.join("stance/pro.csv"), "term,weight,note\n<prior>,0,\nmurah,1,\n").unwrap();
    folder
});

fn score(input: &[u8], args: &[&str]) -> Output {
    let lexicon = LEXICON.to_str().unwrap();
    let options = ["score", "--columns", "stance", "--jobs", "2", "--lexicon", lexicon];
    binary::fed(&mut binary::command(Path::new("."), &[&options, args].concat()), input)
}

/// The rows of a CSV file with its header.
fn parsed(bytes: &[u8]) -> Vec<Vec<Vec<u8>>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    reader.byte_records().map(|row| row.unwrap().iter().map(<[u8]>::to_vec).collect()).collect()
}

fn cell() -> impl Strategy<Value = String> {
    let odd = prop_oneof![
        Just("\""),
        Just("\"\""),
        Just(","),
        Just(";"),
        Just("\t"),
        Just("\n"),
        Just("\r\n"),
        Just("😭"),
        Just("é"),
        Just("&amp;"),
        Just("=1+1"),
        Just(" "),
        Just("murah"),
        Just("\u{feff}"),
        Just("Ã©"),
    ];
    prop_oneof![
        3 => prop::collection::vec(odd, 0..10).prop_map(|parts| parts.concat()),
        1 => "[^\0]{0,40}",
    ]
}

fn written(rows: &[[String; 3]], style: QuoteStyle, end: Terminator) -> Vec<u8> {
    let mut writer = WriterBuilder::new().quote_style(style).terminator(end).from_writer(Vec::new());
    writer.write_record(HEADER).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_cell_comes_out_as_it_went_in(
        rows in prop::collection::vec([cell(), cell(), cell()], 0..700),
        style in prop::sample::select(&[QuoteStyle::Necessary, QuoteStyle::Always][..]),
        end in prop::sample::select(&[Terminator::CRLF, Terminator::Any(b'\n')][..]),
    ) {
        let input = written(&rows, style, end);
        let output = score(&input, &[]);
        prop_assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let out = parsed(&output.stdout);
        prop_assert_eq!(out.len() - 1, rows.len());
        for (row, out) in parsed(&input).iter().zip(&out) {
            prop_assert_eq!(&row[..], &out[..HEADER.len()]);
            prop_assert_eq!(out.len(), HEADER.len() + 1);
        }
    }

    #[test]
    fn what_cannot_be_read_is_a_reject_as_it_was(
        lines in prop::collection::vec(
            prop_oneof![
                4 => "[a-z ]{1,20},[a-z]{1,8},[0-9]{4}".prop_map(|line| (true, line.into_bytes())),
                1 => "[a-z ]{1,20},[a-z]{1,8}".prop_map(|line| (false, line.into_bytes())),
                1 => "[a-z ]{1,20},[a-z]{1,8},[0-9]{4},[a-z]{1,4}".prop_map(|line| (false, line.into_bytes())),
                1 => "[a-z ]{1,20}".prop_map(|text| (false, [b"caf\xe9 ", text.as_bytes(), b",a,2023"].concat())),
                1 => "[a-z ]{1,20}".prop_map(|text| (false, [b"nol\0 ", text.as_bytes(), b",a,2023"].concat())),
            ],
            0..600,
        ),
        seed in any::<u32>(),
    ) {
        let header = HEADER.join(",").into_bytes();
        let all = std::iter::once(&header).chain(lines.iter().map(|(_, line)| line));
        let input: Vec<u8> = all.flat_map(|line| [line, &b"\n"[..]].concat()).collect();
        let rejects = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("score-rejects-{seed}.csv"));
        let output = score(&input, &["--encoding", "utf-8", "--rejects", rejects.to_str().unwrap()]);
        let rejected = parsed(&fs::read(&rejects).unwrap());
        fs::remove_file(&rejects).unwrap();
        let bad: Vec<(usize, &Vec<u8>)> =
            (2..).zip(&lines).filter(|(_, (good, _))| !good).map(|(at, (_, line))| (at, line)).collect();
        prop_assert_eq!(output.status.code(), Some(if bad.is_empty() { 0 } else { 3 }));
        prop_assert_eq!(rejected.len() - 1, bad.len());
        for ((at, line), row) in bad.iter().zip(&rejected[1..]) {
            prop_assert_eq!(std::str::from_utf8(&row[1]).unwrap(), at.to_string());
            prop_assert_eq!(row[3].trim_ascii_end(), line.trim_ascii_end());
        }
        let out = parsed(&output.stdout);
        prop_assert_eq!(out.len() - 1 + bad.len(), lines.len());
        for ((_, line), row) in lines.iter().filter(|(good, _)| *good).zip(out.iter().skip(1)) {
            prop_assert_eq!(&row[..HEADER.len()].join(&b','), line);
        }
    }
}
