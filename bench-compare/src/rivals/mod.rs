//! The rivals, by what they do. Each is used as its own documentation does where speed matters: objects are made once,
//! buffers are used again, nothing is collected that need not be.

use crate::measure::Plan;
use crate::record::Group;
use crate::text::Material;

pub mod python;
mod scan;
mod sentences;
mod stages;
mod stems;
mod tokens;

pub use stages::tokens as tokens_of;

/// All groups that run in this process.
pub fn measure(plan: &Plan, material: &Material) -> anyhow::Result<Vec<Group>> {
    Ok(vec![
        scan::group(plan, material),
        tokens::group(plan, material)?,
        sentences::group(plan, material),
        stems::distinct(plan, material),
        stems::running(plan, material),
        stages::group(plan, material)?,
    ])
}

/// Megabytes, 1,000,000 bytes each, of a pass over the documents.
fn megabytes(material: &Material) -> f64 {
    material.bytes() as f64 / 1e6
}

/// Counts `ends`, the byte offsets that a segmenter finds, and makes sure that each is really computed.
fn count(ends: impl Iterator<Item = usize>) -> u64 {
    let (count, sum) =
        ends.fold((0, 0), |(count, sum): (u64, usize), end| (count + 1, sum.wrapping_add(end)));
    std::hint::black_box(sum);
    count
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const TEXT: &str = "Menteri Pertanian membacakan keputusan itu di Bogor. Harga beras naik 5,5 persen, \
                        katanya.\n\nKapal-kapal nelayan belum kembali ke Pelabuhan Ratu. Sejak Senin ombak setinggi \
                        3 meter.\n";

    /// Every rival runs, and what it finds is what a reader would expect of it, with room for each one's ideas.
    #[test]
    fn every_rival_finds_about_what_is_there() {
        let words = ["membacakan", "keputusan", "pertanian", "kembali", "setinggi"].map(str::to_owned);
        let running = TEXT.split_whitespace().map(str::to_lowercase).collect();
        let documents = vec![TEXT.to_owned(), TEXT.to_owned()];
        let material = Material { name: "a text".to_owned(), documents, running, distinct: words.to_vec() };
        let plan =
            Plan { clock: crate::measure::Clock::Processor, rounds: 1, sample: Duration::from_millis(1) };
        let groups = measure(&plan, &material).unwrap();
        let rows: Vec<(&str, &crate::record::Row)> =
            groups.iter().flat_map(|g| g.rows.iter().map(|r| (g.id.as_str(), r))).collect();
        assert_eq!(rows.len(), 5 + 10 + 5 + 4 + 4 + 4);
        for (group, row) in rows {
            let plausible = match (group, row.name.as_str()) {
                ("scan", "memchr, line ends") => 6..=6,
                // ICU4X's bounds count the blanks between words too.
                ("scan" | "tokens", _) => 50..=140,
                // Four a document; Unicode's rules may end one at each line end too.
                ("sentences", _) => 8..=10,
                // The words have 43 letters, the stems of a perfect stemmer 26.
                ("stems-distinct", _) => 20..=45,
                ("stems-running", _) => 100..=160,
                ("stages", _) => 2..=6,
                other => panic!("{other:?}"),
            };
            assert!(plausible.contains(&row.count), "{group}, {}: {}", row.name, row.count);
            assert!(row.rate.median > 0.0 && row.times.is_some(), "{group}, {}", row.name);
        }
    }
}
