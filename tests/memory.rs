//! The memory of a process that does nothing but read: data of the crate, code, buffers. In a file of its own, because
//! what is measured is the most that a process held.
#![cfg(target_os = "linux")]

use std::fs;

use tutur::Pipeline;

/// The most memory that this process had at once, in KiB.
fn peak() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[test]
fn a_stream_is_read_in_twenty_megabytes() {
    let files =
        fs::read_dir("data/corpus").unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    // Read when they are asked for, so that the texts themselves do not count.
    let texts = files.flat_map(|file| file.split("\n\n").map(str::to_owned).collect::<Vec<_>>());
    let texts: Box<dyn Iterator<Item = String> + Send> = Box::new(texts);
    let tokens = Pipeline::new().process_stream(texts, |worker, text| worker.process(&text).tokens().len());
    assert!(tokens.threads(2).sum::<usize>() > 200_000);
    assert!(peak() < 20 << 10, "{} KiB", peak());
}
