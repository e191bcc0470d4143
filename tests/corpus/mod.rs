//! What the tests of the `corpus` example share: the binary, a folder that goes away, and generated documents.
#![allow(dead_code)] // each test file uses its part

#[path = "../example/mod.rs"]
mod example;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The built example; none, with the reason printed, where only some tests were built.
pub(crate) fn binary() -> Option<PathBuf> {
    example::binary("corpus")
}

/// Runs `corpus` in `folder`, with `input` on standard input.
pub(crate) fn run_with(folder: &Path, args: &[&str], input: &[u8]) -> Option<Output> {
    let mut child = start(folder, args)?;
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A run that ends early closes its end, which is no error here.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Some(output)
}

pub(crate) fn run(folder: &Path, args: &[&str]) -> Option<Output> {
    run_with(folder, args, b"")
}

/// Starts `corpus` in `folder` with pipes on all ends.
pub(crate) fn start(folder: &Path, args: &[&str]) -> Option<Child> {
    let mut command = Command::new(binary()?);
    command.args(args).current_dir(folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Some(command.spawn().unwrap())
}

/// The exit status and what was said.
pub(crate) fn told(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// The lines of a file as JSON.
pub(crate) fn lines(file: &Path) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(file).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The ids of a file of documents.
pub(crate) fn ids(file: &Path) -> Vec<String> {
    lines(file).iter().map(|line| line["id"].to_string()).collect()
}

/// Makes the folders above `file` and writes it.
pub(crate) fn put(folder: &Path, file: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// Numbers that are the same in every run of the tests (xorshift64*).
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// A short text of one or two sentences.
    pub(crate) fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(2) {
            let who = self.one(&[
                "Ani",
                "Bupati Budi Santoso",
                "Petani",
                "Menteri Sri Rahayu",
                "Guru itu",
                "PT Maju Jaya",
            ]);
            let does =
                self.one(&["membacakan", "menanam", "memperbaiki", "mengirimkan", "membicarakan", "membeli"]);
            let what =
                self.one(&["puisi", "padi", "jembatan kayu", "surat-surat lama", "buku pelajaran", "beras"]);
            let place =
                self.one(&["Palu", "Kabupaten Donggala", "pasar", "Surabaya", "balai desa", "Kota Bitung"]);
            let when =
                self.one(&["kemarin", "pada hari Senin", "pukul 09.30 WIB", "setiap pagi", "bersama warga"]);
            text += &format!("{who} {does} {what} di {place} {when}. ");
        }
        text.trim_end().to_owned()
    }

    /// A line of JSONL; one in two hundred is bad in one of several ways.
    pub(crate) fn line(&mut self, id: usize) -> String {
        let text = self.text();
        match self.below(800) {
            0 => format!("{{\"id\": {id}, \"text\": \"putus di {text}\n"),
            1 => format!("{{\"text\": \"tanpa nama. {text}\"}}\n"),
            2 => format!("{{\"id\": {}, \"text\": \"nama lama. {text}\"}}\n", id.saturating_sub(1)),
            3 => format!("{{\"id\": {id}, \"text\": null}}\n"),
            _ => format!("{{\"id\": {id}, \"text\": \"{text}\"}}\n"),
        }
    }
}

/// Lines with the ids `from..to`.
pub(crate) fn jsonl(seed: u64, from: usize, to: usize) -> String {
    let mut numbers = Numbers(seed);
    (from..to).map(|id| numbers.line(id)).collect()
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}
