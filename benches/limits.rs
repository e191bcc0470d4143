//! What a loop of criterion does not show: the start, the memory of a stream, what a second thread gains, and whether time
//! grows with the length of a text alone. Each figure comes from a process of its own, for Linux.
//!
//! `cargo bench --bench limits`, with `-- 1000` for a text of up to 1000 MB (of which the last needs 4 GB of memory). On a
//! machine that others use, the ratio of user times says what the clock does not: the work that a second thread adds.

use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

use tutur::Pipeline;

mod common;

const FIRST: &str = "Menlu Rusia Sergey Lavrov tiba di Brussels. Ia membacakan pernyataan NATO.";

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|a| a != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["empty"] => {}
        ["first"] => println!("{}", Pipeline::new().process(FIRST).entities().count()),
        ["stream", threads] => stream(threads.parse().expect("a number")),
        ["length", bytes] => length(bytes.parse().expect("a number")),
        [] => table(64),
        [megabytes] => table(megabytes.parse().expect("the megabytes of the longest text")),
        _ => panic!("expected one number"),
    }
}

fn table(megabytes: usize) {
    let (mut empty, mut first) = (Vec::new(), Vec::new());
    for _ in 0..101 {
        empty.push(timed(|| drop(child(&["empty"]))));
        first.push(timed(|| drop(child(&["first"]))));
    }
    let (empty, first) = (median(empty), median(first));
    println!("start: {empty:.2?} for nothing, {first:.2?} to the first document\n");

    println!("| threads | clock | user time | most memory |\n|---|---|---|---|");
    for threads in ["1", "2", "1", "2"] {
        println!("| {threads} {}", child(&["stream", threads]).trim_end());
    }
    println!("\n| bytes of one text | ns a byte | document, bytes a byte | most memory |\n|---|---|---|---|");
    let mut bytes = 1_000;
    while bytes <= megabytes * 1_000_000 {
        println!("| {bytes} {}", child(&["length", &bytes.to_string()]).trim_end());
        bytes *= 4;
    }
}

/// What this program writes when it is started anew with these arguments.
fn child(arguments: &[&str]) -> String {
    let program = env::current_exe().expect("this program");
    let output = Command::new(program).args(arguments).output().expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// News in texts of about 2 KB, ten times over, made when they are asked for.
fn stream(threads: usize) {
    let [(_, news), _] = common::corpora();
    let lines: Vec<String> = news.split_inclusive('\n').map(str::to_owned).collect();
    let texts = (0..10).flat_map(move |_| lines.chunks(12).map(<[String]>::concat).collect::<Vec<_>>());
    let user = user_time();
    let mut tokens = 0;
    let clock = timed(|| {
        let work = |worker: &mut tutur::Worker, text: String| worker.process(&text).tokens().len();
        tokens = Pipeline::new().process_stream(texts, work).threads(threads).sum::<usize>();
    });
    assert!(tokens > 1_000_000);
    println!("| {clock:.2?} | {:.2?} | {} |", user_time() - user, peak());
}

fn length(bytes: usize) {
    let [(_, news), _] = common::corpora();
    let mut text = String::with_capacity(bytes + news.len());
    while text.len() < bytes {
        text.push_str(&news);
    }
    let end = (0..=bytes).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    text.truncate(end);
    let pipeline = Pipeline::new();
    let mut worker = pipeline.worker();
    drop(worker.process(FIRST));
    let rounds = (1_000_000 / bytes).max(1);
    let taken = timed(|| (0..rounds).for_each(|_| drop(black_box(worker.process(&text)))));
    let before = memory("VmRSS");
    let document = worker.process(&text);
    let held = memory("VmRSS").saturating_sub(before) << 10;
    drop(document);
    // Pages of memory are too coarse for less.
    let share = if bytes > 1_000_000 { format!("{:.1}", held as f64 / bytes as f64) } else { String::new() };
    println!("| {:.0} | {share} | {} |", taken.as_nanos() as f64 / (rounds * bytes) as f64, peak());
}

fn timed(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// KiB of this process by a key of `/proc/self/status`.
fn memory(key: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|l| l.strip_prefix(key)?.strip_prefix(':'));
    line.and_then(|l| l.trim().trim_end_matches(" kB").parse().ok()).expect("a number")
}

fn peak() -> String {
    format!("{:.1} MiB", memory("VmHWM") as f64 / 1024.0)
}

/// Processor time of this process outside the kernel, counted in hundredths of a second.
fn user_time() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields = stat.rsplit_once(')').expect("a name in brackets").1;
    let ticks: u64 = fields.split_whitespace().nth(11).and_then(|t| t.parse().ok()).expect("a number");
    Duration::from_millis(10 * ticks)
}
