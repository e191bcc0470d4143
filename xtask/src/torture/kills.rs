//! Kills, full disks and closed pipes: the tests of the `corpus` example, with more kills and at other moments.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::{Effort, Tried};

pub(super) fn run(root: &Path, effort: Effort) -> Result<Vec<Tried>> {
    let cargo = |args: &[&str]| {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        command.current_dir(root).args(args);
        command
    };
    let built = cargo(&["build", "--quiet", "--example", "corpus"]).status().context("starting cargo")?;
    anyhow::ensure!(built.success(), "the example does not build");
    // About two seconds a kill.
    let kills = effort.minutes.map_or(5, |minutes| (minutes * 60 / 4 / 2).max(20));
    let mut table = Vec::new();
    let mutations = effort.choose(1_000, 10_000);
    for (test, what) in [
        ("corpus_kill", "kill -9 of a running corpus"),
        ("corpus_faults", "faults of disk and pipe"),
        ("corpus_checkpoint", "damaged checkpoint, output and errors of a run that is resumed"),
    ] {
        let output = cargo(&["test", "--quiet", "--test", test, "--", "--nocapture"])
            .env("CORPUS_KILLS", kills.to_string())
            .env("CORPUS_MUTATIONS", mutations.to_string())
            .env("CORPUS_SEED", effort.seed.to_string())
            .output()
            .context("starting cargo")?;
        let told = String::from_utf8_lossy(&output.stdout);
        let line = |wanted: &str| told.lines().find(|line| line.contains(wanted)).unwrap_or_default().trim();
        let counted = if test == "corpus_checkpoint" { " refused, " } else { "kills, " };
        let (found, skipped) = (line(counted), line("skipped: "));
        let tests = line("test result: ").split(' ').nth(3).and_then(|n| n.parse().ok()).unwrap_or(0);
        let mut failures = Vec::new();
        if !output.status.success() {
            failures.push(format!("{test}:\n{told}{}", String::from_utf8_lossy(&output.stderr)));
        } else if !skipped.is_empty() && test != "corpus_faults" {
            failures.push(format!("{test}: {skipped}"));
        }
        let times = match test {
            "corpus_kill" => kills as usize,
            "corpus_checkpoint" => mutations,
            _ => tests,
        };
        let answer = [found, skipped].into_iter().find(|s| !s.is_empty()).unwrap_or("as the tests promise");
        println!("   {test}: {answer}");
        table.push(Tried { what: what.to_owned(), times, answer: answer.to_owned(), failures });
    }
    Ok(table)
}
