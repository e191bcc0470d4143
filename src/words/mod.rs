//! Syntactic words: clitics split off their host as Universal Dependencies does. Decides with the stemmer's analysis
//! whether a word is host and clitic (`rumahnya`) or whole (`tanya`, `adalah`, `akhirnya`).

use crate::lexicon::Entry;
use crate::stem::{Affix, Stemmer};
use crate::text::fold;
use crate::tokenize::{Conventions, Token, TokenKind};

/// A syntactic word: part of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    text: &'t str,
    start: u32,
    clitic: Option<Affix>,
}

impl<'t> Word<'t> {
    /// The word as written.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Its first byte in the text.
    #[must_use]
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// Which clitic it is; none for a host or a whole token.
    #[must_use]
    pub fn clitic(&self) -> Option<Affix> {
        self.clitic
    }
}

/// Splits tokens into syntactic words.
///
/// # Examples
///
/// ```
/// use tutur::Tokenizer;
/// use tutur::words::WordSplitter;
///
/// let splitter = WordSplitter::new();
/// let mut words = Vec::new();
/// for token in Tokenizer::new().tokenize("Rumahnya di sekolah, bukan?") {
///     splitter.split(token, &mut words);
/// }
/// let words: Vec<_> = words.iter().map(|w| w.text()).collect();
/// assert_eq!(words, ["Rumah", "nya", "di", "sekolah", ",", "bukan", "?"]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct WordSplitter {
    stemmer: Stemmer<'static>,
    conventions: Conventions,
}

/// What UD GSD leaves whole (14 of 14 in its development part) and UD CSUI splits (5 of 5 in its training part).
const WHOLE_IN_GSD: &str = "lainnya";

const ENCLITICS: &[(&str, Affix)] = &[
    ("nya", Affix::Nya),
    ("ku", Affix::KuEnclitic),
    ("mu", Affix::Mu),
    ("lah", Affix::Lah),
    ("kah", Affix::Kah),
    ("pun", Affix::Pun),
];

impl WordSplitter {
    /// A splitter with the embedded lexicon.
    #[must_use]
    pub fn new() -> WordSplitter {
        WordSplitter::default()
    }

    /// A splitter that follows `conventions`.
    #[must_use]
    pub fn with_conventions(conventions: Conventions) -> WordSplitter {
        WordSplitter { conventions, ..WordSplitter::default() }
    }

    /// Appends the syntactic words of `token`: the token itself, or its host and clitics.
    pub fn split<'t>(&self, token: Token<'t>, words: &mut Vec<Word<'t>>) {
        let start = token.span().start;
        let mut push = |from: usize, to: usize, clitic| {
            let text = token.text().get(from..to).unwrap_or_default();
            #[allow(clippy::cast_possible_truncation)] // inside a token of a text below 4 GiB
            words.push(Word { text, start: start + from as u32, clitic });
        };
        let length = token.text().len();
        let Some(cut) = self.cut(token) else { return push(0, length, None) };
        // A hyphen stays with what it follows, as in GSD: `hamba-` `Ku`.
        let past_hyphen = |at: usize| at + usize::from(token.text().as_bytes().get(at) == Some(&b'-'));
        let mut at = 0;
        if let Some(proclitic) = cut.proclitic {
            at = proclitic.form().len();
            push(0, at, Some(proclitic));
        }
        let host = past_hyphen(cut.host);
        push(at, host, None);
        at = host;
        for clitic in cut.enclitics.into_iter().flatten() {
            let end = past_hyphen(at + clitic.form().len()).min(length);
            push(at, end, Some(clitic));
            at = end;
        }
    }

    fn cut(&self, token: Token<'_>) -> Option<Cut> {
        let text = token.text();
        if token.kind() != TokenKind::Word || !text.is_ascii() || text.len() < 4 || text.len() > 60 {
            return None;
        }
        let lower = fold(text);
        let leans = ENCLITICS.iter().any(|(form, _)| lower.ends_with(form));
        let led = lower.starts_with("ku") || lower.starts_with("kau");
        let lexicon = self.stemmer.lexicon();
        let entry = lexicon.get(&lower);
        let capital = text.starts_with(|c: char| c.is_ascii_uppercase());
        if !leans && !led
            || entry.is_some_and(Entry::is_fused)
            || self.conventions == Conventions::UdGsd && lower == WHOLE_IN_GSD
            // `-ullah` ends names: Abdullah, Nasrullah.
            || capital && lower.ends_with("ullah")
        {
            return None;
        }
        let analyses = self.stemmer.analyze(&lower);
        let best = analyses.best();
        let mut enclitics = [None; 3];
        let found = best.suffixes().iter().filter(|a| a.is_clitic());
        enclitics.iter_mut().zip(found).for_each(|(slot, affix)| *slot = Some(*affix));
        let proclitic = best.prefixes().first().copied().filter(|a| a.is_clitic());
        if best.enclitic_bytes() > 0 || proclitic.is_some() {
            return Some(Cut { proclitic, host: lower.len() - best.enclitic_bytes(), enclitics });
        }
        // Function words and irregular forms, which the stemmer does not take apart: `apakah`, `itulah`, `keduanya`.
        if !entry.is_some_and(Entry::is_whole) && lexicon.exception(&lower).is_none() {
            // -nya joins any word, also those that no lexicon has: `stakeholdernya`. Names begin with a capital.
            let unknown =
                entry.is_none() && !capital && best.prefixes().is_empty() && best.suffixes().is_empty();
            let host = lower.strip_suffix("nya").filter(|h| unknown && h.len() > 3)?;
            return Some(Cut {
                proclitic: None,
                host: host.len(),
                enclitics: [Some(Affix::Nya), None, None],
            });
        }
        ENCLITICS.iter().find_map(|&(form, clitic)| {
            let host = lower.strip_suffix(form)?;
            let host_entry = lexicon.get(host);
            let known = host_entry.is_some_and(Entry::is_standard);
            let root = entry.is_some_and(Entry::is_root) && !host_entry.is_some_and(Entry::is_whole);
            let long = host.len() >= if matches!(clitic, Affix::KuEnclitic | Affix::Mu) { 4 } else { 3 };
            (known && !root && long).then_some(Cut {
                proclitic: None,
                host: host.len(),
                enclitics: [Some(clitic), None, None],
            })
        })
    }
}

struct Cut {
    proclitic: Option<Affix>,
    /// Byte after the host.
    host: usize,
    enclitics: [Option<Affix>; 3],
}
