//! The SQL functions, in one binary: each that holds the engine takes long to link.

mod answers;
mod common;
mod failures;
