//! Learns the weights of `src/layout/weights.rs` from the training part of the corpus: multinomial logistic regression
//! over the answers about each line, by a fixed number of passes of plain gradient descent. Same input, same table.

use tutur::layout::{LayoutKind, LayoutSpan, LineOfPage, row_names, weights_source};

use crate::corpus::{Part, Piece};

/// Passes over all lines.
const PASSES: usize = 400;
/// Strength of the pull of every weight towards zero.
const RIDGE: f64 = 0.3;
/// A unit of the table is this part of a logit.
const SCALE: f64 = 50.0;

const KINDS: [LayoutKind; 10] = [
    LayoutKind::Headline,
    LayoutKind::HeadlineRepeat,
    LayoutKind::Timestamp,
    LayoutKind::Widget,
    LayoutKind::Caption,
    LayoutKind::Dateline,
    LayoutKind::Byline,
    LayoutKind::Related,
    LayoutKind::Copyright,
    LayoutKind::Render,
];

/// The source of the table learned from the training part of `pieces` and all `pages`.
pub(crate) fn train(pieces: &[Piece], pages: &[Piece]) -> String {
    let of = |part: Part| pieces.iter().filter(move |p| p.part() == part).collect::<Vec<_>>();
    let lines: Vec<LineOfPage> = of(Part::Train).into_iter().chain(pages).flat_map(variants).collect();
    let kinds = 1 + lines.iter().map(|l| l.kind).max().unwrap_or(0);
    let weights = descend(&lines, row_names().len(), kinds);
    for part in [Part::Train, Part::Dev] {
        let lines: Vec<LineOfPage> =
            of(part).iter().flat_map(|p| LineOfPage::of(&p.text, &gold(p))).collect();
        let right = lines.iter().filter(|l| best(&scores(&weights, &l.rows)) == l.kind).count();
        println!("{part:?}: {right} of {} lines right, with the kinds above them given", lines.len());
    }
    let whole = |row: &Vec<f64>| {
        #[allow(clippy::cast_possible_truncation)] // logits stay far below 600
        row.iter().map(|w| (w * SCALE).round() as i16).collect()
    };
    weights_source(&weights.iter().map(whole).collect::<Vec<_>>())
}

/// The annotated lines of a piece.
fn gold(piece: &Piece) -> Vec<LayoutSpan> {
    let span = |r: &std::ops::Range<usize>| {
        #[allow(clippy::cast_possible_truncation)] // pieces are small
        tutur::Span::new(r.start as u32, r.end as u32)
    };
    let kind = |name: &str| KINDS.into_iter().find(|k| k.name() == name);
    piece
        .layout
        .iter()
        .filter_map(|(r, name)| Some(LayoutSpan { span: span(r), kind: kind(name)? }))
        .collect()
}

/// The lines of a piece as it stands, and without its empty lines: outlets differ in what they leave empty.
fn variants(piece: &Piece) -> Vec<LineOfPage> {
    let spans = gold(piece);
    let mut lines = LineOfPage::of(&piece.text, &spans);
    let (mut text, mut moved) = (String::new(), Vec::new());
    let mut at = 0;
    for line in piece.text.split_inclusive('\n') {
        #[allow(clippy::cast_possible_truncation)] // pieces are small
        let (here, there) = (at as u32, text.len() as u32);
        if let Some(found) = spans.iter().find(|s| s.span.start == here && s.kind != LayoutKind::Dateline) {
            moved.push(LayoutSpan {
                span: tutur::Span::new(there, there + found.span.len() as u32),
                ..*found
            });
        }
        at += line.len();
        if !line.trim().is_empty() {
            text.push_str(line);
        }
    }
    lines.extend(LineOfPage::of(&text, &moved));
    lines
}

fn scores(weights: &[Vec<f64>], rows: &[u8]) -> Vec<f64> {
    let mut sums = vec![0.0; weights[0].len()];
    for &row in rows {
        sums.iter_mut().zip(&weights[row as usize]).for_each(|(s, w)| *s += w);
    }
    sums
}

fn best(scores: &[f64]) -> usize {
    (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0)
}

/// Minimises the log loss plus the ridge; the step of each weight shrinks with the gradients it has seen (AdaGrad).
fn descend(lines: &[LineOfPage], rows: usize, kinds: usize) -> Vec<Vec<f64>> {
    let mut weights = vec![vec![0.0; kinds]; rows];
    let mut seen = vec![vec![1e-6; kinds]; rows];
    for _ in 0..PASSES {
        let mut slope: Vec<Vec<f64>> =
            weights.iter().map(|r| r.iter().map(|w| w * RIDGE).collect()).collect();
        for line in lines {
            let scores = scores(&weights, &line.rows);
            let top = scores.iter().copied().fold(f64::MIN, f64::max);
            let parts: Vec<f64> = scores.iter().map(|s| (s - top).exp()).collect();
            let sum: f64 = parts.iter().sum();
            for &row in &line.rows {
                for (kind, part) in parts.iter().enumerate() {
                    slope[row as usize][kind] += part / sum - f64::from(u8::from(kind == line.kind));
                }
            }
        }
        for ((weight, seen), slope) in weights.iter_mut().zip(&mut seen).zip(&slope) {
            for ((w, h), g) in weight.iter_mut().zip(seen).zip(slope) {
                *h += g * g;
                *w -= 0.5 * g / h.sqrt();
            }
        }
    }
    weights
}
