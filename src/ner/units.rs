//! From tokens to tagging units: an entity may begin or end inside a token (`Rusia-Kazakhstan`, `KTP-nya`).

use crate::tokenize::{Token, TokenKind};

/// Appends the units of `token`: the token itself, or the parts of a pair of names with the hyphen between them, or a
/// name and its hyphened clitic.
pub fn units<'t>(token: Token<'t>, out: &mut Vec<Token<'t>>) {
    if token.kind() != TokenKind::Word || !token.text().contains('-') {
        return out.push(token);
    }
    let (text, base) = (token.text(), token.span().start);
    let mut at = 0usize;
    let mut push = |from: usize, to: usize, kind| {
        #[allow(clippy::cast_possible_truncation)] // inside a token of a text below 4 GiB
        out.push(Token::new(&text[from..to], base + from as u32, kind));
    };
    while let Some(hyphen) = text[at..].find('-').map(|h| at + h) {
        let (left, right) = (&text[at..hyphen], &text[hyphen + 1..]);
        if !splits(left, right) {
            // Keep looking behind this hyphen, with the left part still open.
            let Some(next) = right.find('-').map(|h| hyphen + 1 + h) else { break };
            if !splits(&text[hyphen + 1..next], &text[next + 1..]) {
                break;
            }
            push(at, next, TokenKind::Word);
            push(next, next + 1, TokenKind::Punctuation);
            at = next + 1;
            continue;
        }
        push(at, hyphen, TokenKind::Word);
        push(hyphen, hyphen + 1, TokenKind::Punctuation);
        at = hyphen + 1;
    }
    push(at, text.len(), TokenKind::Word);
}

/// Whether the hyphen between `left` and `right` may part an entity from what surrounds it.
fn splits(left: &str, right: &str) -> bool {
    let long = |s: &str| s.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let capital = |s: &str| s.starts_with(char::is_uppercase);
    let next = right.split('-').next().unwrap_or(right);
    if !long(left) || !long(next) || left.eq_ignore_ascii_case(next) {
        return false;
    }
    let clitic = ["nya", "ku", "mu"].iter().any(|clitic| next.eq_ignore_ascii_case(clitic));
    // `se-Jawa Tengah`, `non-Jawa`, `pro-Rusia`: a prefix before a name.
    const PREFIXES: &[&str] =
        &["se", "non", "pro", "anti", "antar", "antara", "eks", "pra", "pasca", "trans", "di", "ke"];
    let prefixed = PREFIXES.contains(&left) && capital(next);
    clitic && capital(left) || prefixed || capital(left) && capital(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        units(Token::new(text, 5, TokenKind::Word), &mut out);
        assert_eq!(out.iter().map(Token::text).collect::<String>(), text);
        let mut at = 5;
        for unit in &out {
            assert_eq!(unit.span().start, at);
            at = unit.span().end;
        }
        out.iter().map(Token::text).collect()
    }

    #[test]
    fn pairs_of_names_are_parted() {
        assert_eq!(split("Rusia-Kazakhstan"), ["Rusia", "-", "Kazakhstan"]);
        assert_eq!(split("se-Jawa"), ["se", "-", "Jawa"]);
        assert_eq!(split("KTP-nya"), ["KTP", "-", "nya"]);
        assert_eq!(split("PARIS-BERLIN-ROMA"), ["PARIS", "-", "BERLIN", "-", "ROMA"]);
        for whole in
            ["langkah-langkah", "COVID-19", "Undang-Undang", "de-eskalasi", "U-23", "al-Mansoori", "buku"]
        {
            assert_eq!(split(whole), [whole]);
        }
    }
}
