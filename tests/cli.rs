//! The example binaries as other tools call them. Cargo builds them before it runs the tests of the whole package.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn binary(name: &str) -> Option<PathBuf> {
    let folder = std::env::current_exe().ok()?.parent()?.parent()?.join("examples");
    let found = folder.join(name);
    if !found.exists() {
        println!("skipped: {} is not built; run the whole of `cargo test`", found.display());
        return None;
    }
    Some(found)
}

fn run(name: &str, args: &[&str], input: &str) -> Option<Output> {
    let mut child = Command::new(binary(name)?)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    Some(child.wait_with_output().unwrap())
}

#[test]
fn stem_answers_each_line() {
    let Some(out) = run("stem", &["-"], "membaca\n\nBekasi\nbuku-buku\n") else { return };
    assert_eq!(
        String::from_utf8(out.stdout).unwrap(),
        "membaca\tbaca\n\t\nBekasi\tbekasi\nbuku-buku\tbuku\n"
    );
    let out = run("stem", &["--analyze", "-"], "memperkuatkan\n").unwrap();
    assert_eq!(String::from_utf8(out.stdout).unwrap(), "memperkuatkan\tkuat\tmeN+per+kuat+kan\n");
}

#[test]
fn tag_keeps_the_tokens() {
    let Some(out) = run("tag", &["-"], "Lavrov\ntiba\ndi\nBrussels\n\n.\n") else { return };
    let out = String::from_utf8(out.stdout).unwrap();
    assert_eq!(out, "Lavrov\tB-PER\ntiba\tO\ndi\tO\nBrussels\tB-LOC\n\n.\tO\n\n");
}

#[test]
fn bad_records_fail_alone() {
    let input = "{\"id\":7,\"text\":\"Ani di Palu.\"}\nbukan json\n{\"id\":\"b\",\"text\":\"Budi.\"}\n";
    let analyze = &["--input", "jsonl", "--format", "jsonl", "-"][..];
    for (name, args, code) in [("analyze", analyze, 2), ("corpus", &["-"], 1)] {
        let Some(out) = run(name, args, input) else { return };
        let lines: Vec<serde_json::Value> = String::from_utf8(out.stdout)
            .unwrap()
            .lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect();
        assert_eq!(out.status.code(), Some(code), "{name}");
        assert_eq!(lines.len(), 2);
        assert_eq!((&lines[0]["id"], &lines[1]["id"]), (&7.into(), &"b".into()));
        assert!(String::from_utf8(out.stderr).unwrap().contains(":2: expected a JSON object"), "{name}");
    }
}

#[test]
fn missing_files_are_named() {
    for (name, args) in [
        ("analyze", &["tidak-ada.txt"][..]),
        ("stem", &["tidak-ada.txt"]),
        ("tag", &["tidak-ada.txt"]),
        ("evaluate", &["--test", "tidak-ada.txt"]),
        ("train", &["--train", "tidak-ada.txt", "--dev", "x", "--output", "y"]),
        ("corpus", &["tidak-ada.txt"]),
    ] {
        let Some(out) = run(name, args, "") else { return };
        assert_eq!(out.status.code(), Some(2), "{name}");
        assert!(String::from_utf8(out.stderr).unwrap().contains("tidak-ada.txt"), "{name}");
        assert!(out.stdout.is_empty());
    }
}

#[test]
fn own_labels_are_trained_and_used() {
    let folder = std::env::temp_dir().join(format!("tutur-cli-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (data, model) = (folder.join("a.conll"), folder.join("m.bin"));
    std::fs::write(
        &data,
        "Saya\tO\nmakan\tO\nnasi\tB-FOOD\ngoreng\tI-FOOD\n\nIa\tO\nminum\tO\nteh\tB-FOOD\n\n".repeat(10),
    )
    .unwrap();
    let (data, model) = (data.to_str().unwrap(), model.to_str().unwrap());
    if let Some(out) = run("train", &["--train", data, "--dev", data, "--output", model], "") {
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let out = run("tag", &["--model", model, "-"], "Ia\nmakan\nnasi\ngoreng\n").unwrap();
        assert_eq!(
            String::from_utf8(out.stdout).unwrap(),
            "Ia\tO\nmakan\tO\nnasi\tB-FOOD\ngoreng\tI-FOOD\n\n"
        );
        let out = run("evaluate", &["--model", model, "--test", data], "").unwrap();
        assert!(String::from_utf8(out.stdout).unwrap().contains("100.00"));
    }
    std::fs::remove_dir_all(folder).unwrap();
}
