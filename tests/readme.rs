//! The transcripts in README.md are what the commands say. `TRYCMD=overwrite` refreshes them.

use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Commands in the README write folders, so they run in one that holds the samples alone.
fn reader_folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    let _ = fs::remove_dir_all(&folder);
    copy(&Path::new(ROOT).join("samples"), &folder.join("samples"));
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn transcripts_are_what_commands_say() {
    std::env::set_current_dir(reader_folder()).unwrap();
    trycmd::TestCases::new()
        .register_bin("condong", Path::new(env!("CARGO_BIN_EXE_condong")))
        .case(Path::new(ROOT).join("README.md"));
}

#[test]
fn the_row_shown_is_the_row_that_is_there() {
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    let row = fs::read_to_string(Path::new(ROOT).join("samples/overlay/stance/pro.csv")).unwrap();
    for line in row.lines() {
        assert!(readme.contains(line), "{line}");
    }
}
