//! Lower-casing without an allocation where nothing changes.

use std::borrow::Cow;

/// `text` in lower case; borrowed when it already is.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    // Without a way out in the middle, so that no branch is mispredicted: words are short.
    if !text.bytes().fold(false, |changes, b| changes | !b.is_ascii() | b.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    if !text.is_ascii() && !text.chars().any(changes) {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    Cow::Owned(folded)
}

/// Replaces the content of `out` by `text` in lower case. Reuse `out` to save the allocation.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    out.clear();
    // Most of what is beyond ASCII has no case: quotes and dashes.
    if text.is_ascii() || !text.chars().any(|c| !c.is_ascii() && changes(c)) {
        out.push_str(text);
        out.make_ascii_lowercase();
    } else {
        // Char by char on purpose: `str::to_lowercase` looks at the context of a final sigma.
        out.extend(text.chars().flat_map(char::to_lowercase));
    }
}

fn changes(c: char) -> bool {
    let mut lower = c.to_lowercase();
    lower.next() != Some(c) || lower.next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_only_when_needed() {
        assert!(matches!(fold("kata"), Cow::Borrowed("kata")));
        assert!(matches!(fold("é"), Cow::Borrowed("é")));
        assert_eq!(fold("NATO"), "nato");
        assert_eq!(fold("ÉLYSÉE"), "élysée");
        assert_eq!(fold(""), "");
        assert_eq!(fold("“KATA” – é"), "“kata” – é");
    }
}
