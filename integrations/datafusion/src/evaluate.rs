//! From a column of texts to a column of answers: kinds of string arrays, nulls, rows that fail.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use datafusion::arrow::array::{AnyDictionaryArray, Array, ArrayRef, AsArray, UInt64Array, new_null_array};
use datafusion::arrow::compute::take;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Result, exec_err};
use tutur::pipeline::DocBuf;

use crate::column::Kind;
use crate::options::{OnError, Settings};

/// Why a row has no answer.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Failure {
    TooLong {
        bytes: usize,
        limit: usize,
    },
    Panicked,
    /// The lists of one batch hold more items than 32-bit offsets reach.
    BatchFull,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::TooLong { bytes, limit } => {
                write!(f, "{bytes} bytes are more than the limit of {limit}")
            }
            Failure::Panicked => f.write_str("the pipeline panicked"),
            Failure::BatchFull => f.write_str("the batch holds too many items, make batches smaller"),
        }
    }
}

/// The answers of `kind` for each of `texts`.
pub(crate) fn evaluate(kind: Kind, settings: &Settings, texts: &ArrayRef) -> Result<ArrayRef> {
    match texts.data_type() {
        DataType::Utf8 => rows(kind, settings, texts.as_string::<i32>().iter()),
        DataType::LargeUtf8 => rows(kind, settings, texts.as_string::<i64>().iter()),
        DataType::Utf8View => rows(kind, settings, texts.as_string_view().iter()),
        DataType::Dictionary(..) => dictionary(kind, settings, texts.as_any_dictionary()),
        other => exec_err!("{} expects text, found {other}", kind.name()),
    }
}

/// Each text that occurs is analysed once.
fn dictionary(kind: Kind, settings: &Settings, texts: &dyn AnyDictionaryArray) -> Result<ArrayRef> {
    let (keys, values) = (texts.keys(), texts.values());
    if keys.null_count() == keys.len() {
        return Ok(new_null_array(&kind.data_type(), keys.len()));
    }
    let mut used = Vec::new();
    let mut places = vec![None; values.len()];
    let rows = texts.normalized_keys().into_iter().enumerate().map(|(row, key)| {
        let place = places.get_mut(key).filter(|_| keys.is_valid(row))?;
        Some(*place.get_or_insert_with(|| {
            used.push(key as u64);
            used.len() as u64 - 1
        }))
    });
    let rows: UInt64Array = rows.collect();
    let used = take(values, &UInt64Array::from(used), None)?;
    Ok(take(&evaluate(kind, settings, &used)?, &rows, None)?)
}

fn rows<'a>(
    kind: Kind,
    settings: &Settings,
    texts: impl Iterator<Item = Option<&'a str>>,
) -> Result<ArrayRef> {
    let pipeline = if kind == Kind::Sentences { &settings.sentences } else { &settings.pipeline };
    let mut column = kind.column(settings.offsets);
    let (mut worker, mut buffer) = (pipeline.worker(), DocBuf::default());
    for text in texts {
        let Some(text) = text else {
            column.push_null();
            continue;
        };
        let answer = if text.len() > settings.max_bytes {
            Err(Failure::TooLong { bytes: text.len(), limit: settings.max_bytes })
        } else {
            let kept = std::mem::take(&mut buffer);
            // tutur does not panic, but a tagger of the user's own may; the worker it left is not used again.
            catch_unwind(AssertUnwindSafe(|| worker.process_with(text, kept))).map_err(|_| {
                worker = pipeline.worker();
                Failure::Panicked
            })
        };
        match answer.and_then(|document| column.push(&document).map(|()| document)) {
            Ok(document) if text.len() <= KEPT => buffer = document.into_buf(),
            Ok(_) => {}
            Err(_) if settings.on_error == OnError::Null => column.push_null(),
            Err(failure) => {
                let start: String = text.chars().take(40).collect();
                return exec_err!("{}: {failure}, in the text that begins {start:?}", kind.name());
            }
        }
    }
    Ok(column.finish())
}

/// The columns of a document of more bytes are not kept for the next, so that one of them does not fix the memory.
const KEPT: usize = 1 << 20;
