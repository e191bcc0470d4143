//! What a run writes and the report and the plot read.

use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
pub struct Record {
    pub date: String,
    /// As it was called.
    pub command: String,
    pub machine: Machine,
    pub text: TextFacts,
    pub rounds: usize,
    pub groups: Vec<Group>,
    /// Rivals that were asked for and could not be measured.
    pub missing: Vec<Missing>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Machine {
    pub cpu: String,
    pub cores: usize,
    pub system: String,
    pub rustc: String,
    /// Runnable processes, a mean over the minute before the run and over its last: how quiet the machine was.
    pub load_before: String,
    pub load_after: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct TextFacts {
    pub name: String,
    pub documents: usize,
    pub bytes: usize,
    /// By tutur's count.
    pub tokens: u64,
    pub distinct_words: usize,
}

/// Rows that are compared with each other.
#[derive(Debug, Serialize, Deserialize)]
pub struct Group {
    pub id: String,
    pub title: String,
    /// What is measured and how; what is not fair about it.
    pub note: String,
    /// Of `Row::rate`.
    pub unit: String,
    pub better: Better,
    /// What `Row::count` counts.
    pub counted: String,
    pub rows: Vec<Row>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Better {
    Higher,
    Lower,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Row {
    pub name: String,
    /// Of the crate or the Python package.
    pub version: Option<String>,
    /// A row of tutur.
    pub ours: bool,
    pub note: String,
    pub rate: Spread,
    /// How many times this rate the first row of tutur has, round by round.
    pub times: Option<Spread>,
    /// What a pass found.
    pub count: u64,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Missing {
    pub name: String,
    pub reason: String,
}

/// Of the rounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    pub median: f64,
    pub min: f64,
    pub max: f64,
}

impl Spread {
    /// Of at least one value.
    pub fn of(values: &[f64]) -> Spread {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (low, high) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
        Spread { median: f64::midpoint(low, high), min: sorted[0], max: sorted[sorted.len() - 1] }
    }
}

#[cfg(test)]
mod tests {
    use super::Spread;

    #[test]
    fn the_median_of_odd_and_even_numbers() {
        assert_eq!(Spread::of(&[3.0, 1.0, 2.0]), Spread { median: 2.0, min: 1.0, max: 3.0 });
        assert_eq!(Spread::of(&[4.0, 1.0, 2.0, 3.0]).median, 2.5);
        assert_eq!(Spread::of(&[7.0]).median, 7.0);
    }
}
