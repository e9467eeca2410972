//! Every export in `tests/read/` gives the posts that it must, and bad inputs give errors, not panics.

use condong::read::{Next, Options, Posts, ReadError, Reject, Row};
use std::io::Cursor;

fn open(bytes: &[u8]) -> Result<Posts, ReadError> {
    Posts::open(Box::new(Cursor::new(bytes.to_vec())), "posts.csv", &Options::default())
}

fn read(bytes: &[u8]) -> (Vec<(u64, Vec<String>)>, Vec<Reject>) {
    let mut posts = open(bytes).unwrap();
    let (mut row, mut rows, mut rejects) = (Row::default(), Vec::new(), Vec::new());
    loop {
        match posts.read(&mut row).unwrap() {
            Next::Row => rows.push((row.line, row.fields.iter().map(str::to_owned).collect())),
            Next::Reject(reject) => rejects.push(reject),
            Next::End => return (rows, rejects),
        }
    }
}

fn texts(bytes: &[u8]) -> Vec<String> {
    read(bytes).0.into_iter().map(|(_, cells)| cells.join("¦")).collect()
}

#[test]
fn layouts_give_their_rows() {
    let cases: [(&str, &[&str]); 10] = [
        ("text,date\nhalo,2023\n", &["halo¦2023"]),
        ("\u{feff}\"text\";date\r\n\"halo; apa\";2023\r\n", &["halo; apa¦2023"]),
        ("teks\ttanggal\n\nhalo\t2023", &["halo¦2023"]),
        ("text|id\n\"a\nb\"|1\nc|2\n", &["a\nb¦1", "c¦2"]),
        ("{\"id\":1,\"text\":\"a\"}\n\n{\"text\":\"b\"}\n", &["1¦a", "¦b"]),
        ("[{\"text\":\"a\"},\n{\"text\":\"b}\"}]", &["a", "b}"]),
        ("{\n  \"data\": [\n {\"text\":\"a\"}, {\"text\": \"c\"}]}", &["a", "c"]),
        ("text,id\n\"kata \"murah\" dia\",1\nb,2\n", &["kata \"murah\" dia¦1", "b¦2"]),
        ("bagus sekali\tpositive\njelek, parah\tnegative\n", &["bagus sekali¦positive", "jelek, parah¦negative"]),
        ("text\nhalo, semua\n\"a, b\"\n", &["halo, semua", "a, b"]),
    ];
    for (input, rows) in cases {
        assert_eq!(texts(input.as_bytes()), rows, "{input}");
    }
}

#[test]
fn a_row_that_cannot_be_read_takes_no_other_along() {
    let (rows, rejects) = read(b"text,id\n\xc3\xa9,1\n\"b,2\nc,3\nd\0,4\ne,5,6\nf\xff,7\ng,8\n");
    let texts: Vec<(u64, &str)> = rows.iter().map(|(line, cells)| (*line, cells[0].as_str())).collect();
    assert_eq!(texts, [(2, "é"), (4, "c"), (8, "g")]);
    let lines: Vec<u64> = rejects.iter().map(|reject| reject.line).collect();
    assert_eq!(lines, [3, 5, 6, 7]);
    assert_eq!(rejects[0].raw, b"\"b,2\n");
}
