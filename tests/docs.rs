//! The documents: links lead somewhere, commands run, every page can be read in the documentation of the crate. Their Rust
//! code runs as doctests, from `src/guide.rs` and `src/lib.rs`.

mod example;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;

/// Where the repository stands on the web, as links in pages name it: relative ones would be dead on docs.rs.
const REPOSITORY: &str = "https://github.com/tutur-id/tutur/";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All Markdown files of ours, folders that hold builds left out.
fn pages() -> Vec<PathBuf> {
    let ours = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0
            || !(name == "target" || name.starts_with('.') && name != ".ci" || name.ends_with("venv"))
    };
    let walk = walkdir::WalkDir::new(root()).into_iter().filter_entry(ours);
    let found: Vec<_> =
        walk.map(|e| e.unwrap().into_path()).filter(|p| p.extension().is_some_and(|e| e == "md")).collect();
    assert!(found.len() > 10, "{found:?}");
    found
}

#[test]
fn links_lead_to_files() {
    let link = Regex::new(r"\]\(([^)\s]+)\)").unwrap();
    let mut dead = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for found in link.captures_iter(&text) {
            let target = found[1].split('#').next().unwrap_or_default();
            let file = match target.strip_prefix(REPOSITORY) {
                Some(path) => {
                    match path.strip_prefix("blob/main/").or_else(|| path.strip_prefix("raw/main/")) {
                        Some(path) => root().join(path),
                        None => continue,
                    }
                }
                None if target.contains("://") || target.is_empty() => continue,
                None => page.parent().unwrap().join(target),
            };
            if !file.exists() {
                dead.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}

#[test]
fn every_page_can_be_read_in_the_documentation() {
    let guide = fs::read_to_string(root().join("src/guide.rs")).unwrap();
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".md") {
            assert!(guide.contains(&format!("\"docs/{name}\"")), "src/guide.rs does not name docs/{name}");
        }
    }
    let relative = Regex::new(r"\]\(([^)\s:#]+)\)").unwrap();
    for page in Regex::new(r#""([^"]+\.md)""#).unwrap().captures_iter(&guide) {
        let text = fs::read_to_string(root().join(&page[1])).unwrap();
        let found: Vec<_> = relative.find_iter(&text).map(|m| m.as_str()).collect();
        assert!(found.is_empty(), "{}: links that are dead outside the repository: {found:?}", &page[1]);
    }
}

/// Commands that a test cannot run: it is one itself, they need data or tools from elsewhere, or take hours.
const NOT_RUN: &[&str] = &[
    "cargo test",
    "cargo bench",
    "cargo xtask",
    "cargo install",
    "cargo +nightly",
    ".ci/",
    "fuzz/run",
    "cargo run --release --manifest-path",
];

#[test]
#[cfg(unix)]
fn commands_of_the_documents_run() {
    if example::binary("analyze").is_none() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str, content: &str| {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    };
    place("berita.txt", "Menlu Rusia Sergey Lavrov tiba di Brussels.\n");
    place("artikel/satu.txt", "NATO menyesali keputusan itu.\n");
    let labelled = "Diana\tB-PER\nmasak\tO\nrendang\tB-FOOD\n.\tO\n\n";
    place("latih.conll", &labelled.repeat(20));
    place("uji.conll", labelled);
    for data in fs::read_dir(root().join("examples/data")).unwrap() {
        let data = data.unwrap().path();
        place(
            &format!("examples/data/{}", data.file_name().unwrap().display()),
            &fs::read_to_string(&data).unwrap(),
        );
    }
    let cargo_run = Regex::new(r"cargo run --release --example (\w+)(?: --)?").unwrap();
    let mut commands = 0;
    for page in
        pages().into_iter().filter(|p| p.parent() == Some(root()) || p.parent() == Some(&root().join("docs")))
    {
        let text = fs::read_to_string(&page).unwrap();
        let blocks = text.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
        for line in
            blocks.flat_map(str::lines).filter(|line| !NOT_RUN.iter().any(|start| line.starts_with(start)))
        {
            assert!(cargo_run.is_match(line), "{}: neither run nor listed: {line}", page.display());
            let command = cargo_run.replace_all(line, |found: &regex::Captures<'_>| {
                format!("'{}'", example::binary(&found[1]).unwrap().display())
            });
            let done = Command::new("sh").args(["-c", &command]).current_dir(folder.path()).output().unwrap();
            assert!(done.status.success(), "{line}: {}", String::from_utf8_lossy(&done.stderr));
            commands += 1;
        }
    }
    assert!(commands >= 8, "{commands}");
}
