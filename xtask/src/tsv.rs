//! Tab-separated sources with a header line, and errors that name file and line.

use std::path::Path;

use anyhow::{Context, Result, bail};

/// A source file as read, for its rows and for the hash that the binary keeps.
pub(crate) struct Table {
    name: String,
    text: String,
    columns: usize,
}

impl Table {
    /// Reads `folder/name` and checks its header.
    pub(crate) fn read(folder: &Path, name: &str, header: &[&str]) -> Result<Table> {
        let text = std::fs::read_to_string(folder.join(name)).with_context(|| format!("reading {name}"))?;
        let found: Vec<&str> = text.lines().next().unwrap_or_default().split('\t').collect();
        if found != header {
            bail!("{name}:1: expected the columns {header:?}, found {found:?}");
        }
        Ok(Table { name: name.to_owned(), text, columns: header.len() })
    }

    /// The bytes of the file.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// The rows after the header with their place in the file.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Result<(String, Vec<&str>)>> {
        self.text.lines().enumerate().skip(1).map(|(index, line)| {
            let place = format!("{}:{}", self.name, index + 1);
            let row: Vec<&str> = line.split('\t').collect();
            if row.len() != self.columns {
                bail!("{place}: expected {} columns, found {}", self.columns, row.len());
            }
            Ok((place, row))
        })
    }
}
