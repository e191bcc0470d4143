//! What the functions answer is what tutur says, for every kind of string column.

use std::sync::Arc;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, DictionaryArray, Int32Array, LargeStringArray, StringArray, StringViewArray,
};
use datafusion::arrow::datatypes::{Float32Type, Int8Type, Int32Type};
use datafusion::error::Result;
use tutur::{OffsetUnit, Pipeline, TokenKind};
use tutur_datafusion::Functions;

use crate::common::{FUNCTIONS, TEXTS, answer, column, lists, places, session, strings};

/// `TEXTS` in every way that Arrow stores text.
fn columns() -> Vec<ArrayRef> {
    let text: ArrayRef = Arc::new(TEXTS.iter().copied().collect::<StringArray>());
    let large: ArrayRef = Arc::new(TEXTS.iter().copied().collect::<LargeStringArray>());
    let view: ArrayRef = Arc::new(TEXTS.iter().copied().collect::<StringViewArray>());
    let keys = Int32Array::from_iter_values(0..TEXTS.len() as i32);
    let dictionary =
        |values: &ArrayRef| -> ArrayRef { Arc::new(DictionaryArray::new(keys.clone(), values.clone())) };
    let dictionaries = [dictionary(&text), dictionary(&large), dictionary(&view)];
    let null_key: ArrayRef = Arc::new(TEXTS.iter().copied().collect::<DictionaryArray<Int8Type>>());
    [text, large, view, null_key].into_iter().chain(dictionaries).collect()
}

#[tokio::test]
async fn roots_and_stems_are_those_of_the_document() -> Result<()> {
    let pipeline = Pipeline::new();
    let marks = [TokenKind::Punctuation, TokenKind::Symbol, TokenKind::Emoji, TokenKind::Emoticon];
    let expected: Vec<Option<Vec<String>>> = TEXTS
        .iter()
        .map(|text| {
            let document = pipeline.process((*text)?);
            let read = document.tokens().filter(|t| !marks.contains(&t.kind()));
            Some(read.map(|t| t.stem().to_lowercase()).collect())
        })
        .collect();
    assert_eq!(expected[4].as_ref().unwrap()[5..], ["buku", "baca", "dr.", "ani"]);
    for texts in columns() {
        let roots = lists(&answer(&Functions::new(), "tutur_roots", texts.clone()).await?);
        let roots: Vec<_> = roots
            .iter()
            .map(|row| row.as_ref().map(|r| strings(r).into_iter().map(Option::unwrap).collect::<Vec<_>>()))
            .collect();
        assert_eq!(roots, expected, "{}", texts.data_type());
        let stems = strings(&answer(&Functions::new(), "tutur_stem", texts).await?);
        let joined: Vec<_> = expected.iter().map(|row| row.as_ref().map(|r| r.join(" "))).collect();
        assert_eq!(stems, joined);
    }
    Ok(())
}

#[tokio::test]
async fn entities_and_sentences_are_those_of_the_document_in_every_unit() -> Result<()> {
    let pipeline = Pipeline::new();
    for unit in [OffsetUnit::Chars, OffsetUnit::Bytes, OffsetUnit::Utf16] {
        let functions = Functions::new().offsets(unit);
        for texts in columns() {
            let entities = lists(&answer(&functions, "tutur_entities", texts.clone()).await?);
            let sentences = lists(&answer(&functions, "tutur_sentences", texts.clone()).await?);
            assert_eq!((entities.len(), sentences.len()), (TEXTS.len(), TEXTS.len()));
            for ((text, entities), sentences) in TEXTS.iter().zip(entities).zip(sentences) {
                let Some(text) = text else {
                    assert!(entities.is_none() && sentences.is_none());
                    continue;
                };
                let (document, entities) = (pipeline.process(text), entities.unwrap());
                let map = document.offsets(unit);
                let place = |range: std::ops::Range<usize>| {
                    (map.from_byte(range.start), map.from_byte(range.end), text[range].to_owned())
                };
                let expected: Vec<_> = document.entities().map(|e| place(e.range())).collect();
                assert_eq!(places(&entities), expected, "{} {unit:?}", texts.data_type());
                let expected: Vec<_> = document.sentences().map(|s| place(s.range())).collect();
                assert_eq!(places(&sentences.unwrap()), expected);

                let field = |name| entities.as_struct().column_by_name(name).unwrap().clone();
                let own =
                    |texts: Vec<&str>| texts.into_iter().map(|t| Some(t.to_owned())).collect::<Vec<_>>();
                assert_eq!(
                    strings(&field("label")),
                    own(document.entities().map(|e| e.kind().label()).collect())
                );
                assert_eq!(
                    strings(&field("chain")),
                    own(document.entities().map(|e| e.chain().name()).collect())
                );
                let scores: Vec<f32> = field("score").as_primitive::<Float32Type>().values().to_vec();
                assert_eq!(scores, document.entities().map(|e| e.score()).collect::<Vec<_>>());
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn offsets_count_as_substr_does() -> Result<()> {
    let context = session(&Functions::new(), vec![vec![columns()[0].clone()]])?;
    let query = "SELECT substr(isi, e['start'] + 1, e['end'] - e['start']) = e['text'] FROM
        (SELECT isi, unnest(tutur_entities(isi)) AS e FROM t)";
    let same = column(&context, query).await?;
    assert!(same.len() > 3 && same.as_boolean().true_count() == same.len());
    Ok(())
}

#[tokio::test]
async fn a_constant_gives_a_constant() -> Result<()> {
    let context = session(&Functions::new(), vec![vec![columns()[0].clone()]])?;
    let stem = column(&context, "SELECT tutur_stem('Pembangunan jembatan')").await?;
    assert_eq!(strings(&stem), [Some("bangun jembatan".to_owned())]);
    for function in FUNCTIONS {
        for null in ["NULL", "NULL::text", "CAST(NULL AS VARCHAR)"] {
            let answer = column(&context, &format!("SELECT {function}({null})")).await?;
            assert_eq!((answer.len(), answer.null_count()), (1, 1), "{function}({null})");
        }
    }
    // Beside a column, and as a filter.
    let rows =
        column(&context, "SELECT tutur_stem('buku-buku') FROM t WHERE tutur_stem(isi) LIKE '%temu%'").await?;
    assert_eq!(strings(&rows), [Some("buku".to_owned())]);
    Ok(())
}

#[tokio::test]
async fn a_dictionary_is_analysed_by_value_and_answered_by_row() -> Result<()> {
    let (long, short) = ("Sergey Lavrov membacakan pernyataan.", "Ani");
    // The second value is used by no row, the last key is null, and the array is a slice.
    let keys = Int32Array::from(vec![Some(1), Some(2), Some(0), Some(2), Some(0), None]);
    let values = Arc::new(StringArray::from(vec![Some(long), Some("tidak dipakai"), None]));
    let array: ArrayRef = Arc::new(DictionaryArray::<Int32Type>::new(keys, values).slice(1, 5));
    let stems = strings(&answer(&Functions::new(), "tutur_stem", array).await?);
    let stem = Some("sergey lavrov baca nyata".to_owned());
    assert_eq!(stems, [None, stem.clone(), None, stem, None]);

    let nulls: ArrayRef = Arc::new([None::<&str>, None].into_iter().collect::<DictionaryArray<Int32Type>>());
    for function in FUNCTIONS {
        let answer = answer(&Functions::new(), function, nulls.clone()).await?;
        assert_eq!((answer.len(), answer.null_count()), (2, 2));
    }
    let one: ArrayRef = Arc::new([short; 9].into_iter().collect::<DictionaryArray<Int32Type>>());
    assert_eq!(answer(&Functions::new(), "tutur_entities", one).await?.len(), 9);
    Ok(())
}

#[tokio::test]
async fn partitions_and_batches_change_nothing() -> Result<()> {
    let texts: Vec<String> = (0..4_000)
        .map(|n| format!("Warga {n} menemui Bupati Demak. Ia membacakan surat ke-{n} di Palu."))
        .collect();
    let arrays = |size| texts.chunks(size).map(|c| Arc::new(StringArray::from_iter_values(c)) as ArrayRef);
    let query =
        "SELECT isi, tutur_stem(isi) AS akar, tutur_entities(isi) AS nama, tutur_sentences(isi) AS kalimat
        FROM t ORDER BY isi";
    let mut answers = Vec::new();
    for (size, partitions) in [(4_000, 1), (1_000, 1), (1_000, 4), (1_000, 2), (7, 3)] {
        let arrays: Vec<ArrayRef> = arrays(size).collect();
        let parts = arrays.chunks(arrays.len().div_ceil(partitions)).map(<[_]>::to_vec).collect();
        let context = session(&Functions::new(), parts)?;
        answers.push(context.sql(query).await?.to_string().await?);
    }
    assert!(answers[0].contains("warga 3999 temu bupati demak"));
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    Ok(())
}
