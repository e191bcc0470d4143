//! Time to the first result in a new process.

use std::time::Instant;

use anyhow::Result;

use super::{child, row};
use crate::measure::Plan;
use crate::record::Group;

/// Processes of each kind a round: one alone is noise.
const STARTS: usize = 10;

pub fn group(plan: &Plan) -> Result<Group> {
    let (mut empty, mut first, mut inside) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..plan.rounds * STARTS {
        let start = Instant::now();
        child::ask(&["nothing"], None)?;
        empty.push(start.elapsed().as_secs_f64() * 1e3);
        let start = Instant::now();
        let seconds: f64 = child::ask(&["first-result"], None)?.parse()?;
        first.push(start.elapsed().as_secs_f64() * 1e3);
        inside.push(seconds * 1e3);
    }
    let rows = vec![
        row("a process that does nothing", "start and end", &empty, 0),
        row("a process that finds the names of a sentence", "start and end", &first, 3),
        row("of that, from `main` to the names", "measured inside", &inside, 3),
    ];
    let note = "A new process each time, time on the wall: nothing is warm but the file in the system's cache. This \
                program holds all rivals too, which makes an empty process dearer than a small program's.";
    Ok(super::group("start", "Time to the first result", note, "ms", "names", rows))
}
