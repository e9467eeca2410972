//! Rows in are rows out or rejects, whatever the bytes; RFC 4180 comes out as it went in.

use condong::read::{Next, Options, Posts, Row};
use csv::{QuoteStyle, Terminator, WriterBuilder};
use proptest::prelude::*;
use std::io::Cursor;

const HEADER: [&str; 3] = ["full_text", "username", "created_at"];

/// First bytes that send the reader different ways.
const STARTS: &[&[u8]] = &[
    b"",
    b"text,id\n",
    b"{\"text\":",
    b"[{\"text\":\"a\"},",
    b"\xff\xfet\0e\0x\0t\0\n\0",
    b"\x1f\x8b\x08\0",
    b"PK\x03\x04",
    b"\x28\xb5\x2f\xfd",
    b"BZh91AY&SY",
    b"\xfd7zXZ\0",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
];

fn cell() -> impl Strategy<Value = String> {
    let odd = prop_oneof![
        Just("\""),
        Just("\"\""),
        Just(","),
        Just(";"),
        Just("\t"),
        Just("|"),
        Just("\n"),
        Just("\r\n"),
        Just("\\n"),
        Just("😭"),
        Just("é"),
        Just("Ã©"),
        Just("&amp;"),
        Just("murah"),
        Just("nan"),
    ];
    prop_oneof![
        3 => prop::collection::vec(odd, 0..12).prop_map(|parts| parts.concat()),
        1 => "[^\0]{0,40}",
        1 => "[a-z ,.]{0,60}",
    ]
}

fn rows() -> impl Strategy<Value = Vec<[String; 3]>> {
    prop::collection::vec([cell(), cell(), cell()], 0..30)
}

fn written(rows: &[[String; 3]], delimiter: u8, style: QuoteStyle, end: Terminator) -> Vec<u8> {
    let mut writer =
        WriterBuilder::new().delimiter(delimiter).quote_style(style).terminator(end).from_writer(Vec::new());
    writer.write_record(HEADER).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

/// The rows that come out, and how many were rejected.
fn read(bytes: &[u8], options: &Options) -> Option<(Vec<Vec<String>>, usize)> {
    let mut posts = Posts::open(Box::new(Cursor::new(bytes.to_vec())), "posts", options).ok()?;
    let (mut row, mut rows, mut rejects, mut line) = (Row::default(), Vec::new(), 0, 0);
    loop {
        match posts.read(&mut row) {
            Ok(Next::Row) => {
                assert!(row.line >= line, "line {} follows line {line}", row.line);
                assert_eq!(row.fields.len(), posts.header().len());
                line = row.line;
                rows.push(row.fields.iter().map(str::to_owned).collect());
            }
            Ok(Next::Reject(reject)) => {
                assert!(!reject.raw.is_empty(), "{}", reject.reason);
                rejects += 1;
            }
            Ok(Next::End) | Err(_) => break,
        }
    }
    assert_eq!(posts.damage().rows, rows.len() as u64);
    assert_eq!(posts.damage().rejects, rejects as u64);
    Some((rows, rejects))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn rfc_4180_comes_out_as_it_went_in(
        rows in rows(),
        delimiter in prop::sample::select(&b",;\t|"[..]),
        style in prop::sample::select(&[QuoteStyle::Necessary, QuoteStyle::Always][..]),
        end in prop::sample::select(&[Terminator::CRLF, Terminator::Any(b'\n')][..]),
    ) {
        let bytes = written(&rows, delimiter, style, end);
        let (out, rejects) = read(&bytes, &Options::default()).expect("the header has known names");
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.to_vec()).collect();
        prop_assert_eq!(out, rows);
        prop_assert_eq!(rejects, 0);
    }

    #[test]
    fn lines_of_json_come_out_as_they_went_in(rows in rows()) {
        let object = |row: &[String; 3]| serde_json::json!({"full_text": row[0], "user": {"username": row[1]}}).to_string();
        let lines: Vec<String> = rows.iter().map(object).collect();
        prop_assume!(!lines.is_empty());
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row[..2].to_vec()).collect();
        for bytes in [lines.join("\n"), format!("[{}]", lines.join(",\n")), format!("{{\"data\": [{}]}}", lines.join(","))] {
            let (out, rejects) = read(bytes.as_bytes(), &Options::default()).expect("the paths are known");
            prop_assert_eq!(&out, &rows);
            prop_assert_eq!(rejects, 0);
        }
    }

    #[test]
    fn encodings_come_out_as_utf_8(rows in prop::collection::vec(["[a-zé€“”,;]{0,20}", "[a-z]{1,9}", "[0-9]{0,4}"], 1..20)) {
        let utf_8 = String::from_utf8(written(&rows, b',', QuoteStyle::Necessary, Terminator::Any(b'\n'))).unwrap();
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.to_vec()).collect();
        let (little, big) = (u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes as fn(u16) -> [u8; 2]);
        for bytes in [little, big] {
            for mark in ["", "\u{feff}"] {
                let encoded: Vec<u8> = format!("{mark}{utf_8}").encode_utf16().flat_map(bytes).collect();
                prop_assert_eq!(&read(&encoded, &Options::default()).expect("it is text").0, &rows);
            }
        }
        let options = Options { encoding: Some(encoding_rs::WINDOWS_1252), ..Options::default() };
        let encoded = encoding_rs::WINDOWS_1252.encode(&utf_8).0;
        prop_assert_eq!(&read(&encoded, &options).expect("it is text").0, &rows);
    }

    #[test]
    fn damaged_exports_end_without_a_panic(
        rows in rows(),
        delimiter in prop::sample::select(&b",;\t|"[..]),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..20),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = written(&rows, delimiter, QuoteStyle::Necessary, Terminator::CRLF);
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        let options = Options { longest_row: 200, ..Options::default() };
        read(&bytes, &options);
    }

    #[test]
    fn any_bytes_end_without_a_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        start in prop::sample::select(STARTS),
    ) {
        read(&[start, &bytes].concat(), &Options::default());
    }
}
