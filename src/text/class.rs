//! What a byte can begin or continue, decided by one look into a table; and which characters beyond ASCII make words.

use unicode_segmentation::UnicodeSegmentation;

/// Class of an ASCII byte; everything above 0x7F is [`NON_ASCII`].
pub(crate) const OTHER: u8 = 0;
pub(crate) const SPACE: u8 = 1;
pub(crate) const LOWER: u8 = 2;
pub(crate) const UPPER: u8 = 3;
pub(crate) const DIGIT: u8 = 4;
pub(crate) const NON_ASCII: u8 = 5;

static CLASS: [u8; 256] = {
    let mut table = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        #[allow(clippy::cast_possible_truncation)] // below 256 by the loop
        let b = byte as u8;
        table[byte] = match b {
            b'\t'..=b'\r' | b' ' => SPACE,
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            0x80..=0xFF => NON_ASCII,
            _ => OTHER,
        };
        byte += 1;
    }
    table
};

/// The class of `byte`.
#[inline]
pub(crate) fn class(byte: u8) -> u8 {
    CLASS[byte as usize]
}

/// Whether `byte` is an ASCII letter or digit.
#[inline]
pub(crate) fn is_alnum(byte: u8) -> bool {
    matches!(class(byte), LOWER | UPPER | DIGIT)
}

/// Whether `c` belongs to a word: a letter, a digit, or what Unicode joins to the letter before it.
#[inline]
pub(crate) fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && extends_letter(c)
}

/// Whether `c` and a letter before it are one grapheme cluster: combining marks, joiners of zero width; and the soft
/// hyphen. Not the skin tones of emoji.
fn extends_letter(c: char) -> bool {
    if matches!(c, '\u{AD}') {
        return true;
    }
    // Marks and dashes of every Latin text leave early.
    if matches!(c, '\u{A0}'..='\u{2FF}' | '\u{2010}'..='\u{20CF}' | '\u{1F3FB}'..='\u{1F3FF}') {
        return false;
    }
    let mut buffer = [0u8; 5];
    buffer[0] = b'a';
    let length = 1 + c.encode_utf8(&mut buffer[1..]).len();
    std::str::from_utf8(&buffer[..length]).is_ok_and(|s| s.graphemes(true).nth(1).is_none())
}
