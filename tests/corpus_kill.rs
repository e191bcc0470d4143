//! The `corpus` example is killed at random moments and resumed: every document exactly once, and no other byte.
#![cfg(unix)]

use std::path::Path;
use std::time::{Duration, Instant};

use corpus::{Numbers, binary, gzip, jsonl, put, run, start, told, zstd};

mod corpus;

/// How often; `CORPUS_KILLS` and `CORPUS_SEED` ask for more and for other moments.
const KILLS: u64 = 10;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |value| value.parse().unwrap())
}

/// 20,000 documents in files of every kind, with bad records between them.
fn documents(folder: &Path) {
    put(folder, "in/a.jsonl", jsonl(1, 0, 7000));
    put(folder, "in/b.jsonl.gz", gzip(jsonl(2, 7000, 12_000).as_bytes()));
    put(folder, "in/c.jsonl.zst", zstd(jsonl(3, 12_000, 17_000).as_bytes()));
    let damaged = gzip(jsonl(4, 17_000, 19_600).as_bytes());
    put(folder, "in/d.jsonl.gz", &damaged[..damaged.len() - 100]);
    let mut numbers = Numbers(5);
    for file in 0..400 {
        put(folder, &format!("in/teks/{file:03}.txt"), numbers.text());
    }
}

#[test]
fn kills_lose_and_double_nothing() {
    if binary().is_none() {
        return;
    }
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    documents(folder);
    let begun = Instant::now();
    std::fs::create_dir(folder.join("calm")).unwrap();
    let calm = run(folder, &["in", "--output", "calm/out.jsonl"]).unwrap();
    assert_eq!(told(&calm).0, Some(1), "{}", told(&calm).1);
    let whole = begun.elapsed();
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap_or_default();
    let (expected, expected_errors) = (read("calm/out.jsonl"), read("calm/errors.jsonl"));
    assert!(expected.iter().filter(|&&byte| byte == b'\n').count() > 19_000);

    let kills_wanted = setting("CORPUS_KILLS", KILLS);
    let mut numbers = Numbers(setting("CORPUS_SEED", 20_261_125));
    let (mut kills, mut amid, mut rounds) = (0, 0, 0);
    let mut fresh = true;
    let mut grown = 0;
    loop {
        let threads = (1 + numbers.below(3)).to_string();
        let mut args =
            vec!["in", "--output", "out.jsonl", "--threads", &threads, "--checkpoint-every", "0.02"];
        args.push(if fresh { "--restart" } else { "--resume" });
        let mut child = start(folder, &args).unwrap();
        if kills < kills_wanted {
            let longest = (whole.as_micros() as usize / 3).max(20_000);
            std::thread::sleep(Duration::from_micros(numbers.below(longest) as u64));
            child.kill().unwrap();
        }
        let output = child.wait_with_output().unwrap();
        fresh = false;
        let (out, errors) = (read("out.jsonl"), read("errors.jsonl"));
        // Even before it is resumed, what is there is what has to be there, up to a torn end.
        assert!(expected.starts_with(&out), "kill {kills}: the output is no prefix of the undisturbed one");
        assert!(expected_errors.starts_with(&errors), "kill {kills}: the errors are no prefix");
        match output.status.code() {
            None => {
                kills += 1;
                amid += u64::from(!out.is_empty() && out.len() < expected.len());
                grown = out.len();
            }
            Some(code) => {
                assert_eq!(code, 1, "{}", told(&output).1);
                assert!(out == expected && errors == expected_errors, "after {kills} kills");
                rounds += 1;
                if kills >= kills_wanted {
                    break;
                }
                fresh = true;
            }
        }
    }
    println!(
        "{kills} kills, {amid} of them amid the output, the last at {grown} of {} bytes, {rounds} rounds",
        expected.len()
    );
    assert!(amid >= kills_wanted / 2, "only {amid} kills hit a run that was writing");
    let mut names: Vec<_> = folder.read_dir().unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(
        names,
        ["calm", "errors.jsonl", "in", "out.jsonl", "out.jsonl.checkpoint"],
        "something was left"
    );
}
