//! Parts that were counted apart and written to files make the report of all their posts at once.

#[path = "report/posts.rs"]
mod posts;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use condong::report::{Options, Origin, Partial, PartialError, Summary, Tally};
use posts::{invented, tally};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn condong(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_condong")).args(args).current_dir(folder).output().unwrap()
}

/// What a run writes that ends with that status.
#[track_caller]
fn out(folder: &Path, args: &[&str], status: i32) -> Vec<u8> {
    let output = condong(folder, args);
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(status), "{args:?}: {err}");
    output.stdout
}

/// A run that is refused with a message that has these parts, and no report.
#[track_caller]
fn refused(folder: &Path, args: &[&str], parts: &[&str]) {
    let output = condong(folder, args);
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{args:?}: {err}");
    for part in parts {
        assert!(err.contains(part), "no {part:?} in {err}");
    }
    assert!(!err.contains("panicked"), "{err}");
}

/// The sample of posts in three files, the last with a row that cannot be read, in a folder of its own.
fn months(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("partial-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let posts = fs::read_to_string(Path::new(ROOT).join("samples/posts.csv")).unwrap();
    let (header, rows) = posts.split_once('\n').unwrap();
    let rows: Vec<&str> = rows.lines().collect();
    for (number, rows) in rows.chunks(rows.len() / 3 + 1).enumerate() {
        let extra = if number == 2 { "too,many,cells,".repeat(9) } else { String::new() };
        fs::write(folder.join(format!("{number}.csv")), format!("{header}\n{}\n{extra}", rows.join("\n"))).unwrap();
    }
    folder
}

const MONTHS: [&str; 3] = ["0.csv", "1.csv", "2.csv"];
const PARTS: [&str; 3] = ["0.part", "1.part", "2.part"];

fn write_parts(folder: &Path, options: &[&str]) {
    for ((month, part), status) in MONTHS.iter().zip(PARTS).zip([0, 0, 3]) {
        let written = out(folder, &[&["report", month, "--partial", part], options].concat(), status);
        assert!(written.is_empty(), "a part alone is no report");
    }
}

#[test]
fn a_report_from_parts_is_that_of_all_files_byte_for_byte() {
    let folder = months("same");
    for counted in [&[][..], &["--group-by", "location", "--gold", "gold_seller", "--timezone", "UTC"]] {
        write_parts(&folder, counted);
        for form in ["text", "markdown", "csv", "json", "html"] {
            let shown = ["--format", form, "--lang", "en", "--keep", "advert,repeat", "--by", "month"];
            let whole = out(&folder, &[&["report"], &MONTHS[..], counted, &shown].concat(), 3);
            let merged = out(&folder, &[&["merge"], &PARTS[..], &shown].concat(), 3);
            assert!(whole.len() > 1000 && whole == merged, "{form} {counted:?}");
        }
    }
}

#[test]
fn parts_of_parts_merge_to_the_same_part() {
    let folder = months("nested");
    write_parts(&folder, &[]);
    let all = out(&folder, &[&["report"], &MONTHS[..], &["--partial", "-"]].concat(), 3);
    assert_eq!(out(&folder, &[&["report", "--jobs", "3", "--partial", "-"], &MONTHS[..]].concat(), 3), all);
    out(&folder, &["merge", "0.part", "1.part", "--partial", "both.part"], 0);
    assert_eq!(out(&folder, &["merge", "both.part", "2.part", "--partial", "-"], 3), all);
    // A small part holds every text, and is smaller than the posts all the same; a report may be written beside it.
    assert!(all.len() < fs::read(Path::new(ROOT).join("samples/posts.csv")).unwrap().len());
    let report = out(&folder, &["report", "0.csv", "--partial", "again.part", "--format", "csv"], 0);
    assert!(report.starts_with(b"section,"));
    assert_eq!(fs::read(folder.join("again.part")).unwrap(), fs::read(folder.join("0.part")).unwrap());
}

#[test]
fn parts_that_were_counted_otherwise_are_refused() {
    let folder = months("otherwise");
    write_parts(&folder, &[]);
    let overlay = Path::new(ROOT).join("samples/overlay");
    let others: [(&[&str], &str); 4] = [
        (&["--overlay", overlay.to_str().unwrap()], "lexicon"),
        (&["--group-by", "location"], "--group-by location"),
        (&["--gold", "gold_seller"], "--gold gold_seller"),
        (&["--timezone", "UTC"], "--timezone +00"),
    ];
    for (options, what) in others {
        out(&folder, &[&["report", "1.csv", "--partial", "other.part"], options].concat(), 0);
        refused(&folder, &["merge", "0.part", "other.part"], &["other.part", what]);
    }
    refused(&folder, &["merge"], &["PART"]);
    refused(&folder, &["merge", "no.part"], &["no.part"]);
    refused(&folder, &["merge", "0.part", "--output", "r.pdf"], &["r.pdf"]);
}

#[test]
fn what_is_no_whole_partial_is_refused() {
    let folder = months("broken");
    write_parts(&folder, &[]);
    let part = fs::read(folder.join("0.part")).unwrap();
    let with = |bytes: &[u8], parts: &[&str]| {
        fs::write(folder.join("broken.part"), bytes).unwrap();
        refused(&folder, &["merge", "1.part", "broken.part"], &[&["broken.part"], parts].concat());
    };
    for end in [40, part.len() / 2, part.len() - 4, part.len() - 1] {
        with(&part[..end], &["cut short"]);
    }
    for at in (40..part.len()).step_by(part.len() / 40) {
        let mut bytes = part.clone();
        bytes[at] ^= 0x10;
        with(&bytes, &["damaged"]);
    }
    with(&fs::read(folder.join("0.csv")).unwrap(), &["not a partial", "--partial"]);
    with(b"", &["not a partial"]);
    let line = part.iter().position(|byte| *byte == b'\n').unwrap();
    let headed = |head: &str| [head.as_bytes(), &part[line..]].concat();
    with(&headed(concat!("condong partial 2 ", env!("CARGO_PKG_VERSION"))), &["format 2", "format 1"]);
    with(&headed("condong partial 1 0.0.0"), &["condong 0.0.0", env!("CARGO_PKG_VERSION")]);
}

fn partial(tally: Tally) -> Partial {
    Partial { origin: Origin::default(), tally }
}

#[test]
fn a_tally_is_read_back_as_it_was() {
    let posts = invented(3_000, 5);
    let bytes = partial(tally(&posts)).encode().unwrap();
    let read = Partial::decode(&bytes, "a").unwrap();
    assert_eq!(read.encode().unwrap(), bytes);
    let report = |tally: &Tally| Summary::of(tally, &Options::default());
    assert_eq!(report(&read.tally), report(&tally(&posts)));
    // Halves that were read back go on being counted into.
    let (one, two) = posts.split_at(1_111);
    let again = |posts| Partial::decode(&partial(tally(posts)).encode().unwrap(), "a").unwrap();
    let mut both = again(two);
    both.merge(again(one), "b").unwrap();
    assert_eq!(both.encode().unwrap(), bytes);
}

#[test]
fn random_bytes_behind_the_mark_are_refused_and_nothing_breaks() {
    let whole = partial(tally(&invented(300, 3))).encode().unwrap();
    let head = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let mut dice = posts::Dice(9);
    for _ in 0..200 {
        // A body that unpacks, so that its content alone can be wrong.
        let mut body = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&whole[head..]), &mut body).unwrap();
        for _ in 0..20 {
            let at = dice.below(body.len());
            body[at] = u8::try_from(dice.below(256)).unwrap();
        }
        let mut packed = flate2::write::GzEncoder::new(whole[..head].to_vec(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, &body).unwrap();
        match Partial::decode(&packed.finish().unwrap(), "x") {
            Ok(partial) => drop(Summary::of(&partial.tally, &Options::default())),
            Err(PartialError::Damaged { .. }) => {}
            Err(other) => panic!("{other}"),
        }
    }
}
