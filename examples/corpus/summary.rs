//! What is counted, and what the user sees of it: progress and the table at the end.

use std::fmt::Write;
use std::io::IsTerminal;
use std::ops::AddAssign;
use std::time::Duration;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::{Deserialize, Serialize};

/// Sums over the documents written so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Counts {
    pub(crate) documents: u64,
    /// Of text.
    pub(crate) bytes: u64,
    pub(crate) tokens: u64,
    pub(crate) sentences: u64,
    pub(crate) people: u64,
    pub(crate) organizations: u64,
    pub(crate) places: u64,
    /// Records that failed.
    pub(crate) errors: u64,
}

impl AddAssign<&Counts> for Counts {
    fn add_assign(&mut self, other: &Counts) {
        self.documents += other.documents;
        self.bytes += other.bytes;
        self.tokens += other.tokens;
        self.sentences += other.sentences;
        self.people += other.people;
        self.organizations += other.organizations;
        self.places += other.places;
        self.errors += other.errors;
    }
}

/// The table at the end. Rates are those of this run, which began with `before`; `ignored` files are no input.
pub(crate) fn table(counts: &Counts, before: &Counts, ignored: u64, time: Duration) -> String {
    let seconds = time.as_secs_f64().max(1e-9);
    let rate = |all: u64, old: u64| format!("{:.0}/s", all.saturating_sub(old) as f64 / seconds);
    let mut table = String::new();
    let mut row = |name: &str, count: u64, note: &str| {
        let _ = writeln!(table, "{name:<15}{:>15}  {note}", grouped(count));
    };
    row("documents", counts.documents, &rate(counts.documents, before.documents));
    row("tokens", counts.tokens, &rate(counts.tokens, before.tokens));
    row("sentences", counts.sentences, "");
    row("PER", counts.people, "");
    row("ORG", counts.organizations, "");
    row("LOC", counts.places, "");
    row("bytes of text", counts.bytes, &rate(counts.bytes, before.bytes));
    row("errors", counts.errors, "");
    if ignored > 0 {
        row("ignored", ignored, "files with other extensions");
    }
    let resumed = if before.documents > 0 { "  of this run; rates too" } else { "" };
    let _ = writeln!(table, "{:<15}{:>14.1}s{resumed}", "time", time.as_secs_f64());
    // Rows without a note end in spaces.
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// 1234567 as `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let parts: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|part| std::str::from_utf8(part).unwrap_or_default())
        .collect();
    parts.join(",")
}

/// A bar over the bytes of the files, or a spinner where their size is unknown. Hidden where nobody looks.
pub(crate) fn bar(bytes: u64, done: u64) -> Result<ProgressBar> {
    let (bar, template) = match bytes {
        0 => (ProgressBar::new_spinner(), "{spinner} {msg}, {elapsed}"),
        _ => (ProgressBar::new(bytes), "{wide_bar} {percent}%  {bytes}/{total_bytes}  {msg}  ETA {eta}"),
    };
    bar.set_style(ProgressStyle::with_template(template)?);
    if !std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    bar.set_position(done);
    bar.reset_eta();
    Ok(bar)
}

/// What the bar says beside itself.
pub(crate) fn progress(counts: &Counts, before: &Counts, time: Duration) -> String {
    let rate = (counts.documents - before.documents) as f64 / time.as_secs_f64().max(1e-9);
    let errors =
        if counts.errors > 0 { format!(", {} errors", grouped(counts.errors)) } else { String::new() };
    format!("{} documents, {rate:.0}/s{errors}", grouped(counts.documents))
}
