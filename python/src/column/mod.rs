//! One call for a column: texts in, a column of what was found out, on as many threads as wanted.

mod input;
mod output;
mod result;

use std::num::NonZeroUsize;
use std::ops::Range;

use arrow_array::builder::StringBuilder;
use arrow_array::{Array, ArrayRef};
use arrow_schema::{ArrowError, DataType};
use pyo3::prelude::*;
use tutur::{DocBuf, Worker};

use crate::error::{expected, of_kind};
use crate::parallel::{self, ROUND, in_order, threads};
use crate::pipeline::Pipeline;
use crate::{json, stemmer};
use input::{Ids, Texts};
use output::{Found, Kind, Output};
pub(crate) use result::Column;

/// Texts of more bytes cannot be rows: what is found in them might not fit an array of 32-bit offsets.
const LONGEST: usize = 268_435_456;
/// Rows that need more bytes in one column fail.
const LARGEST_ROW: usize = 1 << 30;
/// Arrays of more bytes are not added to.
const FULL: usize = 1 << 28;
/// Texts of more bytes leave no buffers behind.
const KEPT: usize = 1 << 20;

/// What becomes of a text.
#[derive(Clone, Copy)]
pub(crate) enum What {
    Stem,
    Tokens,
    Sentences,
    Entities,
    Process,
    Json,
}

/// What a caller may set.
pub(crate) struct Options<'a> {
    pub(crate) threads: Option<NonZeroUsize>,
    pub(crate) on_error: &'a str,
    pub(crate) max_bytes: usize,
}

/// A column function at work.
struct Job<'a> {
    pipeline: &'a Pipeline,
    what: What,
    chunks: Vec<Texts>,
    ids: Option<Ids>,
    /// How many rows stand before each chunk.
    starts: Vec<usize>,
    max_bytes: usize,
}

/// Rows of a chunk that one thread works on.
#[derive(Clone)]
struct Block {
    chunk: usize,
    rows: Range<usize>,
    bytes: usize,
}

/// What came of a block.
struct Part {
    arrays: Vec<ArrayRef>,
    errors: Vec<(usize, String)>,
}

/// What a thread keeps from row to row.
struct Buffers {
    worker: Worker,
    columns: DocBuf,
    line: Vec<u8>,
    stem: String,
}

/// Applies `what` to the texts of `column`.
pub(crate) fn apply(
    py: Python<'_>,
    pipeline: &Pipeline,
    what: What,
    column: &Bound<'_, PyAny>,
    ids: Option<&Bound<'_, PyAny>>,
    options: &Options<'_>,
) -> PyResult<Column> {
    let raise = match options.on_error {
        "null" => false,
        "raise" => true,
        other => return Err(expected("on_error", "null or raise", other)),
    };
    let max_bytes = options.max_bytes;
    if max_bytes > LONGEST {
        return Err(of_kind("config", format!("max_bytes: expected at most {LONGEST}, found {max_bytes}")));
    }
    let (chunks, ids) = (input::texts(column)?, ids.map(Ids::new).transpose()?);
    let rows: usize = chunks.iter().map(Texts::len).sum();
    if let Some(ids) = ids.as_ref().filter(|ids| ids.len() != rows) {
        return Err(of_kind(
            "config",
            format!("ids: expected as many as the {rows} texts, found {}", ids.len()),
        ));
    }
    let starts = chunks.iter().scan(0, |end, chunk| {
        *end += chunk.len();
        Some(*end - chunk.len())
    });
    let starts = starts.collect();
    let job = Job { pipeline, what, chunks, ids, starts, max_bytes };
    job.run(py, threads(options.threads), raise)
}

impl Job<'_> {
    fn run(&self, py: Python<'_>, threads: usize, raise: bool) -> PyResult<Column> {
        let mut chunks: Vec<Vec<ArrayRef>> = self.chunks.iter().map(|_| Vec::new()).collect();
        let mut errors = Vec::new();
        let blocks = py.detach(|| self.blocks(threads));
        let mut rest = blocks.as_slice();
        while !rest.is_empty() {
            let (round, after) = parallel::round(rest, |block| block.bytes);
            rest = after;
            let parts = py.detach(|| {
                let buffers = || Buffers::new(self.pipeline);
                in_order(round.len(), threads, buffers, |buffers, at| self.block(&round[at], buffers))
            });
            for (block, part) in round.iter().zip(parts) {
                let part = part.map_err(broken)?;
                errors.extend(part.errors);
                if let Some(chunk) = chunks.get_mut(block.chunk) {
                    chunk.extend(part.arrays);
                }
            }
            if let Some((row, reason)) = errors.first().filter(|_| raise) {
                return Err(of_kind("row", format!("row {row}: {reason}")));
            }
            py.check_signals()?;
        }
        let kind = self.data_type().map_err(broken)?;
        let joined = py.detach(|| chunks.iter().map(|parts| join(parts)).collect::<Result<Vec<_>, _>>());
        Ok(Column::new(joined.map_err(broken)?.concat(), kind, errors))
    }

    fn data_type(&self) -> Result<DataType, ArrowError> {
        self.kind().map_or(Ok(DataType::Utf8), Kind::data_type)
    }

    fn kind(&self) -> Option<Kind> {
        match self.what {
            What::Stem | What::Json => None,
            What::Tokens => Some(Kind::Tokens),
            What::Sentences => Some(Kind::Sentences),
            What::Entities => Some(Kind::Entities),
            What::Process => Some(Kind::Documents),
        }
    }

    /// The rows in blocks that keep `threads` threads busy until the end.
    fn blocks(&self, threads: usize) -> Vec<Block> {
        let lengths = |chunk: usize| {
            let chunk = &self.chunks[chunk];
            (0..chunk.len()).map(|row| chunk.get(row).map_or(0, <[u8]>::len))
        };
        let enough = match threads {
            1 => ROUND,
            _ => (0..self.chunks.len()).flat_map(lengths).sum::<usize>() / (8 * threads),
        };
        let mut blocks = Vec::new();
        for chunk in 0..self.chunks.len() {
            let mut block = Block { chunk, rows: 0..0, bytes: 0 };
            for length in lengths(chunk) {
                block.rows.end += 1;
                // Rows cost a little without text too.
                block.bytes += length + 16;
                if block.bytes >= enough.clamp(1 << 14, ROUND) {
                    let next = Block { chunk, rows: block.rows.end..block.rows.end, bytes: 0 };
                    blocks.push(std::mem::replace(&mut block, next));
                }
            }
            blocks.extend(Some(block).filter(|b| !b.rows.is_empty()));
        }
        blocks
    }

    fn block(&self, block: &Block, buffers: &mut Buffers) -> Result<Part, ArrowError> {
        let (texts, first) = (&self.chunks[block.chunk], self.starts[block.chunk]);
        let mut part = Part { arrays: Vec::new(), errors: Vec::new() };
        let mut rows = Rows::new(self.kind());
        for row in block.rows.clone() {
            let done = match texts.get(row) {
                Some(text) => self.row(first + row, text, buffers, &mut rows),
                None => {
                    rows.null();
                    Ok(())
                }
            };
            if let Err(reason) = done {
                part.errors.push((first + row, reason));
                rows.null();
            }
            if rows.bytes() > FULL {
                part.arrays.push(rows.finish()?);
            }
        }
        if rows.len > 0 {
            part.arrays.push(rows.finish()?);
        }
        Ok(part)
    }

    /// Appends what is found in a text, or says what is wrong with it.
    fn row(&self, row: usize, text: &[u8], buffers: &mut Buffers, rows: &mut Rows) -> Result<(), String> {
        if text.len() > self.max_bytes {
            return Err(format!("expected at most {} bytes, found {}", self.max_bytes, text.len()));
        }
        let text = std::str::from_utf8(text)
            .map_err(|error| format!("expected UTF-8, found another byte at {}", error.valid_up_to()))?;
        if matches!(self.what, What::Stem) {
            stemmer::stem_text(
                &self.pipeline.tokenizer.inner,
                &self.pipeline.stemmer,
                text,
                &mut buffers.stem,
            );
            return rows.text(&buffers.stem);
        }
        let document = buffers.worker.process_with(text, std::mem::take(&mut buffers.columns));
        let done = if let What::Json = self.what {
            let id = self.ids.as_ref().map(|ids| ids.json(row)).transpose()?;
            json::line(&document, id.as_deref(), self.pipeline.unit, &mut buffers.line)
                .map_err(|error| error.to_string())?;
            std::str::from_utf8(&buffers.line)
                .map_err(|error| error.to_string())
                .and_then(|line| rows.text(line))
        } else {
            let map = document.offsets(self.pipeline.unit);
            let label = |kind| self.pipeline.label(kind);
            rows.document(&Found { document: &document, map: &map, label: &label })
        };
        if text.len() <= KEPT {
            buffers.columns = document.into_buf();
        } else {
            buffers.line = Vec::new();
        }
        done
    }
}

impl Buffers {
    fn new(pipeline: &Pipeline) -> Buffers {
        let (columns, line, stem) = (DocBuf::default(), Vec::new(), String::new());
        Buffers { worker: pipeline.inner.worker(), columns, line, stem }
    }
}

/// The rows of an array that grows.
struct Rows {
    form: Form,
    len: usize,
    /// At most so many bytes are in one string column.
    bytes: usize,
}

enum Form {
    Texts(StringBuilder),
    Documents(Box<dyn Output>),
}

impl Rows {
    fn new(kind: Option<Kind>) -> Rows {
        let form = kind.map_or_else(|| Form::Texts(StringBuilder::new()), |k| Form::Documents(k.output()));
        Rows { form, len: 0, bytes: 0 }
    }

    fn bytes(&self) -> usize {
        self.bytes
    }

    fn null(&mut self) {
        self.len += 1;
        match &mut self.form {
            Form::Texts(texts) => texts.append_null(),
            Form::Documents(documents) => documents.push(None),
        }
    }

    fn grow(&mut self, bytes: usize) -> Result<(), String> {
        if bytes > LARGEST_ROW {
            return Err(format!("what is found takes {bytes} bytes, more than the {LARGEST_ROW} of a row"));
        }
        (self.len, self.bytes) = (self.len + 1, self.bytes + bytes);
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        self.grow(text.len())?;
        if let Form::Texts(texts) = &mut self.form {
            texts.append_value(text);
        }
        Ok(())
    }

    fn document(&mut self, found: &Found<'_>) -> Result<(), String> {
        self.grow(found.bytes())?;
        if let Form::Documents(documents) = &mut self.form {
            documents.push(Some(found));
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        (self.len, self.bytes) = (0, 0);
        match &mut self.form {
            Form::Texts(texts) => Ok(std::sync::Arc::new(texts.finish())),
            Form::Documents(documents) => documents.finish(),
        }
    }
}

/// The arrays of a chunk in as few as 32-bit offsets allow.
fn join(parts: &[ArrayRef]) -> Result<Vec<ArrayRef>, ArrowError> {
    let mut joined = Vec::new();
    let mut rest = parts;
    while let Some(first) = rest.first() {
        let mut bytes = 0;
        let more = rest.iter().take_while(|a| {
            bytes += a.get_buffer_memory_size();
            bytes <= LARGEST_ROW
        });
        let (some, after) = rest.split_at(more.count().max(1));
        rest = after;
        joined.push(match some {
            [_] => first.clone(),
            some => arrow_select::concat::concat(&some.iter().map(AsRef::as_ref).collect::<Vec<_>>())?,
        });
    }
    Ok(joined)
}

fn broken(error: ArrowError) -> PyErr {
    of_kind("other", error.to_string())
}
