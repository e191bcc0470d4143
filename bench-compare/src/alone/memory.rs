//! Memory of the pipeline over a stream.

use std::path::Path;

use anyhow::Result;

use super::{child, row};
use crate::measure::Plan;
use crate::record::Group;

/// Megabytes of documents in a stream: what the second needs more than the first grows with the stream.
const STREAMS: [&str; 2] = ["2", "16"];

pub fn group(plan: &Plan, path: Option<&Path>) -> Result<Group> {
    let most = |work: &str, megabytes: &str| -> Result<f64> {
        let bytes: f64 = child::ask(&["memory", work, megabytes], path)?.parse()?;
        Ok(bytes / f64::from(1 << 20))
    };
    let (mut empty, mut streams) = (Vec::new(), STREAMS.map(|_| Vec::new()));
    for _ in 0..plan.rounds.min(3) {
        empty.push(most("none", "0")?);
        for (megabytes, values) in STREAMS.iter().zip(&mut streams) {
            values.push(most("stream", megabytes)?);
        }
    }
    let mut rows =
        vec![row("a process that loads the documents", "what this program needs itself", &empty, 0)];
    for (megabytes, values) in STREAMS.iter().zip(&streams) {
        rows.push(row(format!("the pipeline over {megabytes} MB of documents"), "one thread", values, 0));
    }
    let note =
        "The most memory that the process held (VmHWM), with the pages of the embedded data that it touched.";
    Ok(super::group("memory", "Memory", note, "MiB", "", rows))
}
