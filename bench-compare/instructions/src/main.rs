//! Instructions a token of every stage of tutur, counted by callgrind and held against `baseline.tsv`. Time is noise on
//! a shared machine; instructions repeat to a thousandth.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use baseline::{Baseline, Conditions};
use clap::Parser;
use stage::Stage;

mod baseline;
mod callgrind;
mod stage;
mod text;

/// Counts the instructions of every stage and prints them beside the baseline.
#[derive(Debug, Parser)]
struct Arguments {
    /// Fail where a stage takes 3 % more than the baseline
    #[arg(long, conflicts_with = "bless")]
    check: bool,
    /// Make what is counted now the baseline
    #[arg(long)]
    bless: bool,
    /// Used inside: runs the stage and prints how many units it did
    #[arg(long, hide = true)]
    stage: Option<Stage>,
}

/// More of the baseline than this is a regression: 3 %.
const LIMIT: f64 = 1.03;

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    if let Some(stage) = arguments.stage {
        println!("{}", stage.run()?);
        return Ok(());
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("baseline.tsv");
    let now = count()?;
    if arguments.bless {
        now.write(&file)?;
        println!("{}wrote {}", now.table(None), file.display());
        return Ok(());
    }
    let before = if file.exists() { Some(Baseline::read(&file)?) } else { None };
    print!("{}", now.table(before.as_ref()));
    if arguments.check { check(&now, before, &file) } else { Ok(()) }
}

fn count() -> Result<Baseline> {
    let conditions = Conditions::here()?;
    let mut counts = Vec::new();
    for stage in Stage::ALL {
        let (instructions, units) =
            callgrind::count(stage).with_context(|| format!("the stage {}", stage.name()))?;
        counts.push((stage.name().to_owned(), stage.unit().to_owned(), instructions as f64 / units as f64));
    }
    Ok(Baseline { conditions, counts })
}

fn check(now: &Baseline, before: Option<Baseline>, file: &Path) -> Result<()> {
    let renew = "cargo run --release --manifest-path bench-compare/Cargo.toml -p instructions -- --bless";
    let Some(before) = before else { bail!("there is no {}: {renew}", file.display()) };
    ensure!(
        now.conditions.comparable(&before.conditions),
        "the baseline cannot be compared: it is of {}, this is {}. Renew it where it was made: {renew}",
        before.conditions,
        now.conditions,
    );
    let names = |b: &Baseline| b.counts.iter().map(|c| c.0.clone()).collect::<Vec<_>>();
    ensure!(names(now) == names(&before), "the baseline has other stages: {renew}");
    let ratios = now.counts.iter().zip(&before.counts).map(|(now, before)| (&now.0, now.2 / before.2));
    let (more, less): (Vec<_>, Vec<_>) =
        ratios.filter(|(_, r)| *r > LIMIT || *r < 1.0 / LIMIT).partition(|(_, r)| *r > 1.0);
    let list = |found: &[(&String, f64)]| {
        let told = found.iter().map(|(name, ratio)| format!("{name} {:+.1} %", (ratio - 1.0) * 100.0));
        told.collect::<Vec<_>>().join(", ")
    };
    if !less.is_empty() {
        println!("fewer instructions than the baseline: {}; to keep the gain: {renew}", list(&less));
    }
    if more.is_empty() {
        return Ok(());
    }
    let compiler = if now.conditions.rustc == before.conditions.rustc {
        String::new()
    } else {
        format!(" (the compiler is another: {} then, {} now)", before.conditions.rustc, now.conditions.rustc)
    };
    bail!(
        "more than 3 % more instructions than the baseline: {}{compiler}. Find out why; where it is worth it, say so \
         in CHANGELOG.md and renew the baseline: {renew}",
        list(&more),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(count: f64) -> Baseline {
        let conditions = Conditions { rustc: "r".into(), machine: "m".into(), text: "t".into() };
        Baseline { conditions, counts: vec![("tokens".into(), "token".into(), count)] }
    }

    #[test]
    fn three_percent_more_fail_and_less_do_not() {
        let file = Path::new("baseline.tsv");
        assert!(check(&of(102.9), Some(of(100.0)), file).is_ok());
        assert!(check(&of(50.0), Some(of(100.0)), file).is_ok());
        let told = check(&of(104.0), Some(of(100.0)), file).unwrap_err().to_string();
        assert!(
            told.contains("tokens +4.0 %") && told.contains("--bless") && told.contains("CHANGELOG"),
            "{told}"
        );
        assert!(check(&of(100.0), None, file).is_err());
        let mut other = of(100.0);
        other.conditions.text = "another".into();
        assert!(check(&of(100.0), Some(other), file).is_err());
    }
}
