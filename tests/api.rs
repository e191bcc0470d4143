//! Promises about types.

use std::fmt::Debug;
use std::panic::{RefUnwindSafe, UnwindSafe};

use tutur::ner::{Evaluation, NerModel, TagScratch, TagSpan, Trainer};
use tutur::pipeline::{
    Chain, Dateline, Entity, Mentions, Paragraph, Paragraphs, Sentence, TokenView, WordView, Words,
};
use tutur::words::WordSplitter;
use tutur::{
    Analysis, DocBuf, Document, Error, LayoutSpan, Lexicon, OffsetMap, OwnedDocument, Pipeline,
    PipelineBuilder, Sentences, Span, Stemmer, Token, Tokenizer, TokenizerBuilder, Tokens, UserDictionary,
    Worker,
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
    check::<OwnedDocument>();
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
    fn view<T: Send + Sync + Unpin + Debug + Clone>() {}
    view::<tutur::pipeline::Tokens<'_, '_>>();
    view::<tutur::pipeline::Sentences<'_, '_>>();
    view::<tutur::pipeline::Entities<'_, '_>>();
    view::<tutur::pipeline::Chains<'_, '_>>();
    view::<Chain<'_, '_>>();
    view::<Dateline<'_>>();
    view::<Entity<'_, '_>>();
    view::<Mentions<'_, '_>>();
    view::<Paragraph<'_, '_>>();
    view::<Paragraphs<'_, '_>>();
    view::<Sentence<'_, '_>>();
    view::<TokenView<'_, '_>>();
    view::<WordView<'_, '_>>();
    view::<Words<'_, '_>>();
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<Pipeline>();
    shared::<PipelineBuilder>();
    shared::<Worker>();
    shared::<OwnedDocument>();
    shared::<DocBuf>();
    fn unwind<T: UnwindSafe + RefUnwindSafe>() {}
    unwind::<Tokenizer>();
    unwind::<Stemmer<'_>>();
    unwind::<NerModel>();
}
