//! The public API as a list, a line an item: what a change does to users is seen in its difference.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Where the list stands.
const LIST: &str = "docs/public-api.txt";

/// Writes the list, or with `check` fails where the committed one is another.
///
/// The list is read from what a nightly rustdoc says of the crate. Without a nightly, or with one whose format this program
/// does not read, a check says so and passes: the list cannot be made there.
pub(crate) fn run(root: &Path, check: bool) -> Result<()> {
    let target = root.join("target/public-api");
    let built = Command::new("cargo")
        .args(["+nightly", "rustdoc", "--lib", "--all-features", "--quiet", "--target-dir"])
        .arg(&target)
        .args(["--", "-Z", "unstable-options", "--output-format", "json", "--cap-lints", "allow"])
        .current_dir(root)
        .output()
        .context("running cargo")?;
    let listed = if built.status.success() {
        public_api::Builder::from_rustdoc_json(target.join("doc/tutur.json"))
            .omit_blanket_impls(true)
            .omit_auto_trait_impls(true)
            .omit_auto_derived_impls(true)
            .build()
            .map_err(|e| e.to_string())
    } else {
        Err(String::from_utf8_lossy(&built.stderr).trim().to_owned())
    };
    let list: String = match listed {
        Ok(api) => api
            .items()
            .map(|item| format!("{item}\n"))
            .filter(|line| !line.contains(" tutur::guide"))
            .collect(),
        Err(reason) if check => {
            println!("skipped: the public API cannot be listed here: {reason}");
            return Ok(());
        }
        Err(reason) => anyhow::bail!("the public API cannot be listed here: {reason}"),
    };
    let file = root.join(LIST);
    if !check {
        return std::fs::write(&file, &list).with_context(|| format!("writing {}", file.display()));
    }
    let committed = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let missing = |from: &str, lines: &str, sign: char| {
        let other: std::collections::HashSet<&str> = from.lines().collect();
        lines.lines().filter(|l| !other.contains(l)).map(|l| format!("{sign} {l}\n")).collect::<String>()
    };
    let difference = missing(&list, &committed, '-') + &missing(&committed, &list, '+');
    ensure!(
        difference.is_empty(),
        "{LIST} is not the API: cargo xtask public-api, and a line in CHANGELOG.md\n{difference}"
    );
    println!("{LIST}: {} items, as the crate has them", list.lines().count());
    Ok(())
}
