//! Rows a second of each function beside the same work in plain Rust, and with one and two partitions.
//!
//!     cargo run --example overhead -- [ROWS]

use std::hint::black_box;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, StringViewArray};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::datasource::MemTable;
use datafusion::error::Result;
use datafusion::prelude::{SessionConfig, SessionContext};
use tokio::runtime::Runtime;
use tutur::{Document, Pipeline};

#[path = "../../common/clock.rs"]
mod clock;
#[path = "../../common/corpus.rs"]
mod corpus;

const BATCH: usize = 1_000;
const ROUNDS: usize = 5;

/// Reads from a document what a function answers.
type Read = fn(&Document<'_>) -> usize;

const FUNCTIONS: [(&str, Read); 4] = [
    ("tutur_stem", |d| d.tokens().map(|t| t.stem().len()).sum()),
    ("tutur_roots", |d| d.tokens().map(|t| t.stem().len()).sum()),
    ("tutur_sentences", |d| d.sentences().map(|s| s.text().len()).sum()),
    ("tutur_entities", |d| d.entities().map(|e| e.text().len() + e.chain().name().len()).sum()),
];

fn main() -> Result<()> {
    let rows = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(4 * BATCH);
    let corpus = corpus::texts()?;
    let texts: Vec<&str> = corpus.iter().map(String::as_str).cycle().take(rows).collect();
    let bytes: usize = texts.iter().map(|t| t.len()).sum();
    println!(
        "{rows} rows of {} bytes on average, batches of {BATCH}, medians of {ROUNDS}",
        bytes / rows.max(1)
    );
    println!(
        "{:<16} {:>12} {:>12} {:>9} {:>22}",
        "rows/s of CPU", "plain Rust", "SQL", "overhead", "2 partitions, wall"
    );

    let runtime = Runtime::new()?;
    let (one, two) = (context(&texts, 1)?, context(&texts, 2)?);
    let whole = Pipeline::new();
    let sentences = Pipeline::builder().entities(false).stemming(false).layout(false).build();
    let sentences = sentences.unwrap_or_else(|_| whole.clone());
    for (name, read) in FUNCTIONS {
        let pipeline = if name == "tutur_sentences" { &sentences } else { &whole };
        let query = format!("SELECT {name}(isi) FROM artikel");
        let sql = |context: &SessionContext| {
            let batches = runtime.block_on(async { context.sql(&query).await?.collect().await });
            assert_eq!(black_box(batches).map_or(0, |b| b.iter().map(RecordBatch::num_rows).sum()), rows);
        };
        let mut taken = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            let plain = clock::time(|| by_hand(pipeline, &texts, read));
            let (alone, shared) = (clock::time(|| sql(&one)), clock::time(|| sql(&two)));
            let figures = [plain.cpu, alone.cpu, alone.wall, shared.wall];
            taken.iter_mut().zip(figures).for_each(|(list, time)| list.push(time.as_secs_f64()));
        }
        let [plain, sql, wall, wall_of_two] = taken.map(clock::median);
        let (overhead, faster) = (100.0 * (sql / plain - 1.0), wall / wall_of_two);
        let rate = |seconds: f64| rows as f64 / seconds;
        println!("{name:<16} {:>12.0} {:>12.0} {overhead:>8.1}% {faster:>20.2}x", rate(plain), rate(sql));
    }
    Ok(())
}

fn by_hand(pipeline: &Pipeline, texts: &[&str], read: Read) {
    let (mut worker, mut buffer) = (pipeline.worker(), Default::default());
    for text in texts {
        let document = worker.process_with(text, buffer);
        black_box(read(&document));
        buffer = document.into_buf();
    }
}

/// A session with the functions and the texts, in as many partitions as it may use.
fn context(texts: &[&str], partitions: usize) -> Result<SessionContext> {
    let batch = |texts: &[&str]| {
        let column: ArrayRef = Arc::new(StringViewArray::from_iter_values(texts));
        RecordBatch::try_from_iter([("isi", column)])
    };
    let batches: Vec<RecordBatch> = texts.chunks(BATCH).map(batch).collect::<Result<_, _>>()?;
    let share = batches.len().div_ceil(partitions).max(1);
    let table = MemTable::try_new(batch(&[])?.schema(), batches.chunks(share).map(<[_]>::to_vec).collect())?;
    let context = SessionContext::new_with_config(SessionConfig::new().with_target_partitions(partitions));
    tutur_datafusion::register(&context);
    context.register_table("artikel", Arc::new(table))?;
    Ok(context)
}
