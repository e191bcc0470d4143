//! Results as bars: one panel a group, a logarithmic scale each. No background, and colours that can be read on white
//! and on dark.

use std::path::Path;

use anyhow::{Result, anyhow, ensure};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::record::{Better, Group, Record, Row};
use crate::report::figure;

const WIDTH: u32 = 900;
const ROW: u32 = 20;
/// Above the bars of a panel, for its title; below them, for the scale.
const TITLE: u32 = 34;
const SCALE: u32 = 26;
/// Beside the bars: names on the left, figures on the right.
const NAMES: u32 = 330;
const FIGURES: u32 = 130;
const FOOT: u32 = 26;

const OURS: RGBColor = RGBColor(0x1f, 0x83, 0xe8);
const THEIRS: RGBColor = RGBColor(0x99, 0x9f, 0xa6);
const TEXT: RGBColor = RGBColor(0x7a, 0x7d, 0x82);

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Draws `record` into the file `svg`.
pub fn draw(record: &Record, svg: &Path) -> Result<()> {
    let drawn = |g: &&Group| g.better == Better::Higher && g.rows.iter().any(|r| !r.ours);
    let groups: Vec<&Group> = record.groups.iter().filter(drawn).collect();
    ensure!(!groups.is_empty(), "there is nothing to compare in these results");
    let heights: Vec<u32> = groups.iter().map(|g| height(g)).collect();
    let whole = heights.iter().sum::<u32>() + FOOT;
    let root = SVGBackend::new(svg, (WIDTH, whole)).into_drawing_area();
    let mut rest = root.clone();
    for (group, height) in groups.iter().zip(heights) {
        let (panel, below) = rest.split_vertically(height);
        self::panel(&panel, group).map_err(|e| anyhow!("{}: {e}", group.title))?;
        rest = below;
    }
    let Record { date, rounds, machine, .. } = record;
    let foot = format!(
        "In brackets: how many times as fast tutur's first row is. {date}, {}, {}; medians of {rounds} rounds",
        machine.cpu, machine.rustc
    );
    rest.draw(&Text::new(foot, (10, 6), style(11, HPos::Left, VPos::Top))).map_err(|e| anyhow!("{e}"))?;
    root.present().map_err(|e| anyhow!("{}: {e}", svg.display()))
}

fn height(group: &Group) -> u32 {
    TITLE + SCALE + ROW * u32::try_from(group.rows.len()).unwrap_or(u32::MAX / ROW)
}

fn panel(area: &Area<'_>, group: &Group) -> Result<(), Box<dyn std::error::Error>> {
    let mut rows: Vec<&Row> = group.rows.iter().collect();
    rows.sort_by(|a, b| a.rate.median.total_cmp(&b.rate.median));
    let least = rows.iter().map(|r| r.rate.min).fold(f64::INFINITY, f64::min);
    let most = rows.iter().map(|r| r.rate.max).fold(0.0, f64::max);
    // From a power of ten, so that there are marks on both sides of the bars' ends.
    let scale = (10f64.powf((least * 0.7).log10().floor()), most * 1.1);
    let title = format!("{}, {}", group.title, group.unit);
    area.draw(&Text::new(title, (10, 10), style(15, HPos::Left, VPos::Top)))?;
    let mut chart = ChartBuilder::on(area)
        .margin_top(TITLE)
        .margin_left(NAMES)
        .margin_right(FIGURES)
        .x_label_area_size(SCALE)
        .build_cartesian_2d((scale.0..scale.1).log_scale(), 0.0..rows.len() as f64)?;
    chart
        .configure_mesh()
        .disable_y_mesh()
        .y_labels(0)
        .light_line_style(TRANSPARENT)
        .bold_line_style(TEXT.mix(0.3))
        .axis_style(TEXT.mix(0.6))
        .x_labels(6)
        .x_label_style(style(11, HPos::Center, VPos::Top))
        .x_label_formatter(&|x| round(*x))
        .draw()?;
    for (place, row) in rows.iter().enumerate() {
        let (low, middle) = (place as f64, place as f64 + 0.5);
        let colour = if row.ours { OURS } else { THEIRS };
        let bar = [(scale.0, low + 0.15), (row.rate.median, low + 0.85)];
        chart.draw_series([Rectangle::new(bar, colour.filled())])?;
        let spread = vec![(row.rate.min, middle), (row.rate.max, middle)];
        chart.draw_series([PathElement::new(spread, TEXT.stroke_width(2))])?;
        let (_, y) = chart.backend_coord(&(scale.0, middle));
        // Coordinates of the whole drawing, where an area wants its own.
        let y = y - area.get_pixel_range().1.start;
        let ink = style(13, HPos::Right, VPos::Center).color(if row.ours { &OURS } else { &TEXT });
        area.draw(&Text::new(row.name.clone(), (NAMES as i32 - 8, y), ink.clone()))?;
        let told = row.times.filter(|_| !row.ours).map(|t| format!("  ({}x)", figure(t.median)));
        let told = figure(row.rate.median) + &told.unwrap_or_default();
        let x = (WIDTH - FIGURES) as i32 + 6;
        area.draw(&Text::new(told, (x, y), ink.pos(Pos::new(HPos::Left, VPos::Center))))?;
    }
    Ok(())
}

fn style(size: i32, across: HPos, down: VPos) -> TextStyle<'static> {
    // plotters takes a font's size for the height of a line, which is 1.24 times as much.
    TextStyle::from(("sans-serif", f64::from(size) * 1.24).into_font())
        .color(&TEXT)
        .pos(Pos::new(across, down))
}

/// A mark of the scale.
fn round(value: f64) -> String {
    match value {
        1e6.. => format!("{} M", value / 1e6),
        1e3.. => format!("{} k", value / 1e3),
        _ => format!("{value}"),
    }
}
