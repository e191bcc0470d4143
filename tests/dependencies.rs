//! What a program takes in with this crate: counted, of one version each, and licensed as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Direct dependencies of the default features, and all of them with those below, macros at build time included.
const DIRECT: usize = 8;
const ALL: usize = 20;

#[test]
fn runtime_dependencies_are_few_free_and_of_one_version() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--package", "tutur", "--edges", "normal,build", "--prefix", "depth"])
        .args(["--format", "|{p}|{l}", "--locked", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8(output.stdout).unwrap();
    let (mut direct, mut all) = (BTreeSet::new(), BTreeMap::<&str, BTreeSet<&str>>::new());
    for line in told.lines() {
        let columns: Vec<&str> = line.split('|').collect();
        let [depth, package, licence] = columns[..] else { panic!("{line}") };
        if depth == "0" {
            continue;
        }
        let mut words = package.split(' ');
        let (name, version) = (words.next().unwrap(), words.next().unwrap());
        all.entry(name).or_default().insert(version);
        if depth == "1" {
            direct.insert(name);
        }
        let free = ["MIT", "Apache-2.0", "Unicode-3.0"].iter().any(|free| licence.contains(free));
        assert!(free, "{package}: {licence}");
        // From anywhere but crates.io, a place stands behind the version.
        assert!(!package.contains("://") && !package.contains('/'), "{package}");
    }
    println!("{} direct, {} in all: {:?}", direct.len(), all.len(), all.keys());
    assert!(!direct.is_empty() && direct.len() <= DIRECT, "{direct:?}");
    assert!(all.len() <= ALL, "{:?}", all.keys());
    assert!(all.values().all(|versions| versions.len() == 1), "two versions of one: {all:?}");
}
