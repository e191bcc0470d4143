//! Names, and everything: tutur alone in this process. What others do of it is in Python (`python`).

use anyhow::Result;
use tutur::ner::{NerModel, TagScratch};
use tutur::{DocBuf, Pipeline, SentenceSplitter, Tagger, Token, Tokenizer};

use crate::measure::{Case, Heading, Plan};
use crate::record::Group;
use crate::text::Material;

const HEADING: Heading = Heading {
    id: "stages",
    title: "Names, and the whole pipeline",
    note: "In tokens of tutur. The pipeline makes tokens, sentences, stems, names, chains of names and the parts of \
           the page, with a worker that keeps its buffers.",
    unit: "tokens/s",
    counted: "names",
};

pub fn group(plan: &Plan, material: &Material) -> Result<Group> {
    let documents = &*material.documents;
    let amount = tokens(material) as f64;
    let model = NerModel::embedded()?;
    let other = model.clone();
    let mut warm = TagScratch::default();
    let (mut worker, mut buffer) = (Pipeline::new().worker(), DocBuf::default());
    let everything = move || {
        let mut names = 0;
        for document in documents {
            let done = worker.process_with(document, std::mem::take(&mut buffer));
            names += done.entities().count() as u64;
            buffer = done.into_buf();
        }
        names
    };
    let pipeline = Pipeline::new();
    let anew = move || documents.iter().map(|d| pipeline.process(d).entities().count() as u64).sum();
    let cases = vec![
        Case::ours("tutur, tokens, sentences and names", amount, move || names(documents, &model, &mut warm))
            .package("tutur"),
        Case::ours("tutur, names of words new to it", amount, move || {
            names(documents, &other, &mut TagScratch::default())
        })
        .note("the tagger remembers attributes of words; here it forgets them before each pass"),
        Case::ours("tutur, whole pipeline", amount, everything).package("tutur"),
        Case::ours("tutur, pipeline new for each document", amount, anew).note("`Pipeline::process`"),
    ];
    Ok(plan.group(HEADING, cases))
}

/// Tokens, sentences and names of all documents; how many names.
fn names(documents: &[String], model: &NerModel, scratch: &mut TagScratch) -> u64 {
    let (tokenizer, splitter) = (Tokenizer::new(), SentenceSplitter::new());
    let (mut found, mut ends, mut names) = (Vec::new(), Vec::new(), 0);
    let (mut tokens, mut words): (Vec<Token<'_>>, Vec<&str>) = (Vec::new(), Vec::new());
    for document in documents {
        tokens.clear();
        tokens.extend(tokenizer.tokenize(document));
        ends.clear();
        splitter.split(document, &tokens, &mut ends);
        let mut first = 0;
        for &end in &ends {
            words.clear();
            words.extend(tokens[first..end as usize].iter().map(Token::text));
            first = end as usize;
            found.clear();
            model.tag(&words, scratch, &mut found);
            names += found.len() as u64;
        }
    }
    names
}

/// The tokens of the text, by tutur's count.
pub fn tokens(material: &Material) -> u64 {
    let tokenizer = Tokenizer::new();
    material.documents.iter().map(|d| tokenizer.tokenize(d).count() as u64).sum()
}
