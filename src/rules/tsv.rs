//! A rule as a row of columns.

use super::rule::{Mode, Rule, Verdict};
use crate::error::{Error, ErrorKind, Result};

/// Reads `what<TAB>label<TAB>pattern`, and options behind.
pub(super) fn read(row: &str, verdict: &dyn Fn(&str) -> Result<Verdict>) -> Result<Rule> {
    let wrong = |message: String| Err(Error::new(ErrorKind::Format, message));
    let mut columns = row.split('\t').map(str::trim);
    let (Some(what), Some(label), Some(pattern)) = (columns.next(), columns.next(), columns.next()) else {
        return wrong(format!("expected name, tokens or regex, a label and what to find, found {row:?}"));
    };
    let mut rule = match what {
        "name" => Rule::name(pattern, verdict(label)?),
        "tokens" => Rule::tokens(pattern.parse()?, verdict(label)?),
        "regex" => Rule::regex(pattern, verdict(label)?),
        _ => return wrong(format!("expected name, tokens or regex, found {what:?}")),
    };
    for option in columns {
        rule = match option.split_once('=') {
            None if option.is_empty() => rule,
            None if option == "win" => rule.mode(Mode::Win),
            None if option == "advise" => rule.mode(Mode::Advise),
            None if option == "ignore_case" => rule.ignore_case(),
            Some(("priority", number)) => match number.parse() {
                Ok(number) => rule.priority(number),
                Err(_) => return wrong(format!("expected a whole number as priority, found {number:?}")),
            },
            _ => return wrong(format!("expected win, advise, ignore_case or priority=N, found {option:?}")),
        };
    }
    Ok(rule)
}
