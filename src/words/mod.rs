//! Syntactic words: clitics split off their host as Universal Dependencies does. Decides with the stemmer's analysis
//! whether a word is host and clitic (`rumahnya`) or whole (`tanya`, `adalah`, `akhirnya`).

use crate::stem::{Affix, Stemmer};
use crate::text::fold;
use crate::tokenize::{Token, TokenKind};

/// A syntactic word: part of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    text: &'t str,
    start: u32,
    clitic: Option<Affix>,
}

impl<'t> Word<'t> {
    /// The word as written.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Its first byte in the text.
    #[must_use]
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// Which clitic it is; none for a host or a whole token.
    #[must_use]
    pub fn clitic(&self) -> Option<Affix> {
        self.clitic
    }
}

/// Splits tokens into syntactic words.
///
/// # Examples
///
/// ```
/// use tutur::Tokenizer;
/// use tutur::words::WordSplitter;
///
/// let splitter = WordSplitter::new();
/// let mut words = Vec::new();
/// for token in Tokenizer::new().tokenize("Rumahnya di sekolah, bukan?") {
///     splitter.split(token, &mut words);
/// }
/// let words: Vec<_> = words.iter().map(|w| w.text()).collect();
/// assert_eq!(words, ["Rumah", "nya", "di", "sekolah", ",", "bukan", "?"]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct WordSplitter {
    stemmer: Stemmer<'static>,
}

/// Adverbs in -nya that treebanks and dictionaries keep whole, and words that only look like host and particle.
const WHOLE: &[&str] = &[
    "maluku",
    "makanya",
    "paskah",
    "adalah",
    "ialah",
    "akhirnya",
    "biasanya",
    "umumnya",
    "misalnya",
    "sebenarnya",
    "sebaiknya",
    "seharusnya",
    "selanjutnya",
    "sebelumnya",
    "sesudahnya",
    "setelahnya",
    "setidaknya",
    "tentunya",
    "rupanya",
    "kiranya",
    "nyatanya",
    "sesungguhnya",
    "khususnya",
    "sepenuhnya",
    "selamanya",
    "secepatnya",
    "sebaliknya",
    "lainnya",
    "berikutnya",
    "pokoknya",
    "intinya",
    "agaknya",
    "hendaknya",
    "layaknya",
    "sepertinya",
    "nampaknya",
    "tampaknya",
    "kelihatannya",
    "kabarnya",
    "konon",
    "untungnya",
    "sayangnya",
    "uniknya",
    "pastinya",
    "hanya",
    "punya",
    "tanya",
    "bertanya",
    "ditanya",
    "setelah",
    "telah",
    "lelah",
    "sejumlah",
    "jumlah",
    "masalah",
    "sekolah",
    "langkah",
    "istilah",
    "salah",
    "malah",
    "belah",
    "ulah",
    "kuliah",
    "majalah",
    "wilayah",
    "meskipun",
    "walaupun",
    "maupun",
    "ataupun",
    "adapun",
    "biarpun",
    "kendatipun",
    "sekalipun",
    "sungguhpun",
    "bagaimanapun",
    "kalaupun",
    "andaipun",
    "apapun",
    "siapapun",
    "manapun",
    "betapapun",
    "himpun",
    "ampun",
    "pimpin",
    "pupuk",
    "satunya",
    "satu-satunya",
    "sedianya",
    "semestinya",
    "selebihnya",
    "sekiranya",
    "seandainya",
    "sekurangnya",
    "sekurang-kurangnya",
    "setidak-tidaknya",
    "sedikitnya",
    "sebanyak-banyaknya",
    "sesuatunya",
    "sesekali",
    "alhasil",
    "bukunya'",
    "naskah",
    "sedekah",
    "berkah",
    "nafkah",
    "rokok",
    "syukur",
    "kamu",
    "tamu",
    "ilmu",
    "buku",
    "suku",
    "kuku",
    "laku",
    "saku",
    "siku",
    "aku",
    "paku",
    "baku",
    "beku",
    "kaku",
    "jamu",
    "temu",
    "bertemu",
    "semu",
    "bumbu",
];

const ENCLITICS: &[(&str, Affix)] = &[
    ("nya", Affix::Nya),
    ("ku", Affix::KuEnclitic),
    ("mu", Affix::Mu),
    ("lah", Affix::Lah),
    ("kah", Affix::Kah),
    ("pun", Affix::Pun),
];

impl WordSplitter {
    /// A splitter with the embedded lexicon.
    #[must_use]
    pub fn new() -> WordSplitter {
        WordSplitter::default()
    }

    /// Appends the syntactic words of `token`: the token itself, or its host and clitics.
    pub fn split<'t>(&self, token: Token<'t>, words: &mut Vec<Word<'t>>) {
        let start = token.span().start;
        let mut push = |from: usize, to: usize, clitic| {
            let text = token.text().get(from..to).unwrap_or_default();
            #[allow(clippy::cast_possible_truncation)] // inside a token of a text below 4 GiB
            words.push(Word { text, start: start + from as u32, clitic });
        };
        let length = token.text().len();
        let Some(cut) = self.cut(token) else { return push(0, length, None) };
        if let Some(proclitic) = cut.proclitic {
            let end = proclitic.form().len();
            push(0, end, Some(proclitic));
            push(end, cut.host, None);
        } else {
            push(0, cut.host, None);
        }
        let mut at = cut.host;
        for clitic in cut.enclitics.into_iter().flatten() {
            let hyphen = usize::from(token.text().as_bytes().get(at) == Some(&b'-'));
            let end = (at + hyphen + clitic.form().len()).min(length);
            push(at, end, Some(clitic));
            at = end;
        }
    }

    fn cut(&self, token: Token<'_>) -> Option<Cut> {
        let text = token.text();
        if token.kind() != TokenKind::Word || !text.is_ascii() || text.len() < 4 || text.len() > 60 {
            return None;
        }
        let lower = fold(text);
        let leans = ENCLITICS.iter().any(|(form, _)| lower.ends_with(form));
        let led = lower.starts_with("ku") || lower.starts_with("kau");
        // `-ullah` ends names: Abdullah, Nasrullah.
        if !leans && !led || WHOLE.contains(&lower.as_ref()) || lower.ends_with("ullah") {
            return None;
        }
        let analyses = self.stemmer.analyze(&lower);
        let best = analyses.best();
        let mut enclitics = [None; 3];
        let found = best.suffixes().iter().filter(|a| a.is_clitic());
        enclitics.iter_mut().zip(found).for_each(|(slot, affix)| *slot = Some(*affix));
        let proclitic = best.prefixes().first().copied().filter(|a| a.is_clitic());
        if best.enclitic_bytes() > 0 || proclitic.is_some() {
            return Some(Cut { proclitic, host: lower.len() - best.enclitic_bytes(), enclitics });
        }
        // Function words and irregular forms, which the stemmer does not take apart: `apakah`, `itulah`, `keduanya`.
        let lexicon = self.stemmer.lexicon();
        if !lexicon.get(&lower).is_some_and(|e| e.is_whole()) && lexicon.exception(&lower).is_none() {
            return None;
        }
        ENCLITICS.iter().find_map(|&(form, clitic)| {
            let host = lower.strip_suffix(form)?;
            let known = lexicon.get(host).is_some() || lexicon.exception(host).is_some();
            let root = lexicon.get(&lower).is_some_and(|e| e.is_root())
                && !lexicon.get(host).is_some_and(|e| e.is_whole());
            let long = host.len() >= if matches!(clitic, Affix::KuEnclitic | Affix::Mu) { 4 } else { 3 };
            (known && !root && long).then_some(Cut {
                proclitic: None,
                host: host.len(),
                enclitics: [Some(clitic), None, None],
            })
        })
    }
}

struct Cut {
    proclitic: Option<Affix>,
    /// Byte after the host.
    host: usize,
    enclitics: [Option<Affix>; 3],
}
