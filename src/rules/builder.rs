//! Rules from code and files, compiled.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::sync::Arc;

use super::find::units_of;
use super::names::{LONGEST_NAME, Trie, atoms};
use super::rule::{Rule, Verdict, What};
use super::{EntityRules, Facts, Inner, RegexRule, TokenPattern, compile_regex, tsv};
use crate::error::{Error, ErrorKind, Result};
use crate::ner::{EntityKind, NerModel};
use crate::tokenize::Tokenizer;

/// Collects rules for [`EntityRules`].
///
/// # Examples
///
/// ```
/// use tutur::rules::{EntityRules, Rule};
/// use tutur::{EntityKind, NerModel};
///
/// let rules = EntityRules::builder()
///     .label("PERSON", EntityKind::Person)
///     .tsv("name\tPERSON\tMbah Karto\n".as_bytes())?
///     .rule(Rule::name("Kopi Tuah", EntityKind::Organization).advise().priority(3))
///     .build()?;
/// assert_eq!(rules.len(), 2);
/// # Ok::<(), tutur::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct EntityRulesBuilder {
    rules: Vec<(Rule, Place)>,
    /// Where rules were read: a name in front of a line.
    sources: Vec<String>,
    labels: Vec<(String, EntityKind)>,
}

/// Where a rule stands, for errors.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// The rule's number, from 1.
    Code(usize),
    /// Index of the source, and the line from 1.
    Line(usize, usize),
}

impl EntityRulesBuilder {
    /// Adds a rule.
    pub fn rule(mut self, rule: Rule) -> EntityRulesBuilder {
        let number = self.rules.len() + 1;
        self.rules.push((rule, Place::Code(number)));
        self
    }

    /// Adds a name that wins, as written: see [`Rule::name`].
    pub fn name(self, name: &str, verdict: impl Into<Verdict>) -> EntityRulesBuilder {
        self.rule(Rule::name(name, verdict))
    }

    /// Adds a token pattern that wins: see [`Rule::tokens`].
    pub fn tokens(self, pattern: TokenPattern, verdict: impl Into<Verdict>) -> EntityRulesBuilder {
        self.rule(Rule::tokens(pattern, verdict))
    }

    /// Adds a regular expression that wins: see [`Rule::regex`].
    pub fn regex(self, regex: &str, verdict: impl Into<Verdict>) -> EntityRulesBuilder {
        self.rule(Rule::regex(regex, verdict))
    }

    /// Declares a label for files that are read afterwards: another name for a kind (`PERSON`), or a label of your
    /// own under [`EntityKind::Other`]. Outputs call all kinds of your own `OTHER`; [`EntityRules::label`] names
    /// them.
    pub fn label(mut self, label: &str, kind: EntityKind) -> EntityRulesBuilder {
        self.labels.push((label.to_owned(), kind));
        self
    }

    /// Declares the labels of a model of your own, so that rules and model mean the same kinds.
    pub fn labels_of(mut self, model: &NerModel) -> EntityRulesBuilder {
        for (index, label) in (0u8..).zip(model.labels()) {
            if let Some(name) = label.strip_prefix("B-").filter(|name| name.parse::<EntityKind>().is_err()) {
                self.labels.push((name.to_owned(), EntityKind::Other(index)));
            }
        }
        self
    }

    /// Adds the rules of a file, `.tsv` or `.jsonl`.
    ///
    /// # Errors
    ///
    /// As [`tsv`](Self::tsv) and `jsonl`, with the name of the file; `Io` where it cannot be opened; `Config` where
    /// its name ends otherwise.
    pub fn file(self, path: impl AsRef<Path>) -> Result<EntityRulesBuilder> {
        let (path, name) = (path.as_ref(), path.as_ref().display().to_string());
        let end = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        let read = match end.as_deref() {
            Some("tsv") => tsv::read,
            #[cfg(feature = "serde")]
            Some("jsonl") => super::jsonl::read,
            #[cfg(not(feature = "serde"))]
            Some("jsonl") => {
                return Err(Error::new(ErrorKind::Config, "JSONL needs the feature `serde`").at(name));
            }
            _ => {
                let message = "expected a file of rules that ends in .tsv or .jsonl, found another name";
                return Err(Error::new(ErrorKind::Config, message).at(name));
            }
        };
        let file = File::open(path)
            .map_err(|e| Error::new(ErrorKind::Io, e.to_string()).with_source(e).at(&name))?;
        self.read(BufReader::new(file), name, read)
    }

    /// Adds rows of TSV: see [the module](super#files).
    ///
    /// # Errors
    ///
    /// `Format` with the line where a row is none, `Io` where reading fails.
    pub fn tsv(self, reader: impl BufRead) -> Result<EntityRulesBuilder> {
        self.read(reader, String::new(), tsv::read)
    }

    /// Adds a rule for each line, a JSON object: see [the module](super#files).
    ///
    /// # Errors
    ///
    /// `Format` with the line where it holds none, `Io` where reading fails.
    #[cfg(feature = "serde")]
    pub fn jsonl(self, reader: impl BufRead) -> Result<EntityRulesBuilder> {
        self.read(reader, String::new(), super::jsonl::read)
    }

    fn read(mut self, mut reader: impl BufRead, name: String, read: Read) -> Result<EntityRulesBuilder> {
        let source = self.sources.len();
        self.sources.push(name);
        let mut bytes = Vec::new();
        for line in 1.. {
            let place = Place::Line(source, line);
            bytes.clear();
            match reader.read_until(b'\n', &mut bytes) {
                Ok(0) => break,
                Ok(_) => {}
                Err(e) => {
                    return Err(self.at(place, Error::new(ErrorKind::Io, e.to_string()).with_source(e)));
                }
            }
            let text = std::str::from_utf8(&bytes).map_err(|e| {
                let message = format!("expected UTF-8, found another byte at {}", e.valid_up_to());
                self.at(place, Error::new(ErrorKind::Format, message).with_source(e))
            })?;
            // Spreadsheets begin a file with a byte order mark.
            let text = if line == 1 { text.trim_start_matches('\u{feff}') } else { text };
            let text = text.trim_end_matches(['\n', '\r']);
            if text.trim().is_empty() || text.starts_with('#') {
                continue;
            }
            let rule = read(text, &|label| self.verdict(label)).map_err(|e| self.at(place, e))?;
            self.rules.push((rule, place));
        }
        Ok(self)
    }

    /// What a label in a file means.
    fn verdict(&self, label: &str) -> Result<Verdict> {
        if label == "NEVER" {
            return Ok(Verdict::Never);
        }
        let declared = self.labels.iter().rev().find(|l| l.0 == label).map(|l| l.1);
        declared.or_else(|| label.parse().ok()).map(Verdict::Entity).ok_or_else(|| {
            let more: String = self.labels.iter().map(|l| format!(", {}", l.0)).collect();
            let message = format!("expected the label PER, ORG, LOC{more} or NEVER, found {label:?}");
            Error::new(ErrorKind::Format, message)
        })
    }

    fn at(&self, place: Place, error: Error) -> Error {
        match place {
            Place::Code(number) => error.at(format!("rule {number}")),
            Place::Line(source, line) => match self.sources.get(source).filter(|s| !s.is_empty()) {
                Some(name) => error.at(format!("{name}:{line}")),
                None => error.at(format!("line {line}")),
            },
        }
    }

    /// The rules, compiled. 100,000 names take about a tenth of a second.
    ///
    /// # Errors
    ///
    /// `Config` where a name has no letter or is too long, a pattern or a regular expression cannot be used, or an
    /// option does not fit the rule; the message says which rule, by its line or its number.
    pub fn build(self) -> Result<EntityRules> {
        let mut inner = Inner {
            facts: Vec::with_capacity(self.rules.len()),
            exact: Trie::new(false),
            folded: Trie::new(true),
            patterns: Vec::new(),
            by_word: HashMap::new(),
            anywhere: Vec::new(),
            regexes: Vec::new(),
            labels: self.labels.clone(),
        };
        for (rule, _) in &self.rules {
            inner.facts.push(Facts { verdict: rule.verdict, mode: rule.mode, priority: rule.priority });
        }
        // The first of equal names stays in the trie: that is the one that counts.
        let mut order: Vec<_> = self.rules.iter().enumerate().collect();
        order.sort_by_key(|(_, (rule, _))| Reverse(rule.priority));
        for (index, (rule, place)) in order {
            let number = u32::try_from(index)
                .map_err(|_| Error::new(ErrorKind::TooLarge, "expected fewer than 4,294,967,296 rules"))?;
            inner.add(rule, number).map_err(|e| self.at(*place, e))?;
        }
        Ok(EntityRules { inner: Arc::new(inner) })
    }
}

/// Reads a rule from a line, given what labels mean.
type Read = fn(&str, &dyn Fn(&str) -> Result<Verdict>) -> Result<Rule>;

impl Inner {
    fn add(&mut self, rule: &Rule, number: u32) -> Result<()> {
        let wrong = |message: String| Err(Error::new(ErrorKind::Config, message));
        match &rule.what {
            What::Name(name) => {
                let tokens: Vec<_> = Tokenizer::new().tokenize(name).collect();
                let units = units_of(&tokens);
                let atoms = atoms(name, &units);
                if !name.contains(char::is_alphanumeric) {
                    return wrong(format!("expected a name, found {name:?}"));
                }
                if atoms.len() > LONGEST_NAME {
                    let found = atoms.len();
                    return wrong(format!(
                        "a name has at most {LONGEST_NAME} words and marks, found {found}"
                    ));
                }
                let trie = if rule.ignore_case { &mut self.folded } else { &mut self.exact };
                trie.insert(&atoms, number, rule.mode);
            }
            What::Tokens(pattern) => {
                if rule.ignore_case {
                    return wrong(
                        "ignore_case is for names and regular expressions; tokens say `lower`".to_owned(),
                    );
                }
                let compiled = pattern.compile()?;
                #[allow(clippy::cast_possible_truncation)] // no more patterns than rules
                let index = self.patterns.len() as u32;
                match compiled.first_words() {
                    Some(mut words) => {
                        words.sort_unstable();
                        words.dedup();
                        words.into_iter().for_each(|w| self.by_word.entry(w).or_default().push(index));
                    }
                    None => self.anywhere.push(index),
                }
                self.patterns.push((compiled, number));
            }
            What::Regex(source) => {
                let regex = compile_regex(source, rule.ignore_case)?;
                let group = regex.capture_names().position(|name| name == Some("entity"));
                self.regexes.push(RegexRule { regex, group, rule: number });
            }
        }
        Ok(())
    }
}
