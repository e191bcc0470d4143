//! The committed counts, and under which conditions they hold.

use std::fmt::{self, Write};
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::text;

/// Stage, unit, instructions a unit.
type Count = (String, String, f64);

#[derive(Debug, PartialEq)]
pub struct Baseline {
    pub conditions: Conditions,
    pub counts: Vec<Count>,
}

/// What instructions depend on beside the code.
#[derive(Debug, PartialEq)]
pub struct Conditions {
    pub rustc: String,
    /// Architecture and the vector instructions that programs find. Valgrind shows one and the same processor wherever
    /// AVX2 is there, so that nothing else about the machine matters.
    pub machine: String,
    pub text: String,
}

impl Conditions {
    /// Of this run.
    pub fn here() -> Result<Conditions> {
        let output = Command::new("rustc").arg("--version").output().context("rustc")?;
        ensure!(output.status.success(), "rustc --version failed");
        let rustc = String::from_utf8(output.stdout)?.trim().to_owned();
        Ok(Conditions { rustc, machine: machine().to_owned(), text: text::describe()? })
    }

    /// Whether counts may be held against each other. Another compiler may: what it makes worse should be seen.
    pub fn comparable(&self, other: &Conditions) -> bool {
        self.machine == other.machine && self.text == other.text
    }
}

impl fmt::Display for Conditions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}; {}", self.rustc, self.machine, self.text)
    }
}

#[cfg(target_arch = "x86_64")]
fn machine() -> &'static str {
    if std::is_x86_feature_detected!("avx2") { "x86_64 with AVX2" } else { "x86_64 without AVX2" }
}

#[cfg(not(target_arch = "x86_64"))]
fn machine() -> &'static str {
    std::env::consts::ARCH
}

const HEADS: [&str; 3] = ["rustc", "machine", "text"];

impl Baseline {
    pub fn read(file: &Path) -> Result<Baseline> {
        let table = fs::read_to_string(file).with_context(|| file.display().to_string())?;
        Baseline::parse(&table).with_context(|| file.display().to_string())
    }

    pub fn write(&self, file: &Path) -> Result<()> {
        fs::write(file, self.to_tsv()).with_context(|| file.display().to_string())
    }

    fn parse(table: &str) -> Result<Baseline> {
        let mut lines = table.lines();
        let mut head = |name: &str| -> Result<String> {
            let line = lines.next().with_context(|| format!("no line for {name}"))?;
            let value = line.strip_prefix("# ").and_then(|l| l.strip_prefix(name)?.strip_prefix(": "));
            Ok(value.with_context(|| format!("{line}: no {name}"))?.to_owned())
        };
        let [rustc, machine, text] = HEADS;
        let conditions = Conditions { rustc: head(rustc)?, machine: head(machine)?, text: head(text)? };
        let count = |line: &str| -> Result<Count> {
            let columns: Vec<&str> = line.split('\t').collect();
            let [stage, unit, count] = columns[..] else { anyhow::bail!("{line}: three columns") };
            Ok((stage.to_owned(), unit.to_owned(), count.parse()?))
        };
        let counts = lines.skip(1).map(count).collect::<Result<_>>()?;
        Ok(Baseline { conditions, counts })
    }

    fn to_tsv(&self) -> String {
        let Conditions { rustc, machine, text } = &self.conditions;
        let mut table = String::new();
        for (head, value) in HEADS.iter().zip([rustc, machine, text]) {
            table.push_str(&format!("# {head}: {value}\n"));
        }
        table.push_str("stage\tunit\tinstructions\n");
        for (stage, unit, count) in &self.counts {
            table.push_str(&format!("{stage}\t{unit}\t{count:.1}\n"));
        }
        table
    }

    /// For people, beside `before`.
    pub fn table(&self, before: Option<&Baseline>) -> String {
        let mut table = format!("{}\n", self.conditions);
        for (stage, unit, count) in &self.counts {
            let old = before.and_then(|b| b.counts.iter().find(|c| c.0 == *stage)).map(|c| c.2);
            let old = old.map_or_else(String::new, |old| {
                format!("   baseline {old:>8.1}   {:+.1} %", (count / old - 1.0) * 100.0)
            });
            let _ = writeln!(table, "{stage:<16}{count:>9.1} instructions a {unit:<6}{old}");
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let conditions = Conditions { rustc: "rustc 1".into(), machine: "m".into(), text: "t: 1".into() };
        let counts = vec![("tokens".into(), "token".into(), 61.5), ("stem".into(), "word".into(), 412.0)];
        let baseline = Baseline { conditions, counts };
        assert_eq!(Baseline::parse(&baseline.to_tsv()).unwrap(), baseline);
        assert!(Baseline::parse("# rustc: x\n").is_err());
        assert!(Baseline::parse(&baseline.to_tsv().replace("61.5", "many")).is_err());
    }
}
