//! How a term is spelled in the index: its root, its surface form, or both.

use std::mem;

use tantivy_tokenizer_api::{Token, TokenFilter, TokenStream, Tokenizer};
use tutur::{Hint, Stemmer};

/// What [`TuturStemmer`] makes of a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Form {
    /// Its root: `membangun` and `pembangunan` are both `bangun`.
    #[default]
    Root,
    /// The word as written, in lower case.
    Surface,
    /// The root, then, where it differs, the surface form at the same position. For indexing only: a query of two terms
    /// at one position asks for both, so query such an index with [`Form::Root`] or [`Form::Surface`].
    Both,
}

/// A filter that puts roots in the place of words, behind any tokenizer.
///
/// Folds letter case itself, and the case of a word has no part in its root, so that a query in lower case finds what
/// begins a sentence; a `LowerCaser` before it does no harm. Offsets stay those of the text, positions those of the
/// tokenizer. What is no Indonesian word is its own root.
///
/// # Examples
///
/// ```
/// use tantivy_tokenizer_api::{TokenFilter, TokenStream, Tokenizer};
/// use tutur_tantivy::{Form, TuturStemmer, TuturTokenizer};
///
/// let mut analyzer = TuturStemmer::new(Form::Both).transform(TuturTokenizer::new());
/// let mut stream = analyzer.token_stream("Pembangunan jalan");
/// let mut terms = Vec::new();
/// while let Some(t) = stream.next() {
///     terms.push((t.position, t.text.clone()));
/// }
/// assert_eq!(terms, [(0, "bangun".to_owned()), (0, "pembangunan".to_owned()), (1, "jalan".to_owned())]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct TuturStemmer {
    stemmer: Stemmer<'static>,
    form: Form,
}

impl TuturStemmer {
    /// A filter with the embedded lexicon.
    #[must_use]
    pub fn new(form: Form) -> TuturStemmer {
        TuturStemmer::with_stemmer(Stemmer::new(), form)
    }

    /// A filter with a stemmer of your own: other words, formal spelling only.
    #[must_use]
    pub fn with_stemmer(stemmer: Stemmer<'static>, form: Form) -> TuturStemmer {
        TuturStemmer { stemmer, form }
    }
}

impl TokenFilter for TuturStemmer {
    type Tokenizer<T: Tokenizer> = Stemmed<T>;

    fn transform<T: Tokenizer>(self, tokenizer: T) -> Stemmed<T> {
        Stemmed { inner: tokenizer, filter: self, spare: String::new() }
    }
}

/// A tokenizer behind which words are stemmed: see [`TuturStemmer`].
#[derive(Clone, Debug)]
pub struct Stemmed<T> {
    inner: T,
    filter: TuturStemmer,
    /// Memory of the other spelling of the current token.
    spare: String,
}

impl<T: Tokenizer> Tokenizer for Stemmed<T> {
    type TokenStream<'a> = StemmedStream<'a, T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        let (filter, spare) = (&self.filter, &mut self.spare);
        StemmedStream { tail: self.inner.token_stream(text), filter, spare, surface_waits: false }
    }
}

/// The tokens of one text: see [`TuturStemmer`].
#[derive(Debug)]
pub struct StemmedStream<'a, S> {
    tail: S,
    filter: &'a TuturStemmer,
    spare: &'a mut String,
    /// Whether `spare` is the surface form, which comes next.
    surface_waits: bool,
}

impl<S: TokenStream> TokenStream for StemmedStream<'_, S> {
    fn advance(&mut self) -> bool {
        if mem::take(&mut self.surface_waits) {
            mem::swap(&mut self.tail.token_mut().text, self.spare);
            return true;
        }
        if !self.tail.advance() {
            return false;
        }
        let text = &mut self.tail.token_mut().text;
        fold(text, self.spare);
        if self.filter.form == Form::Surface {
            return true;
        }
        let root = self.filter.stemmer.stem_hinted(text, Hint::Common);
        if *root != **text {
            self.spare.clear();
            self.spare.push_str(&root);
            mem::swap(text, self.spare);
            self.surface_waits = self.filter.form == Form::Both;
        }
        true
    }

    fn token(&self) -> &Token {
        self.tail.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.tail.token_mut()
    }
}

/// Puts `text` into lower case, letter by letter as tutur does; `spare` is the memory for it.
fn fold(text: &mut String, spare: &mut String) {
    if text.is_ascii() {
        text.make_ascii_lowercase();
    } else {
        spare.clear();
        spare.extend(text.chars().flat_map(char::to_lowercase));
        mem::swap(text, spare);
    }
}
