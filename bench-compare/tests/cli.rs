//! The program from a small text to a page and a plot.

use std::fs;
use std::process::{Command, Output};

const TEXT: &str =
    "Menteri Luar Negeri Rusia Sergey Lavrov tiba di Jakarta. Ia membacakan pernyataannya.\n\n";

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bench-compare")).args(arguments).output().unwrap()
}

#[test]
fn a_text_becomes_results_a_page_and_a_plot() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (text, json, svg) = (file("teks.txt"), file("results.json"), file("speed.svg"));
    fs::write(&text, TEXT.repeat(40)).unwrap();
    let quick = ["--rounds", "1", "--sample", "1", "--largest", "1", "--json", &json, &text];
    let measured = run(&quick);
    assert!(measured.status.success(), "{}", String::from_utf8_lossy(&measured.stderr));
    let tables = String::from_utf8(measured.stdout).unwrap();
    for told in ["## Tokens", "tantivy", "sastrawi-rs 0.", "## Memory", "## Not measured", "PySastrawi"] {
        assert!(tables.contains(told), "no {told} in {tables}");
    }

    let page = run(&["report", &json]);
    let page = String::from_utf8(page.stdout).unwrap();
    assert!(page.starts_with("# Performance") && page.contains("## In short") && page.contains(&tables));
    // Every row of a table has as many columns as its head.
    for table in page.split("\n\n").filter(|t| t.starts_with('|')) {
        let mut columns = table.lines().map(|l| l.matches('|').count());
        let first = columns.next().unwrap();
        assert!(first > 2 && columns.all(|c| c == first), "{table}");
    }

    let drawn = run(&["plot", &json, &svg]);
    assert!(drawn.status.success(), "{}", String::from_utf8_lossy(&drawn.stderr));
    let drawing = fs::read_to_string(svg).unwrap();
    assert!(
        drawing.starts_with("<svg") && drawing.contains("tantivy") && drawing.trim_end().ends_with("</svg>")
    );
}

#[test]
fn what_cannot_be_read_is_told() {
    let missing = run(&["report", "/no/such/file.json"]);
    assert!(!missing.status.success());
    assert!(String::from_utf8_lossy(&missing.stderr).contains("/no/such/file.json"));
    assert!(!run(&["--rounds", "0"]).status.success());
    for (arguments, told) in
        [(&["/no/such/text"][..], "/no/such/text"), (&["--python", "/no/python"], "/no/python")]
    {
        let failed = run(arguments);
        let error = String::from_utf8_lossy(&failed.stderr);
        assert!(!failed.status.success() && error.contains(told), "{error}");
    }
}
