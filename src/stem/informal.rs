//! Informal spelling: letters repeated for emphasis.

use super::word::Word;
use crate::lexicon::Letters;

/// How runs of a letter are cut: those of at least `from` letters, to `keep` letters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Squeeze {
    from: usize,
    keep: usize,
}

/// What is tried, in order: `tungguuu` and `maafff` keep their lawful double letters; `saaat` has two; `baangeeet` none.
pub(super) const SQUEEZES: [Squeeze; 3] =
    [Squeeze { from: 3, keep: 1 }, Squeeze { from: 3, keep: 2 }, Squeeze { from: 2, keep: 1 }];

/// `word` with its emphatic runs cut; none where it has none, no run of three and no double letter at its end.
pub(super) fn squeeze<'b>(word: &str, how: Squeeze, buffer: &'b mut [u8]) -> Option<&'b str> {
    let bytes = word.as_bytes();
    if !word.is_ascii() || !is_emphatic(bytes) {
        return None;
    }
    let mut length = 0;
    for run in bytes.chunk_by(|a, b| a == b) {
        let kept = if run.len() >= how.from { run.get(..how.keep)? } else { run };
        buffer.get_mut(length..length + kept.len())?.copy_from_slice(kept);
        length += kept.len();
    }
    let squeezed = std::str::from_utf8(buffer.get(..length)?).ok()?;
    (squeezed != word).then_some(squeezed)
}

/// Whether a letter of `word` may be there for emphasis.
#[inline]
pub(super) fn may_shout(word: &Word) -> bool {
    word.letters().is_none_or(Letters::has_double) && is_emphatic(word.bytes(0, word.len()))
}

/// Whether a letter stands three times in a row.
pub(super) fn shouts(word: &[u8]) -> bool {
    word.windows(3).any(|w| matches!(w, [a, b, c] if a == b && b == c))
}

/// The same, or twice at the end (`dongg`).
fn is_emphatic(word: &[u8]) -> bool {
    matches!(word, [.., a, b] if a == b) || shouts(word)
}

#[cfg(test)]
mod tests {
    use super::{SQUEEZES, squeeze};

    #[test]
    fn cuts_emphasis_only() {
        let cut = |word: &str, how: usize| squeeze(word, SQUEEZES[how], &mut [0; 32]).map(str::to_owned);
        assert_eq!(cut("bangeeet", 0).as_deref(), Some("banget"));
        assert_eq!(cut("maafff", 0).as_deref(), Some("maaf"));
        assert_eq!(cut("saaat", 1).as_deref(), Some("saat"));
        assert_eq!(cut("baangeeet", 2).as_deref(), Some("banget"));
        assert_eq!(cut("saat", 0), None);
    }
}
