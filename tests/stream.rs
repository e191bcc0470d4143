//! `Pipeline::process_stream`: order, bounds, slow ends, early ends and panics.

use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc;
use std::time::Duration;

use tutur::{Pipeline, ProcessStream};

fn light() -> Pipeline {
    Pipeline::builder().entities(false).layout(false).build().unwrap()
}

#[test]
fn results_come_in_order_whatever_the_threads() {
    let texts: Vec<String> =
        (0..500).map(|i| format!("Kalimat ke-{i} selesai. ").repeat(i * 7 % 40)).collect();
    let pipeline = Pipeline::new();
    let alone: Vec<usize> = texts.iter().map(|text| pipeline.process(text).tokens().len()).collect();
    for (threads, window) in [(0, 0), (1, 1), (2, 1), (3, 7), (8, 1000)] {
        let stream = pipeline
            .process_stream(texts.clone(), |worker, text| worker.process(&text).tokens().len())
            .threads(threads)
            .window(window);
        assert_eq!(stream.collect::<Vec<_>>(), alone, "{threads} threads, window {window}");
    }
}

#[test]
fn nothing_starts_before_it_is_asked_for_and_the_window_holds() {
    let taken = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&taken);
    let items = (0..1000).inspect(move |_| {
        counted.fetch_add(1, SeqCst);
    });
    let mut stream = light().process_stream(items, |_, item| item).threads(4).window(5);
    std::thread::sleep(Duration::from_millis(20));
    assert_eq!(taken.load(SeqCst), 0);
    for expected in 0..100 {
        assert_eq!(stream.next(), Some(expected));
        std::thread::sleep(Duration::from_millis(1));
        // Those handed out, and at most five more.
        assert!(taken.load(SeqCst) <= expected + 1 + 5, "{} taken at {expected}", taken.load(SeqCst));
    }
}

#[test]
fn weights_bound_what_is_in_work() {
    let taken = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&taken);
    let items = [10usize, 10, 100, 1, 1, 1].into_iter().inspect(move |weight| {
        counted.fetch_add(*weight, SeqCst);
    });
    let mut stream =
        light().process_stream(items, |_, item| item).threads(2).window(15).weigh(|weight| *weight);
    assert_eq!(stream.next(), Some(10));
    for _ in 0..500 {
        std::thread::sleep(Duration::from_millis(20));
        if taken.load(SeqCst) >= 120 {
            break;
        }
    }
    assert_eq!(taken.load(SeqCst), 120, "10 and 100 are in work, and nothing beside them");
    assert_eq!(stream.collect::<Vec<_>>(), [10, 100, 1, 1, 1]);
    let absurd = light().process_stream(0..50, |_, item| item).threads(3).weigh(|_| usize::MAX);
    assert_eq!(absurd.sum::<i32>(), 1225);
}

#[test]
fn results_do_not_wait_for_late_items() {
    let (send, items) = mpsc::channel();
    let mut stream =
        light().process_stream(items, |worker, text: &str| worker.process(text).tokens().len()).threads(2);
    for text in ["satu", "dua tiga", ""] {
        send.send(text).unwrap();
        assert_eq!(stream.next(), Some(text.split_whitespace().count()));
    }
    drop(send);
    assert_eq!((stream.next(), stream.next()), (None, None));
}

#[test]
fn a_dropped_stream_takes_no_more() {
    let taken = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&taken);
    let items = (0..).inspect(move |_| {
        counted.fetch_add(1, SeqCst);
    });
    let mut stream = light().process_stream(items, |_, item: u64| item).threads(3);
    assert_eq!(stream.by_ref().take(10).sum::<u64>(), 45);
    drop(stream);
    // The threads let go of the items: nobody else holds the counter then.
    for _ in 0..500 {
        if Arc::strong_count(&taken) == 1 {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("a thread still runs");
}

#[test]
fn panics_reach_the_caller_in_their_place() {
    std::panic::set_hook(Box::new(|_| {}));
    for threads in [1, 4] {
        let mut stream = light()
            .process_stream(0..1000, |_, item| if item == 20 { panic!("twenty") } else { item })
            .threads(threads);
        assert_eq!(stream.by_ref().take(20).collect::<Vec<_>>(), (0..20).collect::<Vec<_>>());
        let panic = catch_unwind(AssertUnwindSafe(|| stream.next())).unwrap_err();
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"twenty"));
        assert_eq!((stream.next(), stream.next()), (None, None));

        let items = (0..1000).inspect(|item| assert!(*item != 5, "five"));
        let mut stream = light().process_stream(items, |_, item| item).threads(threads);
        assert_eq!(stream.by_ref().take(5).count(), 5);
        assert!(catch_unwind(AssertUnwindSafe(|| stream.next())).is_err());
        assert_eq!(stream.next(), None);
    }
}

#[test]
fn it_goes_between_threads_and_shows_itself() {
    fn check<T: Send + Sync + Unpin + Debug>(_: &T) {}
    let stream = light().process_stream(vec!["a"], |_, _| 1u8).threads(2);
    check(&stream);
    assert_eq!(format!("{stream:?}"), "ProcessStream { threads: 2, next: 0, .. }");
    let _: ProcessStream<std::vec::IntoIter<&str>, u8> = stream;
}
