//! Characters that no line of output may hold, and what stands for them: one character for one, so that offsets stay.

use std::borrow::Cow;

/// What is shown of a character that must not be written.
const REPLACED: char = '\u{FFFD}';

/// `c`, or a space for white space, or U+FFFD for a control character: what remains breaks no line and moves no cursor.
pub(super) fn in_line(c: char) -> char {
    match c {
        c if c.is_whitespace() => ' ',
        c if c.is_control() => REPLACED,
        c => c,
    }
}

/// Marks that turn the direction of all that follows, also of what is not of the text.
pub(super) fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// `text` for a terminal: on one line, without control characters and escape sequences, and without marks that turn the
/// direction of what follows. White space becomes a space, everything else U+FFFD.
///
/// # Examples
///
/// ```
/// use tutur::render::printable;
///
/// assert_eq!(printable("\u{1b}[31mmerah\n"), "\u{FFFD}[31mmerah ");
/// assert_eq!(printable("Ani tiba di Palu."), "Ani tiba di Palu.");
/// ```
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    let shown = |c| if turns(c) { REPLACED } else { in_line(c) };
    if text.chars().all(|c| shown(c) == c) { Cow::Borrowed(text) } else { text.chars().map(shown).collect() }
}
