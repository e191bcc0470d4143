//! What the `corpus` example reads, in which order, and what becomes of records that cannot be read.

use std::path::Path;

use tutur::render::json::JsonDocument;
use tutur::{OffsetUnit, Pipeline};

use corpus::{gzip, ids, jsonl, lines, put, run, run_with, told, zstd};

mod corpus;

/// The reasons in `errors.jsonl`, each after its file and line.
fn errors(folder: &Path) -> Vec<String> {
    let shown = |e: &serde_json::Value| {
        format!("{}:{} {}", e["source"].as_str().unwrap(), e["line"], e["reason"].as_str().unwrap())
    };
    lines(&folder.join("errors.jsonl")).iter().map(shown).collect()
}

#[test]
fn every_kind_of_file_is_read_in_the_order_of_names() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    put(folder, "in/b.txt", "Ani tiba di Palu.");
    put(folder, "in/c/d.TXT.gz", gzip(b"Budi pulang."));
    put(folder, "in/c/e.txt.zst", zstd("Élan terbit.".as_bytes()));
    put(folder, "in/a.jsonl", "\u{feff}{\"id\":\"satu\",\"text\":\"Satu.\"}\r\n\r\n{\"text\":\"\",\"id\":2}");
    put(
        folder,
        "in/a.ndjson.gz",
        [gzip(b"{\"id\":3,\"text\":\"Tiga\"}\n"), gzip(b"{\"id\":4,\"text\":\"Empat\"}\n")].concat(),
    );
    // Two frames, with one between them that readers skip.
    let skipped = [&[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
    let frames = [zstd(b"{\"id\":5,\"text\":\"Lima\"}\n"), skipped, zstd(b"{\"id\":6,\"text\":\"Enam\"}")];
    put(folder, "in/z.jsonl.zst", frames.concat());
    put(folder, "in/catatan.md", "bukan masukan");
    put(folder, "in/kosong.txt", "");
    let Some(output) = run(folder, &["in", "--output", "out.jsonl"]) else { return };
    let (code, said) = told(&output);
    assert_eq!(code, Some(0), "{said}");
    let expected =
        ["\"satu\"", "2", "3", "4", "\"b\"", "\"c/d\"", "\"c/e\"", "\"kosong\"", "5", "6"].map(str::to_owned);
    assert_eq!(ids(&folder.join("out.jsonl")), expected);
    assert!(!folder.join("errors.jsonl").exists());
    for expected in [
        "documents                   10",
        "PER",
        "errors                       0",
        "ignored                      1  files with other extensions",
    ] {
        assert!(said.contains(expected), "{expected:?} is not in {said}");
    }
}

#[test]
fn a_line_is_what_the_pipeline_says() {
    let place = tempfile::tempdir().unwrap();
    let text =
        "Judul\u{85}Pendek\u{7f}\n\n“Halo,” kata Menteri Sri Rahayu di Palu, 3 Mei. Ia membacakan surat.";
    let record =
        serde_json::json!({ "nomor": "x\u{1b}[31m\u{9b}2J", "isi": text, "lain": [1, { "text": 2 }] });
    let args = ["--id-field", "nomor", "--text-field", "isi", "-"];
    let Some(output) = run_with(place.path(), &args, record.to_string().as_bytes()) else { return };
    assert_eq!(told(&output).0, Some(0));
    let shown = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        shown.chars().filter(|c| c.is_control()).collect::<String>(),
        "\n",
        "a terminal obeys nothing of it"
    );
    let mut line: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(line["id"], record["nomor"]);
    line.as_object_mut().unwrap().remove("id");
    let pipeline = Pipeline::new();
    let expected = JsonDocument::new(&pipeline.process(text), None, OffsetUnit::Bytes);
    assert_eq!(serde_json::from_value::<JsonDocument>(line).unwrap(), expected);
}

#[test]
fn bad_records_go_to_errors_and_the_run_goes_on() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let bad = [
        "{\"id\":1,\"text\":\"baik\"}",
        "bukan",
        "{\"id\":1,\"text\":\"lagi\"}",
        "{\"text\":\"tanpa\"}",
        "{\"id\":2}",
        "{\"id\":[],\"text\":\"\"}",
        "{\"id\":1.5,\"text\":\"\"}",
        "{\"id\":3,\"text\":4}",
        "{\"id\":4,\"text\":\"\\ud800\"}",
        "[1]",
        "{\"id\":\"1\",\"text\":\"lain dari 1\"}",
        &format!("{{\"id\":\"{}\",\"text\":\"\"}}", "i".repeat(4097)),
    ];
    put(folder, "in/a.jsonl", [bad.join("\n").as_bytes(), b"\n{\"id\":5,\"text\":\"x\xff\"}\n"].concat());
    put(folder, "in/b.txt", b"baik \xc3");
    put(folder, "in/c.txt", "../../sandi tetap teks");
    let lost = gzip(jsonl(1, 100, 600).as_bytes());
    put(folder, "in/d.jsonl.gz", &lost[..lost.len() / 2]);
    put(folder, "in/e.txt.gz", &gzip(b"teks yang cukup panjang")[..20]);
    let mut flipped = zstd(b"{\"id\":\"z\",\"text\":\"z\"}\n");
    *flipped.last_mut().unwrap() ^= 1;
    put(folder, "in/f.txt.zst", flipped);
    put(folder, "in/g.txt.gz", "bukan gzip");
    put(folder, "in/h.jsonl", "{\"id\":\"../../h\",\"text\":\"akhir\"}");
    let Some(output) = run(folder, &["in", "--output", "out.jsonl"]) else { return };
    assert_eq!(told(&output).0, Some(1));
    let found = errors(folder);
    let expected = [
        ("in/a.jsonl:2 ", "expected a JSON object"),
        ("in/a.jsonl:3 ", "the id 1 was used before"),
        ("in/a.jsonl:4 ", "no field \"id\""),
        ("in/a.jsonl:5 ", "no field \"text\""),
        ("in/a.jsonl:6 ", "expected a string or an integer as \"id\""),
        ("in/a.jsonl:7 ", "expected a string or an integer as \"id\""),
        ("in/a.jsonl:8 ", "expected a string as \"text\""),
        ("in/a.jsonl:9 ", "expected a string as \"text\""),
        ("in/a.jsonl:10 ", "expected a JSON object"),
        ("in/a.jsonl:12 ", "expected at most 4096 bytes as \"id\""),
        ("in/a.jsonl:13 ", "expected UTF-8, found another byte at 17"),
        ("in/b.txt:null ", "expected UTF-8, found another byte at 5"),
    ];
    for (found, (place, reason)) in found.iter().zip(expected) {
        assert!(found.starts_with(place) && found.contains(reason), "{found} is not {place}{reason}");
    }
    let rest = &found[expected.len()..];
    for (file, reason) in [
        ("d.jsonl.gz", "the rest of the file is lost"),
        ("e.txt.gz", ""),
        ("f.txt.zst", "checksum"),
        ("g.txt.gz", ""),
    ] {
        let hit = |e: &&String| e.contains(file) && e.contains("cannot read") && e.contains(reason);
        assert_eq!(rest.iter().filter(hit).count(), 1, "{file}: {rest:#?}");
    }
    let ids = ids(&folder.join("out.jsonl"));
    assert!(ids.len() > 50, "what stands before the damage is read");
    for id in ["1", "\"1\"", "\"c\"", "100", "\"../../h\""] {
        assert!(ids.iter().any(|i| i == id), "{id} is missing");
    }
    // Ten are shown; the file has all. Nothing but the three files was written.
    let said = told(&output).1;
    assert_eq!(said.matches("error: ").count(), 10, "{said}");
    assert!(said.contains("further errors stand in errors.jsonl alone"));
    let mut names: Vec<_> = folder.read_dir().unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["errors.jsonl", "in", "out.jsonl", "out.jsonl.checkpoint"]);

    let lossy = run(folder, &["in/b.txt", "--output", "lossy.jsonl", "--lossy"]).unwrap();
    assert_eq!(told(&lossy).0, Some(0));
    assert_eq!(lines(&folder.join("lossy.jsonl"))[0]["text"], "baik \u{fffd}");
}

#[test]
fn ids_tell_files_of_several_inputs_apart() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    put(folder, "x/1.txt", "Satu.");
    put(folder, "y/1.txt", "Satu.");
    let Some(_) = run(folder, &["./y", "x/1.txt", "--output", "out.jsonl"]) else { return };
    assert_eq!(ids(&folder.join("out.jsonl")), ["\"y/1\"", "\"x/1\""]);
}

#[test]
fn threads_do_not_change_a_byte() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    put(folder, "in/a.jsonl", jsonl(7, 0, 1500));
    put(folder, "in/b.txt", "Petani menanam padi di Palu. ".repeat(2000));
    put(folder, "in/c.jsonl", jsonl(8, 1000, 2500));
    let mut first = None;
    for threads in ["1", "2", "7"] {
        let Some(output) = run(folder, &["in", "--output", "out.jsonl", "--threads", threads]) else {
            return;
        };
        assert_eq!(told(&output).0, Some(1));
        let bytes = ["out.jsonl", "errors.jsonl"].map(|name| std::fs::read(folder.join(name)).unwrap());
        assert!(bytes[0].len() > 1_000_000 && !bytes[1].is_empty());
        assert!(*first.get_or_insert(bytes.clone()) == bytes, "{threads} threads");
    }
}

#[test]
fn empty_and_missing_input_is_told() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    put(folder, "kosong.jsonl", "");
    put(folder, "lain/a.md", "");
    for (args, code, text) in [
        (&["kosong.jsonl"][..], 0, "documents                    0"),
        (&["-"], 0, "documents                    0"),
        (&["-", "--max-bytes", "18446744073709551615"], 0, "documents                    0"),
        (&["lain"], 2, "lain holds no .txt and no .jsonl file"),
        (&["hilang"], 2, "cannot read hilang"),
        (&[], 2, "required"),
        (&["-", "--threads", "0"], 2, "--threads"),
        (&["-", "--resume"], 2, "--resume needs --output"),
        (&["kosong.jsonl", "--output", "kosong.jsonl"], 2, "it cannot be its input"),
        (&["kosong.jsonl", "--output", "errors.jsonl"], 2, "are the same file"),
        (&["kosong.jsonl", "--output", "tidak/ada.jsonl"], 2, "cannot write tidak/ada.jsonl"),
    ] {
        let Some(output) = run(folder, args) else { return };
        let (found, said) = told(&output);
        assert!(found == Some(code) && said.contains(text), "{args:?}: {found:?} {said}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn long_records_and_links_are_refused_unless_asked_for() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let long = "kata ".repeat(1000);
    put(
        folder,
        "in/a.jsonl",
        format!("{{\"id\":1,\"text\":\"{long}\"}}\n{{\"id\":2,\"text\":\"pendek\"}}\n"),
    );
    put(folder, "in/b.txt", &long);
    put(folder, "c.txt", "di luar");
    #[cfg(unix)]
    std::os::unix::fs::symlink("../c.txt", folder.join("in/c.txt")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(".", folder.join("in/putar")).unwrap();
    let Some(output) = run(folder, &["in", "--output", "out.jsonl", "--max-bytes", "1000"]) else { return };
    assert_eq!(told(&output).0, Some(1));
    assert_eq!(ids(&folder.join("out.jsonl")), ["2"]);
    let found = errors(folder);
    assert!(found[0].starts_with("in/a.jsonl:1 longer than 1000 bytes"), "{found:?}");
    assert!(found[1].starts_with("in/b.txt:null longer than 1000 bytes"), "{found:?}");
    if cfg!(unix) {
        assert_eq!(found[2], "in/c.txt:null a symbolic link; --follow-links reads it");
        run(folder, &["in", "--output", "out.jsonl", "--follow-links"]).unwrap();
        assert_eq!(ids(&folder.join("out.jsonl")), ["1", "2", "\"b\"", "\"c\""]);
        assert_eq!(errors(folder), ["in/putar:null a symbolic link to a folder above itself"]);
    }
}

#[test]
fn the_output_is_not_its_own_input() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    put(folder, "a.txt", "Satu.");
    for _ in 0..2 {
        let Some(output) = run(folder, &[".", "--output", "out.jsonl"]) else { return };
        assert_eq!(told(&output).0, Some(0));
        assert_eq!(ids(&folder.join("out.jsonl")), ["\"a\""]);
    }
}

#[test]
fn packed_standard_input_is_unpacked() {
    let place = tempfile::tempdir().unwrap();
    for pack in [gzip, zstd, |bytes: &[u8]| bytes.to_vec()] {
        let packed = pack(b"{\"id\":1,\"text\":\"Satu.\"}\n");
        let Some(output) = run_with(place.path(), &["-"], &packed) else { return };
        assert!(output.stdout.starts_with(b"{\"id\":1,"), "{}", told(&output).1);
    }
}
