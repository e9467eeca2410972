//! What goes wrong around a run: full disks, pipes that close, files that change, signals. Nothing is left half-written,
//! nothing is lost without a word, and what stood in a file before stays until the new content is whole.

#![cfg(target_os = "linux")]

mod binary;

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use binary::{command, ended, folder, names, run};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// What a file held before the run.
const BEFORE: &str = "what stood here before\n";
/// A user that owns nothing.
const NOBODY: u32 = 65_534;

fn rows(count: usize) -> String {
    (0..count).fold("id,text\n".to_owned(), |rows, id| rows + &format!("{id},setuju tiktok shop ditutup saja\n"))
}

fn sample(name: &str) -> String {
    format!("{ROOT}/samples/{name}")
}

/// The command under limits or redirections that a shell sets.
fn in_shell(folder: &Path, line: &str) -> binary::Run {
    let mut shell = Command::new("bash");
    shell.args(["-c", line]).current_dir(folder).env("CONDONG", env!("CARGO_BIN_EXE_condong")).env("ROOT", ROOT);
    ended(shell.stdin(Stdio::null()).output().unwrap())
}

fn wait_for(what: &str, mut happened: impl FnMut() -> bool) {
    let start = Instant::now();
    while !happened() {
        assert!(start.elapsed() < Duration::from_secs(60), "{what} did not happen");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A run that writes `out.csv` and waits for more on standard input.
fn waiting(folder: &Path) -> Child {
    let mut child = command(folder, &["score", "-", "--output", "out.csv"]).spawn().unwrap();
    child.stdin.as_mut().unwrap().write_all(rows(3).as_bytes()).unwrap();
    let part = format!("out.csv.{}.part", child.id());
    wait_for(&part, || names(folder).contains(&part));
    child
}

#[test]
fn a_file_that_cannot_be_finished_keeps_what_it_held() {
    let folder = folder("faults-limit");
    let outputs = [
        ("score $ROOT/samples/posts.csv --output", "out.csv"),
        ("report $ROOT/samples/posts.csv --output", "out.html"),
        ("check $ROOT/samples/posts.csv --list all --format json --output", "out.json"),
        ("check $ROOT/samples/posts.csv --write-baseline", "now.json"),
        ("learn $ROOT/samples/fuel.csv --folds 2 --predictions", "out.csv"),
    ];
    for (arguments, name) in outputs {
        fs::write(folder.join(name), BEFORE).unwrap();
        // A limit on the size of files fails as a full disk does.
        let line = format!("ulimit -f 2; trap '' XFSZ; exec $CONDONG {arguments} {name}");
        in_shell(&folder, &line).ends(2, &[name, "cannot be written", "File too large"]);
        assert_eq!(fs::read_to_string(folder.join(name)).unwrap(), BEFORE, "{arguments}");
        assert_eq!(names(&folder), [name], "{arguments}");
        fs::remove_file(folder.join(name)).unwrap();
    }
}

#[test]
fn rejects_that_cannot_be_kept_are_an_error() {
    let folder = folder("faults-rejects");
    fs::write(folder.join("a.csv"), "id,text\n1,a,b,c\n".repeat(500)).unwrap();
    let line = "ulimit -f 2; trap '' XFSZ; exec $CONDONG score a.csv --rejects left.csv --output out.csv";
    in_shell(&folder, line).ends(2, &["left.csv", "cannot be written"]);
    assert_eq!(names(&folder), ["a.csv"]);
    run(&folder, &["score", "a.csv", "--rejects", "/dev/full"], b"").ends(2, &["No space left"]);
    // The rejects would take the place of the posts.
    run(&folder, &["score", "a.csv", "--rejects", "./a.csv"], b"").ends(2, &["a.csv", "is an input"]);
    run(&folder, &["score", "a.csv", "--rejects", "o.csv", "--output", "o.csv"], b"").ends(2, &["o.csv"]);
    assert_eq!(names(&folder), ["a.csv"]);
}

#[test]
fn nobody_can_be_told_when_standard_error_is_full() {
    let folder = folder("faults-stderr");
    assert_eq!(in_shell(&folder, "$CONDONG score none.csv 2> /dev/full").status, 2);
    fs::write(folder.join("a.csv"), "id,text\n1,a,b,c\n2,a\n").unwrap();
    let run = in_shell(&folder, "$CONDONG score a.csv --columns stance 2> /dev/full");
    assert_eq!((run.status, run.out.as_str()), (3, "id,text,stance\n2,a,netral\n"));
}

#[test]
fn a_pipe_may_close_after_any_byte() {
    let posts = sample("posts.csv");
    let commands = [
        &["score", &posts][..],
        &["report", &posts, "--format", "json"],
        &["check", &posts, "--list", "all", "--format", "junit"],
        &["inspect", &posts, "--posts", "400"],
        &["lexicon", "list"],
    ];
    for arguments in commands {
        for bytes in [0, 1, 4_095, 20_001] {
            let (ours, theirs) = UnixStream::pair().unwrap();
            let mut child = command(Path::new(ROOT), arguments).stdout(OwnedFd::from(theirs)).spawn().unwrap();
            let mut taken = Vec::new();
            ours.take(bytes).read_to_end(&mut taken).unwrap();
            drop(child.stdin.take());
            let run = ended(child.wait_with_output().unwrap());
            assert_eq!((run.status, run.err.contains("panicked")), (0, false), "{arguments:?} {bytes}: {}", run.err);
            assert!(!run.err.to_lowercase().contains("pipe"), "{}", run.err);
        }
    }
}

/// A run on a file that is far longer than what it has read when its output is first taken.
fn halfway(folder: &Path, arguments: &[&str]) -> (Child, Vec<u8>) {
    fs::write(folder.join("a.csv"), rows(60_000)).unwrap();
    let mut child = command(folder, &[&["score", "a.csv", "--columns", "stance"], arguments].concat()).spawn().unwrap();
    let mut first = vec![0; 9];
    child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    (child, first)
}

fn rest(mut child: Child, mut first: Vec<u8>) -> binary::Run {
    child.stdout.as_mut().unwrap().read_to_end(&mut first).unwrap();
    let run = ended(child.wait_with_output().unwrap());
    binary::Run { out: String::from_utf8(first).unwrap(), ..run }
}

#[test]
fn a_file_that_grows_is_read_as_it_was_when_it_was_opened() {
    let folder = folder("faults-grows");
    let (child, first) = halfway(&folder, &[]);
    let mut file = OpenOptions::new().append(true).open(folder.join("a.csv")).unwrap();
    file.write_all(b"60000,a row that is not wh").unwrap();
    let run = rest(child, first);
    run.ends(0, &[]);
    assert_eq!(run.out.lines().count(), 60_001);
    assert!(
        run.out.ends_with("\n59999,setuju tiktok shop ditutup saja,kontra\n"),
        "{}",
        &run.out[run.out.len() - 90..]
    );
}

#[test]
fn a_file_that_shrinks_is_an_error() {
    let folder = folder("faults-shrinks");
    let (child, first) = halfway(&folder, &[]);
    OpenOptions::new().write(true).open(folder.join("a.csv")).unwrap().set_len(1_800_000).unwrap();
    rest(child, first).ends(2, &["a.csv:", "became shorter while it was read"]);
}

#[test]
fn a_file_that_cannot_be_read_stops_the_run_before_the_first_row() {
    let folder = folder("faults-list");
    fs::write(folder.join("a.csv"), rows(3)).unwrap();
    fs::write(folder.join("list"), "a.csv\nnone.csv\n").unwrap();
    for arguments in
        [&["score", "a.csv", "none.csv"][..], &["score", "--files-from", "list"], &["report", "a.csv", "none.csv"]]
    {
        let run = run(&folder, arguments, b"");
        run.ends(2, &["none.csv: No such file"]);
        assert_eq!(run.out, "");
    }
    // It can be opened, but not read.
    let run = run(&folder, &["score", "a.csv", "/proc/self/mem", "--output", "out.csv"], b"");
    run.ends(2, &["/proc/self/mem:1:", "Input/output error"]);
    assert_eq!(names(&folder), ["a.csv", "list"]);
}

/// The command as a user who owns nothing, where this test may become one.
fn as_nobody(folder: &Path, arguments: &[&str]) -> Option<binary::Run> {
    let nobody = |arguments: &[&str]| {
        let output = command(folder, arguments).uid(NOBODY).gid(NOBODY).stdin(Stdio::null()).output().ok()?;
        output.status.code().map(|_| ended(output))
    };
    if nobody(&["--version"]).is_none_or(|run| run.status != 0) {
        println!("skipped: this user may not become another, or the other may not run the binary");
        return None;
    }
    nobody(arguments)
}

#[test]
fn what_a_user_may_not_do_is_told() {
    let folder = folder("faults-nobody");
    for name in ["a.csv", "b.csv", "out.csv"] {
        fs::write(folder.join(name), rows(3)).unwrap();
    }
    fs::set_permissions(folder.join("b.csv"), Permissions::from_mode(0o600)).unwrap();
    // The file may be written, but the folder takes no other beside it.
    fs::set_permissions(folder.join("out.csv"), Permissions::from_mode(0o666)).unwrap();
    if let Some(run) = as_nobody(&folder, &["score", "a.csv", "b.csv"]) {
        run.ends(2, &["b.csv: Permission denied"]);
        assert_eq!(run.out, "");
    }
    for arguments in [&["score", "a.csv", "--output", "out.csv"][..], &["report", "a.csv", "--output", "new.html"]] {
        if let Some(run) = as_nobody(&folder, arguments) {
            run.ends(2, &[arguments[3], "cannot be written: Permission denied"]);
        }
    }
    if let Some(run) = as_nobody(&folder, &["lexicon", "init", "mine"]) {
        run.ends(2, &["mine", "Permission denied"]);
    }
    assert_eq!(names(&folder), ["a.csv", "b.csv", "out.csv"]);
    assert_eq!(fs::read_to_string(folder.join("out.csv")).unwrap(), rows(3));
}

#[test]
fn a_folder_that_takes_no_file_is_told() {
    // Not even root can write here.
    run(Path::new(ROOT), &["score", "samples/first.csv", "--output", "/proc/out.csv"], b"")
        .ends(2, &["/proc/out.csv: cannot be written"]);
    let learned = run(Path::new(ROOT), &["learn", "samples/fuel.csv", "--folds", "0", "--write", "/proc/mine"], b"");
    learned.ends(2, &["/proc/mine"]);
}

#[test]
fn an_interrupt_leaves_the_old_file_and_no_other() {
    let folder = folder("faults-interrupt");
    for (signal, number) in [("INT", 2), ("TERM", 15)] {
        fs::write(folder.join("out.csv"), BEFORE).unwrap();
        let mut child = waiting(&folder);
        // While it is open, the run does not come to its end by itself.
        let input = child.stdin.take();
        let kill = format!("kill -{signal} {}", child.id());
        assert!(Command::new("bash").args(["-c", &kill]).status().unwrap().success());
        // A shell that runs a list of commands has to see that a signal ended this one.
        assert_eq!(child.wait().unwrap().signal(), Some(number));
        drop(input);
        assert_eq!(fs::read_to_string(folder.join("out.csv")).unwrap(), BEFORE);
        assert_eq!(names(&folder), ["out.csv"]);
    }
}

#[test]
fn of_two_runs_on_one_output_the_later_one_stays_whole() {
    let folder = folder("faults-two");
    let (first, mut second) = (waiting(&folder), waiting(&folder));
    first.wait_with_output().unwrap();
    let whole = fs::read_to_string(folder.join("out.csv")).unwrap();
    assert_eq!(whole.lines().count(), 4);
    second.stdin.as_mut().unwrap().write_all(b"7,a\n").unwrap();
    assert_eq!(fs::read_to_string(folder.join("out.csv")).unwrap(), whole);
    second.wait_with_output().unwrap();
    assert_eq!(fs::read_to_string(folder.join("out.csv")).unwrap().lines().count(), 5);
    assert_eq!(names(&folder), ["out.csv"]);
}

#[test]
fn links_devices_and_modes_stay_what_they_are() {
    let folder = folder("faults-links");
    fs::write(folder.join("real.csv"), BEFORE).unwrap();
    fs::set_permissions(folder.join("real.csv"), Permissions::from_mode(0o640)).unwrap();
    symlink("real.csv", folder.join("link.csv")).unwrap();
    run(&folder, &["score", "-", "--output", "link.csv"], rows(2).as_bytes()).ends(0, &[]);
    assert!(folder.join("link.csv").is_symlink());
    assert_eq!(fs::read_to_string(folder.join("real.csv")).unwrap().lines().count(), 3);
    assert_eq!(fs::metadata(folder.join("real.csv")).unwrap().permissions().mode() & 0o777, 0o640);
    fs::write(folder.join("a.csv"), rows(2)).unwrap();
    in_shell(&folder, "$CONDONG score a.csv --format csv --output /dev/stdout > direct.csv").ends(0, &[]);
    assert_eq!(fs::read_to_string(folder.join("direct.csv")).unwrap().lines().count(), 3);
    assert!(Path::new("/dev/stdout").is_symlink());
    let piped = in_shell(&folder, "$CONDONG score a.csv --format csv --output >(cat; echo end) | cat");
    assert!(piped.out.ends_with("end\n"), "{}", piped.out);
}

#[test]
fn a_part_that_somebody_else_laid_there_is_not_followed() {
    let folder = folder("faults-laid");
    File::create(folder.join("victim")).unwrap();
    // The shell's number is that of the command that replaces it.
    let line = "ln -s victim out.csv.$$.part; exec $CONDONG score $ROOT/samples/first.csv --output out.csv";
    in_shell(&folder, line).ends(2, &["out.csv: cannot be written: File exists"]);
    assert_eq!(fs::metadata(folder.join("victim")).unwrap().len(), 0);
}
