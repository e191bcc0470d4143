//! A column for Python.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, Field, FieldRef};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};

/// What a column function answers: as many rows as there were texts, for pyarrow, Polars and pandas.
///
/// It speaks the Arrow C stream interface, so that ``pyarrow.chunked_array(column)``, ``polars.Series(column)`` and
/// ``to_pyarrow()`` cost no copy.
///
/// >>> import pyarrow, tutur
/// >>> column = tutur.Pipeline().stem_column(pyarrow.array(["membaca buku", None]))
/// >>> len(column), column.null_count, column.to_pylist()
/// (2, 1, ['baca buku', None])
#[pyclass(frozen, module = "tutur")]
pub(crate) struct Column {
    chunks: Vec<ArrayRef>,
    field: FieldRef,
    errors: Vec<(usize, String)>,
}

impl Column {
    pub(super) fn new(chunks: Vec<ArrayRef>, kind: DataType, errors: Vec<(usize, String)>) -> Column {
        Column { chunks, field: Arc::new(Field::new("", kind, true)), errors }
    }
}

#[pymethods]
impl Column {
    /// Rows that are null, because their text was or because they failed.
    #[getter]
    fn null_count(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.null_count()).sum()
    }

    /// Rows that failed: their index and the reason. They are null.
    #[getter]
    fn errors(&self) -> Vec<(usize, String)> {
        self.errors.clone()
    }

    /// The Arrow type of the rows, in words.
    #[getter]
    fn r#type(&self) -> String {
        self.field.data_type().to_string()
    }

    /// The column as a ``pyarrow.ChunkedArray``.
    fn to_pyarrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pyarrow")?.getattr("chunked_array")?.call1((slf,))
    }

    /// The rows as Python objects. Needs pyarrow.
    fn to_pylist<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Column::to_pyarrow(slf)?.call_method0("to_pylist")
    }

    fn __len__(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len()).sum()
    }

    fn __iter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Column::to_pylist(slf)?.try_iter().map(Bound::into_any)
    }

    fn __repr__(&self) -> String {
        let (rows, nulls, failed) = (self.__len__(), self.null_count(), self.errors.len());
        format!("<Column: {rows} rows, {nulls} nulls, {failed} failed>")
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let chunks: Vec<_> = self.chunks.iter().cloned().map(Ok).collect();
        let reader = Box::new(ArrayIterator::new(chunks, self.field.clone()));
        Ok(to_stream_pycapsule(py, reader, requested_schema)?)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.field.as_ref())?)
    }
}
