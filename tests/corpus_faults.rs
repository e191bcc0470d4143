//! What the `corpus` example does when the disk is full, the reader is gone, the user is impatient, or another run is
//! at work.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use corpus::{binary, ids, jsonl, lines, put, run, run_with, start, told};

mod corpus;

/// What an undisturbed run writes of `in.jsonl`.
fn undisturbed(folder: &Path) -> Option<Vec<u8>> {
    run(folder, &["in.jsonl", "--output", "calm.jsonl", "--errors", "calm-errors.jsonl"])?;
    Some(std::fs::read(folder.join("calm.jsonl")).unwrap())
}

/// Runs a script in which `$0` is the example.
fn script(folder: &Path, text: &str) -> Output {
    let mut command = Command::new("sh");
    command.arg("-c").arg(text).arg(binary().unwrap()).current_dir(folder).stdin(Stdio::null());
    command.output().unwrap()
}

fn ends_with_a_whole_line(bytes: &[u8]) -> bool {
    bytes.is_empty() || bytes.ends_with(b"\n")
}

#[test]
fn a_file_that_may_not_grow_ends_in_a_prefix_that_is_resumed() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    put(folder, "in.jsonl", "bukan json\n".to_owned() + &jsonl(11, 0, 3000));
    let Some(expected) = undisturbed(folder) else { return };
    let args = "in.jsonl --output out.jsonl --checkpoint-every 0.01";
    // Blocks of 512 bytes in the shell of the standard, of 1024 in others.
    let output = script(folder, &format!("trap '' XFSZ; ulimit -f 700; exec \"$0\" {args}"));
    let (code, said) = told(&output);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("cannot write out.jsonl: File too large") && said.contains("--resume"), "{said}");
    let prefix = std::fs::read(folder.join("out.jsonl")).unwrap();
    assert!(prefix.len() > 300_000 && prefix.len() < expected.len());
    assert!(ends_with_a_whole_line(&prefix) && expected.starts_with(&prefix));

    let fresh = run(folder, &["in.jsonl", "--output", "out.jsonl"]).unwrap();
    assert_eq!(told(&fresh).0, Some(2));
    assert!(told(&fresh).1.contains("out.jsonl belongs to an unfinished run: --resume goes on"));
    assert_eq!(std::fs::read(folder.join("out.jsonl")).unwrap(), prefix, "unfinished work is kept");

    let other = run(folder, &["in.jsonl", "--output", "other.jsonl"]).unwrap();
    assert_eq!(told(&other).0, Some(2));
    assert!(told(&other).1.contains("holds the errors of an unfinished run, that of ./out.jsonl.checkpoint"));

    let done = run(folder, &["in.jsonl", "--output", "out.jsonl", "--resume"]).unwrap();
    assert_eq!(told(&done).0, Some(1), "{}", told(&done).1);
    assert!(std::fs::read(folder.join("out.jsonl")).unwrap() == expected);
    let errors = ["errors.jsonl", "calm-errors.jsonl"].map(|name| std::fs::read(folder.join(name)).unwrap());
    assert!(errors[0] == errors[1] && !errors[0].is_empty());
    let again = run(folder, &["in.jsonl", "--output", "out.jsonl", "--resume"]).unwrap();
    assert_eq!(told(&again), (Some(1), "all is done already\n".to_owned()));
}

#[test]
fn a_full_disk_ends_in_a_prefix_that_is_resumed() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    put(folder, "in.jsonl", jsonl(12, 0, 3000));
    let Some(expected) = undisturbed(folder) else { return };
    // A file system of its own, which no other process sees and which goes away with the script.
    let mount = "mkdir -p disk && mount -t tmpfs -o size=512k tmpfs disk";
    let probe = Command::new("unshare").args(["-rm", "sh", "-c", mount]).current_dir(folder).output();
    if !probe.is_ok_and(|probe| probe.status.success()) {
        println!("skipped: no small file system can be mounted here");
        return;
    }
    let run = "\"$0\" in.jsonl --output disk/out.jsonl --checkpoint-every 0.01";
    let text = format!(
        "{mount} || exit 9; {run}; echo \"first $?\" >&2; cp disk/out.jsonl full.jsonl
         mount -o remount,size=64m disk || exit 9
         {run} --resume; echo \"second $?\" >&2; cp disk/out.jsonl out.jsonl; ls -A disk >&2"
    );
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-c", &text]).arg(binary().unwrap()).current_dir(folder).stdin(Stdio::null());
    let said = told(&command.output().unwrap()).1;
    assert!(
        said.contains("No space left on device") && said.contains("first 2") && said.contains("second 1"),
        "{said}"
    );
    assert!(said.ends_with("errors.jsonl\nout.jsonl\nout.jsonl.checkpoint\n"), "{said}");
    let full = std::fs::read(folder.join("full.jsonl")).unwrap();
    assert!(full.len() > 100_000 && ends_with_a_whole_line(&full) && expected.starts_with(&full));
    assert!(std::fs::read(folder.join("out.jsonl")).unwrap() == expected);
}

#[test]
fn a_device_that_takes_nothing_is_an_error_and_a_device_that_takes_all_is_fine() {
    let place = tempfile::tempdir().unwrap();
    put(place.path(), "in.jsonl", jsonl(13, 0, 50));
    if !Path::new("/dev/full").exists() {
        println!("skipped: there is no /dev/full");
        return;
    }
    let Some(full) = run(place.path(), &["in.jsonl", "--output", "/dev/full"]) else { return };
    assert_eq!(told(&full).0, Some(2));
    assert!(told(&full).1.contains("cannot write /dev/full: No space left"), "{}", told(&full).1);
    let null = run(place.path(), &["in.jsonl", "--output", "/dev/null"]).unwrap();
    assert_eq!(told(&null).0, Some(0), "{}", told(&null).1);
    assert!(!Path::new("/dev/errors.jsonl").exists() && !Path::new("/dev/null.checkpoint").exists());
}

#[test]
fn a_closed_pipe_ends_the_run_quietly() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let good: String =
        (0..3000).map(|id| format!("{{\"id\":{id},\"text\":\"Ani tiba di Palu kemarin.\"}}\n")).collect();
    put(folder, "in.jsonl", good);
    let Some(mut child) = start(folder, &["in.jsonl"]) else { return };
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("{\"id\":0,") && line.ends_with("}\n"));
    let output = child.wait_with_output().unwrap();
    assert_eq!(told(&output), (Some(0), String::new()));
    // Nobody listens to the errors either.
    put(folder, "bad.jsonl", "bukan json\n".repeat(3000));
    let Some(mut child) = start(folder, &["bad.jsonl"]) else { return };
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn signals_end_the_run_with_a_true_checkpoint() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let text = jsonl(14, 0, 2000);
    put(folder, "in.jsonl", &text);
    let Some(_) = undisturbed(folder) else { return };
    for (signal, threads) in [("INT", "1"), ("TERM", "2")] {
        let name = format!("{signal}.jsonl");
        let args = ["-", "--output", &name, "--checkpoint-every", "1000", "--threads", threads];
        let mut child = start(folder, &args).unwrap();
        // The input stays open: the run waits for more of it when the signal comes.
        let mut stdin = child.stdin.take().unwrap();
        let half = text[..text.len() / 2].rfind('\n').unwrap() + 1;
        stdin.write_all(&text.as_bytes()[..half]).unwrap();
        let begun = Instant::now();
        while folder.join(&name).metadata().map_or(0, |data| data.len()) < 200_000 {
            assert!(begun.elapsed() < Duration::from_secs(60), "nothing is written");
            std::thread::sleep(Duration::from_millis(2));
        }
        let sent =
            Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let begun = Instant::now();
        let (code, said) = told(&child.wait_with_output().unwrap());
        drop(stdin);
        assert!(begun.elapsed() < Duration::from_secs(10));
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("interrupted\n") && said.contains("--resume goes on"), "{said}");
        // Nothing is lost: the output is as long as the checkpoint says, although its next one was far away.
        let checkpoint = std::fs::read_to_string(folder.join(format!("{name}.checkpoint"))).unwrap();
        let checkpoint: serde_json::Value = serde_json::from_str(checkpoint.lines().next().unwrap()).unwrap();
        let out = std::fs::read(folder.join(&name)).unwrap();
        assert_eq!(checkpoint["output"]["bytes"], out.len());
        assert!(out.len() >= 200_000 && ends_with_a_whole_line(&out));

        let other = text.replacen("Ani", "Ina", 1);
        let refused = run_with(folder, &["-", "--output", &name, "--resume"], other.as_bytes()).unwrap();
        assert_eq!(told(&refused).0, Some(2));
        assert!(told(&refused).1.contains("the input has changed"), "{}", told(&refused).1);
        let short = run_with(folder, &["-", "--output", &name, "--resume"], b"").unwrap();
        assert!(told(&short).1.contains("the input has changed"), "{}", told(&short).1);

        let args = ["-", "--output", &name, "--resume", "--errors", "errors.jsonl"];
        let done = run_with(folder, &args, text.as_bytes()).unwrap();
        assert_eq!(told(&done).0, Some(1), "{}", told(&done).1);
        for (found, calm) in [(name.as_str(), "calm.jsonl"), ("errors.jsonl", "calm-errors.jsonl")] {
            let lines = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
            // The errors name their source, which is another one here.
            assert!(lines(found).replace("standard input", "in.jsonl") == lines(calm), "{signal}: {found}");
        }
    }
}

#[test]
fn two_runs_never_write_one_file() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    put(folder, "in.jsonl", jsonl(15, 0, 20));
    let Some(mut first) = start(folder, &["-", "--output", "out.jsonl"]) else { return };
    let begun = Instant::now();
    while !folder.join("out.jsonl.checkpoint").exists() {
        assert!(begun.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(2));
    }
    for (args, file) in [
        (["in.jsonl", "--output", "out.jsonl", "--restart"], "out.jsonl"),
        (["in.jsonl", "--output", "out.jsonl", "--resume"], "out.jsonl"),
        (["in.jsonl", "--output", "b.jsonl", "--restart"], "errors.jsonl"),
    ] {
        let (code, said) = told(&run(folder, &args).unwrap());
        assert_eq!((code, said), (Some(2), format!("error: another run is writing {file}\n")));
    }
    first.stdin.take().unwrap().write_all(b"{\"id\":1,\"text\":\"Satu.\"}\n").unwrap();
    assert_eq!(first.wait().unwrap().code(), Some(0));
    assert_eq!(ids(&folder.join("out.jsonl")), ["1"]);
}

#[test]
fn a_file_that_cannot_be_read_is_a_bad_record() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    put(folder, "a.txt", "Satu.");
    // Its first page is not mapped: reading fails as on a bad disk.
    if !Path::new("/proc/self/mem").exists() {
        println!("skipped: there is no /proc/self/mem");
        return;
    }
    let Some(output) = run(folder, &["/proc/self/mem", "a.txt", "--output", "out.jsonl"]) else { return };
    assert_eq!(told(&output).0, Some(1), "{}", told(&output).1);
    assert_eq!(ids(&folder.join("out.jsonl")), ["\"a\""]);
    let errors = lines(&folder.join("errors.jsonl"));
    assert!(
        errors[0]["reason"].as_str().unwrap().starts_with("cannot read: Input/output error"),
        "{errors:?}"
    );
}

#[test]
fn terminal_escapes_in_names_are_shown_and_not_sent() {
    let place = tempfile::tempdir().unwrap();
    put(place.path(), "in/\u{1b}[31mmerah.txt", b"\xff");
    let Some(output) = run(place.path(), &["in"]) else { return };
    let said = told(&output).1;
    assert!(said.contains("\u{FFFD}[31mmerah.txt") && !said.contains('\u{1b}'), "{said:?}");
}

#[test]
fn results_do_not_wait_for_the_end_of_the_input() {
    let place = tempfile::tempdir().unwrap();
    let Some(mut child) = start(place.path(), &["-"]) else { return };
    let mut stdin = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    for id in 0..3 {
        stdin.write_all(format!("{{\"id\":{id},\"text\":\"Ani tiba.\"}}\n").as_bytes()).unwrap();
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        assert!(line.starts_with(&format!("{{\"id\":{id},")));
    }
    drop(stdin);
    assert_eq!(lines.read_to_end(&mut Vec::new()).unwrap(), 0);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
