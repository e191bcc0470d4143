//! Promises about types.

use std::fmt::Debug;
use std::panic::{RefUnwindSafe, UnwindSafe};

use tutur::ner::{Evaluation, NerModel, TagScratch, TagSpan, Trainer};
use tutur::words::WordSplitter;
use tutur::{
    Analysis, DocBuf, Document, Error, LayoutSpan, Lexicon, OffsetMap, Pipeline, PipelineBuilder, Sentences,
    Span, Stemmer, Token, Tokenizer, TokenizerBuilder, Tokens, UserDictionary, Worker,
};

#[test]
fn every_type_goes_between_threads_and_shows_itself() {
    fn check<T: Send + Sync + Unpin + Debug>() {}
    check::<Analysis>();
    check::<DocBuf>();
    check::<Document<'_>>();
    check::<Error>();
    check::<Evaluation>();
    check::<LayoutSpan>();
    check::<Lexicon<'_>>();
    check::<NerModel>();
    check::<OffsetMap<'_>>();
    check::<Pipeline>();
    check::<PipelineBuilder>();
    check::<Sentences<'_, '_>>();
    check::<Span>();
    check::<Stemmer<'_>>();
    check::<TagScratch>();
    check::<TagSpan>();
    check::<Token<'_>>();
    check::<Tokenizer>();
    check::<TokenizerBuilder>();
    check::<Tokens<'_, '_>>();
    check::<Trainer>();
    check::<UserDictionary>();
    check::<WordSplitter>();
    check::<Worker>();
    fn unwind<T: UnwindSafe + RefUnwindSafe>() {}
    unwind::<Tokenizer>();
    unwind::<Stemmer<'_>>();
    unwind::<NerModel>();
}
