//! Texts of our own, repeated to a size that outlasts the caches.
#![allow(dead_code, unreachable_pub)] // each bench uses its part

pub const NEWS: &str = include_str!("../../examples/data/berita.txt");
pub const CHAT: &str = include_str!("../corpora/chat.txt");

/// Name, text, repetitions.
pub fn corpora() -> [(&'static str, String, usize); 2] {
    [("news", format!("{NEWS}\n").repeat(100), 100), ("chat", CHAT.repeat(200), 200)]
}

/// The distinct words of the news text, in order.
pub fn words() -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let tokens = tutur::Tokenizer::new();
    tokens
        .tokenize(NEWS)
        .filter(|t| t.kind() == tutur::TokenKind::Word)
        .map(|t| t.text().to_lowercase())
        .filter(|w| seen.insert(w.clone()))
        .collect()
}
