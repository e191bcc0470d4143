//! What does not allocate, counted.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use tutur::render::json::JsonView;
use tutur::{DocBuf, OffsetUnit, Pipeline, Stemmer, Tokenizer};

struct Counting;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
    /// Bytes that are held, and the most that were.
    static HELD: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

// The one place where `unsafe` is needed: an allocator that counts and passes on.
#[allow(unsafe_code)]
// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.with(|c| c.set(c.get() + 1));
        let held = HELD.with(Cell::get) + layout.size().cast_signed();
        HELD.with(|c| c.set(held));
        PEAK.with(|c| c.set(c.get().max(held)));
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

/// Bytes a byte of `text` that its document takes, and that are held beyond it at once. Growing a list holds it twice
/// here, for this allocator has no way to grow a block.
fn memory(pipeline: &Pipeline, text: &str) -> (f64, f64) {
    let before = HELD.with(Cell::get);
    PEAK.with(|c| c.set(before));
    let document = pipeline.process(text);
    let (held, peak) = (HELD.with(Cell::get), PEAK.with(Cell::get));
    drop(document);
    let share = |bytes: isize| bytes as f64 / text.len() as f64;
    (share(held - before), share(peak - held))
}

#[test]
fn a_long_text_takes_little_beside_its_document() {
    let pipeline = Pipeline::new();
    // Text, most bytes a byte of it in the document, and beyond that.
    for (text, most, beyond) in [(TEXT, 4.0, 4.0), ("a\n", 13.0, 13.0), ("a ", 8.0, 32.0), ("(", 13.5, 50.0)]
    {
        let (document, working) = memory(&pipeline, &text.repeat(1 + (3 << 20) / text.len()));
        let name = text.get(..2).unwrap_or(text);
        assert!(document <= most && working <= beyond, "{name:?}: {document:.1} and {working:.1} beyond it");
    }
}

#[test]
fn a_document_is_written_as_json_in_constant_memory() {
    let document = Pipeline::new().process(TEXT);
    let view = JsonView::new(&document, None, OffsetUnit::Bytes);
    let write = || serde_json::to_writer(std::io::sink(), &view).unwrap();
    write();
    assert_eq!(allocations(write), 0);
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
