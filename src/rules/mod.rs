//! A user's own knowledge of names: gazetteers, patterns of tokens and regular expressions, which win over the model
//! or only advise it. Finds matches and settles which of them count; knows nothing of documents.
//!
//! ```
//! use tutur::rules::{EntityRules, Rule, Verdict};
//! use tutur::{EntityKind, Pipeline};
//!
//! let rules = EntityRules::builder()
//!     .name("Warung Kopi Tuah", EntityKind::Organization)
//!     .name("Samsung Galaxy S24", Verdict::Never)
//!     .tokens("[lower=mang|teh] ([capital]+)".parse()?, EntityKind::Person)
//!     .rule(Rule::regex(r"\bSDN \d+(?: \p{Lu}\w+)*", EntityKind::Organization).advise())
//!     .build()?;
//! let pipeline = Pipeline::builder().rules(rules).build()?;
//! let document = pipeline.process("Mang Dudung membawa Samsung Galaxy S24 ke Warung Kopi Tuah.");
//! let found: Vec<_> = document.entities().map(|e| (e.text(), e.kind().label())).collect();
//! assert_eq!(found, [("Dudung", "PER"), ("Warung Kopi Tuah", "ORG")]);
//! # Ok::<(), tutur::Error>(())
//! ```
//!
//! # Which rule counts
//!
//! 1. Rules that win are settled among themselves: of overlapping matches the one of higher priority counts, then the
//!    longer (counted in tokens), then the earlier, then that of the rule given first. Names of the model that
//!    overlap them go. Where the rule says [`Verdict::Never`], a longer name of the model that holds the whole match
//!    stays.
//! 2. Rules that [advise](Mode::Advise) are settled likewise. They speak where no rule won and where the model found
//!    nothing or is unsure (score below 0.5).
//! 3. The second look of the document sees the result: a name that a rule gives may help it to find the short form.
//!    It never changes what a rule won, and finds nothing in a match that is never a name. Rules win in page
//!    furniture too.
//!
//! Entities of rules that win have the score 1, of those that advise 0.7. Priorities order rules of the same mode:
//! advice of whatever priority does not contradict a rule that wins. Context of a match does not overlap anything.
//! Without a model (`Pipeline::builder().entities(false)`) the entities are those of the rules alone.
//!
//! # Names
//!
//! A name is found as a whole, in one sentence, from the start of a word to the end of one. Letter case counts unless
//! the rule says [`ignore_case`](Rule::ignore_case). Hyphens, white space and the full stop behind a word do not
//! count, and `’` is `'`: `PT Maju Jaya` is found in `PT. Maju-Jaya`; the entity is then `PT. Maju-Jaya`. A dash with
//! white space on both sides counts. Names hold up to 64 words and marks.
//!
//! # Token patterns
//!
//! From code a [`TokenPattern`] of [`TokenTest`]s; as text a sequence of
//!
//! | written | one token that |
//! |---|---|
//! | `Bank`, `"C++"` | is written so |
//! | `[text=PT\|CV]` | is one of these as written |
//! | `[lower=bapak\|ibu]` | is one of these, whatever the letter case |
//! | `[stem=beli]` | has this stem, as the pipeline's stemmer gives it |
//! | `[shape=Xxxxx\|dd]` | has this shape: `X` capital, `x` other letter, `d` digit; runs are cut after four |
//! | `[kind=word\|number]` | is of this kind (below) |
//! | `[prefix=Pak]`, `[suffix=wati]` | begins or ends so |
//! | `[regex="^X+I*$"]` | holds a match of the regular expression |
//! | `[capital]`, `[upper]` | begins with a capital; is all capitals |
//! | `[]` | is any token |
//!
//! Tests are joined by `&` and negated by `!` or `!=`: `[capital & !upper & lower!=dan]`. Behind an element `?` makes
//! it optional, `+` takes one to 16, `*` none to 16, `{2}` and `{1,3}` so many; always as many as fit. Round brackets
//! mark the entity where it is not the whole: `[lower=bapak] ([capital]+) [lower=selaku]`. Quotes hold any text:
//! `"("`; `\"` in them is a quote. A pattern covers up to 64 tokens of one sentence.
//!
//! Kinds are those of [`TokenKind`](crate::TokenKind) in small letters: `word`, `abbreviation`, `number`, `date`,
//! `time`, `currency`, `url`, `email`, `mention`, `hashtag`, `emoji`, `emoticon`, `punctuation`, `symbol`.
//!
//! # Regular expressions
//!
//! In the syntax of the crate `regex`, searched for in each sentence; `^` and `$` are its ends. A match must begin
//! and end where words do and is passed over otherwise: write `\b`. Marks that the tokenizer keeps with the word join
//! the entity: `PT Maju Tbk` is found as `PT Maju Tbk.`. A group `(?<entity>...)` marks the part that is the entity.
//! A compiled expression has at most 1 MiB. Each is a pass over the text of its own: have dozens, not thousands.
//!
//! # Files
//!
//! TSV: what, label and the name or pattern; then, in any order, `win` or `advise`, `priority=N`, `ignore_case`.
//! Empty lines and lines that begin with `#` are skipped, white space around columns too. Labels are `PER`, `ORG`,
//! `LOC`, those declared by [`label`](EntityRulesBuilder::label), and `NEVER`.
//!
//! ```
//! use tutur::rules::EntityRules;
//!
//! let file = "# nama usaha\n\
//!             name\tORG\tWarung Kopi Tuah\tignore_case\n\
//!             name\tNEVER\tSamsung Galaxy S24\n\
//!             tokens\tPER\t[lower=mang|teh] ([capital]+)\tadvise\tpriority=5\n\
//!             regex\tORG\t\\bSDN \\d+\n";
//! assert_eq!(EntityRules::from_tsv(file.as_bytes())?.len(), 4);
//!
//! let error = EntityRules::from_tsv("name\tORG\tA\nname\tORANG\tB\n".as_bytes()).unwrap_err();
//! assert_eq!(error.to_string(), "line 2: expected the label PER, ORG, LOC or NEVER, found \"ORANG\"");
//! # Ok::<(), tutur::Error>(())
//! ```
//!
//! JSONL (feature `serde`): an object a line with `label`, one of `name`, `tokens`, `regex`, and optionally `mode`,
//! `priority`, `ignore_case`. `tokens` is the text above or a list of objects, one a token:
//!
#![cfg_attr(feature = "serde", doc = "```")]
#![cfg_attr(not(feature = "serde"), doc = "```ignore")]
//! use tutur::rules::EntityRules;
//!
//! let file = r#"{"label": "ORG", "name": "Warung Kopi Tuah", "mode": "advise", "priority": 5}
//! {"label": "PER", "tokens": "[lower=mang|teh] ([capital]+)"}
//! {"label": "PER", "tokens": [{"lower": ["mang", "teh"], "context": true}, {"capital": true, "op": "+"}]}
//! {"label": "NEVER", "regex": "\\bGalaxy S\\d+"}
//! "#;
//! assert_eq!(EntityRules::from_jsonl(file.as_bytes())?.len(), 4);
//! # Ok::<(), tutur::Error>(())
//! ```
//!
//! Keys of a token are the tests above. Their value is a text or a list of texts, one of which must fit; `true` or
//! `false` for `capital` and `upper`. `"op"` is `"?"`, `"+"`, `"*"` or `"{1,3}"`; `"not": {...}` holds tests that must
//! not hold together; `"context": true` marks what is not part of the entity.
//!
//! Pattern files of spaCy's `EntityRuler` are read where they use what is here too: `pattern` is a name or a list of
//! tokens; keys may be in capitals; `ORTH`, `LEMMA`, `IS_TITLE` and `IS_UPPER` are `text`, `stem`, `capital` and
//! `upper`; values may be `{"IN": [...]}`, `{"NOT_IN": [...]}` and, for `TEXT`, `{"REGEX": "..."}`; `id` is passed
//! over. Declare its labels: `.label("PERSON", EntityKind::Person)`.
//!
//! # Cost
//!
//! Time is linear in the text: sentences are looked at in pieces of up to 2 KiB, and no match crosses from one to the
//! next. Names are in a trie, so that their number does not matter. Token patterns whose first token is given by `text`
//! or `lower` are looked up by that word; others are tried at every token.

mod builder;
mod find;
#[cfg(feature = "serde")]
mod jsonl;
mod names;
mod pattern;
mod rule;
mod syntax;
mod test;
mod tsv;

use std::collections::HashMap;
use std::io::BufRead;
use std::path::Path;
use std::sync::Arc;

pub use builder::EntityRulesBuilder;
pub(crate) use find::{Ruling, Rulings};
pub use pattern::TokenPattern;
pub use rule::{Mode, Rule, Verdict};
pub use test::TokenTest;

use crate::error::{Error, ErrorKind, Result};
use crate::ner::EntityKind;
use find::Found;

/// Rules that find entities beside the model, ready to be used: see [the module](self).
///
/// Cheap to clone; the same rules serve many pipelines and threads.
///
/// # Examples
///
/// ```
/// use tutur::rules::EntityRules;
/// use tutur::{EntityKind, Pipeline};
///
/// let rules = EntityRules::builder().name("Dapur Mak Itam", EntityKind::Organization).build()?;
/// let pipeline = Pipeline::builder().rules(rules).build()?;
/// let document = pipeline.process("Kami makan siang di Dapur Mak Itam.");
/// assert_eq!(document.entities().map(|e| (e.text(), e.score())).collect::<Vec<_>>(), [("Dapur Mak Itam", 1.0)]);
/// # Ok::<(), tutur::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct EntityRules {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    /// What each rule says, in the order of the rules.
    facts: Vec<Facts>,
    exact: names::Trie,
    folded: names::Trie,
    /// Token patterns with their rules.
    patterns: Vec<(pattern::Compiled, u32)>,
    /// Patterns by the words, in lower case, that they can begin with.
    by_word: HashMap<String, Vec<u32>>,
    /// Patterns that may begin with any word.
    anywhere: Vec<u32>,
    regexes: Vec<RegexRule>,
    labels: Vec<(String, EntityKind)>,
}

#[derive(Clone, Copy, Debug)]
struct Facts {
    verdict: Verdict,
    mode: Mode,
    priority: i32,
}

#[derive(Debug)]
struct RegexRule {
    regex: regex::Regex,
    /// The group that is the entity.
    group: Option<usize>,
    rule: u32,
}

impl EntityRules {
    /// A builder, to add rules from code and from files.
    pub fn builder() -> EntityRulesBuilder {
        EntityRulesBuilder::default()
    }

    /// Reads a file by its name: `.tsv` or `.jsonl`.
    ///
    /// # Errors
    ///
    /// As [`EntityRulesBuilder::file`] and [`EntityRulesBuilder::build`].
    pub fn from_file(path: impl AsRef<Path>) -> Result<EntityRules> {
        EntityRules::builder().file(path)?.build()
    }

    /// Reads rows of TSV: see [the module](self#files).
    ///
    /// # Errors
    ///
    /// As [`EntityRulesBuilder::tsv`] and [`EntityRulesBuilder::build`].
    pub fn from_tsv(reader: impl BufRead) -> Result<EntityRules> {
        EntityRules::builder().tsv(reader)?.build()
    }

    /// Reads a JSON object a line: see [the module](self#files).
    ///
    /// # Errors
    ///
    /// As [`EntityRulesBuilder::jsonl`] and [`EntityRulesBuilder::build`].
    #[cfg(feature = "serde")]
    pub fn from_jsonl(reader: impl BufRead) -> Result<EntityRules> {
        EntityRules::builder().jsonl(reader)?.build()
    }

    /// The number of rules.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inner.facts.len()
    }

    /// Whether there is no rule.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inner.facts.is_empty()
    }

    /// The name of `kind`: the label declared for it last, or [`EntityKind::label`].
    #[must_use]
    pub fn label(&self, kind: EntityKind) -> &str {
        self.inner.labels.iter().rev().find(|l| l.1 == kind).map_or(kind.label(), |l| &l.0)
    }

    /// Whether a pattern looks at stems, so that the pipeline must have a stemmer.
    pub(crate) fn needs_stems(&self) -> bool {
        self.inner.patterns.iter().any(|p| p.0.needs_stems())
    }
}

/// A regular expression of a user, of a size that cannot exhaust memory.
fn compile_regex(regex: &str, ignore_case: bool) -> Result<regex::Regex> {
    const LARGEST: usize = 1 << 20;
    let built = regex::RegexBuilder::new(regex).case_insensitive(ignore_case).size_limit(LARGEST).build();
    built.map_err(|e| {
        let message = e.to_string();
        let why = message.lines().last().unwrap_or_default().trim_start_matches("error: ");
        Error::new(ErrorKind::Config, format!("expected a regular expression, found {regex:?}: {why}"))
            .with_source(e)
    })
}
