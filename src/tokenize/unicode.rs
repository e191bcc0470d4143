//! Marks and emoji beyond ASCII: one token a grapheme cluster.

use unicode_segmentation::UnicodeSegmentation;

use super::TokenKind;

/// The end and kind of the token at byte `at`, whose first character is `first`, no letter.
pub(super) fn token(text: &str, at: usize, first: char) -> (usize, TokenKind) {
    let rest = &text[at..];
    let next = rest[first.len_utf8()..].chars().next();
    if first != '…'
        && (is_control(first) || is_plain(first) && next.is_none_or(|c| c.is_ascii() || is_plain(c)))
    {
        return (at + first.len_utf8(), kind(first));
    }
    let cluster = rest.graphemes(true).next().unwrap_or(rest);
    // A cluster may swallow a line break that follows a carriage return, never other white space.
    let length = cluster.find(char::is_whitespace).unwrap_or(cluster.len()).max(first.len_utf8());
    if first == '…' {
        let dots = rest.chars().take_while(|&c| c == '…').count();
        return (at + dots * first.len_utf8(), TokenKind::Punctuation);
    }
    (at + length, kind(first))
}

/// Marks that neither join what stands before them to a cluster nor what follows: one needs no look at clusters before
/// another, or before ASCII.
fn is_plain(c: char) -> bool {
    matches!(c, '\u{A1}'..='\u{BF}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{20A0}'..='\u{20BF}')
}

/// Controls, which are clusters by themselves whatever follows.
fn is_control(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

fn kind(c: char) -> TokenKind {
    match c {
        '\u{1F000}'..='\u{1FAFF}'
        | '\u{2600}'..='\u{27BF}'
        | '\u{2B05}'..='\u{2B55}'
        | '\u{231A}'
        | '\u{231B}'
        | '\u{23E9}'..='\u{23FA}'
        | '\u{203C}'
        | '\u{2049}' => TokenKind::Emoji,
        '\u{A2}'..='\u{A5}' | '\u{20A0}'..='\u{20CF}' => TokenKind::Currency,
        '\u{A1}'
        | '\u{AB}'
        | '\u{B7}'
        | '\u{BB}'
        | '\u{BF}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205E}'
        | '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}'
        | '\u{60C}'
        | '\u{61B}'
        | '\u{61F}'
        | '\u{FF01}'
        | '\u{FF0C}'
        | '\u{FF0E}'
        | '\u{FF1A}'
        | '\u{FF1B}'
        | '\u{FF1F}' => TokenKind::Punctuation,
        _ => TokenKind::Symbol,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_no_look_at_clusters_is_one() {
        let marks = ('\0'..='\u{FFFF}').filter(|&c| is_plain(c) || is_control(c));
        for first in marks {
            for next in ('\0'..='\u{7F}')
                .chain('\u{A0}'..='\u{20FF}')
                .filter(|&c| is_control(first) || c.is_ascii() || is_plain(c))
            {
                let text = String::from_iter([first, next]);
                assert_eq!(text.graphemes(true).next().map(str::len), Some(first.len_utf8()), "{text:?}");
            }
        }
    }
}
