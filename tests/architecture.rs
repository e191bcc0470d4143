//! Imports point one way, and no file has grown out of one reason to change.

use std::path::Path;

/// Modules from the bottom up: each may use those before it.
const LAYERS: &[&[&str]] = &[
    &["error"],
    &["text"],
    &["wire"],
    &["lexicon"],
    &["tokenize", "stem", "layout"],
    &["words", "ner"],
    &["rules"],
    &["pipeline"],
    &["render"],
];

fn level(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

fn visit(folder: &Path, each: &mut dyn FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, each);
        } else {
            each(&path, &std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    visit(Path::new("src"), &mut |path, text| {
        let module =
            path.strip_prefix("src").unwrap().iter().next().unwrap().to_string_lossy().replace(".rs", "");
        if module == "lib" || module == "guide" {
            return;
        }
        let own = level(&module).unwrap_or_else(|| panic!("{} is in no layer", path.display()));
        for used in text.split("crate::").skip(1) {
            let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if let Some(other) = level(&used).filter(|_| used != module)
                && other >= own
            {
                wrong.push(format!("{} uses {used}", path.display()));
            }
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_stay_readable() {
    let mut long = Vec::new();
    visit(Path::new("src"), &mut |path, text| {
        if text.lines().count() > 600 {
            long.push(path.display().to_string());
        }
    });
    assert!(long.is_empty(), "{long:?}");
}

/// The library opens no connection, starts no program and makes no file; it reads those it is given the names of.
#[test]
fn the_library_reaches_for_nothing() {
    let mut found = Vec::new();
    visit(Path::new("src"), &mut |path, text| {
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let reaches = [
                "::net",
                "process::",
                "fs::write",
                "File::create",
                "OpenOptions",
                "temp_dir",
                "env::var",
                "unsafe ",
            ];
            if let Some(what) = reaches.iter().find(|what| line.contains(**what)) {
                found.push(format!("{}: {what}", path.display()));
            }
        }
    });
    assert!(found.is_empty(), "{found:#?}");
}

/// Files that are not whole yet have names that nobody guesses, so that nobody can put a link in their place.
#[test]
fn examples_make_no_file_with_a_guessable_name() {
    visit(Path::new("examples"), &mut |path, text| {
        for guess in ["temp_dir().join", "process::id", "SystemTime"] {
            assert!(!text.contains(guess), "{}: {guess}", path.display());
        }
    });
}
