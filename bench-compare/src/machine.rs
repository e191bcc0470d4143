//! Where a run took place, and with what.

use std::fs;
use std::process::Command;

use crate::record::Machine;

/// Of this machine; the load is read now.
pub fn describe() -> Machine {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = cpu.lines().find(|l| l.starts_with("model name")).and_then(|l| l.split_once(": "));
    let load = load();
    Machine {
        cpu: cpu.map_or("unknown", |c| c.1).to_owned(),
        cores: std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get),
        system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        rustc: told("rustc", &["--version"]),
        load_before: load.clone(),
        load_after: load,
    }
}

/// Runnable processes, the mean of the last minute.
pub fn load() -> String {
    let told = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    told.split(' ').next().filter(|l| !l.is_empty()).unwrap_or("unknown").to_owned()
}

fn told(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().ok().filter(|o| o.status.success());
    output.map_or("unknown".to_owned(), |o| String::from_utf8_lossy(&o.stdout).trim().to_owned())
}

/// Today, UTC.
pub fn date() -> String {
    time::OffsetDateTime::now_utc().date().to_string()
}

/// The version of a crate in the lock file; of several, the one that begins with what follows a space in `name`.
pub fn version_of(name: &str) -> Option<String> {
    let (name, begin) = name.split_once(' ').unwrap_or((name, ""));
    let entry = format!("[[package]]\nname = \"{name}\"\nversion = \"{begin}");
    let (_, rest) = include_str!("../Cargo.lock").split_once(&entry)?;
    rest.split_once('"').map(|(version, _)| format!("{begin}{version}"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn versions_are_those_of_the_lock_file() {
        assert_eq!(super::version_of("tutur").as_deref(), Some("0.1.0"));
        assert!(super::version_of("tokenizers 0").is_some_and(|v| v.starts_with("0.")));
        assert!(super::version_of("tokenizers 1").is_some_and(|v| v.starts_with("1.")));
        assert!(super::version_of("tantivy").is_some_and(|v| v.starts_with("0.")));
        assert_eq!(super::version_of("nothing-of-this-name"), None);
    }

    #[test]
    fn the_date_is_a_day() {
        let date = super::date();
        assert!(date.len() == 10 && date.as_bytes()[4] == b'-', "{date}");
    }
}
