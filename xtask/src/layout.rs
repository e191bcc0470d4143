//! Learns the weights of `src/layout/weights.rs` from the training part of the corpus: a linear chain
//! (conditional random field) over the answers about each line, by a fixed number of passes of plain gradient descent.
//! Same input, same table.

use std::collections::BTreeSet;

use tutur::layout::{LayoutKind, LayoutSpan, LineOfPage, column_names, row_names};

use crate::corpus::{Part, Piece};

/// Passes over all lines.
const PASSES: usize = 250;
/// Strength of the pull of every weight towards zero.
const RIDGE: f64 = 0.5;
/// The same for what the line above is: its kinds follow each other in other ways on pages of other outlets.
const HISTORY_RIDGE: f64 = 20.0;
/// A unit of the table is this part of a logit.
const SCALE: f64 = 50.0;
/// The first step of a weight.
const STEP: f64 = 0.5;

const KINDS: [LayoutKind; 9] = [
    LayoutKind::Headline,
    LayoutKind::HeadlineRepeat,
    LayoutKind::Timestamp,
    LayoutKind::Widget,
    LayoutKind::Caption,
    LayoutKind::Byline,
    LayoutKind::Related,
    LayoutKind::Copyright,
    LayoutKind::Render,
];

/// The source of the table learned from the training part of `pieces` and all `pages`.
pub(crate) fn train(pieces: &[Piece], pages: &[Piece]) -> String {
    let learned = pieces.iter().filter(|p| p.part() == Part::Train).chain(pages);
    let pages: Vec<Vec<LineOfPage>> =
        learned.flat_map(|p| VARIANTS.map(|change| variant(p, change))).collect();
    let names = row_names();
    let kinds = column_names().len();
    let mut weights = vec![vec![0.0; kinds]; names.len()];
    let mut seen = vec![vec![1e-6; kinds]; names.len()];
    let history: BTreeSet<usize> = (0..2 * kinds).flat_map(|s| LineOfPage::history(Some(s))).collect();
    let ridges: Vec<f64> =
        (0..names.len()).map(|row| if history.contains(&row) { HISTORY_RIDGE } else { RIDGE }).collect();
    for pass in 0..PASSES {
        let mut slope: Vec<Vec<f64>> = weights
            .iter()
            .zip(&ridges)
            .map(|(r, ridge)| r.iter().map(|w: &f64| w * ridge).collect())
            .collect();
        let chain = Chain::new(&weights);
        let loss: f64 = pages.iter().map(|page| chain.learn(page, &weights, &mut slope)).sum();
        if pass % 50 == 0 || pass + 1 == PASSES {
            println!("pass {pass}: loss {loss:.1}");
        }
        // The step of each weight shrinks with the slopes it has seen (AdaGrad).
        for ((weight, seen), slope) in
            weights.iter_mut().flatten().zip(seen.iter_mut().flatten()).zip(slope.iter().flatten())
        {
            *seen += slope * slope;
            *weight -= STEP * slope / f64::sqrt(*seen);
        }
    }
    source(&weights)
}

/// The table as Rust source.
fn source(weights: &[Vec<f64>]) -> String {
    let mut out = String::from(
        "//! Weights of the answers (rows) for the kinds of lines (columns). Written by `cargo xtask train-layout`.\n\n\
         use super::KINDS;\n\n#[rustfmt::skip]\n\
         pub(super) static WEIGHTS: &[[i16; KINDS.len()]] = &[\n    // ",
    );
    out.extend(column_names().iter().map(|name| format!("{name:>6.5}")));
    out.push('\n');
    for (row, name) in weights.iter().zip(row_names()) {
        #[allow(clippy::cast_possible_truncation)] // logits stay far below 600
        let cells: Vec<String> = row.iter().map(|w| format!("{:>4}", (w * SCALE).round() as i16)).collect();
        out += &format!("    [{}], // {name}\n", cells.join(", "));
    }
    out + "];\n"
}

/// A change of a line of a kind, or of body, into lines of the same kind.
type Change = fn(Option<LayoutKind>, &str) -> Vec<String>;

/// Outlets differ in what the corpus is uniform in: in the lines that they leave empty, in the length of paragraphs, in
/// the letter case and the marks of titles.
const VARIANTS: [Change; 7] = [
    |_, line| vec![line.to_owned()],
    |_, line| if line.trim().is_empty() { vec![] } else { vec![line.to_owned()] },
    |kind, line| if kind.is_none() { sentences(line) } else { vec![line.to_owned()] },
    // Prose alone.
    |kind, line| if kind.is_none() { sentences(line) } else { vec![] },
    |kind, line| {
        let lower =
            || line.chars().take(1).chain(line.chars().skip(1).flat_map(char::to_lowercase)).collect();
        vec![if is_title(kind) { lower() } else { line.to_owned() }]
    },
    |kind, line| vec![if is_title(kind) { format!("{line}?") } else { line.to_owned() }],
    |_, line| vec![line.to_uppercase()],
];

fn is_title(kind: Option<LayoutKind>) -> bool {
    matches!(kind, Some(LayoutKind::Headline | LayoutKind::HeadlineRepeat))
}

fn sentences(line: &str) -> Vec<String> {
    if line.len() <= 120 {
        return vec![line.to_owned()];
    }
    tutur::Tokenizer::new().sentences(line).map(|s| s.of(line).to_owned()).collect()
}

/// The lines of a changed piece.
fn variant(piece: &Piece, change: Change) -> Vec<LineOfPage> {
    let (mut text, mut spans, mut at) = (String::new(), Vec::new(), 0);
    for line in piece.text.split('\n') {
        let marked = |(range, _): &&(std::ops::Range<usize>, String)| {
            range.start == at && range.end == at + line.len()
        };
        let name = piece.layout.iter().find(marked).map(|(_, name)| name.as_str());
        let kind = KINDS.into_iter().find(|k| Some(k.name()) == name);
        for changed in change(kind, line) {
            #[allow(clippy::cast_possible_truncation)] // pieces are small
            let span = tutur::Span::new(text.len() as u32, (text.len() + changed.len()) as u32);
            spans.extend(kind.map(|kind| LayoutSpan { span, kind }));
            text.push_str(&changed);
            text.push('\n');
        }
        at += line.len() + 1;
    }
    LineOfPage::of(&text, &spans)
}

/// The part of the model that all pages share.
struct Chain {
    /// Rows of weights that hold below each state; the last is for the beginning of a page.
    rows: Vec<Vec<usize>>,
    /// Exponentials of the sums of these rows.
    moves: Vec<Vec<f64>>,
}

impl Chain {
    fn new(weights: &[Vec<f64>]) -> Chain {
        let kinds = weights[0].len();
        let state = |s: usize| (s < 2 * kinds).then_some(s);
        let rows: Vec<Vec<usize>> = (0..=2 * kinds).map(|s| LineOfPage::history(state(s))).collect();
        let sum = |rows: &Vec<usize>, kind: usize| rows.iter().map(|&r| weights[r][kind]).sum::<f64>();
        let moves = rows.iter().map(|r| (0..kinds).map(|k| sum(r, k).exp()).collect()).collect();
        Chain { rows, moves }
    }

    /// Adds the slope of the log loss of a page; returns the loss. Forward and backward sums are scaled line by line.
    fn learn(&self, page: &[LineOfPage], weights: &[Vec<f64>], slope: &mut [Vec<f64>]) -> f64 {
        let (kinds, start) = (weights[0].len(), self.moves.len() - 1);
        let states = start;
        let above = |s: usize| (s < start).then_some(s);
        let own: Vec<Vec<f64>> = page
            .iter()
            .map(|line| {
                let sum = |k: usize| line.rows.iter().map(|&r| weights[r as usize][k]).sum::<f64>();
                (0..kinds).map(|k| sum(k).exp()).collect()
            })
            .collect();
        let mut forward = vec![vec![0.0; states]; page.len()];
        let (mut before, mut loss) = (vec![0.0; states + 1], 0.0);
        before[start] = 1.0;
        for (at, line) in page.iter().enumerate() {
            for (from, mass) in before.iter().enumerate().filter(|(_, m)| **m > 0.0) {
                for (kind, (shared, own)) in self.moves[from].iter().zip(&own[at]).enumerate() {
                    if let Some(to) = line.next(above(from), kind) {
                        forward[at][to] += mass * shared * own;
                    }
                }
            }
            let sum: f64 = forward[at].iter().sum();
            forward[at].iter_mut().for_each(|m| *m /= sum);
            loss += sum.ln();
            before[..states].copy_from_slice(&forward[at]);
            before[start] = 0.0;
        }
        let mut backward = vec![1.0; states];
        let mut gold = Vec::with_capacity(page.len() + 1);
        gold.push(start);
        for line in page {
            let from = gold[gold.len() - 1];
            gold.push(line.next(above(from), line.kind).unwrap_or(0));
        }
        for (at, line) in page.iter().enumerate().rev() {
            let mut mass = vec![vec![0.0; kinds]; states + 1];
            let mut earlier = vec![0.0; states + 1];
            for from in 0..=states {
                let there = match at.checked_sub(1) {
                    Some(last) if from < start => forward[last][from],
                    None if from == start => 1.0,
                    _ => continue,
                };
                for (kind, (shared, own)) in self.moves[from].iter().zip(&own[at]).enumerate() {
                    if let Some(to) = line.next(above(from), kind) {
                        let way = shared * own * backward[to];
                        earlier[from] += way;
                        mass[from][kind] = there * way;
                    }
                }
            }
            let sum: f64 = mass.iter().flatten().sum();
            for (from, mass) in mass.iter_mut().enumerate() {
                mass.iter_mut().for_each(|m| *m /= sum);
                if from == gold[at] {
                    mass[line.kind] -= 1.0;
                    loss -= (self.moves[from][line.kind] * own[at][line.kind]).ln();
                }
                for (kind, mass) in mass.iter().enumerate().filter(|(_, m)| **m != 0.0) {
                    self.rows[from].iter().for_each(|&row| slope[row][kind] += mass);
                    line.rows.iter().for_each(|&row| slope[row as usize][kind] += mass);
                }
            }
            let top = earlier.iter().copied().fold(0.0, f64::max);
            earlier.iter_mut().for_each(|m| *m /= top);
            backward.copy_from_slice(&earlier[..states]);
        }
        loss
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_those_of_the_loss() {
        let source = "### a | b | c\n{{widget}}Menu\n{{headline}}Warga Palu Rayakan Panen Raya\nWarga merayakan \
                      panen.\n{{byline}}(rsd)\n";
        let page = variant(&crate::corpus::parse(source, "a").unwrap()[0], VARIANTS[0]);
        let (rows, kinds) = (row_names().len(), column_names().len());
        let mut weights: Vec<Vec<f64>> =
            (0..rows).map(|r| (0..kinds).map(|k| ((r * 7 + k * 13) % 11) as f64 / 40.0).collect()).collect();
        let mut slope = vec![vec![0.0; kinds]; rows];
        let loss = Chain::new(&weights).learn(&page, &weights, &mut slope);
        let step = 1e-5;
        for row in (0..rows).step_by(3) {
            for kind in 0..kinds {
                weights[row][kind] += step;
                let near = Chain::new(&weights).learn(&page, &weights, &mut vec![vec![0.0; kinds]; rows]);
                weights[row][kind] -= step;
                let (expected, found) = ((near - loss) / step, slope[row][kind]);
                assert!(
                    (expected - found).abs() < 1e-3,
                    "row {row}, kind {kind}: {expected} against {found}"
                );
            }
        }
    }
}
