//! What does not allocate, counted.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use tutur::{Pipeline, Stemmer, Tokenizer};

struct Counting;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

// The one place where `unsafe` is needed: an allocator that counts and passes on.
#[allow(unsafe_code)]
// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.with(|c| c.set(c.get() + 1));
        // SAFETY: the caller's promises are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promises are passed on.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations(work: impl FnOnce()) -> usize {
    let before = COUNT.with(Cell::get);
    work();
    COUNT.with(Cell::get) - before
}

const TEXT: &str = include_str!("../examples/data/berita.txt");

#[test]
fn tokens_cost_no_allocation() {
    let tokenizer = Tokenizer::new();
    let count = || assert_eq!(tokenizer.tokenize(TEXT).count(), 193);
    count();
    assert_eq!(allocations(count), 0);
}

#[test]
fn stems_that_stand_in_their_word_cost_no_allocation() {
    let stemmer = Stemmer::new();
    let work = || {
        for (word, stem) in
            [("perjalanan", "jalan"), ("dibacakan", "baca"), ("buku", "buku"), ("keberhasilannya", "hasil")]
        {
            assert_eq!(stemmer.stem(word), stem);
        }
    };
    work();
    assert_eq!(allocations(work), 0);
}

#[test]
fn a_warm_worker_allocates_little() {
    let mut worker = Pipeline::new().worker();
    let mut buffer = worker.process(TEXT).into_buf();
    for _ in 0..3 {
        buffer = worker.process_with(TEXT, buffer).into_buf();
    }
    let mut kept = Some(buffer);
    let count = allocations(|| {
        let buffer = kept.take().unwrap_or_default();
        drop(worker.process_with(TEXT, buffer));
    });
    // The lists of tokens and names of one document, and a lower-case copy of each capitalised word.
    assert!(count < 400, "{count} allocations");
}
