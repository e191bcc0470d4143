//! Work on threads that end with the call. No pool is kept: it would not survive the forks of Python's workers.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How many threads to use: as many as asked for, or one a core.
pub(crate) fn threads(asked: Option<NonZeroUsize>) -> usize {
    asked.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get)
}

/// Bytes of text that are worked on until Python may interrupt.
pub(crate) const ROUND: usize = 32 << 20;

/// The items that make up a round, at least one, and the rest.
pub(crate) fn round<T>(items: &[T], bytes: impl Fn(&T) -> usize) -> (&[T], &[T]) {
    let mut sum = 0;
    let full = items.iter().position(|item| {
        sum += bytes(item);
        sum >= ROUND
    });
    items.split_at(full.map_or(items.len(), |last| last + 1))
}

/// Does the tasks `0..tasks` on at most `threads` threads, each with a state of its own; the results come in order.
pub(crate) fn in_order<S, R: Send>(
    tasks: usize,
    threads: usize,
    state: impl Fn() -> S + Sync,
    run: impl Fn(&mut S, usize) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let work = || {
        let (mut state, mut done) = (state(), Vec::new());
        loop {
            let task = next.fetch_add(1, Ordering::Relaxed);
            if task >= tasks {
                return done;
            }
            done.push((task, run(&mut state, task)));
        }
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(tasks)).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for other in others {
            done.append(&mut other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|d| d.0);
    done.into_iter().map(|d| d.1).collect()
}
