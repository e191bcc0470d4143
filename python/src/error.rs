//! Errors of the library as Python exceptions.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use tutur::ErrorKind;

pyo3::create_exception!(
    tutur,
    TuturError,
    PyValueError,
    "What went wrong while loading data, building a configuration, reading or writing, or in a row of a column.\n\n\
     The message is that of the Rust library. `kind` tells what to do: `format`, `version`, `checksum`, `truncated`,\n\
     `config`, `too_large`, `io`, or `row` for a row of a column."
);

/// The exception for an error of the library.
pub(crate) fn raise(error: tutur::Error) -> PyErr {
    let kind = match error.kind() {
        ErrorKind::Format => "format",
        ErrorKind::Version => "version",
        ErrorKind::Checksum => "checksum",
        ErrorKind::Truncated => "truncated",
        ErrorKind::Config => "config",
        ErrorKind::TooLarge => "too_large",
        ErrorKind::Io => "io",
        _ => "other",
    };
    of_kind(kind, error.to_string())
}

/// An exception whose `kind` is `kind`.
pub(crate) fn of_kind(kind: &'static str, message: String) -> PyErr {
    let error = TuturError::new_err(message);
    match Python::attach(|py| error.value(py).setattr("kind", kind)) {
        Ok(()) => error,
        Err(other) => other,
    }
}

/// The exception for a setting that is none of `expected`.
pub(crate) fn expected(what: &str, expected: &str, found: &str) -> PyErr {
    of_kind("config", format!("{what}: expected {expected}, found {found:?}"))
}
