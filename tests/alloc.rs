//! What does not allocate, counted.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use tutur::{DocBuf, Pipeline, Stemmer, Tokenizer};

struct Counting;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
    /// Bytes that are held.
    static HELD: Cell<isize> = const { Cell::new(0) };
}

// The one place where `unsafe` is needed: an allocator that counts and passes on.
#[allow(unsafe_code)]
// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.with(|c| c.set(c.get() + 1));
        HELD.with(|c| c.set(c.get() + layout.size().cast_signed()));
        // SAFETY: the caller's promises are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.with(|c| c.set(c.get() - layout.size().cast_signed()));
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

/// Allocations of a document once a worker and its columns have seen all `texts`, the most of any.
fn warm(pipeline: &Pipeline, texts: &[&str]) -> usize {
    let mut worker = pipeline.worker();
    let mut kept = Some(DocBuf::default());
    let mut work = |text: &str| {
        let document = worker.process_with(text, kept.take().unwrap_or_default());
        kept = Some(document.into_buf());
    };
    (0..3).for_each(|_| texts.iter().for_each(|text| work(text)));
    texts.iter().map(|text| allocations(|| work(text))).max().unwrap_or_default()
}

#[test]
fn a_warm_worker_allocates_nothing() {
    let chat =
        "gak tau deh @budi, kt Ani sih di PALU jg 😂 buku-bukunya ÉLYSÉE dipinjem... Menterinya-nya? #rame\n";
    let corpus: Vec<String> = std::fs::read_dir("data/corpus")
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    let mut texts: Vec<&str> = corpus.iter().flat_map(|file| file.split("\n\n")).collect();
    assert!(texts.len() > 1_000);
    texts.extend([TEXT, chat, ""]);
    texts.extend(corpus.iter().map(String::as_str));
    let page = "Warga Palu Rayakan Panen Raya | Kabar Palu\nSenin, 3 Mei 2021 - 08:00 WIB\nPenulis: Ani | FOTO: ÉLAN/ANT\n\
        PALU (ANTARA), 3/5/2021 – Warga merayakan panen raya, kata Ani.\n(rsd)\nSumber: www.kabar.CO.ID - Kabar Palu\n";
    texts.push(page);
    assert_eq!(warm(&Pipeline::new(), &texts), 0);
}

/// One long text must not fix the memory of a long run.
#[test]
fn a_worker_forgets_a_huge_text() {
    let mut worker = Pipeline::new().worker();
    drop(worker.process(TEXT));
    let before = HELD.with(Cell::get);
    drop(worker.process(&TEXT.repeat(1 + (1 << 20) / TEXT.len())));
    assert!(HELD.with(Cell::get) <= before);
}
