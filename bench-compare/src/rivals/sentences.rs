//! Sentences with their places.

use icu_segmenter::options::SentenceBreakInvariantOptions;
use icu_segmenter::{SentenceSegmenter, SentenceSegmenterBorrowed};
use tutur::{SentenceSplitter, Token, Tokenizer};
use unicode_segmentation::UnicodeSegmentation;

use super::{count, megabytes};
use crate::measure::{Case, Heading, Plan};
use crate::record::Group;
use crate::text::Material;

const HEADING: Heading = Heading {
    id: "sentences",
    title: "Sentences",
    note: "The others know Unicode's general rules; tutur knows abbreviations, quotations, datelines and lists, and \
           works on tokens, so that its first row gets them ready-made and its second makes them too.",
    unit: "MB/s",
    counted: "sentences",
};

pub fn group(plan: &Plan, material: &Material) -> Group {
    let (documents, amount) = (&*material.documents, megabytes(material));
    let tokenizer = Tokenizer::new();
    let tokenized: Vec<(&str, Vec<Token<'_>>)> =
        documents.iter().map(|d| (d.as_str(), tokenizer.tokenize(d).collect())).collect();
    let (splitter, mut ends) = (SentenceSplitter::new(), Vec::new());
    let on_tokens = move || {
        let mut sentences = 0;
        for (text, tokens) in &tokenized {
            ends.clear();
            splitter.split(text, tokens, &mut ends);
            sentences += count(ends.iter().map(|&end| end as usize));
        }
        sentences
    };
    let from_text = || {
        let ends = |d| tokenizer.sentences(d).map(|s| s.range().end);
        documents.iter().map(|d| count(ends(d))).sum()
    };
    let icu = |segmenter: SentenceSegmenterBorrowed<'static>| {
        // It gives bounds, the beginning of the text among them.
        move || documents.iter().map(|d| count(segmenter.segment_str(d).skip(1))).sum()
    };
    let options = SentenceBreakInvariantOptions::default();
    let unicode = || {
        let ends = |(at, part): (usize, &str)| at + part.len();
        documents.iter().map(|d| count(d.split_sentence_bound_indices().map(ends))).sum()
    };
    let cases = vec![
        Case::ours("tutur, of given tokens", amount, on_tokens).package("tutur"),
        Case::ours("tutur, from text", amount, from_text).package("tutur"),
        Case::new("ICU4X, sentence bounds", amount, icu(SentenceSegmenter::new(options)))
            .package("icu_segmenter"),
        Case::new("ICU4X neo, sentence bounds", amount, icu(SentenceSegmenter::new_neo(options)))
            .package("icu_segmenter")
            .note("its next engine, behind the feature `unstable`"),
        Case::new("unicode-segmentation, sentence bounds", amount, unicode).package("unicode-segmentation"),
    ];
    plan.group(HEADING, cases)
}
