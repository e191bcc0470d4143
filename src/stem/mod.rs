//! The stemmer: Indonesian affixes, reduplication and clitics taken apart, validated against the lexicon, best
//! explanation first. Owns the grammar of words; knows nothing of sentences.

mod analysis;
mod descent;
mod found;
mod informal;
mod redup;
mod rules;
mod search;
mod word;

use std::borrow::Cow;

pub use analysis::{Affix, Analyses, Analysis, Reduplication, Segment};

use crate::lexicon::{Latin, Lexicon};
use crate::text::{fold, fold_into};
use search::{Best, Explanation, Search};
use word::Word;

/// Longest word that is taken apart, in bytes. The longest Indonesian words have about 30; longer ones are codes and
/// noise, and stay whole.
const LONGEST: usize = 64;

/// What the context says about a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Hint {
    /// Nothing. A capital is then evidence of a name: a capitalised word is taken apart only where that is likely.
    #[default]
    None,
    /// The word is no name, whatever its first letter: it begins a sentence.
    Common,
    /// The word is a name or part of one: it stays whole.
    Name,
}

/// What to do with a word none of whose analyses reaches a known root.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnknownPolicy {
    /// Leave it whole: names and foreign words stay what they are.
    #[default]
    LeaveWhole,
    /// Cut off the affixes that are most likely, if at least four letters remain.
    BestGuess,
}

/// Finds the root of a word, and explains it.
///
/// Cheap to clone; one stemmer serves many threads. Look-ups read the lexicon as it lies in the crate, so that making
/// a stemmer costs nothing.
///
/// # Examples
///
/// ```
/// use tutur::Stemmer;
///
/// let stemmer = Stemmer::new();
/// assert_eq!(stemmer.stem("memperjuangkan"), "juang");
/// assert_eq!(stemmer.stem("Bekasi"), "bekasi");
/// let analyses = stemmer.analyze("memperkuatkan");
/// assert_eq!(analyses.best().to_string(), "meN+per+kuat+kan");
/// ```
#[derive(Clone, Debug)]
pub struct Stemmer<'l> {
    lexicon: Lexicon<'l>,
    unknown: UnknownPolicy,
    informal: bool,
}

impl Default for Stemmer<'static> {
    fn default() -> Self {
        Stemmer::new()
    }
}

impl Stemmer<'static> {
    /// A stemmer with the embedded lexicon.
    #[must_use]
    pub fn new() -> Stemmer<'static> {
        Stemmer::with_lexicon(Lexicon::embedded().clone())
    }
}

impl<'l> Stemmer<'l> {
    /// A stemmer with a lexicon of your own.
    #[must_use]
    pub fn with_lexicon(lexicon: Lexicon<'l>) -> Stemmer<'l> {
        Stemmer { lexicon, unknown: UnknownPolicy::default(), informal: true }
    }

    /// What to do with words that reach no known root. Default: leave them whole.
    #[must_use]
    pub fn unknown(mut self, policy: UnknownPolicy) -> Stemmer<'l> {
        self.unknown = policy;
        self
    }

    /// Whether informal spelling is understood: `gak` as `tidak`, `ngebantu`, `bantuin`, `bangeeet`. Default: yes.
    #[must_use]
    pub fn informal(mut self, yes: bool) -> Stemmer<'l> {
        self.informal = yes;
        self
    }

    /// The lexicon.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon<'l> {
        &self.lexicon
    }

    /// The root of `word` in lower case. Borrowed where the root stands in `word` as it is.
    ///
    /// Never fails: a word without a known root is its own stem. About 0.1 µs for a word.
    ///
    /// # Examples
    ///
    /// ```
    /// let stemmer = tutur::Stemmer::new();
    /// assert_eq!(stemmer.stem("keberhasilannya"), "hasil");
    /// assert_eq!(stemmer.stem("buku-buku"), "buku");
    /// assert_eq!(stemmer.stem("sekolah"), "sekolah");
    /// ```
    #[must_use]
    pub fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        self.stem_hinted(word, Hint::None)
    }

    /// The root of `word`, given what its context says: a name stays whole, in lower case.
    #[must_use]
    pub fn stem_hinted<'w>(&self, word: &'w str, hint: Hint) -> Cow<'w, str> {
        match self.root(word, hint, &mut Best::new()) {
            Root::Whole => fold(word),
            Root::Part(part) => Cow::Borrowed(part),
            Root::Changed(first, rest) => {
                let mut root = String::with_capacity(1 + rest.len());
                push_changed(first, rest, &mut root);
                Cow::Owned(root)
            }
            Root::Other(root) => {
                let start = word.find(root);
                start
                    .and_then(|at| word.get(at..at + root.len()))
                    .map_or_else(|| Cow::Owned(root.to_owned()), Cow::Borrowed)
            }
        }
    }

    /// As [`stem_hinted`](Stemmer::stem_hinted), into a buffer that is reused.
    pub(crate) fn stem_into(&self, word: &str, hint: Hint, stem: &mut String) {
        stem.clear();
        match self.root(word, hint, &mut Best::new()) {
            Root::Whole => fold_into(word, stem),
            Root::Part(part) => stem.push_str(part),
            Root::Changed(first, rest) => push_changed(first, rest, stem),
            Root::Other(root) => stem.push_str(root),
        }
    }

    /// Every explanation of `word`, best first; at least one, for a word may always stand for itself.
    #[must_use]
    pub fn analyze(&self, word: &str) -> Analyses {
        let found = Word::new(word).map(|mut w| self.search(is_titled(word)).all(&mut w)).unwrap_or_default();
        Analyses::new(&fold(word), found)
    }

    /// The root of `word`, part of which may lie in `best`.
    #[inline]
    fn root<'w, 'a>(&'a self, word: &'w str, hint: Hint, best: &'a mut Best) -> Root<'w, 'a> {
        if hint == Hint::Name {
            return Root::Whole;
        }
        let Some(latin) = Latin::read(word.as_bytes()) else { return self.root_of_other(word, hint, best) };
        let search = self.search(hint == Hint::None && latin.is_titled());
        let mut explained = Word::of_letters(&latin, word.len());
        search.best(&mut explained, best);
        match &best.explanation {
            Explanation::None if latin.has_capitals() => Root::Whole,
            Explanation::None => Root::Part(word),
            Explanation::Place(found) => {
                let part =
                    word.get(usize::from(found.start)..usize::from(found.root.end)).unwrap_or_default();
                let rest = part.get(1..).unwrap_or_default();
                let unchanged = part.as_bytes().first() == Some(&found.root.first);
                if unchanged && !(latin.has_capitals() && rest.bytes().any(|b| b.is_ascii_uppercase())) {
                    Root::Part(part)
                } else {
                    Root::Changed(found.root.first, rest)
                }
            }
            Explanation::Irregular => {
                self.lexicon.exception(explained.text()).map_or(Root::Whole, Root::Other)
            }
            Explanation::Text(found) => Root::Other(found.root()),
        }
    }

    /// The same for a word that is not of Latin letters alone.
    #[cold]
    fn root_of_other<'a>(&'a self, word: &str, hint: Hint, best: &'a mut Best) -> Root<'static, 'a> {
        let search = self.search(hint == Hint::None && is_titled(word));
        best.explanation = search.best_of(word).map_or(Explanation::None, Explanation::Text);
        match &best.explanation {
            Explanation::Text(found) => Root::Other(found.root()),
            _ => Root::Whole,
        }
    }

    #[inline]
    fn search(&self, titled: bool) -> Search<'_, 'l> {
        Search::new(&self.lexicon, self.unknown, self.informal, titled)
    }
}

/// What is left of a word.
#[derive(Clone, Copy)]
enum Root<'w, 'a> {
    /// All of it, in lower case.
    Whole,
    Part(&'w str),
    /// A small letter, and a part in any case.
    Changed(u8, &'w str),
    /// Text that may stand in no word.
    Other(&'a str),
}

fn push_changed(first: u8, rest: &str, root: &mut String) {
    root.push(char::from(first));
    root.push_str(rest);
    root.make_ascii_lowercase();
}

/// Whether `word` begins with a capital and goes on with a small letter.
fn is_titled(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}
