//! Distinct words out of the name table (`data/names/words.tsv`).

/// Up to 100,000 words of `table` that are small ASCII letters only: distinct words of news and
/// encyclopaedia, names and misspellings among them, in an order that has nothing to do with them.
pub fn distinct(table: &str) -> Vec<&str> {
    let rows = table.lines().skip(1).filter_map(|row| row.split('\t').next());
    let mut words: Vec<&str> =
        rows.filter(|w| w.len() > 1 && w.bytes().all(|b| b.is_ascii_lowercase())).collect();
    words.sort_by_key(|w| tutur::wire::source_hash(&[w.as_bytes()]));
    words.truncate(100_000);
    words
}
