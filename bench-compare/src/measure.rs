//! Time, in rounds: every case of a group once a round, in turn, so that what else the machine does falls on all alike.

use std::hint::black_box;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::record::{Better, Group, Row, Spread};

/// One way to do the work of a group.
pub struct Case<'a> {
    name: String,
    package: Option<&'static str>,
    note: String,
    ours: bool,
    amount: f64,
    pass: Box<dyn FnMut() -> u64 + 'a>,
}

impl<'a> Case<'a> {
    /// `pass` does the work of `amount` units and returns what it found; the same each time.
    pub fn new(name: impl Into<String>, amount: f64, pass: impl FnMut() -> u64 + 'a) -> Case<'a> {
        let (name, pass) = (name.into(), Box::new(pass));
        Case { name, package: None, note: String::new(), ours: false, amount, pass }
    }

    /// tutur's own.
    pub fn ours(name: impl Into<String>, amount: f64, pass: impl FnMut() -> u64 + 'a) -> Case<'a> {
        Case { ours: true, ..Case::new(name, amount, pass) }
    }

    /// From which crate, for its version.
    pub fn package(mut self, name: &'static str) -> Case<'a> {
        self.package = Some(name);
        self
    }

    /// What must be known to read the figure.
    pub fn note(mut self, note: impl Into<String>) -> Case<'a> {
        self.note = note.into();
        self
    }
}

/// Which time counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Of the processor for this process, all threads together: what others do on the machine is not in it.
    Processor,
    /// On the wall: where several threads are to be faster than one.
    Wall,
}

impl Clock {
    /// The time now; only differences mean anything.
    pub fn now(self) -> Duration {
        let id = match self {
            Clock::Processor => ClockId::ProcessCPUTime,
            Clock::Wall => ClockId::Monotonic,
        };
        Duration::try_from(clock_gettime(id)).unwrap_or_default()
    }
}

/// How often and how long.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub clock: Clock,
    pub rounds: usize,
    /// A sample repeats the pass until about this time is over.
    pub sample: Duration,
}

/// A group of the record without its rows.
#[derive(Clone, Copy, Debug)]
pub struct Heading {
    pub id: &'static str,
    pub title: &'static str,
    pub note: &'static str,
    pub unit: &'static str,
    pub counted: &'static str,
}

impl Plan {
    /// Measures `cases` beside each other; the first row of tutur is what the others are compared with.
    pub fn group(&self, heading: Heading, mut cases: Vec<Case<'_>>) -> Group {
        let warm: Vec<(u64, u32)> = cases.iter_mut().map(|case| self.warm_up(case)).collect();
        let mut rates = vec![Vec::with_capacity(self.rounds); cases.len()];
        for round in 0..self.rounds {
            for turn in 0..cases.len() {
                let which = (round + turn) % cases.len();
                let (case, (count, repeats)) = (&mut cases[which], warm[which]);
                let start = self.clock.now();
                for _ in 0..repeats {
                    assert_eq!(black_box((case.pass)()), count, "{} found something else", case.name);
                }
                let seconds = (self.clock.now() - start).as_secs_f64();
                rates[which].push(case.amount * f64::from(repeats) / seconds);
            }
        }
        let first = cases.iter().position(|c| c.ours);
        let rows = cases.iter().zip(&rates).zip(warm).map(|((case, mine), (count, _))| Row {
            name: case.name.clone(),
            version: case.package.and_then(crate::machine::version_of),
            ours: case.ours,
            note: case.note.clone(),
            rate: Spread::of(mine),
            times: first.map(|f| Spread::of(&ratios(&rates[f], mine))),
            count,
        });
        let rows = rows.collect();
        let Heading { id, title, note, unit, counted } = heading;
        let [id, title, note, unit, counted] = [id, title, note, unit, counted].map(str::to_owned);
        Group { id, title, note, unit, better: Better::Higher, counted, rows }
    }

    /// What a pass finds, and how many passes make a sample. Two passes: the first may build tables.
    fn warm_up(&self, case: &mut Case<'_>) -> (u64, u32) {
        let count = (case.pass)();
        let start = self.clock.now();
        assert_eq!((case.pass)(), count, "{} found something else", case.name);
        let pass = (self.clock.now() - start).max(Duration::from_nanos(1));
        let repeats = self.sample.as_nanos().div_ceil(pass.as_nanos()).clamp(1, 1_000_000);
        (count, u32::try_from(repeats).unwrap_or(1))
    }
}

fn ratios(ours: &[f64], theirs: &[f64]) -> Vec<f64> {
    ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_that_takes_twice_as_long_has_half_the_rate() {
        let wait = |millis| {
            move || {
                std::thread::sleep(Duration::from_millis(millis));
                millis
            }
        };
        let cases = vec![Case::new("slow", 1.0, wait(20)).note("n"), Case::ours("fast", 1.0, wait(10))];
        let heading = Heading { id: "i", title: "t", note: "n", unit: "u", counted: "c" };
        let plan = Plan { clock: Clock::Wall, rounds: 3, sample: Duration::from_millis(20) };
        let group = plan.group(heading, cases);
        assert_eq!((group.rows[0].count, group.rows[1].count), (20, 10));
        let times = group.rows[0].times.unwrap();
        assert!(times.median > 1.3 && times.median < 3.0, "{times:?}");
        assert_eq!(group.rows[1].times.unwrap().median, 1.0);
        assert!(times.min <= times.median && times.median <= times.max);
    }

    #[test]
    fn waiting_takes_no_time_of_the_processor() {
        let (wall, processor) = (Clock::Wall.now(), Clock::Processor.now());
        std::thread::sleep(Duration::from_millis(50));
        let wall = Clock::Wall.now() - wall;
        assert!(wall >= Duration::from_millis(50) && Clock::Processor.now() - processor < wall);
    }
}
