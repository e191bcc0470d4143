//! The texts that are measured: our own annotated corpus without its markup, about half a megabyte of news that does not
//! repeat, so that no branch predictor knows it by heart; and chat.
#![allow(dead_code, unreachable_pub)] // each bench uses its part

/// Name and text.
pub fn corpora() -> [(&'static str, String); 2] {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/corpus");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("data/corpus").map(|e| e.expect("a file").path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let (mut news, mut chat) = (String::new(), String::new());
    for file in files {
        let text = plain(&std::fs::read_to_string(&file).expect("a text"));
        let informal = file.file_stem().is_some_and(|s| s == "percakapan");
        if informal { &mut chat } else { &mut news }.push_str(&text);
    }
    [("news", news), ("chat", chat)]
}

/// `source` without headers and markup.
fn plain(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    for line in source.lines().filter(|l| !l.starts_with("### ")) {
        let mut rest = line.split_once("}}").filter(|_| line.starts_with("{{")).map_or(line, |l| l.1);
        while let Some((before, after)) = rest.split_once("[[") {
            text.push_str(before);
            let (mark, after) = after.split_once("]]").unwrap_or((after, ""));
            text.push_str(mark.split_once('|').map_or(mark, |m| m.1));
            rest = after;
        }
        text.push_str(rest);
        text.push('\n');
    }
    text.replace("<<dateline:", "").replace(">>", "")
}
