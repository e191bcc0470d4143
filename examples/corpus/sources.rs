//! Which files are read, in an order that depends on their names alone.

use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// One document.
    Text,
    /// One document a line.
    Jsonl,
}

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Plain,
    Gzip,
    Zstd,
    /// Its first bytes tell.
    Unknown,
}

/// A file, or why there is none.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    /// As shown to the user.
    pub(crate) name: String,
    /// The id of the document in a text file.
    pub(crate) id: String,
    pub(crate) format: Format,
    pub(crate) packing: Packing,
    /// Size on disk; 0 for pipes.
    pub(crate) bytes: u64,
    modified: u128,
    /// Why it cannot be read.
    pub(crate) problem: Option<String>,
}

/// All files of a run.
#[derive(Debug)]
pub(crate) struct Sources {
    pub(crate) list: Vec<Source>,
    /// Files of folders with other extensions.
    pub(crate) ignored: u64,
    follow_links: bool,
}

/// What tells one list of files from another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fingerprint {
    pub(crate) files: u64,
    pub(crate) bytes: u64,
    /// Of names, sizes and times of change.
    crc: u32,
}

impl Sources {
    /// The files behind `inputs`: files, `-`, and folders with all below them by name. Files in `own`, which the run
    /// itself writes, are no input.
    pub(crate) fn find(inputs: &[PathBuf], own: &[PathBuf], follow_links: bool) -> Result<Sources> {
        let own: Vec<PathBuf> = own.iter().filter_map(|path| path.canonicalize().ok()).collect();
        // The whole path is asked for only where the name is right: folders may hold a million files.
        let is_own = |path: &Path| {
            own.iter().any(|own| {
                own.file_name() == path.file_name() && path.canonicalize().is_ok_and(|path| path == *own)
            })
        };
        let mut sources = Sources { list: Vec::new(), ignored: 0, follow_links };
        for input in inputs {
            let named = inputs.len() > 1;
            if input == Path::new("-") {
                sources.list.push(source(
                    input,
                    "standard input",
                    String::new(),
                    Some((Format::Jsonl, Packing::Unknown)),
                ));
                continue;
            }
            let data = input.metadata().with_context(|| format!("cannot read {}", input.display()))?;
            if data.is_dir() {
                let before = sources.list.len();
                sources.folder(input, named, &is_own);
                ensure!(
                    sources.list.len() > before,
                    "{} holds no .txt and no .jsonl file, plain, .gz or .zst",
                    input.display()
                );
            } else {
                ensure!(!is_own(input), "{} is written by this run; it cannot be its input", input.display());
                let id = if named { id(input) } else { id(Path::new(input.file_name().unwrap_or_default())) };
                let kind = kind(input).unwrap_or((Format::Jsonl, Packing::Unknown));
                sources.list.push(source(input, &input.to_string_lossy(), id, Some(kind)));
            }
        }
        Ok(sources)
    }

    fn folder(&mut self, folder: &Path, named: bool, is_own: &dyn Fn(&Path) -> bool) {
        let walk = WalkDir::new(folder).min_depth(1).follow_links(self.follow_links).sort_by_file_name();
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(folder);
                    let mut lost = source(path, &path.to_string_lossy(), String::new(), None);
                    lost.problem = Some(match error.io_error() {
                        Some(error) => format!("cannot read: {error}"),
                        None => "a symbolic link to a folder above itself".to_owned(),
                    });
                    self.list.push(lost);
                    continue;
                }
            };
            let (path, file) = (entry.path(), entry.file_type());
            if file.is_dir() {
                continue;
            }
            let Some(kind) = kind(path).filter(|_| !is_own(path)) else {
                self.ignored += u64::from(!is_own(path));
                continue;
            };
            let below = if named { path } else { path.strip_prefix(folder).unwrap_or(path) };
            let mut found = source(path, &path.to_string_lossy(), id(below), Some(kind));
            if file.is_symlink() {
                found.problem = Some("a symbolic link; --follow-links reads it".to_owned());
            } else if !file.is_file() {
                found.problem = Some("not a regular file".to_owned());
            }
            self.list.push(found);
        }
    }

    pub(crate) fn fingerprint(&self) -> Fingerprint {
        let mut crc = crc32fast::Hasher::new();
        for source in &self.list {
            let name = source.path.as_os_str().as_encoded_bytes();
            crc.update(&(name.len() as u64).to_le_bytes());
            crc.update(name);
            crc.update(&source.bytes.to_le_bytes());
            crc.update(&source.modified.to_le_bytes());
        }
        Fingerprint { files: self.list.len() as u64, bytes: self.bytes(), crc: crc.finalize() }
    }

    /// Sizes on disk together.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes_of(self.list.len())
    }

    /// Those of the first `files` files.
    pub(crate) fn bytes_of(&self, files: usize) -> u64 {
        self.list.iter().take(files).map(|source| source.bytes).sum()
    }
}

fn source(path: &Path, name: &str, id: String, kind: Option<(Format, Packing)>) -> Source {
    let (format, packing) = kind.unwrap_or((Format::Text, Packing::Plain));
    let data = path.metadata().ok().filter(std::fs::Metadata::is_file);
    let modified = data.as_ref().and_then(|d| d.modified().ok()?.duration_since(UNIX_EPOCH).ok());
    Source {
        path: path.to_owned(),
        name: name.to_owned(),
        id,
        format,
        packing,
        bytes: data.map_or(0, |d| d.len()),
        modified: modified.map_or(0, |time| time.as_nanos()),
        problem: None,
    }
}

/// What the extensions say; none where they say nothing.
fn kind(path: &Path) -> Option<(Format, Packing)> {
    let (stem, packing) = unpacked(path)?;
    let format = match stem.rsplit_once('.')?.1 {
        "txt" => Format::Text,
        "jsonl" | "ndjson" => Format::Jsonl,
        _ => return None,
    };
    Some((format, packing))
}

/// The name in lower case without `.gz` or `.zst`.
fn unpacked(path: &Path) -> Option<(String, Packing)> {
    let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
    Some(match name.rsplit_once('.') {
        Some((stem, "gz")) => (stem.to_owned(), Packing::Gzip),
        Some((stem, "zst")) => (stem.to_owned(), Packing::Zstd),
        _ => (name, Packing::Plain),
    })
}

/// The path with slashes and without `.txt`, `.txt.gz` or `.txt.zst`.
fn id(path: &Path) -> String {
    let parts = path.components().filter(|part| !matches!(part, Component::CurDir | Component::RootDir));
    let joined = parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    let lower = joined.to_ascii_lowercase();
    let end =
        [".txt", ".txt.gz", ".txt.zst"].iter().find(|end| lower.ends_with(*end)).map_or(0, |end| end.len());
    joined[..joined.len() - end].to_owned()
}
