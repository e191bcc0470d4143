//! The built example binaries. Cargo builds them before it runs the tests of the whole package.
#![allow(dead_code)] // each test uses its part

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// The built example `name`; none, with the reason printed, where only some tests were built.
pub(crate) fn binary(name: &str) -> Option<PathBuf> {
    let folder = std::env::current_exe().ok()?.parent()?.parent()?.join("examples");
    let found = folder.join(name);
    if !found.exists() {
        println!("skipped: {} is not built; run the whole of `cargo test`", found.display());
        return None;
    }
    Some(found)
}

/// What the example `name` answers to `input`; none where it is not built.
pub(crate) fn run(name: &str, args: &[&str], input: &str) -> Option<Output> {
    let mut child = Command::new(binary(name)?)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses its arguments ends before it has read anything.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    Some(child.wait_with_output().unwrap())
}
