//! Runs a stage of this program under callgrind.

use std::fs;
use std::io::ErrorKind;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::stage::Stage;

/// Instructions of `stage`'s counted pass, and how many units it did.
pub fn count(stage: Stage) -> Result<(u64, u64)> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("callgrind.out");
    let run = Command::new("valgrind")
        .args(["--quiet", "--tool=callgrind", "--toggle-collect=*counted_by_callgrind*"])
        .arg(format!("--callgrind-out-file={}", file.display()))
        .arg(std::env::current_exe()?)
        .args(["--stage", stage.name()])
        .output();
    let output = match run {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("valgrind is not installed; Debian's package is called valgrind")
        }
        run => run.context("valgrind")?,
    };
    ensure!(output.status.success(), "valgrind: {}", String::from_utf8_lossy(&output.stderr));
    let units: u64 = String::from_utf8(output.stdout)?.trim().parse().context("units of the stage")?;
    let told = fs::read_to_string(&file).context("what callgrind writes")?;
    let instructions = told.lines().find_map(|l| l.strip_prefix("summary: "));
    let instructions: u64 = instructions.context("callgrind's summary")?.trim().parse()?;
    ensure!(units > 0 && instructions > units, "{instructions} instructions for {units} units");
    Ok((instructions, units))
}
