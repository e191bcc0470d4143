//! The same stream on one thread and on more.

use std::sync::Arc;

use super::child;
use crate::measure::{Case, Clock, Heading, Plan};
use crate::record::Group;
use crate::rivals::tokens_of;
use crate::text::Material;

const HEADING: Heading = Heading {
    id: "threads",
    title: "Threads",
    note: "`Pipeline::process_stream` over the documents, started anew each pass; time on the wall. The ratio is how \
           many times slower than one thread the row is: 0.5 is twice as fast. Meaningful only where nothing else \
           runs.",
    unit: "tokens/s",
    counted: "names",
};

pub fn group(plan: &Plan, material: &Material) -> Group {
    let documents = Arc::new(material.documents.clone());
    let (bytes, amount) = (material.bytes(), tokens_of(material) as f64);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    let mut threads = vec![1, 2, cores];
    threads.retain(|&t| t <= cores);
    threads.dedup();
    let cases = threads.into_iter().map(|threads| {
        let name = if threads == 1 { "1 thread".to_owned() } else { format!("{threads} threads") };
        let documents = &documents;
        Case::ours(name, amount, move || child::stream(documents, bytes, threads))
    });
    Plan { clock: Clock::Wall, ..*plan }.group(HEADING, cases.collect())
}
