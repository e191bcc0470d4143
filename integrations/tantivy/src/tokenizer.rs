//! Which pieces of a text become terms, at which positions and bytes. Knows nothing of how terms are spelled in an index.

use tantivy_tokenizer_api::{Token, TokenStream, Tokenizer};
use tutur::{Hint, Stemmer, TokenKind, Tokens};

/// tutur's tokens as Tantivy's, with byte offsets of the original text.
///
/// By default all that can be read becomes a term: words, abbreviations, numbers, dates, times, currencies, addresses,
/// hashtags and mentions. Punctuation, symbols, emoji and emoticons take no position, so that a phrase runs across them.
///
/// - An abbreviation is indexed without its stops (`S.H.` as `SH`), a hashtag or mention without its sign; their offsets
///   cover both.
/// - A hyphenated word that is one word stays whole: `buku-buku`, `sayur-mayur`, `KTP-nya`. Others are a term a part,
///   one position after the other: `Soekarno-Hatta`, `COVID-19`.
/// - Letter case is kept; [`TuturStemmer`](crate::TuturStemmer) and Tantivy's `LowerCaser` fold it.
/// - A term longer than [`max_bytes`](TuturTokenizer::max_bytes) is left out, and its position stays empty.
///
/// Never fails; time is linear in the length of the text. A text of 4 GiB or more is read up to there.
///
/// # Examples
///
/// ```
/// use tantivy_tokenizer_api::{TokenStream, Tokenizer};
/// use tutur_tantivy::TuturTokenizer;
///
/// let mut tokenizer = TuturTokenizer::new();
/// let mut stream = tokenizer.token_stream("“Buku-buku” Prof. Ani: Rp25.000,00!");
/// let mut terms = Vec::new();
/// while let Some(t) = stream.next() {
///     terms.push((t.text.clone(), t.position, t.offset_from..t.offset_to));
/// }
/// assert_eq!(terms[0], ("Buku-buku".to_owned(), 0, 3..12));
/// assert_eq!(terms[1], ("Prof".to_owned(), 1, 16..21));
/// assert_eq!(terms[3..].iter().map(|t| t.0.as_str()).collect::<Vec<_>>(), ["Rp", "25.000,00"]);
/// ```
#[derive(Clone, Debug)]
pub struct TuturTokenizer {
    tokenizer: tutur::Tokenizer,
    stemmer: Stemmer<'static>,
    kinds: Kinds,
    max_bytes: usize,
    token: Token,
}

/// What becomes a term unless the user says otherwise.
const READ: &[TokenKind] = &[
    TokenKind::Word,
    TokenKind::Abbreviation,
    TokenKind::Number,
    TokenKind::Date,
    TokenKind::Time,
    TokenKind::Currency,
    TokenKind::Url,
    TokenKind::Email,
    TokenKind::Mention,
    TokenKind::Hashtag,
];

/// Longer than any word, and than most addresses; longer ones are noise that swells the dictionary of terms.
const MAX_BYTES: usize = 255;

/// Texts beyond this many bytes are read up to it: offsets of tutur have 32 bits.
const LONGEST: usize = u32::MAX as usize - 1;

impl TuturTokenizer {
    /// A tokenizer with tutur's own conventions.
    #[must_use]
    pub fn new() -> TuturTokenizer {
        TuturTokenizer::with_tokenizer(tutur::Tokenizer::new())
    }

    /// Tokens of a tokenizer with conventions, abbreviations or patterns of your own.
    #[must_use]
    pub fn with_tokenizer(tokenizer: tutur::Tokenizer) -> TuturTokenizer {
        let (stemmer, kinds) = (Stemmer::new(), Kinds::of(READ));
        TuturTokenizer { tokenizer, stemmer, kinds, max_bytes: MAX_BYTES, token: Token::default() }
    }

    /// Only tokens of these kinds become terms; others take no position.
    ///
    /// # Examples
    ///
    /// ```
    /// use tantivy_tokenizer_api::{TokenStream, Tokenizer};
    /// use tutur::TokenKind;
    /// use tutur_tantivy::TuturTokenizer;
    ///
    /// let mut tags = TuturTokenizer::new().kinds(&[TokenKind::Hashtag]);
    /// let mut stream = tags.token_stream("Banjir lagi di #Semarang");
    /// assert_eq!(stream.next().map(|t| (t.text.as_str(), t.position)), Some(("Semarang", 0)));
    /// assert!(stream.next().is_none());
    /// ```
    #[must_use]
    pub fn kinds(mut self, kinds: &[TokenKind]) -> TuturTokenizer {
        self.kinds = Kinds::of(kinds);
        self
    }

    /// Longest term in bytes; longer ones are left out. Default: 255. Tantivy itself drops those beyond 65,530.
    #[must_use]
    pub fn max_bytes(mut self, bytes: usize) -> TuturTokenizer {
        self.max_bytes = bytes;
        self
    }
}

impl Default for TuturTokenizer {
    fn default() -> TuturTokenizer {
        TuturTokenizer::new()
    }
}

impl Tokenizer for TuturTokenizer {
    type TokenStream<'a> = TuturStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TuturStream<'a> {
        self.token.reset();
        TuturStream {
            tokens: self.tokenizer.tokenize(reachable(text)),
            parts: Piece { text: "", start: 0, kind: TokenKind::Word },
            stemmer: &self.stemmer,
            kinds: self.kinds,
            max_bytes: self.max_bytes,
            position: 0,
            token: &mut self.token,
        }
    }
}

/// The tokens of one text: see [`TuturTokenizer`].
#[derive(Debug)]
pub struct TuturStream<'a> {
    tokens: Tokens<'a, 'a>,
    /// What is left of a hyphenated word whose parts are terms.
    parts: Piece<'a>,
    stemmer: &'a Stemmer<'static>,
    kinds: Kinds,
    max_bytes: usize,
    /// Position of the next term.
    position: usize,
    token: &'a mut Token,
}

/// A piece of the text that becomes a term.
#[derive(Clone, Copy, Debug)]
struct Piece<'a> {
    text: &'a str,
    start: usize,
    kind: TokenKind,
}

impl<'a> TuturStream<'a> {
    fn piece(&mut self) -> Option<Piece<'a>> {
        loop {
            while !self.parts.text.is_empty() {
                let Piece { text, start, kind } = self.parts;
                let (part, rest) = text.split_once('-').unwrap_or((text, ""));
                self.parts = Piece { text: rest, start: start + part.len() + 1, kind };
                if !part.is_empty() {
                    return Some(Piece { text: part, start, kind });
                }
            }
            let token = self.tokens.by_ref().find(|t| self.kinds.contains(t.kind()))?;
            let piece = Piece { text: token.text(), start: token.range().start, kind: token.kind() };
            if piece.kind != TokenKind::Word || !piece.text.contains('-') || self.is_one_word(piece.text) {
                return Some(piece);
            }
            self.parts = piece;
        }
    }

    /// Whether a hyphenated word repeats or bends one word. Letter case does not count, as it must not in a search.
    fn is_one_word(&self, word: &str) -> bool {
        let root = self.stemmer.stem_hinted(word, Hint::Common);
        !root.contains('-') || self.stemmer.lexicon().get(&root).is_some()
    }
}

impl TokenStream for TuturStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(Piece { text, start, kind }) = self.piece() {
            let position = self.position;
            self.position += 1;
            if text.len() > self.max_bytes {
                continue;
            }
            let token = &mut *self.token;
            token.text.clear();
            match kind {
                TokenKind::Abbreviation => token.text.extend(text.split('.')),
                TokenKind::Hashtag | TokenKind::Mention => {
                    token.text.push_str(text.trim_start_matches(['#', '@']))
                }
                _ => token.text.push_str(text),
            }
            (token.offset_from, token.offset_to, token.position) = (start, start + text.len(), position);
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// A set of kinds of tokens.
#[derive(Clone, Copy, Debug)]
struct Kinds(u32);

impl Kinds {
    fn of(kinds: &[TokenKind]) -> Kinds {
        Kinds(kinds.iter().fold(0, |set, &kind| set | 1 << kind as u32))
    }

    fn contains(self, kind: TokenKind) -> bool {
        self.0 & 1 << kind as u32 != 0
    }
}

/// The part of `text` that 32-bit offsets reach.
fn reachable(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}
