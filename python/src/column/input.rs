//! Columns of texts and of ids, from whatever speaks Arrow.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, BinaryArray, BinaryViewArray, LargeBinaryArray};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3_arrow::error::PyArrowError;
use pyo3_arrow::input::AnyArray;

use crate::json;

/// Part of a column of texts. Bytes, because engines do not promise that their strings are UTF-8.
pub(super) enum Texts {
    Small(BinaryArray),
    Large(LargeBinaryArray),
    View(BinaryViewArray),
}

impl Texts {
    /// The texts of an array; none where it holds no strings.
    fn new(array: &ArrayRef) -> Result<Option<Texts>, ArrowError> {
        Ok(Some(match array.data_type() {
            DataType::Utf8 => Texts::Small(array.as_string::<i32>().clone().into()),
            DataType::LargeUtf8 => Texts::Large(array.as_string::<i64>().clone().into()),
            DataType::Utf8View => Texts::View(array.as_string_view().clone().to_binary_view()),
            DataType::Binary => Texts::Small(array.as_binary::<i32>().clone()),
            DataType::LargeBinary => Texts::Large(array.as_binary::<i64>().clone()),
            DataType::BinaryView => Texts::View(array.as_binary_view().clone()),
            DataType::Dictionary(_, values) => return Texts::new(&cast(array, values)?),
            DataType::Null => Texts::Small(BinaryArray::new_null(array.len())),
            _ => return Ok(None),
        }))
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Texts::Small(array) => array.len(),
            Texts::Large(array) => array.len(),
            Texts::View(array) => array.len(),
        }
    }

    /// The text of a row below `len`; none for a null.
    pub(super) fn get(&self, row: usize) -> Option<&[u8]> {
        match self {
            Texts::Small(array) => array.is_valid(row).then(|| array.value(row)),
            Texts::Large(array) => array.is_valid(row).then(|| array.value(row)),
            Texts::View(array) => array.is_valid(row).then(|| array.value(row)),
        }
    }
}

/// The chunks of a column.
fn chunks(column: &Bound<'_, PyAny>) -> PyResult<(Vec<ArrayRef>, DataType)> {
    if !column.hasattr("__arrow_c_array__")? && !column.hasattr("__arrow_c_stream__")? {
        let found = column.get_type().name()?;
        let message = format!("expected a column as of pyarrow, Polars or pandas, found {found}");
        return Err(PyTypeError::new_err(message));
    }
    let read = column.extract::<AnyArray>()?.into_chunked_array();
    let (chunks, field) = read.map_err(unreadable)?.into_inner();
    Ok((chunks, field.data_type().clone()))
}

/// The texts of a column of strings, plain, large, view or dictionary, or of bytes.
pub(super) fn texts(column: &Bound<'_, PyAny>) -> PyResult<Vec<Texts>> {
    let (chunks, kind) = chunks(column)?;
    let wrong = || PyTypeError::new_err(format!("expected a column of strings, found {kind}"));
    if !is_text(&kind) {
        return Err(wrong());
    }
    chunks.iter().map(|chunk| Texts::new(chunk).map_err(invalid)?.ok_or_else(wrong)).collect()
}

/// An exception of the column's own passes through.
fn unreadable(error: PyArrowError) -> PyErr {
    match error {
        PyArrowError::PyErr(error) => error,
        error => PyTypeError::new_err(format!("the column cannot be read: {error}")),
    }
}

fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => is_text(values),
        other => other.is_string() || other.is_binary() || other.is_null(),
    }
}

fn invalid(error: ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// A column of ids: integers, or strings.
pub(super) struct Ids {
    /// How many rows stand before each chunk.
    chunks: Vec<(usize, Texts)>,
    rows: usize,
    quoted: bool,
}

impl Ids {
    pub(super) fn new(column: &Bound<'_, PyAny>) -> PyResult<Ids> {
        let (chunks, kind) = chunks(column)?;
        let integers = kind.is_integer();
        if !integers && !is_text(&kind) {
            return Err(PyTypeError::new_err(format!(
                "expected ids that are strings or integers, found {kind}"
            )));
        }
        let mut ids = Ids { chunks: Vec::new(), rows: 0, quoted: !integers };
        for chunk in chunks {
            let chunk =
                if integers { cast(&chunk, &DataType::Utf8).map_err(invalid)? } else { Arc::clone(&chunk) };
            if let Some(texts) = Texts::new(&chunk).map_err(invalid)? {
                let rows = texts.len();
                ids.chunks.push((ids.rows, texts));
                ids.rows += rows;
            }
        }
        Ok(ids)
    }

    pub(super) fn len(&self) -> usize {
        self.rows
    }

    /// The id of a row as JSON, or what is wrong with it.
    pub(super) fn json(&self, row: usize) -> Result<Vec<u8>, String> {
        let chunk =
            self.chunks.partition_point(|c| c.0 <= row).checked_sub(1).and_then(|c| self.chunks.get(c));
        let id =
            chunk.and_then(|(first, texts)| texts.get(row - first)).ok_or("expected an id, found null")?;
        if !self.quoted {
            return Ok(id.to_vec());
        }
        let id = std::str::from_utf8(id).map_err(|_| "expected an id in UTF-8, found other bytes")?;
        json::string(id).map_err(|error| error.to_string())
    }
}
