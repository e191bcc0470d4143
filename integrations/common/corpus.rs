//! The texts of tutur's own corpus without their marks, as something to measure with.

use std::path::Path;

/// One text a piece of `data/corpus`, in the order of file names.
pub fn texts() -> std::io::Result<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/corpus");
    let mut files: Vec<_> =
        std::fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let mut texts = Vec::new();
    for file in files {
        let file = std::fs::read_to_string(file)?;
        let pieces = file.split("### ").skip(1).filter_map(|piece| piece.split_once('\n'));
        texts.extend(pieces.map(|(_, body)| plain(body)));
    }
    Ok(texts)
}

/// `body` without `[[PER|`, `]]`, `{{headline}}`, `<<dateline:` and `>>`.
fn plain(body: &str) -> String {
    let (mut text, mut rest) = (String::with_capacity(body.len()), body.trim());
    while let Some(at) = rest.find(['[', ']', '{', '<', '>']) {
        let (before, mark) = rest.split_at(at);
        text.push_str(before);
        let end = match mark {
            _ if mark.starts_with("[[") => mark.find('|').map(|bar| bar + 1),
            _ if mark.starts_with("{{") => mark.find("}}").map(|end| end + 2),
            _ if mark.starts_with("<<") => mark.find(':').map(|colon| colon + 1),
            _ if mark.starts_with("]]") || mark.starts_with(">>") => Some(2),
            _ => None,
        };
        if end.is_none() {
            text.extend(mark.chars().next());
        }
        rest = mark.get(end.unwrap_or(1)..).unwrap_or_default();
    }
    text.push_str(rest);
    text
}
