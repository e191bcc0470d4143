//! A rule as a JSON object: our own keys, and those of spaCy's `EntityRuler` that mean the same.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use serde_json::{Map, Value};

use super::pattern::TokenPattern;
use super::rule::{Mode, Rule, Verdict};
use super::syntax::{quantity, test};
use super::test::TokenTest;
use crate::error::{Error, ErrorKind, Result};

fn wrong(expected: &str, found: &Value) -> Error {
    Error::new(ErrorKind::Format, format!("expected {expected}, found {found}"))
}

pub(super) fn read(line: &str, verdict: &dyn Fn(&str) -> Result<Verdict>) -> Result<Rule> {
    let fields: Map<String, Value> = serde_json::from_str(line).map_err(|e| {
        let message = format!("expected a JSON object, found another thing at column {}", e.column());
        Error::new(ErrorKind::Format, message).with_source(e)
    })?;
    let (mut label, mut what, mut number) = (None, None, 0);
    let (mut mode, mut ignore_case) = (Mode::Win, false);
    for (key, value) in &fields {
        match key.as_str() {
            "label" => label = Some(verdict(text(value, "a label")?)?),
            "name" | "tokens" | "regex" | "pattern" if what.is_none() => what = Some((key.as_str(), value)),
            "name" | "tokens" | "regex" | "pattern" => {
                return Err(wrong("one of name, tokens, regex and pattern", &Value::from(key.as_str())));
            }
            "mode" => {
                mode = match text(value, "win or advise")? {
                    "win" => Mode::Win,
                    "advise" => Mode::Advise,
                    _ => return Err(wrong("win or advise", value)),
                };
            }
            "priority" => {
                number = value
                    .as_i64()
                    .and_then(|n| i32::try_from(n).ok())
                    .ok_or_else(|| wrong("a whole number as priority", value))?;
            }
            "ignore_case" => ignore_case = flag(value)?,
            "id" => {}
            _ => {
                let keys = "label, name, tokens, regex, pattern, mode, priority or ignore_case";
                return Err(wrong(keys, &Value::from(key.as_str())));
            }
        }
    }
    let missing = |key: &str| Error::new(ErrorKind::Format, format!("expected {key}, found none"));
    let label = label.ok_or_else(|| missing("a label"))?;
    let mut rule = match what.ok_or_else(|| missing("name, tokens or regex"))? {
        ("regex", value) => Rule::regex(text(value, "a regular expression")?, label),
        ("tokens" | "pattern", Value::Array(list)) => Rule::tokens(pattern(list)?, label),
        ("tokens", value) => Rule::tokens(text(value, "a pattern of tokens")?.parse()?, label),
        (_, value) => Rule::name(text(value, "a name")?, label),
    };
    if ignore_case {
        rule = rule.ignore_case();
    }
    Ok(rule.mode(mode).priority(number))
}

fn text<'v>(value: &'v Value, expected: &str) -> Result<&'v str> {
    value.as_str().ok_or_else(|| wrong(expected, value))
}

fn flag(value: &Value) -> Result<bool> {
    value.as_bool().ok_or_else(|| wrong("true or false", value))
}

/// One object a token. Without a token marked as context, all are the entity.
fn pattern(list: &[Value]) -> Result<TokenPattern> {
    list.iter().try_fold(TokenPattern::new(), |pattern, value| {
        let fields = value.as_object().ok_or_else(|| wrong("an object for each token", value))?;
        let mut token = tests(fields.iter().filter(|(key, _)| !is(key, "op") && !is(key, "context")))?;
        if let Some(value) = field(fields, "op") {
            token = match text(value, "an op like + or ?")? {
                "1" => token,
                op => token.repeated(quantity(op)?.clone()),
            };
        }
        let context = field(fields, "context").map_or(Ok(false), flag)?;
        Ok(if context { pattern.context(token) } else { pattern.token(token) })
    })
}

fn is(key: &str, wanted: &str) -> bool {
    key.eq_ignore_ascii_case(wanted)
}

fn field<'v>(fields: &'v Map<String, Value>, wanted: &str) -> Option<&'v Value> {
    fields.iter().find(|(key, _)| is(key, wanted)).map(|(_, value)| value)
}

/// All of the tests together.
fn tests<'v>(fields: impl Iterator<Item = (&'v String, &'v Value)>) -> Result<TokenTest> {
    fields.into_iter().try_fold(TokenTest::any(), |all, (key, value)| Ok(all.and(one(key, value)?)))
}

fn one(key: &str, value: &Value) -> Result<TokenTest> {
    let key = key.to_ascii_lowercase();
    let key = match key.as_str() {
        "orth" => "text",
        "lemma" => "stem",
        "is_title" => "capital",
        "is_upper" => "upper",
        key => key,
    };
    match (key, value) {
        ("not", Value::Object(fields)) => Ok(!tests(fields.iter())?),
        (_, Value::Object(fields)) => fields.iter().try_fold(TokenTest::any(), |all, (operator, value)| {
            let test = match operator.as_str() {
                "IN" => test(key, &texts(value)?)?,
                "NOT_IN" => !test(key, &texts(value)?)?,
                "REGEX" if key == "text" => test("regex", &texts(value)?)?,
                _ => return Err(wrong("IN, NOT_IN or, for text, REGEX", &Value::from(operator.as_str()))),
            };
            Ok(all.and(test))
        }),
        ("capital" | "upper", value) => {
            let test = test(key, &[])?;
            Ok(if flag(value)? { test } else { !test })
        }
        _ => test(key, &texts(value)?),
    }
}

/// A text or a list of texts.
fn texts(value: &Value) -> Result<Vec<String>> {
    let list = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    list.iter().map(|v| text(v, "a text or a list of texts").map(str::to_owned)).collect()
}
