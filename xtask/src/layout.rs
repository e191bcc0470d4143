//! Learns the weights of `src/layout/weights.rs` from the training part of the corpus: multinomial logistic regression
//! over the answers about each line, by a fixed number of passes of plain gradient descent. Same input, same table.

use tutur::layout::{LayoutKind, LayoutSpan, LineOfPage, row_names, weights_source};

use crate::corpus::{Part, Piece};

/// Passes over all lines.
const PASSES: usize = 400;
/// Strength of the pull of every weight towards zero.
const RIDGE: f64 = 0.5;
/// A unit of the table is this part of a logit.
const SCALE: f64 = 50.0;

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
    let of = |part: Part| pieces.iter().filter(move |p| p.part() == part);
    let lines: Vec<LineOfPage> = of(Part::Train)
        .chain(pages)
        .flat_map(|p| VARIANTS.map(|(_, change)| variant(p, change)))
        .flatten()
        .collect();
    let kinds = 1 + lines.iter().map(|l| l.kind).max().unwrap_or(0);
    let weights = descend(&lines, row_names().len(), kinds);
    for part in [Part::Train, Part::Dev] {
        for (name, change) in VARIANTS {
            let lines: Vec<LineOfPage> = of(part).flat_map(|p| variant(p, change)).collect();
            let wrong = lines.iter().filter(|l| best(&scores(&weights, &l.rows)) != l.kind).count();
            println!(
                "{part:?}, {name}: {wrong} of {} lines wrong, with the kinds above them given",
                lines.len()
            );
        }
    }
    let whole = |row: &Vec<f64>| {
        #[allow(clippy::cast_possible_truncation)] // logits stay far below 600
        row.iter().map(|w| (w * SCALE).round() as i16).collect()
    };
    weights_source(&weights.iter().map(whole).collect::<Vec<_>>())
}

/// A change of a line of a kind, or of body, into lines of the same kind.
type Change = fn(Option<LayoutKind>, &str) -> Vec<String>;

/// Outlets differ in what the corpus is uniform in: in the lines that they leave empty, in the length of paragraphs, in
/// the letter case of titles.
const VARIANTS: [(&str, Change); 6] = [
    ("as it stands", |_, line| vec![line.to_owned()]),
    ("without empty lines", |_, line| if line.trim().is_empty() { vec![] } else { vec![line.to_owned()] }),
    ("a line for each sentence", |kind, line| match kind {
        None if line.len() > 120 => {
            tutur::Tokenizer::new().sentences(line).map(|s| s.of(line).to_owned()).collect()
        }
        _ => vec![line.to_owned()],
    }),
    ("small titles", |kind, line| match kind {
        Some(LayoutKind::Headline | LayoutKind::HeadlineRepeat) => {
            let small = line.chars().enumerate().flat_map(|(at, c)| {
                if at == 0 { c.to_string() } else { c.to_lowercase().to_string() }.chars().collect::<Vec<_>>()
            });
            vec![small.collect()]
        }
        _ => vec![line.to_owned()],
    }),
    ("titles that ask", |kind, line| match kind {
        Some(LayoutKind::Headline | LayoutKind::HeadlineRepeat) => vec![format!("{line}?")],
        _ => vec![line.to_owned()],
    }),
    ("all capitals", |_, line| vec![line.to_uppercase()]),
];

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
