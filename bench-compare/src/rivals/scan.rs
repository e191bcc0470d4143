//! What reading the bytes costs at least.

use super::{count, megabytes};
use crate::measure::{Case, Heading, Plan};
use crate::record::Group;
use crate::text::Material;
use tutur::Tokenizer;

const HEADING: Heading = Heading {
    id: "scan",
    title: "The floor: reading the bytes",
    note: "What any work on the text costs at least. None of these but tutur makes tokens: a search for one byte, a \
           loop that looks at every byte, and the two splits at blanks of the standard library.",
    unit: "MB/s",
    counted: "found",
};

pub fn group(plan: &Plan, material: &Material) -> Group {
    let (documents, amount) = (&material.documents, megabytes(material));
    let start = |text: &str, part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let tokenizer = Tokenizer::new();
    let cases = vec![
        Case::ours("tutur tokens", amount, move || {
            documents.iter().map(|d| count(tokenizer.tokenize(d).map(|t| t.range().end))).sum()
        }),
        Case::new("memchr, line ends", amount, || {
            documents.iter().map(|d| count(memchr::memchr_iter(b'\n', d.as_bytes()))).sum()
        })
        .package("memchr"),
        Case::new("byte loop, blanks", amount, || documents.iter().map(|d| blanks(d)).sum()),
        Case::new("split_ascii_whitespace", amount, || {
            documents.iter().map(|d| count(d.split_ascii_whitespace().map(|w| start(d, w)))).sum()
        }),
        Case::new("split_whitespace", amount, || {
            documents.iter().map(|d| count(d.split_whitespace().map(|w| start(d, w)))).sum()
        }),
    ];
    plan.group(HEADING, cases)
}

/// One byte at a time, each from memory: the loop may not become a search for many at once.
fn blanks(text: &str) -> u64 {
    let mut blanks = 0;
    for byte in text.bytes() {
        blanks += u64::from(std::hint::black_box(byte) <= b' ');
    }
    blanks
}
