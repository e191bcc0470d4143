//! What the example binaries share: files or standard input, exit codes, quiet ends of pipes.
#![allow(dead_code)] // each binary uses its part

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};

/// Runs `work`: a broken pipe ends quietly, every other error is shown and exits with 2.
pub(crate) fn run(work: impl FnOnce() -> Result<()>) -> ExitCode {
    match work() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            report(&error);
            ExitCode::from(2)
        }
    }
}

/// Shows `error` on one line. What it quotes of an input cannot reach the terminal as an escape sequence.
pub(crate) fn report(error: &anyhow::Error) {
    say(&format!("error: {error:#}"));
}

/// `json` with the control characters escaped that JSON allows in strings: some terminals obey them. They stand in strings
/// only, so that the value is the same.
pub(crate) fn escape_controls(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7F}'..='\u{9F}' | '\u{2028}' | '\u{2029}' => {
                safe.push_str(&format!("\\u{:04x}", u32::from(c)))
            }
            c => safe.push(c),
        }
    }
    safe
}

pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|e| e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

/// Buffered standard output.
pub(crate) fn stdout() -> BufWriter<io::StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// A reader of `file`, or of standard input for `-`.
pub(crate) fn reader(file: &Path) -> Result<Box<dyn BufRead>> {
    if file == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    let opened = File::open(file).with_context(|| format!("cannot open {}", file.display()))?;
    Ok(Box::new(BufReader::new(opened)))
}

/// The whole of `file`.
pub(crate) fn read_all(file: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    reader(file)?.read_to_end(&mut bytes).with_context(|| format!("cannot read {}", file.display()))?;
    String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        anyhow::anyhow!("{}: expected UTF-8, found another byte at {at}", file.display())
    })
}

/// The name and the text of each file; without files, an article of ours.
pub(crate) fn texts(files: &[std::path::PathBuf]) -> Result<Vec<(String, String)>> {
    if files.is_empty() {
        return Ok(vec![("berita.txt".to_owned(), include_str!("../data/berita.txt").to_owned())]);
    }
    files.iter().map(|file| Ok((file.display().to_string(), read_all(file)?))).collect()
}

/// `text` in one column of one line: white space becomes spaces, and what a terminal would obey is not written.
pub(crate) fn one_line(text: &str) -> std::borrow::Cow<'_, str> {
    tutur::render::printable(text)
}

/// As [`one_line`], for tables that people open in a spreadsheet: what that would take for a formula has an apostrophe
/// before it.
pub(crate) fn cell(text: &str) -> std::borrow::Cow<'_, str> {
    let shown = one_line(text);
    if shown.len() > 1 && shown.starts_with(['=', '+', '-', '@']) {
        format!("'{shown}").into()
    } else {
        shown
    }
}

/// The lines of `file` without their ends; a line that is not UTF-8 is an error that names it.
pub(crate) fn lines(file: &Path) -> Result<impl Iterator<Item = Result<String>> + use<>> {
    let name = file.display().to_string();
    let mut reader = reader(file)?;
    let mut number = 0;
    Ok(std::iter::from_fn(move || {
        let mut bytes = Vec::new();
        number += 1;
        match reader.read_until(b'\n', &mut bytes) {
            Ok(0) => return None,
            Ok(_) => {}
            Err(e) => {
                return Some(Err(anyhow::Error::new(e).context(format!("{name}:{number}: cannot read"))));
            }
        }
        while matches!(bytes.last(), Some(b'\n' | b'\r')) {
            bytes.pop();
        }
        Some(String::from_utf8(bytes).map_err(|_| anyhow::anyhow!("{name}:{number}: expected UTF-8")))
    }))
}

/// Writes `bytes` to `file` through a temporary file beside it, so that the file is whole and on the disk, or as before.
pub(crate) fn write_whole(file: &Path, bytes: &[u8]) -> Result<()> {
    let name = file.file_name().context("the output needs a file name")?.to_string_lossy();
    let prefix = format!(".{name}.");
    let mut options = tempfile::Builder::new();
    options.prefix(&prefix).suffix(PART);
    // As any other file of the user: what the umask leaves of it.
    #[cfg(unix)]
    options.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let write = || {
        let mut temporary = options.tempfile_in(folder(file))?;
        temporary.write_all(bytes)?;
        temporary.as_file().sync_all()?;
        temporary.persist(file)?;
        // The new name is on the disk when its folder is.
        #[cfg(unix)]
        File::open(folder(file))?.sync_all()?;
        Ok(())
    };
    write().map_err(|error: io::Error| {
        anyhow::Error::new(error).context(format!("cannot write {}", file.display()))
    })
}

/// The end of the names of files that are not whole yet.
const PART: &str = ".part";

/// Whether `name` is that of a temporary file which [`write_whole`] made for `file`.
pub(crate) fn is_part_of(name: &std::ffi::OsStr, file: &Path) -> bool {
    let (name, of) = (name.to_string_lossy(), file.file_name().unwrap_or_default().to_string_lossy());
    let middle =
        name.strip_prefix('.').and_then(|n| n.strip_prefix(&*of)?.strip_prefix('.')?.strip_suffix(PART));
    middle.is_some_and(|m| !m.is_empty() && m.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// The folder that `file` is in.
pub(crate) fn folder(file: &Path) -> &Path {
    file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Tells the user something on standard error, where it must not become an escape sequence of the terminal. That nobody
/// listens is no error.
pub(crate) fn say(text: &str) {
    for line in text.trim_end().lines() {
        let _ = writeln!(io::stderr(), "{}", tutur::render::printable(line));
    }
}

/// The contents of a mutex; a thread that panicked is no reason to panic too.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The model in `file`, or the one in the crate.
pub(crate) fn model(file: Option<&Path>) -> Result<tutur::ner::NerModel> {
    let Some(file) = file else { return Ok(tutur::ner::NerModel::embedded()?) };
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    tutur::ner::NerModel::from_bytes(bytes).with_context(|| format!("{}", file.display()))
}

/// The id (any JSON value, as it came) and the text of a `{"id","text"}` line.
pub(crate) fn record(line: &str) -> Result<(Option<serde_json::Value>, String)> {
    let mut value: serde_json::Value = serde_json::from_str(line).context("expected a JSON object")?;
    let id = value.get_mut("id").map(serde_json::Value::take).filter(|id| !id.is_null());
    match value.get_mut("text").map(serde_json::Value::take) {
        Some(serde_json::Value::String(text)) => Ok((id, text)),
        _ => anyhow::bail!("expected an object with a string \"text\""),
    }
}
