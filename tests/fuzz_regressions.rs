//! What fuzzing found, and what it began with, replayed: `fuzz/regressions` and `fuzz/seeds`.

use std::path::Path;

#[path = "../fuzz/checks/mod.rs"]
mod checks;

#[test]
fn what_fuzzing_found_stays_mended() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    for (target, check) in checks::TARGETS {
        let mut files = 0;
        for folder in ["regressions", "seeds"] {
            let Ok(entries) = fuzz.join(folder).join(target).read_dir() else { continue };
            for entry in entries {
                let path = entry.unwrap().path();
                println!("{}", path.display());
                check(&std::fs::read(&path).unwrap());
                files += 1;
            }
        }
        assert!(files > 0, "nothing to replay for {target}");
    }
}
