//! Why each dependency is there stands in `dependencies.csv`, and what it may bring along in `deny.toml`; here both are
//! held against what Cargo builds, on machines that have no `cargo deny`.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

const REASONS: &str = include_str!("../dependencies.csv");
const RULES: &str = include_str!("../deny.toml");

/// What is built for other systems is not on this machine.
const HERE: [&str; 2] = ["--filter-platform", "x86_64-unknown-linux-gnu"];

/// What `cargo metadata` says of a package and everything that it is built from.
fn metadata(manifest: &str, more: &[&str]) -> Value {
    let path = format!("{}/{manifest}", env!("CARGO_MANIFEST_DIR"));
    let arguments = ["metadata", "--locked", "--offline", "--format-version", "1", "--manifest-path", &path];
    let output = Command::new(env!("CARGO")).args(arguments).args(more).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

/// The direct dependencies of a package, each with what it is for.
fn direct(manifest: &str, package: &str, run: &str) -> BTreeSet<(String, String)> {
    let metadata = metadata(manifest, &["--no-deps"]);
    let packages = metadata["packages"].as_array().unwrap();
    let own = packages.iter().find(|found| text(found, "name") == package).unwrap();
    let dependencies = own["dependencies"].as_array().unwrap().iter().filter(|found| text(found, "name") != "condong");
    let kind = |found| if text(found, "kind") == "dev" { "test" } else { run };
    dependencies.map(|found| (text(found, "name").to_owned(), kind(found).to_owned())).collect()
}

/// The packages that are built, tests and all.
fn built(metadata: &Value) -> Vec<&Value> {
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let ids: BTreeSet<&str> = nodes.iter().map(|node| text(node, "id")).collect();
    metadata["packages"].as_array().unwrap().iter().filter(|package| ids.contains(text(package, "id"))).collect()
}

/// What the program itself is built from, without its tests.
fn shipped(metadata: &Value) -> BTreeSet<&str> {
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let mut found = BTreeSet::from([metadata["resolve"]["root"].as_str().unwrap()]);
    loop {
        let there = found.len();
        let reached: Vec<&Value> = nodes.iter().filter(|node| found.contains(text(node, "id"))).collect();
        for dependency in reached.iter().flat_map(|node| node["deps"].as_array().unwrap()) {
            let kinds = dependency["dep_kinds"].as_array().unwrap();
            if kinds.iter().any(|kind| text(kind, "kind") != "dev") {
                found.insert(text(dependency, "pkg"));
            }
        }
        if found.len() == there {
            return found;
        }
    }
}

#[test]
fn every_dependency_has_a_reason() {
    let mut there = direct("Cargo.toml", "condong", "run");
    there.extend(direct("fuzz/Cargo.toml", "condong-fuzz", "fuzz"));
    let mut told = BTreeSet::new();
    for row in csv::Reader::from_reader(REASONS.as_bytes()).records() {
        let row = row.unwrap();
        assert!(row[2].len() > 10, "{}: say why it is there", &row[0]);
        assert!(told.insert((row[0].to_owned(), row[1].to_owned())), "{} stands twice", &row[0]);
    }
    let unknown: Vec<_> = there.difference(&told).collect();
    let gone: Vec<_> = told.difference(&there).collect();
    assert!(unknown.is_empty() && gone.is_empty(), "without a reason: {unknown:?}; gone: {gone:?}");
}

/// The strings of a list in `deny.toml`.
fn listed(name: &str) -> Vec<&'static str> {
    let start = RULES.find(&format!("\n{name} = [")).unwrap();
    let list = &RULES[start..start + RULES[start..].find("]\n").unwrap()];
    list.split('"').skip(1).step_by(2).collect()
}

/// Whether one of the choices that a licence gives is allowed, for each part of the package.
fn allowed(licence: &str, allow: &[&str]) -> bool {
    let licence = licence.replace('/', " OR ").replace(['(', ')'], "");
    licence.split(" AND ").all(|part| part.split(" OR ").any(|choice| allow.contains(&choice.trim())))
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[test]
fn only_allowed_licences_and_sources_are_built_in() {
    let metadata = metadata("Cargo.toml", &HERE);
    let allow = listed("allow");
    let own = ["condong", "condong-python"];
    for package in built(&metadata).into_iter().filter(|found| !own.contains(&text(found, "name"))) {
        let (name, licence) = (text(package, "name"), text(package, "license"));
        let excepted = RULES.contains(&format!("{{ crate = \"{name}\", allow = [\"{licence}\"] }}"));
        assert!(excepted || allowed(licence, &allow), "{name}: {licence:?} is not in deny.toml");
        assert!(text(package, "source").starts_with("registry+"), "{name} is from elsewhere");
    }
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[test]
fn no_dependency_of_the_program_comes_in_two_versions_but_those_that_are_known() {
    let metadata = metadata("Cargo.toml", &HERE);
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let shipped = shipped(&metadata);
    for package in built(&metadata).into_iter().filter(|found| shipped.contains(text(found, "id"))) {
        versions.entry(text(package, "name")).or_default().insert(text(package, "version"));
    }
    assert!(versions.len() > 30, "{versions:?}");
    let known = listed("skip");
    for (name, versions) in versions.iter().filter(|(_, versions)| versions.len() > 1) {
        assert!(known.iter().any(|known| known.split('@').next() == Some(name)), "{name}: {versions:?}");
    }
}

#[test]
fn licences_with_parts_and_choices_are_understood() {
    for (licence, expected) in
        [("MIT/Apache-2.0", true), ("GPL-3.0 OR MIT", true), ("(A OR MIT) AND B", false), ("", false)]
    {
        assert_eq!(allowed(licence, &["MIT"]), expected, "{licence}");
    }
}
