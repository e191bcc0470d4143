//! The example binaries as other tools call them.

mod example;

use std::process::{Command, Stdio};

use example::{binary, run};

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

#[test]
fn rules_of_a_user_are_read_by_line() {
    let folder = std::env::temp_dir().join(format!("tutur-cli-rules-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (tsv, jsonl) = (folder.join("nama.tsv"), folder.join("pola.jsonl"));
    std::fs::write(&tsv, "name\tORG\tdapur mak itam\tignore_case\n").unwrap();
    std::fs::write(&jsonl, "{\"label\": \"LOC\", \"regex\": \"gang \\\\w+\"}\n").unwrap();
    let (first, second) = (tsv.to_str().unwrap(), jsonl.to_str().unwrap());
    let args = ["--format", "json", "--rules", first, "--rules", second, "-"];
    let Some(out) = run("analyze", &args, "kami ke Dapur Mak Itam di gang buntu") else { return };
    let data: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let found: Vec<_> =
        data["entities"].as_array().unwrap().iter().map(|e| (&e["text"], &e["label"])).collect();
    assert_eq!(found, [(&"Dapur Mak Itam".into(), &"ORG".into()), (&"gang buntu".into(), &"LOC".into())]);

    std::fs::write(&tsv, "name\tORG\tA\nnama\tORG\tB\n").unwrap();
    let out = run("analyze", &args, "").unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8(out.stderr).unwrap().contains("nama.tsv:2: expected name, tokens or regex"));
}

/// Runs `analyze` at a terminal of its own; none where the tool `script` is not installed.
fn at_a_terminal(variables: &[(&str, &str)], text: &str) -> Option<String> {
    let binary = binary("analyze")?;
    let file = std::env::temp_dir().join(format!("tutur-tty-{}-{}.txt", std::process::id(), variables.len()));
    std::fs::write(&file, text).unwrap();
    let mut command = Command::new("script");
    command.args(["-qec", &format!("{} {}", binary.display(), file.display()), "/dev/null"]);
    command.env_remove("NO_COLOR").env("TERM", "xterm").envs(variables.iter().copied()).stdin(Stdio::null());
    let Ok(out) = command.output() else {
        println!("skipped: `script` is not installed");
        return None;
    };
    std::fs::remove_file(file).unwrap();
    Some(String::from_utf8(out.stdout).unwrap())
}

#[test]
fn colours_are_for_terminals_that_want_them() {
    let text = "Ani tiba di Palu.\u{1b}]0;judul\u{7}\u{9b}2J";
    let Some(colour) = at_a_terminal(&[], text) else { return };
    assert!(colour.contains("\u{1b}[1;33mPalu\u{1b}[0m"), "{colour:?}");
    assert!(!colour.contains("\u{1b}]") && !colour.contains('\u{7}') && !colour.contains('\u{9b}'));
    assert!(at_a_terminal(&[("NO_COLOR", "")], text).unwrap().contains("\u{1b}[1;33m"));
    for plain in [&[("NO_COLOR", "1"), ("TERM", "xterm")][..], &[("TERM", "dumb"), ("A", ""), ("B", "")]] {
        let shown = at_a_terminal(plain, text).unwrap();
        assert!(shown.contains("[Palu LOC]") && !shown.contains('\u{1b}'), "{shown:?}");
    }
    let piped = String::from_utf8(run("analyze", &["-"], text).unwrap().stdout).unwrap();
    assert!(piped.contains("[Palu LOC]") && !piped.contains('\u{1b}'), "{piped:?}");
}

#[test]
fn documents_are_written_again_in_other_formats() {
    let text = "Ani di Palu.\u{7f}\u{9b}\nMenteri Sergey Lavrov membacakan pernyataannya.\n";
    for format in ["conllu", "conll", "html", "pretty", "jsonl"] {
        let Some(first) = run("analyze", &["--format", format, "-"], text) else { return };
        let json = run("analyze", &["--format", "json", "--offsets", "utf16", "-"], text).unwrap().stdout;
        let json = String::from_utf8(json).unwrap();
        assert!(!json.contains(['\u{7f}', '\u{9b}']) && json.contains("\\u007f\\u009b"));
        let again = run("analyze", &["--input", "documents", "--format", format, "-"], &json).unwrap();
        assert_eq!(
            String::from_utf8_lossy(&again.stdout),
            String::from_utf8_lossy(&first.stdout),
            "{format}"
        );
    }
}

#[test]
fn documents_that_do_not_fit_fail_alone() {
    let Some(good) = run("analyze", &["--format", "jsonl", "-"], "Ani di Palu.") else { return };
    let good = String::from_utf8(good.stdout).unwrap();
    let bad = good.replace("\"end\":3,", "\"end\":4,");
    let out = run("analyze", &["--input", "documents", "--format", "conll", "-"], &format!("\n{bad}{good}"))
        .unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert!(
        String::from_utf8(out.stderr)
            .unwrap()
            .contains("-:2: tokens[0].text: expected \"Ani \", found \"Ani\"")
    );
    assert_eq!(String::from_utf8(out.stdout).unwrap().lines().count(), 5);
    let torn = good.replace("\"word\"", "\"\\u001b[31m\"");
    let out = run("analyze", &["--input", "documents", "-"], &format!("{good}{torn}")).unwrap();
    let error = String::from_utf8(out.stderr).unwrap();
    assert!(
        error.contains("unknown variant `\u{FFFD}[31m`, expected one of `word`")
            && error.contains(" at line 2 column ")
    );
    assert_eq!(out.status.code(), Some(2));
}

#[test]
fn ids_of_conllu_differ() {
    let ids = ["null", "null", "\"x\"", "\"x\"", "\"x.2\"", "7", "\"7\"", "\"x\""];
    let input: String = ids.iter().map(|id| format!("{{\"id\":{id},\"text\":\"A.\"}}\n")).collect();
    let Some(out) = run("analyze", &["--input", "jsonl", "--format", "conllu", "-"], &input) else { return };
    let out = String::from_utf8(out.stdout).unwrap();
    let ids: Vec<&str> = out.lines().filter_map(|l| l.strip_prefix("# sent_id = ")).collect();
    assert_eq!(ids, ["d1-1", "d2-1", "x-1", "x.2-1", "x.2.2-1", "7-1", "7.2-1", "x.3-1"]);
}

#[test]
fn formats_of_one_document_refuse_more() {
    let input = "{\"text\":\"A.\"}\n{\"text\":\"B.\"}\n";
    let Some(out) = run("analyze", &["--input", "jsonl", "--format", "html", "-"], input) else { return };
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8(out.stderr).unwrap().contains("holds one document"));
    let out = run("analyze", &["--format", "brat"], "").unwrap();
    assert!(
        out.stdout.is_empty()
            && String::from_utf8(out.stderr).unwrap().contains("expected --output NAME.ann")
    );
}

#[test]
fn brat_writes_two_files_and_spares_others() {
    let folder = std::env::temp_dir().join(format!("tutur-brat-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (source, ann) = (folder.join("berita.txt"), folder.join("berita.ann"));
    let args = ["--format", "brat", "--output", ann.to_str().unwrap(), source.to_str().unwrap()];
    std::fs::write(&source, "Ani tiba di Palu.\n").unwrap();
    if let Some(out) = run("analyze", &args, "") {
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        assert!(std::fs::read_to_string(&ann).unwrap().contains("\tLOC 12 16\tPalu\n"));
        // A carriage return would have to be changed, and the input is never written over.
        std::fs::write(&source, "Ani tiba\r\ndi Palu.\n").unwrap();
        let out = run("analyze", &args, "").unwrap();
        assert!(String::from_utf8(out.stderr).unwrap().contains("berita.txt is there with another text"));
        assert_eq!(std::fs::read_to_string(&source).unwrap(), "Ani tiba\r\ndi Palu.\n");
        let other = folder.join("lain.ann");
        assert!(
            run("analyze", &["--format", "brat", "--output", other.to_str().unwrap(), args[4]], "")
                .unwrap()
                .status
                .success()
        );
        assert_eq!(std::fs::read_to_string(folder.join("lain.txt")).unwrap(), "Ani tiba \ndi Palu.\n");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// Words, names of files and whole texts that would clear the screen, rename the window or turn the line.
#[test]
fn nothing_of_an_input_reaches_a_terminal_raw() {
    let text = "\u{1b}[2J\u{9b}31m Presiden Joko\u{202e} Widodo\u{7} berbicara\u{8} di\u{b} Palu\u{85}\u{7f}.\r\n\nAni\u{1b}]0;x\u{7}\n";
    for (name, args) in [
        ("stem", &["--analyze", "-"][..]),
        ("tag", &["-"]),
        ("keywords", &["-"]),
        ("concordance", &["bicara", "-"]),
        ("people", &["-"]),
        ("search_terms", &["-"]),
    ] {
        let Some(output) = run(name, args, text) else { return };
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && !told.is_empty(), "{name}");
        let raw = |c: &char| c.is_control() && !"\n\t".contains(*c) || matches!(c, '\u{202A}'..='\u{202E}');
        assert_eq!(told.chars().find(raw), None, "{name}: {told:?}");
    }
}
