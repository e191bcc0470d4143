//! Tokens with their places.

use std::hint::black_box;

use anyhow::{Result, anyhow};
use charabia::{Language, TokenizerBuilder};
use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use tantivy::tokenizer::{SimpleTokenizer, TokenStream, Tokenizer as _};
use tutur::Tokenizer;
use unicode_segmentation::UnicodeSegmentation;

use super::{count, megabytes};
use crate::measure::{Case, Heading, Plan};
use crate::record::Group;
use crate::text::Material;

const HEADING: Heading = Heading {
    id: "tokens",
    title: "Tokens",
    note: "Every document of the text, token by token, with byte offsets unless a row says otherwise. What a token \
           is differs (see the counts), so that speed is in bytes of text. tutur also says of each token what it is \
           (word, number, URL, ...).",
    unit: "MB/s",
    counted: "tokens",
};

pub fn group(plan: &Plan, material: &Material) -> Result<Group> {
    let (documents, amount) = (&*material.documents, megabytes(material));
    let mut cases = vec![tutur(documents, amount)];
    cases.extend(unicode(documents, amount));
    cases.push(tantivy(documents, amount));
    cases.push(charabia(documents, amount));
    cases.extend(hugging_face(documents, amount)?);
    cases.extend(hugging_face_next(documents, amount)?);
    Ok(plan.group(HEADING, cases))
}

fn tutur(documents: &[String], amount: f64) -> Case<'_> {
    let tokenizer = Tokenizer::new();
    let pass = move || {
        let ends = |d| {
            tokenizer.tokenize(d).map(|token| {
                black_box(token.kind());
                token.range().end
            })
        };
        documents.iter().map(|d| count(ends(d))).sum()
    };
    Case::ours("tutur", amount, pass).package("tutur").note("with kinds")
}

fn unicode(documents: &[String], amount: f64) -> [Case<'_>; 3] {
    let icu = |segmenter: WordSegmenterBorrowed<'static>| {
        move || documents.iter().map(|d| count(segmenter.segment_str(d))).sum()
    };
    let options = WordBreakInvariantOptions::default();
    [
        Case::new("unicode-segmentation, words", amount, || {
            documents.iter().map(|d| count(d.unicode_word_indices().map(|(at, word)| at + word.len()))).sum()
        })
        .package("unicode-segmentation"),
        Case::new("ICU4X, word bounds", amount, icu(WordSegmenter::new_for_non_complex_scripts(options)))
            .package("icu_segmenter")
            .note("bounds of words and of what is between them"),
        Case::new(
            "ICU4X neo, word bounds",
            amount,
            icu(WordSegmenter::new_neo_for_non_complex_scripts(options)),
        )
        .package("icu_segmenter")
        .note("its next engine, behind the feature `unstable`"),
    ]
}

fn tantivy(documents: &[String], amount: f64) -> Case<'_> {
    let mut simple = SimpleTokenizer::default();
    let pass = move || {
        let mut tokens = 0;
        for document in documents {
            let mut stream = simple.token_stream(document);
            tokens += count(std::iter::from_fn(|| stream.advance().then(|| stream.token().offset_to)));
        }
        tokens
    };
    Case::new("tantivy, SimpleTokenizer", amount, pass).package("tantivy").note("copies each token's text")
}

fn charabia(documents: &[String], amount: f64) -> Case<'_> {
    static LANGUAGES: [Language; 1] = [Language::Ind];
    let mut builder = TokenizerBuilder::default();
    builder.allow_list(&LANGUAGES);
    let tokenizer = builder.into_tokenizer();
    let pass = move || documents.iter().map(|d| count(tokenizer.segment(d).map(|t| t.byte_end))).sum();
    Case::new("charabia, segments", amount, pass)
        .package("charabia")
        .note("told that the text is Indonesian, which spares it the detection; without normalisation")
}

/// The words of the documents, each with a number: a vocabulary made here, because none can be fetched.
fn vocabulary(documents: &[String]) -> Vec<(String, u32)> {
    let tokenizer = Tokenizer::new();
    let mut words: Vec<&str> =
        documents.iter().flat_map(|d| tokenizer.tokenize(d)).map(|t| t.text()).collect();
    words.sort_unstable();
    words.dedup();
    let words = words.into_iter().filter(|w| *w != UNKNOWN).map(str::to_owned);
    [UNKNOWN.to_owned()].into_iter().chain(words).zip(0..).collect()
}

const UNKNOWN: &str = "[UNK]";

/// Of Hugging Face, as released.
fn hugging_face(documents: &[String], amount: f64) -> Result<[Case<'_>; 2]> {
    use tokenizers::models::wordlevel::WordLevel;
    use tokenizers::pre_tokenizers::bert::BertPreTokenizer;
    use tokenizers::{OffsetReferential, OffsetType, PreTokenizedString, PreTokenizer, Tokenizer};

    let model = WordLevel::builder()
        .vocab(vocabulary(documents).into_iter().collect())
        .unk_token(UNKNOWN.to_owned())
        .build()
        .map_err(|e| anyhow!(e))?;
    let mut tokenizer = Tokenizer::new(model);
    tokenizer.with_pre_tokenizer(Some(BertPreTokenizer));
    let split = |document: &String| {
        let mut text = PreTokenizedString::from(document.as_str());
        BertPreTokenizer.pre_tokenize(&mut text).expect("BERT's splits cannot fail");
        let splits = text.get_splits(OffsetReferential::Original, OffsetType::Byte);
        count(splits.into_iter().map(|(_, (_, end), _)| end))
    };
    let encode = move |document: &String| {
        let encoding =
            tokenizer.encode_fast(document.as_str(), false).expect("there is a token for the unknown");
        black_box(encoding.get_ids()).len() as u64
    };
    Ok([
        Case::new("Hugging Face, BERT pre-tokenizer", amount, move || documents.iter().map(split).sum())
            .package("tokenizers 0"),
        Case::new("Hugging Face, BERT and WordLevel", amount, move || documents.iter().map(&encode).sum())
            .package("tokenizers 0")
            .note("ids of a vocabulary made of this text; without offsets (`encode_fast`)"),
    ])
}

/// Of Hugging Face, the candidate for their next release.
fn hugging_face_next(documents: &[String], amount: f64) -> Result<[Case<'_>; 2]> {
    use tokenizers_next::from_json;
    use tokenizers_next::pipeline::{EncodeOptions, PreTokenizer, PreTokenizerScratch};

    let vocabulary: serde_json::Map<_, _> =
        vocabulary(documents).into_iter().map(|(word, id)| (word, id.into())).collect();
    let config = serde_json::json!({
        "version": "2.0", "added_tokens": [], "normalizer": null, "decoder": null, "post_processor": null,
        "pre_tokenizer": { "type": "BertPreTokenizer" },
        "model": { "type": "WordLevel", "unk_token": UNKNOWN, "vocab": vocabulary },
    });
    let config = config.to_string();
    let splitter = from_json(&config).map_err(|e| anyhow!(e.to_string()))?;
    let tokenizer = from_json(&config).map_err(|e| anyhow!(e.to_string()))?;
    let (mut scratch, mut spans) = (PreTokenizerScratch::default(), Vec::new());
    let split = move || {
        let mut tokens = 0;
        for document in documents {
            spans.clear();
            splitter
                .get_pre_tokenizer()
                .pre_tokenize(document, &mut scratch, &mut spans)
                .expect("BERT's splits cannot fail");
            tokens += count(spans.iter().map(|s| s.range().end));
        }
        tokens
    };
    let (options, mut ids) = (EncodeOptions::no_specials(), Vec::new());
    let encode = move || {
        let mut tokens = 0;
        for document in documents {
            ids.clear();
            tokenizer.encode_into(document, &options, &mut ids).expect("there is a token for the unknown");
            tokens += black_box(&ids).len() as u64;
        }
        tokens
    };
    Ok([
        Case::new("Hugging Face 1.0, BERT pre-tokenizer", amount, split)
            .package("tokenizers 1")
            .note("a candidate for release"),
        Case::new("Hugging Face 1.0, BERT and WordLevel", amount, encode)
            .package("tokenizers 1")
            .note("a candidate for release; ids without offsets (`encode_into`)"),
    ])
}
