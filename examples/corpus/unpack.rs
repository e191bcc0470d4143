//! The bytes of a file, decompressed, while what is read from the disk is counted.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::sources::{Packing, Source};

/// A reader of the contents of `source`; bytes read from the disk are added to `read`.
pub(crate) fn open(source: &Source, read: &Arc<AtomicU64>) -> io::Result<Box<dyn BufRead + Send>> {
    let bytes: Box<dyn Read + Send> = match source.path == Path::new("-") {
        true => Box::new(io::stdin()),
        false => Box::new(File::open(&source.path)?),
    };
    let counted = Counted { bytes, read: Arc::clone(read) };
    let mut bytes = BufReader::with_capacity(1 << 16, counted);
    let packing = match source.packing {
        Packing::Unknown => packing(bytes.fill_buf()?),
        known => known,
    };
    Ok(match packing {
        Packing::Gzip => Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(bytes))),
        Packing::Zstd => Box::new(BufReader::with_capacity(1 << 16, Zstd::new(bytes))),
        Packing::Plain | Packing::Unknown => Box::new(bytes),
    })
}

/// What the first bytes of a file say of its compression.
fn packing(start: &[u8]) -> Packing {
    if start.starts_with(&[0x1f, 0x8b]) {
        Packing::Gzip
    } else if start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        Packing::Zstd
    } else {
        Packing::Plain
    }
}

struct Counted {
    bytes: Box<dyn Read + Send>,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(buffer)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// All frames of a .zst file one after the other, each with its checksum proved. The library reads one frame.
struct Zstd<R> {
    bytes: R,
    frame: FrameDecoder,
    in_frame: bool,
}

impl<R: BufRead> Zstd<R> {
    fn new(bytes: R) -> Zstd<R> {
        Zstd { bytes, frame: FrameDecoder::new(), in_frame: false }
    }

    /// Goes to the next frame; false at the end of the file.
    fn next_frame(&mut self) -> io::Result<bool> {
        if self.bytes.fill_buf()?.is_empty() {
            return Ok(false);
        }
        match self.frame.init(&mut self.bytes) {
            Ok(()) => self.in_frame = true,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length, ..
            })) => {
                let skipped = io::copy(&mut self.bytes.by_ref().take(length.into()), &mut io::sink())?;
                if skipped < u64::from(length) {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
            Err(error) => return Err(damaged(error)),
        }
        Ok(true)
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.in_frame {
                match self.next_frame()? {
                    true => continue,
                    false => return Ok(0),
                }
            }
            while self.frame.can_collect() == 0 && !self.frame.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                self.frame.decode_blocks(&mut self.bytes, one).map_err(damaged)?;
            }
            let count = self.frame.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            let expected = self.frame.get_checksum_from_data();
            if expected.is_some() && expected != self.frame.get_calculated_checksum() {
                return Err(damaged("the checksum does not match"));
            }
            self.in_frame = false;
        }
    }
}

fn damaged(error: impl ToString) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("damaged zstd: {}", error.to_string()))
}
