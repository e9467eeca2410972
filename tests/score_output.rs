//! What `score` writes: nothing of the input is lost, whatever the form, and files are compressed as they are called.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use condong::read::{Next, Options, Posts, Row};

mod binary;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn score(input: &str, args: &[&str]) -> Output {
    binary::fed(&mut binary::command(Path::new(ROOT), &[&["score"], args].concat()), input.as_bytes())
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn folder(name: &str) -> PathBuf {
    binary::folder(&format!("score-output-{name}"))
}

fn lines(count: u32, line: impl Fn(u32) -> String) -> String {
    (0..count).fold(String::new(), |lines, id| lines + &line(id) + "\n")
}

/// Posts enough to fill several blocks of any compression.
fn many() -> String {
    let row = |id| format!("{id},\"jangan tutup lapak nomor {id}, ya {}\"", id * 7_919 % 10_007);
    format!("id,text\n{}", lines(20_000, row))
}

#[test]
fn a_file_is_compressed_as_its_name_ends_and_reads_back() {
    let (folder, posts) = (folder("packed"), many());
    let plain = score(&posts, &["--columns", "stance", "--jobs", "1"]);
    for (ending, compression) in [("gz", "gzip"), ("zst", "zstd"), ("xz", "xz"), ("bz2", "bzip2")] {
        let path = folder.join(format!("posts.csv.{ending}"));
        let run = score(&posts, &["--columns", "stance", "--jobs", "1", "--output", path.to_str().unwrap()]);
        assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
        assert!(fs::metadata(&path).unwrap().len() * 3 < plain.stdout.len() as u64, "{ending}");
        let packed = fs::File::open(&path).unwrap();
        let mut back = Posts::open(Box::new(packed), "packed", &Options::default()).unwrap();
        assert_eq!(back.found().compression.as_deref(), Some(compression));
        let mut expected = csv::ReaderBuilder::new().from_reader(&plain.stdout[..]);
        let (mut row, mut rows) = (Row::default(), expected.records());
        while back.read(&mut row).unwrap() == Next::Row {
            assert_eq!(row.fields, rows.next().unwrap().unwrap(), "{ending}");
        }
        assert!(rows.next().is_none(), "{ending}");
    }
}

#[test]
fn a_compression_that_is_not_written_is_refused() {
    let path = folder("zip").join("posts.csv.zip");
    let run = score("text\nmurah\n", &["--format", "csv", "--output", path.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(2));
    assert!(text(&run.stderr).contains(".zip is not written; end the name in .gz, .zst, .xz or .bz2"));
    assert!(!path.exists());
}

#[test]
fn objects_keep_order_and_columns_without_a_name_of_their_own() {
    let run = score("text,zeta,alpha,,alpha\nmurah,1,2,3,4\n", &["--format", "jsonl", "--columns", "stance"]);
    let expected =
        "{\"text\":\"murah\",\"zeta\":\"1\",\"alpha\":\"2\",\"column_4\":\"3\",\"alpha_2\":\"4\",\"stance\":";
    assert!(text(&run.stdout).starts_with(expected), "{}", text(&run.stdout));
}

#[test]
fn values_that_come_up_late_are_kept_or_told() {
    let mut posts = lines(500, |id| format!("{{\"id\":{id},\"text\":\"murah\"}}"));
    posts += "{\"id\":500,\"text\":\"mahal\",\"user\":{\"city\":\"Solo\"}}\n";
    let objects = score(&posts, &["--format", "jsonl", "--columns", "stance"]);
    let last = text(&objects.stdout).lines().last().unwrap();
    assert!(last.starts_with("{\"id\":\"500\",\"text\":\"mahal\",\"user.city\":\"Solo\",\"stance\":"), "{last}");
    let cells = score(&posts, &["--columns", "stance"]);
    assert!(text(&cells.stdout).starts_with("id,text,stance\n"));
    let told = "condong: <stdin>: 1 row (under 1 %): objects with values under paths that none of the first 400 has";
    assert!(text(&cells.stderr).contains(told), "{}", text(&cells.stderr));
    let taken = posts.replace("\"user\":{\"city\"", "\"stance\":{\"x\"").replace("{\"x\":\"Solo\"}", "\"pro\"");
    let run = score(&taken, &["--format", "jsonl", "--columns", "stance"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(text(&run.stderr).contains("<stdin>:501: has a value `stance` already"), "{}", text(&run.stderr));
}

#[test]
fn bad_dates_are_told_as_inspect_tells_them() {
    let posts = "text,created_at\na,2023-10-04\nb,besok\nc,3 hari lalu\n";
    for jobs in ["1", "2"] {
        let run = score(posts, &["--columns", "stance", "--jobs", jobs]);
        for told in
            ["1 row (33 %): dates that cannot be read", "1 row (33 %): dates relative to the time of the export"]
        {
            assert!(text(&run.stderr).contains(told), "{}", text(&run.stderr));
        }
    }
}

#[test]
fn slips_of_the_hand_are_refused() {
    for (args, told) in
        [(["--columns", "stance,lean,stance"], "`stance` is named twice"), (["--jobs", "0"], "0 is not in 1..=1024")]
    {
        let run = score("text\nmurah\n", &args);
        assert_eq!((run.status.code(), text(&run.stdout)), (Some(2), ""));
        assert!(text(&run.stderr).contains(told), "{}", text(&run.stderr));
    }
}

#[test]
fn an_input_without_rows_gives_its_header() {
    let run = score("id,text\n", &["--columns", "stance"]);
    assert_eq!((run.status.code(), text(&run.stdout)), (Some(0), "id,text,stance\n"));
    assert!(text(&run.stderr).contains("<stdin>: a header and no rows"), "{}", text(&run.stderr));
}

#[test]
fn the_rows_before_an_error_go_out_whatever_the_number_of_threads() {
    let posts = format!("id,text\n{}a,b,c\n1,mahal\n", lines(3_000, |id| format!("{id},murah")));
    for jobs in ["1", "3"] {
        let run = score(&posts, &["--columns", "stance", "--on-error", "stop", "--jobs", jobs]);
        assert_eq!(run.status.code(), Some(2));
        assert_eq!(text(&run.stdout).lines().count(), 3_001);
        assert!(text(&run.stderr).contains("<stdin>:3002: 3 cells where the header has 2"), "{}", text(&run.stderr));
    }
}

#[test]
fn a_table_above_another_one_is_not_taken_for_a_preamble() {
    let joined = "text,id\nmurah,1\nfull_text,username,created_at,id_str\nmahal,u,2023-10-04,2\n";
    let run = score(joined, &["--columns", "stance"]);
    // Its rows have other columns, so they are rejects and not posts read by the wrong columns.
    assert_eq!((run.status.code(), text(&run.stdout).lines().count()), (Some(3), 2), "{}", text(&run.stdout));
    assert!(text(&run.stderr).contains("2 rows could not be read"), "{}", text(&run.stderr));
    let searched = "Search,tiktok shop\nDate,4 October\nfull_text,username,created_at,id_str\nmahal,u,2023-10-04,2\n";
    let run = score(searched, &["--columns", "stance"]);
    assert_eq!(text(&run.stdout).lines().count(), 2, "{}", text(&run.stdout));
    assert!(text(&run.stderr).contains("<stdin>:3: the header; 2 rows above it left out"), "{}", text(&run.stderr));
}
