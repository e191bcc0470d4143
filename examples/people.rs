//! The people whom texts mention, how often, and in which forms.
//!
//!     cargo run --release --example people -- berita.txt

use std::io::Write;
use std::path::PathBuf;

use clap::Parser;
use tutur::{EntityKind, Pipeline};

#[path = "common/mod.rs"]
mod common;

/// Writes `FILE<TAB>NAME<TAB>COUNT<TAB>FORMS`, most mentioned first; forms as written, in order of their first mention.
#[derive(Parser)]
#[command(after_help = "Example: people --min-score 0.7 berita.txt")]
struct Cli {
    /// Least probability of a mention
    #[arg(long, default_value_t = 0.5)]
    min_score: f32,
    /// Texts; `-` is standard input; without any, an article of ours
    files: Vec<PathBuf>,
}

fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    common::run(|| {
        let pipeline = Pipeline::builder().min_score(cli.min_score).build()?;
        let mut out = common::stdout();
        for (name, text) in common::texts(&cli.files)? {
            let (name, document) = (common::cell(&name), pipeline.process(&text));
            let mut people: Vec<_> = document.chains().filter(|c| c.kind() == EntityKind::Person).collect();
            people.sort_by_key(|chain| std::cmp::Reverse(chain.count()));
            for chain in people {
                let mut forms: Vec<&str> = Vec::new();
                for mention in chain.mentions().filter(|m| m.text() != chain.name()) {
                    if !forms.contains(&mention.text()) {
                        forms.push(mention.text());
                    }
                }
                let forms = forms.join(", ");
                let (chief, forms) = (common::cell(chain.name()), common::cell(&forms));
                writeln!(out, "{name}\t{chief}\t{}\t{forms}", chain.count())?;
            }
        }
        Ok(out.flush()?)
    })
}
