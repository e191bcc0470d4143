//! The texts of tutur's own corpus without their marks, as something to measure with.

use std::path::Path;

#[path = "../../benches/common/corpus.rs"]
mod annotated;

/// One text a piece of `data/corpus`, in the order of file names.
pub fn texts() -> std::io::Result<Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/corpus");
    let mut texts = Vec::new();
    for file in annotated::files(&folder)? {
        texts.extend(annotated::articles(&std::fs::read_to_string(file)?));
    }
    Ok(texts)
}
