//! Many texts through one pipeline: several threads, results in the order of the texts, a bound on what is in work.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::iter::FusedIterator;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::{Pipeline, Worker};

/// Texts of the default window, for each thread: enough that none waits for a longer text of another.
const WINDOW: usize = 8;

impl Pipeline {
    /// Analyses a stream of texts of any length on all cores; the results come in the order of the texts.
    ///
    /// `work` gets a [`Worker`] and an item of `items`, which may be a text or anything that holds or fetches one, and
    /// returns what is wanted of the document. Items are taken only while few are unfinished or wait to be asked for
    /// (see [`ProcessStream::window`]), so that memory is bounded whatever the length of the stream: a slow consumer
    /// slows the analysis down. Results that are ready never wait for an item that comes late.
    ///
    /// The threads start with the first call of `next` and end with the last item, or after the item at hand when the
    /// stream is dropped; dropping does not wait for them. Where no thread can be started, `next` does the work itself.
    ///
    /// # Panics
    ///
    /// Never by itself. A panic of `work` or of `items` goes on from the call of `next` that would have returned the
    /// result; after it the stream is at its end.
    ///
    /// # Examples
    ///
    /// ```
    /// let lines = ["Ani tiba di Palu.", "", "Budi menemui Ani di Donggala."];
    /// let names = tutur::Pipeline::new().process_stream(lines, |worker, text| {
    ///     worker.process(text).entities().map(|e| e.text().to_owned()).collect::<Vec<_>>()
    /// });
    /// assert_eq!(names.collect::<Vec<_>>(), [vec!["Ani", "Palu"], vec![], vec!["Budi", "Ani", "Donggala"]]);
    /// ```
    pub fn process_stream<I, R, F>(&self, items: I, work: F) -> ProcessStream<I::IntoIter, R>
    where
        I: IntoIterator,
        I::IntoIter: Send + 'static,
        R: Send + 'static,
        F: Fn(&mut Worker, I::Item) -> R + Send + Sync + 'static,
    {
        let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let plan =
            Plan { items: items.into_iter(), work: Box::new(work), weigh: Box::new(|_| 1), window: None };
        ProcessStream { pipeline: self.clone(), threads, stage: Stage::Planned(Some(plan)), next: 0 }
    }
}

/// The results of [`Pipeline::process_stream`], in order.
#[must_use = "no text is analysed before the first result is asked for"]
pub struct ProcessStream<I: Iterator, R> {
    pipeline: Pipeline,
    threads: usize,
    stage: Stage<I, R>,
    /// Index of the item whose result comes next.
    next: u64,
}

enum Stage<I: Iterator, R> {
    /// Not asked for anything yet, or at its end after a panic.
    Planned(Option<Plan<I, R>>),
    /// With a worker for the calling thread where no other could be started.
    Running(Arc<Shared<I, R>>, Option<Box<Worker>>),
}

type Work<T, R> = Box<dyn Fn(&mut Worker, T) -> R + Send + Sync>;
type Weigh<T> = Box<dyn Fn(&T) -> usize + Send + Sync>;

struct Plan<I: Iterator, R> {
    items: I,
    work: Work<I::Item, R>,
    weigh: Weigh<I::Item>,
    window: Option<usize>,
}

impl<I: Iterator, R> ProcessStream<I, R> {
    /// How many threads analyse; 0 counts as 1. Default: one a core. Has no effect after the first result.
    pub fn threads(mut self, threads: usize) -> ProcessStream<I, R> {
        self.threads = threads.max(1);
        self
    }

    /// No item is taken while the taken ones whose results were not handed out weigh this much or more. Default: 8 a
    /// thread. Has no effect after the first result.
    pub fn window(mut self, window: usize) -> ProcessStream<I, R> {
        if let Stage::Planned(Some(plan)) = &mut self.stage {
            plan.window = Some(window.max(1));
        }
        self
    }

    /// What an item counts in the [`window`](ProcessStream::window): its bytes, say, where short and very long texts come
    /// in one stream; 0 counts as 1. Default: 1. Has no effect after the first result.
    ///
    /// # Examples
    ///
    /// ```
    /// let texts = vec!["Ani tiba di Palu.".to_owned(); 100];
    /// let sentences = tutur::Pipeline::new()
    ///     .process_stream(texts, |worker, text| worker.process(&text).sentences().count())
    ///     .window(1 << 20)
    ///     .weigh(String::len);
    /// assert_eq!(sentences.sum::<usize>(), 100);
    /// ```
    pub fn weigh(mut self, weigh: impl Fn(&I::Item) -> usize + Send + Sync + 'static) -> ProcessStream<I, R> {
        if let Stage::Planned(Some(plan)) = &mut self.stage {
            plan.weigh = Box::new(weigh);
        }
        self
    }
}

impl<I, R> Iterator for ProcessStream<I, R>
where
    I: Iterator + Send + 'static,
    R: Send + 'static,
{
    type Item = R;

    fn next(&mut self) -> Option<R> {
        if let Stage::Planned(plan) = &mut self.stage {
            let shared = Arc::new(Shared::new(plan.take()?, self.threads));
            let started = (0..self.threads).filter(|_| shared.start(&self.pipeline)).count();
            let own = (started == 0).then(|| Box::new(self.pipeline.worker()));
            self.stage = Stage::Running(shared, own);
        }
        let Stage::Running(shared, own) = &mut self.stage else { return None };
        if let Some(worker) = own {
            shared.step(worker);
        }
        let result = shared.wait_for(self.next)?;
        self.next += 1;
        Some(result.unwrap_or_else(|panic| {
            self.stage = Stage::Planned(None);
            resume_unwind(panic)
        }))
    }
}

impl<I, R> FusedIterator for ProcessStream<I, R>
where
    I: Iterator + Send + 'static,
    R: Send + 'static,
{
}

impl<I: Iterator, R> Drop for ProcessStream<I, R> {
    fn drop(&mut self) {
        if let Stage::Running(shared, _) = &self.stage {
            lock(&shared.state).closed = true;
            shared.room.notify_one();
        }
    }
}

impl<I: Iterator, R> fmt::Debug for ProcessStream<I, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProcessStream")
            .field("threads", &self.threads)
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}

/// What the threads share. A thread takes an item, analyses it and posts the result; `next` takes results in order.
struct Shared<I: Iterator, R> {
    /// The items, and how many were taken. Held while an item is fetched, however long that takes.
    input: Mutex<(std::iter::Fuse<I>, u64)>,
    work: Work<I::Item, R>,
    weigh: Weigh<I::Item>,
    window: usize,
    /// Never held while code of the caller runs.
    state: Mutex<State<R>>,
    /// The window has room, or nobody wants more. Only the thread that holds `input` waits for it.
    room: Condvar,
    /// A result was posted, or a thread ended. Only `next` waits for it.
    news: Condvar,
}

struct State<R> {
    /// Results to be handed out, by index, with their weight.
    results: BTreeMap<u64, (usize, Posted<R>)>,
    /// Weight of what was taken and not handed out.
    taken: usize,
    threads: usize,
    /// No further item is wanted.
    closed: bool,
}

/// A result, or the panic there is instead of one.
type Posted<R> = Result<R, Box<dyn Any + Send>>;

/// No lock is held while code of the caller runs that could leave the state half-changed, so a poisoned one is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<I: Iterator, R> Shared<I, R> {
    fn new(plan: Plan<I, R>, threads: usize) -> Shared<I, R> {
        let state = State { results: BTreeMap::new(), taken: 0, threads: 0, closed: false };
        Shared {
            input: Mutex::new((plan.items.fuse(), 0)),
            work: plan.work,
            weigh: plan.weigh,
            window: plan.window.unwrap_or_else(|| threads.saturating_mul(WINDOW)),
            state: Mutex::new(state),
            room: Condvar::new(),
            news: Condvar::new(),
        }
    }

    /// Waits for the result with this index; none where no thread is left that could post it.
    fn wait_for(&self, index: u64) -> Option<Posted<R>> {
        let mut state = lock(&self.state);
        loop {
            if let Some((weight, result)) = state.results.remove(&index) {
                state.taken = state.taken.saturating_sub(weight);
                self.room.notify_one();
                return Some(result);
            }
            if state.threads == 0 {
                return None;
            }
            state = self.news.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits until an item may be taken; false where none is wanted any more.
    fn wait_for_room(&self) -> bool {
        let mut state = lock(&self.state);
        while state.taken >= self.window && !state.closed {
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        !state.closed
    }

    /// Takes an item, analyses it and posts the result; false where there is none to take.
    fn step(&self, worker: &mut Worker) -> bool {
        let mut input = lock(&self.input);
        if !self.wait_for_room() {
            return false;
        }
        let index = input.1;
        // A panic of the caller's code belongs to the caller's thread and must not leave `next` waiting for a result.
        let fetched =
            catch_unwind(AssertUnwindSafe(|| input.0.next().map(|item| ((self.weigh)(&item).max(1), item))));
        let (weight, item) = match fetched {
            Ok(Some(item)) => item,
            Ok(None) => return false,
            Err(panic) => return self.post(index, 0, Err(panic)),
        };
        input.1 += 1;
        let mut state = lock(&self.state);
        state.taken = state.taken.saturating_add(weight);
        drop(state);
        drop(input);
        let result = catch_unwind(AssertUnwindSafe(|| (self.work)(worker, item)));
        self.post(index, weight, result)
    }

    /// Hands a result to `next`; false after a panic, which ends the stream.
    fn post(&self, index: u64, weight: usize, result: Posted<R>) -> bool {
        let whole = result.is_ok();
        let mut state = lock(&self.state);
        state.closed |= !whole;
        state.results.insert(index, (weight, result));
        drop(state);
        if !whole {
            self.room.notify_one();
        }
        self.news.notify_one();
        whole
    }
}

impl<I, R> Shared<I, R>
where
    I: Iterator + Send + 'static,
    R: Send + 'static,
{
    /// Starts a thread; false where the system gives none.
    fn start(self: &Arc<Self>, pipeline: &Pipeline) -> bool {
        lock(&self.state).threads += 1;
        let (shared, mut worker) = (Arc::clone(self), pipeline.worker());
        let thread = thread::Builder::new().name("tutur".to_owned()).spawn(move || {
            while shared.step(&mut worker) {}
            shared.leave();
        });
        if thread.is_err() {
            self.leave();
        }
        thread.is_ok()
    }

    fn leave(&self) {
        lock(&self.state).threads -= 1;
        self.news.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::super::PipelineBuilder;
    use super::*;

    #[test]
    fn without_threads_next_does_the_work() {
        let pipeline = PipelineBuilder::without_entities();
        let work = |worker: &mut Worker, text: &str| worker.process(text).tokens().len();
        let items = ["satu", "", "dua tiga"].into_iter();
        let plan = Plan { items, work: Box::new(work), weigh: Box::new(|_| 1), window: Some(1) };
        let stage = Stage::Running(Arc::new(Shared::new(plan, 1)), Some(Box::new(pipeline.worker())));
        let stream = ProcessStream { pipeline, threads: 1, stage, next: 0 };
        assert_eq!(stream.collect::<Vec<_>>(), [1, 0, 2]);
    }
}
