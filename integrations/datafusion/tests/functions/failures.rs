//! Wrong types, texts that are too much, a pipeline that panics: errors of the engine, or null rows.

use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Float64Array, Int64Array, StringArray,
};
use datafusion::error::Result;
use datafusion::prelude::SessionContext;
use tutur::ner::{TagScratch, TagSpan};
use tutur::{Pipeline, Tagger};
use tutur_datafusion::{Functions, OnError};

use crate::common::{FUNCTIONS, answer, column, lists, session, strings};

#[tokio::test]
async fn other_types_are_refused_by_the_planner() {
    let columns: [(ArrayRef, &str); 4] = [
        (Arc::new(Int64Array::from(vec![1])), "Int64"),
        (Arc::new(Float64Array::from(vec![1.5])), "Float64"),
        (Arc::new(BooleanArray::from(vec![true])), "Boolean"),
        (Arc::new(BinaryArray::from_vec(vec![b"Ani"])), "Binary"),
    ];
    for (column, data_type) in columns {
        let context = session(&Functions::new(), vec![vec![column]]).expect("a session");
        for function in FUNCTIONS {
            // Before anything runs.
            let error = context.sql(&format!("SELECT {function}(isi) FROM t")).await.unwrap_err();
            let expected = format!("{function} expects text, found {data_type}");
            assert!(error.to_string().contains(&expected), "{error}");
        }
    }
}

#[tokio::test]
async fn numbers_are_not_cast_and_arguments_are_counted() {
    let context = SessionContext::new();
    tutur_datafusion::register(&context);
    for function in FUNCTIONS {
        for arguments in ["1", "2.5", "true", "", "'a', 'b'", "make_array('a')", "DATE '2025-01-01'"] {
            let query = format!("SELECT {function}({arguments})");
            let error = column(&context, &query).await.expect_err(&query);
            assert!(error.to_string().contains(function), "{query}: {error}");
        }
        assert!(column(&context, &format!("SELECT {function}(CAST(1 AS VARCHAR))")).await.is_ok());
    }
}

#[tokio::test]
async fn a_text_that_is_too_long_is_null_or_an_error() -> Result<()> {
    let texts: ArrayRef =
        Arc::new(StringArray::from(vec!["Ani membaca.", "Budi membaca buku-buku.", "Palu"]));
    let short = Functions::new().max_bytes(15);
    for function in FUNCTIONS {
        let rows = answer(&short, function, texts.clone()).await?;
        assert_eq!((rows.len(), rows.null_count(), rows.is_null(1)), (3, 1, true), "{function}");
        let error =
            answer(&short.clone().on_error(OnError::Raise), function, texts.clone()).await.unwrap_err();
        let expected =
            format!("{function}: 23 bytes are more than the limit of 15, in the text that begins \"Budi");
        assert!(error.to_string().contains(&expected), "{error}");
    }
    let stems = strings(&answer(&short, "tutur_stem", texts).await?);
    assert_eq!(stems, [Some("ani baca".to_owned()), None, Some("palu".to_owned())]);
    Ok(())
}

/// Panics at one word.
#[derive(Debug)]
struct Faulty;

impl Tagger for Faulty {
    fn tag(&self, words: &[&str], _: &mut TagScratch, _: &mut Vec<TagSpan>) {
        assert!(!words.contains(&"rusak"), "as asked for");
    }
}

#[tokio::test]
async fn a_panic_costs_its_row_only() -> Result<()> {
    let texts: ArrayRef = Arc::new(StringArray::from(vec!["Ani membaca.", "Ini rusak.", "Budi menulis."]));
    let faulty = Functions::new().pipeline(Pipeline::builder().tagger(Faulty).build().expect("a pipeline"));
    let stems = strings(&answer(&faulty, "tutur_stem", texts.clone()).await?);
    assert_eq!(stems, [Some("ani baca".to_owned()), None, Some("budi tulis".to_owned())]);
    let error = answer(&faulty.on_error(OnError::Raise), "tutur_roots", texts).await.unwrap_err();
    assert!(
        error.to_string().contains("the pipeline panicked, in the text that begins \"Ini rusak"),
        "{error}"
    );
    Ok(())
}

#[tokio::test]
async fn a_cell_of_10_megabytes_is_a_cell() -> Result<()> {
    let sentence = "Ani membaca buku di Palu. ";
    let big = sentence.repeat(10_000_000 / sentence.len() + 1);
    assert!(big.len() >= 10_000_000);
    let texts: ArrayRef = Arc::new(StringArray::from(vec!["Budi.", big.as_str(), "Palu."]));
    let sentences = lists(&answer(&Functions::new(), "tutur_sentences", texts.clone()).await?);
    let counts: Vec<_> = sentences.iter().map(|row| row.as_ref().map(|r| r.len())).collect();
    assert_eq!(counts, [Some(1), Some(big.len() / sentence.len()), Some(1)]);
    let stems = strings(&answer(&Functions::new(), "tutur_stem", texts).await?);
    assert!(stems[1].as_ref().unwrap().starts_with("ani baca buku di palu ani baca"));
    Ok(())
}

#[tokio::test]
async fn functions_made_together_are_equal_and_others_are_not() {
    let (functions, other) = (Functions::new().udfs(), Functions::new().udfs());
    assert_eq!(functions.iter().map(|f| f.name()).collect::<Vec<_>>(), FUNCTIONS);
    assert_eq!(functions, functions.clone());
    assert!(functions.iter().zip(&other).all(|(a, b)| a != b));
    assert!(functions.iter().all(|f| f.documentation().is_some_and(|d| d.syntax_example.contains(f.name()))));
}
