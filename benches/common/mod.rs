//! The texts that are measured: our own annotated corpus without its markup, more than a megabyte of news that does not
//! repeat, so that no branch predictor knows it by heart; and chat.
#![allow(dead_code, unreachable_pub)] // each bench uses its part

use std::path::Path;

mod corpus;
pub mod words;

/// Name and text.
pub fn corpora() -> [(&'static str, String); 2] {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data/corpus"));
    let (mut news, mut chat) = (String::new(), String::new());
    for file in corpus::files(folder).expect("data/corpus") {
        let informal = file.file_stem().is_some_and(|s| s == "percakapan");
        let text = corpus::articles(&std::fs::read_to_string(&file).expect("a text")).concat();
        if informal { &mut chat } else { &mut news }.push_str(&text);
    }
    [("news", news), ("chat", chat)]
}
