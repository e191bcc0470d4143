//! A damaged or foreign checkpoint: a clear error or the right output, never a wrong one.
#![cfg(unix)]

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use corpus::{Numbers, binary, jsonl, put, run, told};

mod corpus;

/// How many; `CORPUS_MUTATIONS` asks for more.
const MUTATIONS: usize = 1000;

const FILES: [&str; 4] = ["out.jsonl", "errors.jsonl", "out.jsonl.checkpoint", "in.jsonl"];

/// A folder with a run that ended in the middle, and the output of an undisturbed one.
fn unfinished(folder: &Path) -> Option<Vec<u8>> {
    // A long document in the middle, which the first run may not read.
    let text = "bukan json\n".to_owned()
        + &jsonl(21, 0, 40)
        + &format!("{{\"id\":\"p\",\"text\":\"{}\"}}\n", "x".repeat(4000))
        + &jsonl(22, 50, 60);
    put(folder, "in.jsonl", text);
    run(folder, &["in.jsonl", "--output", "calm.jsonl"])?;
    let expected = std::fs::read(folder.join("calm.jsonl")).unwrap();
    // A checkpoint after every record, and an end where the long document would be written.
    let limit = "trap '' XFSZ; ulimit -f 20; exec \"$0\" in.jsonl --output out.jsonl --checkpoint-every 0";
    let mut command = std::process::Command::new("sh");
    command.arg("-c").arg(limit).arg(binary()?).current_dir(folder);
    let output = command.output().unwrap();
    assert_eq!(told(&output).0, Some(2), "{}", told(&output).1);
    Some(expected)
}

fn copy(from: &Path, to: &Path) {
    for name in FILES {
        // The time of change is what a checkpoint knows of its input.
        let modified = from.join(name).metadata().unwrap().modified().unwrap();
        std::fs::copy(from.join(name), to.join(name)).unwrap();
        std::fs::File::options().write(true).open(to.join(name)).unwrap().set_modified(modified).unwrap();
    }
}

/// `bytes`, changed in one of many ways.
fn mutate(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut new = bytes.to_vec();
    let (at, other) = (numbers.below(bytes.len()), numbers.below(bytes.len()));
    let (from, to) = (at.min(other), at.max(other));
    match numbers.below(10) {
        0 => new[at] ^= 1 << numbers.below(8),
        1 => new[at] = numbers.below(256) as u8,
        2 => new[at] = b'0' + numbers.below(10) as u8,
        3 => new.truncate(at),
        4 => drop(new.remove(at)),
        5 => new.insert(at, b"0123456789,{}\"\n"[numbers.below(15)]),
        6 => new.swap(at, other),
        7 => drop(new.drain(from..to)),
        8 => new.extend_from_slice(&bytes[from..to]),
        _ => new[from..to].reverse(),
    }
    new
}

#[test]
fn a_thousand_damaged_checkpoints_and_outputs_do_no_harm() {
    if binary().is_none() {
        return;
    }
    let mutations = std::env::var("CORPUS_MUTATIONS").map_or(MUTATIONS, |number| number.parse().unwrap());
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let Some(expected) = unfinished(folder) else { return };
    let good: Vec<Vec<u8>> =
        FILES[..3].iter().map(|name| std::fs::read(folder.join(name)).unwrap()).collect();
    let numbers = Mutex::new((Numbers(1_000_003), 0));
    let (refused, right) = (Mutex::new(0), Mutex::new(0));
    let work = |number: usize| {
        let own: PathBuf = folder.join(format!("worker-{number}"));
        std::fs::create_dir(&own).unwrap();
        loop {
            // The checkpoint half of the time, else the output or the errors that it speaks of.
            let (file, changed) = {
                let (numbers, count) = &mut *numbers.lock().unwrap();
                if *count == mutations {
                    return;
                }
                *count += 1;
                let file = numbers.below(4).min(2);
                (file, mutate(&good[file], numbers))
            };
            copy(folder, &own);
            std::fs::write(own.join(FILES[file]), &changed).unwrap();
            let (code, said) = told(&run(&own, &["in.jsonl", "--output", "out.jsonl", "--resume"]).unwrap());
            let shown = String::from_utf8_lossy(&changed);
            if code == Some(2) {
                let reason = match file {
                    2 => "out.jsonl.checkpoint is damaged: --restart begins anew",
                    _ => "is not what the checkpoint speaks of",
                };
                assert!(said.contains(reason), "{}: {shown}\n{said}", FILES[file]);
                assert!(changed != good[file]);
                *refused.lock().unwrap() += 1;
            } else {
                assert!(std::fs::read(own.join(FILES[0])).unwrap() == expected, "{shown}\n{said}");
                *right.lock().unwrap() += 1;
            }
        }
    };
    std::thread::scope(|scope| {
        let work = &work;
        (0..2).for_each(|number| drop(scope.spawn(move || work(number))));
    });
    let (refused, right) = (*refused.lock().unwrap(), *right.lock().unwrap());
    println!("{refused} refused, {right} continued to the right output");
    assert_eq!(refused + right, mutations);
    // What lies behind the place of the checkpoint may be damaged: it is cut off and made again.
    assert!(refused > mutations * 7 / 10);
}

#[test]
fn what_changed_since_is_named() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    if binary().is_none() {
        return;
    }
    let Some(expected) = unfinished(folder) else { return };
    let resume = ["in.jsonl", "--output", "out.jsonl", "--resume"];
    type Change = fn(&Path);
    let cases: [(&[&str], Change, &str); 10] = [
        (&["--lossy"], |_| (), "cannot resume: --lossy was false and is true now; --restart begins anew"),
        (&["--id-field", "x"], |_| (), "cannot resume: --id-field was id and is x now"),
        (&["--text-field", "x"], |_| (), "cannot resume: --text-field was text and is x now"),
        (&["--max-bytes", "9"], |_| (), "cannot resume: --max-bytes was 1073741824 and is 9 now"),
        (&["calm.jsonl"], |_| (), "cannot resume: the input was 1 files of"),
        (&[], |f| put(f, "in.jsonl", "{}"), "cannot resume: the input was 1 files of"),
        (&[], |f| put(f, "in.jsonl", std::fs::read(f.join("in.jsonl")).unwrap()), "their times of change"),
        (&[], |f| put(f, "out.jsonl", ""), "out.jsonl is not what the checkpoint speaks of"),
        (
            &[],
            |f| put(f, "out.jsonl", std::fs::read(f.join("calm.jsonl")).unwrap().to_ascii_uppercase()),
            "out.jsonl is not what the checkpoint speaks of",
        ),
        (
            &[],
            |f| std::fs::remove_file(f.join("out.jsonl.checkpoint")).unwrap(),
            "has no checkpoint beside it",
        ),
    ];
    for (more, change, reason) in cases {
        let own = tempfile::tempdir_in(folder).unwrap();
        copy(folder, own.path());
        put(own.path(), "calm.jsonl", &expected);
        change(own.path());
        let before = std::fs::read(own.path().join("out.jsonl")).unwrap();
        let (code, said) = told(&run(own.path(), &[&resume[..], more].concat()).unwrap());
        assert!(code == Some(2) && said.contains(reason), "{reason}: {code:?} {said}");
        assert!(
            std::fs::read(own.path().join("out.jsonl")).unwrap() == before,
            "{reason}: the output is kept"
        );
        let (code, said) =
            told(&run(own.path(), &["in.jsonl", "--output", "out.jsonl", "--restart"]).unwrap());
        assert!(code == Some(0) || code == Some(1), "{said}");
    }
    // The same bytes under the same name and time are the same input: it goes on.
    assert_ne!(told(&run(folder, &resume).unwrap()).0, Some(2));
    assert!(std::fs::read(folder.join("out.jsonl")).unwrap() == expected);
}
