//! Time by size: linear or not.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use tutur::{Pipeline, Tokenizer};

use super::{child, row};
use crate::measure::Plan;
use crate::record::Group;
use crate::text::Material;

/// Bytes, each sixteen times the one before.
const SIZES: [usize; 6] = [1 << 10, 1 << 14, 1 << 18, 1 << 22, 1 << 26, 1 << 30];

/// One document of the pipeline holds columns for each of its tokens: no larger ones here.
const LARGEST_DOCUMENT: usize = 1 << 22;

pub fn group(plan: &Plan, material: &Material, largest: usize) -> Group {
    let sizes = SIZES.into_iter().filter(|&size| size <= largest << 20);
    let (tokenizer, pipeline) = (Tokenizer::new(), Pipeline::new());
    let documents = Arc::new(material.documents.clone());
    let mut rows = Vec::new();
    for size in sizes {
        let text = repeated(&material.documents, size);
        let mut add = |what: &str, work: &mut dyn FnMut() -> u64| {
            let (count, values) = per_byte(plan, text.len(), work);
            rows.push(row(format!("{what}, {}", readable(size)), "", &values, count));
        };
        add("sentences of one text", &mut || tokenizer.sentences(&text).count() as u64);
        if size <= LARGEST_DOCUMENT {
            let mut worker = pipeline.worker();
            add("pipeline, one document", &mut || worker.process(&text).sentences().count() as u64);
        } else {
            add("pipeline, a stream of documents", &mut || child::stream(&documents, text.len(), 1));
        }
    }
    let note = "Nanoseconds a byte, by the size of the text: linear time is a figure that stays. Small texts cost \
                more a byte for what every call costs. Sizes from 64 MiB are measured once and not in rounds.";
    super::group("size", "Time by size", note, "ns/byte", "sentences or names", rows)
}

/// What `work` finds in so many bytes, and nanoseconds a byte. The first pass warms up, unless it takes long anyway.
fn per_byte(plan: &Plan, bytes: usize, work: &mut dyn FnMut() -> u64) -> (u64, Vec<f64>) {
    let once = bytes >= 1 << 26;
    let start = plan.clock.now();
    let count = work();
    if once {
        return (count, vec![(plan.clock.now() - start).as_nanos() as f64 / bytes as f64]);
    }
    let sample = |_| {
        let (mut passes, start) = (0, plan.clock.now());
        while passes == 0 || plan.clock.now() - start < plan.sample.min(Duration::from_millis(100)) {
            black_box(work());
            passes += 1;
        }
        (plan.clock.now() - start).as_nanos() as f64 / (f64::from(passes) * bytes as f64)
    };
    (count, (0..plan.rounds).map(sample).collect())
}

/// `documents` again and again, cut at `size` or a little before.
fn repeated(documents: &[String], size: usize) -> String {
    let mut text = String::with_capacity(size);
    for document in documents.iter().cycle() {
        let left = size - text.len();
        if document.len() >= left {
            text.push_str(&document[..document.floor_char_boundary(left)]);
            return text;
        }
        text.push_str(document);
    }
    text
}

fn readable(bytes: usize) -> String {
    match bytes {
        0..0x10_0000 => format!("{} KiB", bytes >> 10),
        0x10_0000..0x4000_0000 => format!("{} MiB", bytes >> 20),
        _ => format!("{} GiB", bytes >> 30),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_as_long_as_wanted() {
        let documents = ["Ibu pergi ke pasar é.\n".to_owned(), "Ya.\n".to_owned()];
        for size in [1, 20, 21, 1024] {
            let text = repeated(&documents, size);
            assert!(text.len() <= size && text.len() + 4 > size, "{size}: {}", text.len());
        }
        assert_eq!([readable(1 << 10), readable(1 << 26), readable(1 << 30)], ["1 KiB", "64 MiB", "1 GiB"]);
    }
}
