//! `cargo xtask torture`: what the internet, a bad disk and an impatient operator do to a library, done to this one.

mod damage;
mod hostile;
#[path = "../../../tests/hostile/inputs.rs"]
mod inputs;
mod kills;
mod mutate;
mod samples;
mod threads;

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use peak_alloc::PeakAlloc;

/// Counts what is held and the most that was held at once; a request that grows a block counts old and new together.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// A row of the table: what was tried, how often, and what went wrong (the first findings).
struct Tried {
    what: String,
    times: usize,
    answer: String,
    failures: Vec<String>,
}

/// How much there is to do.
#[derive(Clone, Copy)]
struct Effort {
    /// None in the short form.
    minutes: Option<u64>,
    seed: u64,
}

impl Effort {
    /// Until when a part goes on that may take `share` of the time; at once over in the short form.
    fn until(self, share: f64) -> Instant {
        let seconds = self.minutes.unwrap_or_default().saturating_mul(60) as f64 * share;
        Instant::now() + Duration::from_secs_f64(seconds)
    }

    /// One number in the short form, another in the long one.
    fn choose(self, short: usize, long: usize) -> usize {
        if self.minutes.is_some() { long } else { short }
    }
}

type Part = fn(&Path, Effort) -> Result<Vec<Tried>>;

/// Runs all parts and prints the table.
///
/// # Errors
///
/// Where something did not survive.
pub(crate) fn run(root: &Path, minutes: u64, seed: u64) -> Result<()> {
    let effort = Effort { minutes: (minutes > 0).then_some(minutes), seed };
    let mut table = Vec::new();
    let parts: [(&str, Part); 4] = [
        ("hostile texts", hostile::run),
        ("damaged data", damage::run),
        ("threads", threads::run),
        ("kills and faults", kills::run),
    ];
    for (name, part) in parts {
        let begun = Instant::now();
        println!("== {name}");
        table.extend(part(root, effort)?);
        println!("   {:.0} s\n", begun.elapsed().as_secs_f64());
    }
    println!("| tried | times | answer | failed |\n|---|---|---|---|");
    for row in &table {
        println!("| {} | {} | {} | {} |", row.what, row.times, row.answer, row.failures.len());
    }
    let failures: Vec<&String> = table.iter().flat_map(|row| &row.failures).collect();
    failures.iter().take(50).for_each(|failure| println!("FAILED {failure}"));
    anyhow::ensure!(failures.is_empty(), "{} things did not survive; seed {seed}", failures.len());
    Ok(())
}

/// Writes the binary samples where the fuzz targets begin with them.
pub(crate) fn write_seeds(root: &Path) -> Result<()> {
    for sample in samples::all()? {
        let target = match sample.name {
            "lexicon" => "lexicon_bytes",
            "model" => "model_bytes",
            "JSON document" => "jsonl",
            _ => continue,
        };
        let file = root.join("fuzz/seeds").join(target).join("sample");
        std::fs::write(&file, &sample.good).with_context(|| format!("writing {}", file.display()))?;
        println!("{}: {} bytes", file.display(), sample.good.len());
    }
    Ok(())
}

/// Reproducible numbers (splitmix64): a finding is found again with its seed.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// A number below `bound`, which is not 0.
    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

/// The texts of our own corpus, one after the other, as ordinary text.
fn news(root: &Path) -> Result<Vec<String>> {
    let pieces = crate::corpus::read(&root.join("data/corpus"))?;
    Ok(pieces.into_iter().map(|piece| piece.text).collect())
}
