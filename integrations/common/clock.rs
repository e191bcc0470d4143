//! Time for measurements on machines that others use too.
#![allow(dead_code)] // each binary uses its part

use std::time::{Duration, Instant};

/// What some work took.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    pub wall: Duration,
    /// Of all threads, in steps of 10 ms; the wall time where the system does not tell.
    pub cpu: Duration,
}

pub fn time(work: impl FnOnce()) -> Taken {
    let (start, cpu) = (Instant::now(), cpu());
    work();
    let wall = start.elapsed();
    Taken { wall, cpu: cpu.and_then(|before| Some(self::cpu()? - before)).unwrap_or(wall) }
}

/// Time that this process has had on a core, as Linux tells it.
fn cpu() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Fields 14 and 15, in hundredths of a second; the second field ends with the last bracket.
    let ticks = stat.rsplit_once(')')?.1.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    Some(Duration::from_millis(10 * ticks.sum::<Result<u64, _>>().ok()?))
}

pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
