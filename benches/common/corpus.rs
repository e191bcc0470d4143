//! Plain text out of the annotated corpus (`data/corpus`).

use std::path::{Path, PathBuf};

/// The files of the corpus that hold articles, in order.
pub fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<std::io::Result<Vec<_>>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    Ok(files)
}

/// The articles of `source`, a file of the corpus, without headers and markup.
pub fn articles(source: &str) -> Vec<String> {
    let mut articles: Vec<String> = Vec::new();
    for line in source.lines() {
        if line.starts_with("### ") {
            articles.push(String::new());
        } else if let Some(text) = articles.last_mut() {
            push_plain(line, text);
        }
    }
    articles
}

/// Appends `line` without markup: `{{part}}` before it, `[[KIND|name]]` and `<<dateline:…>>` in it.
fn push_plain(line: &str, text: &mut String) {
    let line = line.replace("<<dateline:", "").replace(">>", "");
    let mut rest = line.split_once("}}").filter(|_| line.starts_with("{{")).map_or(line.as_str(), |l| l.1);
    while let Some((before, after)) = rest.split_once("[[") {
        text.push_str(before);
        let (mark, after) = after.split_once("]]").unwrap_or((after, ""));
        text.push_str(mark.split_once('|').map_or(mark, |m| m.1));
        rest = after;
    }
    text.push_str(rest);
    text.push('\n');
}
