//! The examples that make something of a document.

mod example;

use example::run;

/// The output of an example that must succeed; none where it is not built.
fn output(name: &str, args: &[&str], input: &str) -> Option<String> {
    let out = run(name, args, input)?;
    assert!(out.status.success(), "{name}: {}", String::from_utf8_lossy(&out.stderr));
    Some(String::from_utf8(out.stdout).unwrap())
}

/// The columns of the rows of an output.
fn rows(out: &str) -> Vec<Vec<&str>> {
    out.lines().map(|line| line.split('\t').collect()).collect()
}

/// A file of a test, removed in the end.
struct File(std::path::PathBuf);

impl File {
    fn new(name: &str, text: &str) -> File {
        let path = std::env::temp_dir().join(format!("tutur-{}-{name}", std::process::id()));
        std::fs::write(&path, text).unwrap();
        File(path)
    }

    fn name(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn every_example_explains_itself_and_has_a_text_of_its_own() {
    for (name, args) in [
        ("keywords", &[][..]),
        ("search_terms", &[]),
        ("people", &[]),
        ("concordance", &["bicara"]),
        ("anonymize", &[]),
        ("study", &[]),
    ] {
        let Some(help) = output(name, &["--help"], "") else { return };
        assert!(help.contains("Usage:") && help.contains("Example:"), "{name}: {help}");
        assert!(!output(name, args, "").unwrap().is_empty(), "{name}");
        let missing = run(name, &[args, &["tidak-ada.txt"]].concat(), "").unwrap();
        assert_eq!(missing.status.code(), Some(2), "{name}");
        assert!(String::from_utf8(missing.stderr).unwrap().contains("tidak-ada.txt"), "{name}");
    }
}

#[test]
fn keywords_count_roots_and_weigh_them_against_other_texts() {
    let text =
        "Nelayan menangkap ikan. Tangkapan itu dijual di pasar, lalu penangkap ikan pulang. Ikan laku.";
    let Some(out) = output("keywords", &["--top", "3", "-"], text) else { return };
    // One text: frequency decides, and equal ones go by the alphabet.
    assert_eq!(out, "-\tikan\t3\t3.00\n-\ttangkap\t3\t3.00\n-\tjual\t1\t1.00\n");
    let (a, b) = (
        File::new("a.txt", "Petani menanam padi. Tanaman padi subur. Pasar ramai."),
        File::new("b.txt", "Pedagang ke pasar. Pasar itu ramai, dan padi dijual di pasar."),
    );
    let out = output("keywords", &["--top", "1", a.name(), b.name()], "").unwrap();
    let rows = rows(&out);
    // `padi` and `tanam` stand twice in the first; the second text has no `tanam`.
    assert_eq!((rows[0][0], rows[0][1], rows[0][2]), (a.name(), "tanam", "2"));
    assert_eq!((rows[1][0], rows[1][1], rows[1][2]), (b.name(), "pasar", "3"));
}

#[test]
fn search_terms_have_positions_and_bytes() {
    let text = "“Élan” membacakan puisi-puisi, Bacaan 2.";
    let Some(out) = output("search_terms", &["-"], text) else { return };
    let rows = rows(&out);
    for row in &rows {
        let (start, end): (usize, usize) = (row[3].parse().unwrap(), row[4].parse().unwrap());
        let written = text[start..end].to_lowercase();
        let root = tutur::Stemmer::new().stem(&written).into_owned();
        assert!(row[1] == written || row[1] == root, "{row:?}");
    }
    let terms: Vec<(&str, &str)> = rows.iter().map(|r| (r[1], r[2])).collect();
    let expected = [
        ("élan", "0"),
        ("baca", "1"),
        ("membacakan", "1"),
        ("puisi", "2"),
        ("puisi-puisi", "2"),
        ("baca", "3"),
        ("bacaan", "3"),
        ("2", "4"),
    ];
    assert_eq!(terms, expected);
    let out = output("search_terms", &["--roots", "-"], text).unwrap();
    assert_eq!(out.lines().count(), 5);
}

#[test]
fn people_are_counted_with_their_forms() {
    let text = "Menteri Keuangan Sri Mulyani Indrawati tiba di Palu. Menurut Mulyani, panen baik. Gubernur Rusdy Mastura \
        menyambut Mulyani.\n";
    let Some(out) = output("people", &["-"], text) else { return };
    assert_eq!(out, "-\tSri Mulyani Indrawati\t3\tMulyani\n-\tRusdy Mastura\t1\t\n");
    let none = output("people", &["--min-score", "1", "-"], text).unwrap();
    assert_eq!(none, "");
    assert_eq!(run("people", &["--min-score", "7", "-"], text).unwrap().status.code(), Some(2));
}

#[test]
fn concordance_finds_every_form_in_columns() {
    let text = "Ani membaca buku di rumah. “Bacaan” itu bagus; pembaca senang dibacakan. Beca lewat.\n";
    let Some(out) = output("concordance", &["--width", "12", "membacakan", "-"], text) else { return };
    let forms: Vec<&str> = out.lines().map(|l| l.split(['[', ']']).nth(1).unwrap()).collect();
    assert_eq!(forms, ["membaca", "Bacaan", "pembaca", "dibacakan"]);
    let column = |line: &str, c: char| line.chars().position(|d| d == c).unwrap();
    assert!(out.lines().all(|l| column(l, '[') == 12), "{out}");
    let first = out.lines().next().unwrap();
    assert_eq!(first, "        Ani [membaca]   buku di rum");
    assert_eq!(output("concordance", &["zebra", "-"], text).unwrap(), "");
    let (a, b) = (File::new("c.txt", "Ia membaca."), File::new("d.txt", "Dibaca Ani."));
    let out = output("concordance", &["baca", a.name(), b.name()], "").unwrap();
    assert_eq!(out, format!("Ia [membaca].\t{}\n   [Dibaca]  Ani.\t{}\n", a.name(), b.name()));
}

#[test]
fn anonymize_masks_people_and_nothing_else() {
    let text = "\u{feff}Sergey Lavrov tiba\r\n di Brussels.\tMenurut Lavrov, “rapat” NATO baik.\n\nOana Lungescu menyambut \
        Lavrov.  ";
    let Some(out) = output("anonymize", &["-"], text) else { return };
    let expected = text
        .replace("Sergey Lavrov", "[ORANG 1]")
        .replace("Oana Lungescu", "[ORANG 2]")
        .replace("Lavrov", "[ORANG 1]");
    assert_eq!(out, expected);
    let out = output("anonymize", &["--word", "NAMA", "-"], "Hujan turun di Palu.").unwrap();
    assert_eq!(out, "Hujan turun di Palu.");
}

#[test]
fn study_counts_pairs_and_keywords_and_draws_them() {
    let line = |id: &str, text: &str| format!("{}\n", serde_json::json!({ "id": id, "text": text }));
    let archive = [
        line("2026-01-02", "Sergey Lavrov menanam bibit di Palu. Oana Lungescu ikut menanam."),
        line("2026-01-09", "Oana Lungescu menyambut Sergey Lavrov di Brussels."),
        line("2026-02-01", "Penanaman diteruskan. Sergey Lavrov mengekspor kopi, mengekspor teh."),
    ]
    .concat();
    let (file, picture) = (File::new("arsip.jsonl", &archive), File::new("gambar.svg", ""));
    let Some(out) = output("study", &["--top", "1", "--picture", picture.name(), file.name()], "") else {
        return;
    };
    assert!(out.starts_with("pair\tOana Lungescu\tSergey Lavrov\t2\nkeyword\t2026-01\ttanam\t2\t"), "{out}");
    assert!(out.contains("\nkeyword\t2026-02\tekspor\t2\t"), "{out}");
    let svg = std::fs::read_to_string(picture.name()).unwrap();
    assert!(svg.contains("<svg") && svg.contains("Oana Lungescu"), "{svg}");
    let bad = File::new("rusak.jsonl", "{\"id\":\"a\",\"text\":\"b\"}\n");
    let refused = run("study", &[bad.name()], "").unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("line 1: expected an id like"));
}

/// What a spreadsheet would run when such a table is opened in it.
#[test]
fn no_cell_of_a_table_is_a_formula() {
    let text = "Presiden =Joko Widodo bertemu @Sergey Lavrov di Palu. -Sergey Lavrov tiba. =1+1 +62 -nya @ani =cmd|' /C calc'!A0";
    let record = serde_json::json!({ "id": "=1+1+1-1", "text": text }).to_string();
    let archive = File::new("rumus.jsonl", &record);
    for (name, args) in [("keywords", "-"), ("people", "-"), ("study", archive.name())] {
        let Some(out) = output(name, &[args], text) else { return };
        let formula = |cell: &&str| cell.len() > 1 && cell.starts_with(['=', '+', '-', '@']);
        assert_eq!(out.lines().flat_map(|line| line.split('\t')).find(formula), None, "{name}: {out}");
        assert!(name != "study" || out.contains("\t'=1+1+1-\t"), "{out}");
    }
}
