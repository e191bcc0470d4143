//! Results as Markdown.

use std::fmt::{self, Write};

use crate::record::{Better, Group, Record, Row, Spread};

/// The whole page.
pub fn markdown(record: &Record) -> String {
    let mut page = String::new();
    write_page(record, &mut page).expect("a string takes everything");
    page
}

/// The tables alone.
pub fn tables(record: &Record) -> String {
    let mut page = String::new();
    write_tables(record, &mut page).expect("a string takes everything");
    page
}

fn write_page(record: &Record, out: &mut String) -> fmt::Result {
    let Record { date, machine, text, rounds, .. } = record;
    writeln!(out, "# Performance\n")?;
    writeln!(
        out,
        "Made by `bench-compare report`; do not edit. [bench-compare/README.md](https://github.com/tutur-id/tutur/blob/main/bench-compare/README.md)"
    )?;
    writeln!(out, "says what is compared, how, and what \"cold\" means.\n")?;
    writeln!(
        out,
        "![Bars of the tables below, on a logarithmic scale](https://github.com/tutur-id/tutur/raw/main/docs/speed.svg)\n"
    )?;
    writeln!(out, "| | |\n|---|---|")?;
    writeln!(out, "| date | {date} |")?;
    writeln!(out, "| machine | {}, {} cores, {} |", machine.cpu, machine.cores, machine.system)?;
    writeln!(out, "| compiler | {}; thin LTO, one codegen unit |", machine.rustc)?;
    writeln!(
        out,
        "| load | {} before the run, {} after (runnable processes, the run's own among them) |",
        machine.load_before, machine.load_after
    )?;
    writeln!(
        out,
        "| text | {}: {} documents, {} bytes, {} tokens; {} distinct words |",
        text.name,
        text.documents,
        grouped(text.bytes as u64),
        grouped(text.tokens),
        grouped(text.distinct_words as u64)
    )?;
    writeln!(out, "| rounds | {rounds}, interleaved; medians, in brackets the least and the most |")?;
    let time = "of the processor for this process, so that what else the machine does is not in it; \
                of the wall where a table says so";
    writeln!(out, "| time | {time} |\n")?;
    writeln!(out, "```sh")?;
    writeln!(out, "{}", record.command)?;
    for task in ["plot FILE docs/speed.svg", "report FILE > PERFORMANCE.md"] {
        writeln!(out, "cargo run --release --manifest-path bench-compare/Cargo.toml -- {task}")?;
    }
    writeln!(out, "```\n")?;
    writeln!(
        out,
        "Ratios are what counts: they are taken round by round, so that a busy moment falls on both sides. Where the \
         bracket of a ratio holds 1.00, neither is faster. Absolute figures are of this machine on that day.\n"
    )?;
    write_short(record, out)?;
    write_tables(record, out)
}

/// The strongest rival of each group, and all rows that are faster than tutur.
fn write_short(record: &Record, out: &mut String) -> fmt::Result {
    writeln!(out, "## In short\n")?;
    writeln!(out, "| | tutur | fastest beside it | tutur is |\n|---|---:|---|---:|")?;
    let compared = || record.groups.iter().filter(|g| g.better == Better::Higher && g.id != "scan");
    for group in compared() {
        let ours = group.rows.iter().find(|r| r.ours);
        let rivals = group.rows.iter().filter(|r| !r.ours);
        let fastest = rivals.max_by(|a, b| a.rate.median.total_cmp(&b.rate.median));
        if let (Some(ours), Some(fastest)) = (ours, fastest) {
            let (rate, their) = (figure(ours.rate.median), figure(fastest.rate.median));
            let (title, unit, name) = (&group.title, &group.unit, named(fastest));
            writeln!(out, "| {title} | {rate} {unit} | {name}: {their} | {} |", times(fastest.times))?;
        }
    }
    let slower = |r: &&Row| !r.ours && r.times.is_some_and(|t| t.median < 1.0);
    let weak: Vec<String> = compared()
        .flat_map(|g| g.rows.iter().filter(slower).map(move |r| (g, r)))
        .map(|(g, r)| format!("{} ({}, {})", named(r), g.title.to_lowercase(), times(r.times)))
        .collect();
    let weak = if weak.is_empty() { "nothing that was measured".to_owned() } else { weak.join("; ") };
    writeln!(out, "\nFaster than tutur's first row: {weak}.\n")
}

fn write_tables(record: &Record, out: &mut String) -> fmt::Result {
    for group in &record.groups {
        write_group(group, out)?;
    }
    if !record.missing.is_empty() {
        writeln!(out, "## Not measured\n\n| | why |\n|---|---|")?;
        for missing in &record.missing {
            writeln!(
                out,
                "| {} | {} |",
                missing.name,
                missing.reason.replace('|', "\\|").replace('\n', " ")
            )?;
        }
    }
    Ok(())
}

fn write_group(group: &Group, out: &mut String) -> fmt::Result {
    writeln!(out, "## {}\n\n{}\n", group.title, group.note)?;
    let compared = group.rows.iter().any(|r| r.times.is_some());
    let counted = group.rows.iter().any(|r| r.count > 0);
    let noted = group.rows.iter().any(|r| !r.note.is_empty());
    let lower = if group.better == Better::Lower { ", lower is better" } else { "" };
    let mut heads = format!("| | {}{lower} |", group.unit);
    let mut rule = "|---|---:|".to_owned();
    for (there, head, align) in [
        (compared, "tutur's first row is", "---:|"),
        (counted, group.counted.as_str(), "---:|"),
        (noted, "", "---|"),
    ] {
        if there {
            write!(heads, " {head} |")?;
            rule.push_str(align);
        }
    }
    writeln!(out, "{heads}\n{rule}")?;
    let first = group.rows.iter().position(|r| r.ours);
    for (place, row) in group.rows.iter().enumerate() {
        let name = if row.ours { format!("**{}**", row.name) } else { named(row) };
        write!(out, "| {name} | {}", spread(row.rate))?;
        if compared {
            write!(out, " | {}", times(row.times.filter(|_| first != Some(place))))?;
        }
        if counted {
            write!(out, " | {}", grouped(row.count))?;
        }
        if noted {
            write!(out, " | {}", row.note)?;
        }
        writeln!(out, " |")?;
    }
    writeln!(out)
}

fn named(row: &Row) -> String {
    row.version.as_ref().map_or_else(|| row.name.clone(), |v| format!("{} {v}", row.name))
}

fn spread(Spread { median, min, max }: Spread) -> String {
    format!("{} ({} to {})", figure(median), figure(min), figure(max))
}

/// `2.10x (2.05 to 2.17)`.
fn times(spread: Option<Spread>) -> String {
    spread.map_or_else(String::new, |Spread { median, min, max }| {
        format!("{}x ({} to {})", figure(median), figure(min), figure(max))
    })
}

/// Three digits: a measurement is worth no more.
pub fn figure(value: f64) -> String {
    match value {
        1e6.. => format!("{:.2} M", value / 1e6),
        100.0.. => grouped(value.round() as u64),
        10.0.. => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// Thousands apart: `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let parts: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|p| std::str::from_utf8(p).unwrap_or("")).collect();
    parts.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_three_digits() {
        let told = [4_812_345.0, 12_345.4, 375.2, 37.52, 3.752].map(figure);
        assert_eq!(told, ["4.81 M", "12,345", "375", "37.5", "3.75"]);
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
