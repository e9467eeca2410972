//! `condong lexicon`: each kind of finding once in a prepared folder, and the commands around it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use condong::lexicon::{Finding, Folder, Kind, Level, lint};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn findings(files: &[(&str, &str)]) -> Vec<Finding> {
    let mut folder = Folder::named("own");
    for (path, text) in files {
        folder.add(path, text);
    }
    lint(&[folder])
}

/// These files give one finding, of that kind and at that place.
fn check(kind: Kind, place: &str, files: &[(&str, &str)]) {
    let found: Vec<(Kind, String)> =
        findings(files).into_iter().map(|finding| (finding.kind, finding.place.to_string())).collect();
    assert_eq!(found, [(kind, format!("own/{place}"))], "{kind:?}");
}

fn condong(args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_condong")).args(args).current_dir(ROOT).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("lint-{name}"));
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    for (path, text) in files {
        fs::create_dir_all(dir.join(path).parent().unwrap()).unwrap();
        fs::write(dir.join(path), text).unwrap();
    }
    dir
}

#[test]
fn rows_that_keep_a_lexicon_from_loading() {
    check(Kind::Unreadable, "stance/pro.csv:2", &[("stance/pro.csv", "term,weight,note\nbagus,much,\n")]);
    check(Kind::Unreadable, "stance/pro.csv:1", &[("stance/pro.csv", "term,weight\nbagus,1\n")]);
    check(Kind::OutOfRange, "stance/pro.csv:2", &[("stance/pro.csv", "term,weight,note\nbagus,9,\n")]);
    check(Kind::OutOfRange, "slang.csv:2", &[("slang.csv", "term,standard,weight\ngak,tidak,2\n")]);
    check(Kind::UnknownClass, "stance/pro.csv:2", &[("stance/pro.csv", "term,weight,note\n{baik},1,\n")]);
    check(Kind::UnknownFile, "stance/prro.csv:1", &[("stance/prro.csv", "term,weight,note\nbagus,1,\n")]);
}

#[test]
fn rows_that_cannot_match() {
    let empty =
        [("class.csv", "class,term\nbaik,{baik}\n"), ("stance/pro.csv", "term,weight,note\n{baik} sekali,1,\n")];
    let places: Vec<String> =
        findings(&empty).iter().filter(|f| f.kind == Kind::EmptyClass).map(|f| f.place.to_string()).collect();
    assert_eq!(places, ["own/class.csv:2", "own/stance/pro.csv:2"]);
    let shadowed =
        [("class.csv", "class,term\nbaik,bagus\n"), ("stance/pro.csv", "term,weight,note\nbagus,1,\n{baik},1,\n")];
    check(Kind::Shadowed, "stance/pro.csv:3", &shadowed);
    let broken = [
        ("class.csv", "class,term\nclause_break,tapi\n"),
        ("stance/pro.csv", "term,weight,note\nmurah tapi bagus,1,\n"),
    ];
    check(Kind::NotNormalised, "stance/pro.csv:2", &broken);
}

#[test]
fn a_row_that_wins_somewhere_is_not_shadowed() {
    let class = "class,term\nbaik,bagus\nbaik,{hebat}\nhebat,oke\nhebat,mantap\n";
    let rows =
        "term,weight,note\nbagus,1,\nmantap sekali,1,\n{baik},1,\n{hebat} sekali,1,\nsaya * suka,1,\nsaya suka,1,\n";
    let files = [("class.csv", class), ("stance/pro.csv", rows)];
    // Sorting is not what this is about.
    let found: Vec<Kind> = findings(&files).iter().map(|f| f.kind).filter(|kind| *kind != Kind::Unsorted).collect();
    assert_eq!(found, []);
    // Where every member of a class is in another one of the same words, the row behind it never wins.
    let class = "class,term\nkami,kita\nkami,saya\npunya,saya\n";
    let rows = "term,weight,note\ntoko * {kami},1,\ntoko * {punya},1,\n";
    check(Kind::Shadowed, "stance/pro.csv:3", &[("class.csv", class), ("stance/pro.csv", rows)]);
}

#[test]
fn the_built_in_lexicon_and_a_started_one_are_clean() {
    assert_eq!(lint(&condong::lexicon::builtin()), []);
    let dir = folder("clean", &[]);
    assert_eq!(condong(&["lexicon", "init", dir.to_str().unwrap()]).0, 0);
    let (status, out, _) = condong(&["lexicon", "lint", dir.to_str().unwrap(), "--fail-on", "warning"]);
    assert_eq!((status, out.as_str()), (0, "0 errors, 0 warnings\n"));
}

#[test]
fn a_note_says_that_a_warning_is_meant() {
    let modifier = ("modifier.csv", "term,factor,reach,side,note\ntidak,-1,4,before,\n");
    let meant = "term,weight,note\ntidak,1,complaint; allow also_negator\n";
    assert_eq!(findings(&[modifier, ("sentiment/negative.csv", meant)]), []);
    let other = "term,weight,note\ntidak,1,allow shadowed\n";
    check(Kind::AlsoNegator, "sentiment/negative.csv:2", &[modifier, ("sentiment/negative.csv", other)]);
    // What keeps a lexicon from working is no matter of taste.
    let wrong = ("stance/pro.csv", "term,weight,note\nbagus,9,allow out_of_range\n");
    check(Kind::OutOfRange, "stance/pro.csv:2", &[wrong]);
}

#[test]
fn an_overlay_answers_for_its_own_rows_alone() {
    let base = folder("under", &[("stance/pro.csv", "term,weight,note\nmurah,1,\nbagus,1,\nhemat,1,\n")]);
    let over = folder("over", &[("stance/pro.csv", "term,weight,note\nlaris,1,\nawet,1,\n")]);
    let (base, over) = (base.to_str().unwrap(), over.to_str().unwrap());
    let posts = folder("over-posts", &[("posts.csv", "text\nhemat\n")]).join("posts.csv");
    let (_, out, _) = condong(&["lexicon", "lint", base, "--overlay", over, "--posts", posts.to_str().unwrap()]);
    assert!(out.contains(&format!("{over}/stance/pro.csv:3: warning: `awet` stands after `laris`")), "{out}");
    assert!(out.contains("`laris` is in no post"), "{out}");
    assert!(!out.contains(base) && out.ends_with("0 errors, 1 warning\n"), "{out}");
    let broken = folder("under-broken", &[("stance/pro.csv", "term,weight,note\nmurah,much,\n")]);
    let (status, out, _) = condong(&["lexicon", "lint", broken.to_str().unwrap(), "--overlay", over]);
    assert!(status == 1 && out.contains("under-broken/stance/pro.csv:2: error"), "{out}");
}

#[test]
fn rows_that_repeat_or_contradict_each_other() {
    check(Kind::Duplicate, "stance/pro.csv:3", &[("stance/pro.csv", "term,weight,note\nbagus,1,a\nbagus,1,b\n")]);
    let slang = ("slang.csv", "term,standard,weight\nmurce,murah,1\n");
    check(Kind::Duplicate, "stance/pro.csv:3", &[slang, ("stance/pro.csv", "term,weight,note\nmurah,1,\nmurce,1,\n")]);
    let standard = ("stance/pro.csv", "term,weight,note\nmurah,1,\n");
    let other = ("slang.csv", "term,standard,weight\namurah,murah,1\n");
    check(Kind::Duplicate, "stance/pro.csv:2", &[other, (standard.0, "term,weight,note\namurah,1,\nmurah,1,\n")]);
    assert_eq!(findings(&[other, standard]), []);
    check(Kind::Conflict, "stance/pro.csv:3", &[("stance/pro.csv", "term,weight,note\nbagus,1,\nbagus,2,\n")]);
    check(
        Kind::Conflict,
        "target.csv:3",
        &[("target.csv", "term,target,kind\nshopee,A,platform\nshopee,B,platform\n")],
    );
    let poles =
        [("stance/pro.csv", "term,weight,note\nbagus,1,\n"), ("stance/kontra.csv", "term,weight,note\nbagus,1,\n")];
    check(Kind::Conflict, "stance/pro.csv:2", &poles);
}

#[test]
fn rows_that_modifiers_meddle_with() {
    let modifier = ("modifier.csv", "term,factor,reach,side,note\ntidak,-1,4,before,\n");
    check(
        Kind::AlsoNegator,
        "sentiment/negative.csv:2",
        &[modifier, ("sentiment/negative.csv", "term,weight,note\ntidak,1,\n")],
    );
    let plain = [
        modifier,
        ("sentiment/negative.csv", "term,weight,note\ntidak bagus,0.8,\n"),
        ("sentiment/positive.csv", "term,weight,note\nbagus,0.8,\n"),
    ];
    check(Kind::PlainNegation, "sentiment/negative.csv:2", &plain);
    let idiom = [
        modifier,
        ("sentiment/neutral.csv", "term,weight,note\ntidak masalah,0.8,\n"),
        ("sentiment/negative.csv", "term,weight,note\nmasalah,0.8,\n"),
    ];
    assert_eq!(findings(&idiom), []);
}

#[test]
fn cells_and_rows_out_of_shape() {
    check(Kind::Spreadsheet, "aspect.csv:2", &[("aspect.csv", "term,aspect\n+62812,phone\n")]);
    check(
        Kind::Unsorted,
        "aspect.csv:3",
        &[("aspect.csv", "term,aspect\nharga,price\nbaterai,battery\ncicil,price\n")],
    );
}

#[test]
fn a_row_that_asks_for_properties_of_a_post_is_reached() {
    let rows =
        "term,weight,note\n<prior>,1,\n<link>,1,\n<long> & bagus,1,\n<question> & mahal,1,\n<quote> & murah,1,\n";
    let rows = rows.to_owned() + "bagus & hemat & murah,1,\n{b} * hemat,1,\n";
    assert_eq!(findings(&[("class.csv", "class,term\nb,bayar lunas\nb,beli\n"), ("stance/pro.csv", &rows)]), []);
}

#[test]
fn findings_decide_the_exit_status_and_are_written_with_file_and_line() {
    let dir = folder("exit", &[("stance/pro.csv", "term,weight,note\nmurah,1,\nbagus,1,\n")]);
    let dir = dir.to_str().unwrap();
    let (status, out, _) = condong(&["lexicon", "lint", dir]);
    assert_eq!(status, 0, "{out}");
    assert!(out.contains(&format!("{dir}/stance/pro.csv:3: warning: `bagus` stands after `murah`")), "{out}");
    assert_eq!(condong(&["lexicon", "lint", dir, "--fail-on", "warning"]).0, 1);
    let (_, json, _) = condong(&["lexicon", "lint", dir, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["warnings"], &json["findings"][0]["kind"]), (&1.into(), &"unsorted".into()));
    assert_eq!(condong(&["lexicon", "lint", "nowhere"]).0, 2);
}

#[test]
fn fix_puts_rows_in_order_and_leaves_repeated_ones_out() {
    let rows = "term,weight,note\nmurah,1,\nbagus,1,\"well, good\"\nmurah,1,twice\n";
    let dir = folder("fix", &[("stance/pro.csv", rows)]);
    assert_eq!(condong(&["lexicon", "lint", dir.to_str().unwrap(), "--fix", "--fail-on", "warning"]).0, 0);
    let fixed = fs::read_to_string(dir.join("stance/pro.csv")).unwrap();
    assert_eq!(fixed, "term,weight,note\nbagus,1,\"well, good\"\nmurah,1,\n");
    assert_eq!(condong(&["lexicon", "lint", "--fix"]).0, 2);
}

#[test]
fn posts_say_which_rows_are_never_found_idle_or_wrong() {
    let files = [
        ("stance/kontra.csv", "term,weight,note\n<prior>,0,\nburuk,1,\n"),
        ("stance/netral.csv", "term,weight,note\n<prior>,0.5,\n"),
        ("stance/pro.csv", "term,weight,note\n<prior>,0,\nbagus,1,\njarang,1,\nlumayan,0.1,\n"),
    ];
    let dir = folder("posts", &files);
    let posts = (0..6).fold(String::new(), |posts, id| format!("{posts}{id},bagus lumayan kepiting,kontra\n"));
    let gold = folder("gold", &[("gold.csv", &format!("id,text,gold_stance\n{posts}"))]).join("gold.csv");
    let (_, out, err) = condong(&["lexicon", "lint", dir.to_str().unwrap(), "--posts", gold.to_str().unwrap()]);
    for expected in [
        "pro.csv:4: note: `jarang` is in no post [never_hit]",
        "pro.csv:5: note: `lumayan` is in 6 posts, and no verdict needs it [idle]",
        "pro.csv:3: note: `bagus` speaks for the wrong stance in 6 of 6 posts [misfires]",
        "most frequent unknown words: kepiting 6",
    ] {
        assert!(out.contains(expected), "{expected}\n{out}{err}");
    }
    assert!(!out.contains("`bagus` is in"), "{out}");
}

#[test]
fn modifiers_and_names_that_no_post_needs_are_told_too() {
    let files = [
        ("modifier.csv", "term,factor,reach,side,note\nagak,0.9,3,before,\njangan,-1,4,before,\ntidak,-1,4,before,\n"),
        ("stance/kontra.csv", "term,weight,note\n<prior>,0,\nburuk,1,\n"),
        ("stance/pro.csv", "term,weight,note\n<prior>,0,\nbagus,1,\n"),
        ("target.csv", "term,target,kind\nlazada,Lazada,platform\nshopee,Shopee,platform\n"),
    ];
    let dir = folder("modifiers", &files);
    let posts = folder("modifiers-posts", &[("posts.csv", "text\ntidak bagus di shopee\nagak bagus\n")]);
    let posts = posts.join("posts.csv");
    let (_, out, err) = condong(&["lexicon", "lint", dir.to_str().unwrap(), "--posts", posts.to_str().unwrap()]);
    for expected in [
        "modifier.csv:2: note: `agak` is in 1 post, and no verdict needs it [idle]",
        "modifier.csv:3: note: `jangan` acts on nothing in any post [never_hit]",
        "target.csv:2: note: `lazada` is in no post [never_hit]",
    ] {
        assert!(out.contains(expected), "{expected}\n{out}{err}");
    }
    assert!(!out.contains("`tidak`") && !out.contains("`shopee`"), "{out}");
}

#[test]
fn a_started_lexicon_loads_and_tells_its_example_apart() {
    let dir = folder("started", &[]);
    assert_eq!(condong(&["lexicon", "init", dir.to_str().unwrap()]).0, 0);
    assert_eq!(condong(&["lexicon", "init", dir.to_str().unwrap()]).0, 2, "a folder in use is left alone");
    let own = dir.to_str().unwrap();
    let posts = "id,text,gold_stance\n1,saya dukung motor listrik,pro\n2,saya tolak motor listrik,kontra\n\
                 3,tidak setuju motor listrik,kontra\n4,apa itu motor listrik?,netral\n5,halo,netral\n";
    let gold = folder("started-gold", &[("gold.csv", posts)]).join("gold.csv");
    let args = ["check", gold.to_str().unwrap(), "--lexicon", own, "--min", "accuracy=1", "--min-posts", "5"];
    let (status, out, err) = condong(&args);
    assert_eq!(status, 0, "{out}{err}");
}

#[test]
fn list_stats_and_diff_show_rows() {
    let before = folder("before", &[("stance/pro.csv", "term,weight,note\nbagus,1,\nmurah,1,\n")]);
    let after = folder("after", &[("stance/pro.csv", "term,weight,note\nhemat,1,\nmurah,2,\n")]);
    let (status, out, _) = condong(&["lexicon", "diff", before.to_str().unwrap(), after.to_str().unwrap()]);
    let signs: Vec<&str> = out.lines().map(|line| &line[..1]).collect();
    assert_eq!((status, signs), (0, vec!["-", "~", "+"]), "{out}");
    assert!(out.contains("murah,1, → murah,2,"), "{out}");
    let overlay = folder("laid-over", &[("stance/pro.csv", "term,weight,note\nlaris,1,\nmurah,3,\n")]);
    let args = ["lexicon", "diff", before.to_str().unwrap(), "--overlay", overlay.to_str().unwrap()];
    let (status, out, _) = condong(&args);
    let lines: Vec<&str> = out.lines().collect();
    assert!(status == 0 && lines.len() == 2, "{out}");
    assert!(lines[0].starts_with("~ ") && lines[0].ends_with("murah,1, → murah,3,"), "{out}");
    assert!(lines[1].starts_with("+ ") && lines[1].ends_with("laris,1,"), "{out}");
    assert_eq!(condong(&["lexicon", "diff", before.to_str().unwrap()]).0, 2);
    let (_, out, _) = condong(&["lexicon", "list", "--match", "gak"]);
    assert!(out.lines().count() > 10 && out.contains("lexicon/modifier.csv:"), "{out}");
    assert!(condong(&["lexicon", "stats"]).1.contains("lexicon/stance/pro.csv"));
}

#[test]
fn folders_that_are_no_lexicon_are_refused() {
    let empty = folder("empty", &[("notes.txt", "")]);
    assert!(condong(&["lexicon", "lint", empty.to_str().unwrap()]).2.contains("holds no CSV file"));
    let latin = folder("latin", &[]);
    fs::write(latin.join("aspect.csv"), b"term,aspect\nharg\xe4,price\n").unwrap();
    assert!(condong(&["lexicon", "lint", latin.to_str().unwrap()]).2.contains("cannot be read as UTF-8"));
}

#[cfg(unix)]
#[test]
fn links_out_of_a_lexicon_or_round_in_it_are_refused() {
    let dir = folder("links", &[("aspect.csv", "term,aspect\nharga,price\n")]);
    for (target, expected) in [("/etc/hostname", "a link out of the lexicon folder"), (".", "a link to a folder")] {
        let link = dir.join("class.csv");
        let _ = fs::remove_file(&link);
        std::os::unix::fs::symlink(target, &link).unwrap();
        let (status, _, err) = condong(&["lexicon", "lint", dir.to_str().unwrap()]);
        assert_eq!(status, 2);
        assert!(err.contains(expected), "{err}");
    }
    let link = dir.join("class.csv");
    fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink("class.csv", &link).unwrap();
    assert!(condong(&["lexicon", "lint", dir.to_str().unwrap()]).2.contains("round in a circle"));
}

#[test]
fn every_kind_has_a_name_and_a_level() {
    assert_eq!(Kind::Unsorted.level(), Level::Warning);
    assert_eq!(Kind::UnknownClass.name(), "unknown_class");
}
