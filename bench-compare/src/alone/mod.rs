//! tutur alone: starting, memory, threads, size.

use std::path::Path;

use anyhow::Result;

use crate::measure::Plan;
use crate::record::{Better, Group, Row, Spread};
use crate::text::Material;

pub mod child;
mod memory;
mod size;
mod start;
mod threads;

/// All groups. `path` is where `material` comes from; `largest` in megabytes.
pub fn measure(plan: &Plan, material: &Material, path: Option<&Path>, largest: usize) -> Result<Vec<Group>> {
    Ok(vec![
        start::group(plan)?,
        memory::group(plan, path)?,
        threads::group(plan, material),
        size::group(plan, material, largest),
    ])
}

/// Something that is better when it is lower, of tutur.
fn row(name: impl Into<String>, note: &str, values: &[f64], count: u64) -> Row {
    let (name, note) = (name.into(), note.to_owned());
    Row { name, version: None, ours: true, note, rate: Spread::of(values), times: None, count }
}

fn group(id: &str, title: &str, note: &str, unit: &str, counted: &str, rows: Vec<Row>) -> Group {
    let [id, title, note, unit, counted] = [id, title, note, unit, counted].map(str::to_owned);
    Group { id, title, note, unit, better: Better::Lower, counted, rows }
}
