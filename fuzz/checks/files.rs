//! Any bytes as a file: an error or something that can be used.

use std::sync::LazyLock;

use tutur::lexicon::FILE_KIND;
use tutur::ner::{ConllReader, LabeledSentence, MODEL_FILE_KIND, NerModel, Repair};
use tutur::render::json::JsonDocument;
use tutur::wire::{Container, Kind, write};
use tutur::{EntityRules, Lexicon, OffsetUnit, Pipeline, Stemmer, UserDictionary};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(Pipeline::new);

const WORDS: &[&str] =
    &["Mengajari", "buku-buku", "gak", "ngopi", "beruang", "kupu-kupu", "dipersatukan", "é", ""];

static LEXICON: &[u8] = include_bytes!("../seeds/lexicon_bytes/sample");
static MODEL: &[u8] = include_bytes!("../seeds/model_bytes/sample");

/// Lengths and counts that no honest file has.
const HUGE: [u32; 5] = [u32::MAX, u32::MAX - 7, 1 << 31, 1 << 24, 0];

/// `good`, a container, with changes inside its sections under a checksum that is right, so that what reads the sections
/// meets them. Four bytes say each: what and in which section, where (two), and a value.
fn edited(good: &[u8], kind: Kind, edits: &[u8]) -> Vec<u8> {
    let file = Container::open(good, kind).expect("a sample: cargo xtask fuzz-seeds");
    let mut sections: Vec<Vec<u8>> = (0..).map_while(|i| file.section(i)).map(<[u8]>::to_vec).collect();
    for &[what, low, high, value] in edits.as_chunks::<4>().0 {
        let count = sections.len();
        let section = &mut sections[usize::from(what >> 2) % count];
        let at = usize::from(u16::from_le_bytes([low, high])) % (section.len() + 1);
        match what & 3 {
            0 => section.iter_mut().skip(at).take(1).for_each(|byte| *byte = value),
            1 => {
                let huge = HUGE[usize::from(value) % HUGE.len()].to_le_bytes();
                section.iter_mut().skip(at & !3).zip(huge).for_each(|(byte, new)| *byte = new);
            }
            2 => section.truncate(at),
            _ => drop(section.splice(at..at, std::iter::repeat_n(value, 1 + usize::from(value % 8)))),
        }
    }
    write(kind, file.source_hash(), &sections).expect("a file of a few kilobytes")
}

/// The bytes as a file, and as changes of a good one.
pub(crate) fn lexicon_bytes(data: &[u8]) {
    for bytes in [data, &edited(LEXICON, FILE_KIND, data)] {
        let Ok(lexicon) = Lexicon::from_bytes(bytes) else { continue };
        assert!(lexicon.words().count() <= bytes.len());
        lexicon.exceptions().for_each(drop);
        let stemmer = Stemmer::with_lexicon(lexicon);
        for word in WORDS {
            let _ = (stemmer.stem(word), stemmer.analyze(word).best().to_string());
        }
    }
}

/// The bytes as a file, and as changes of a good one.
pub(crate) fn model_bytes(data: &[u8]) {
    for bytes in [data.to_vec(), edited(MODEL, MODEL_FILE_KIND, data)] {
        let Ok(model) = NerModel::from_bytes(bytes.clone()) else { continue };
        let words = ["Kata", "Sergey", "Lavrov", "di", "Palu", "."];
        assert_eq!(model.tags(&words).len(), words.len());
        assert_eq!(model.to_bytes(), bytes);
        // Reads every row, which costs as much as all the rest: one file in sixteen.
        if bytes.iter().fold(0u8, |sum, byte| sum.wrapping_add(*byte)).is_multiple_of(16)
            && let Ok(small) = model.pruned(data.len() * 16)
        {
            assert_eq!(small.tags(&words).len(), words.len());
        }
    }
}

pub(crate) fn user_dictionary(data: &[u8]) {
    let Ok(words) = UserDictionary::from_tsv(data) else { return };
    let stemmer = Stemmer::with_lexicon(Lexicon::embedded().clone().with_user(words));
    // Its own words, and words built on them.
    for line in String::from_utf8_lossy(data).lines().take(64) {
        let Some(word) = line.split('\t').nth(1).map(str::trim) else { continue };
        for form in [word.to_owned(), format!("meng{word}kan"), format!("{word}-{word}nya")] {
            assert_eq!(stemmer.analyze(&form).best().root(), stemmer.stem(&form).as_ref());
        }
    }
}

/// Sentences have a tag a word, and after a repair no tag continues nothing; what the strict reader takes, the other takes
/// unchanged.
pub(crate) fn conll(data: &[u8]) {
    let mut fixing = ConllReader::new(data, "x.conll", Repair::Fix);
    let fixed = fixing.read_all();
    if let Ok(strict) = ConllReader::new(data, "x.conll", Repair::Strict).read_all() {
        assert_eq!(fixed.as_ref().ok(), Some(&strict));
        assert_eq!(fixing.repaired(), 0);
    }
    fixed.iter().flatten().for_each(well_formed);
    let mut reader = ConllReader::new(data, "x.conll", Repair::Fix);
    let (mut words, mut sentences) = (Vec::new(), 0);
    while reader.next_words(&mut words).is_ok_and(|more| more) {
        assert!(!words.is_empty());
        sentences += 1;
    }
    assert!(fixed.is_err() || fixed.is_ok_and(|fixed| fixed.len() == sentences));
}

fn well_formed(sentence: &LabeledSentence) {
    assert!(!sentence.words.is_empty() && sentence.words.len() == sentence.tags.len());
    let mut before = "O";
    for tag in &sentence.tags {
        if let Some(label) = tag.strip_prefix("I-") {
            assert_eq!(before.get(2..), Some(label), "{:?}", sentence.tags);
        }
        before = tag;
    }
}

/// Bytes that begin like an object are read as lines: what reads as a document is written as one that reads as the same.
/// Others are a text, which becomes JSON and the same document again, whatever its offsets count.
pub(crate) fn jsonl(data: &[u8]) {
    if data.starts_with(b"{") {
        for line in data.split(|&byte| byte == b'\n').take(64) {
            let Ok(read) = serde_json::from_slice::<JsonDocument>(line) else { continue };
            let Ok(document) = read.document() else { continue };
            let written = JsonDocument::new(&document, None, OffsetUnit::Utf16);
            assert_eq!(written.document().expect("a document we wrote"), document);
        }
        return;
    }
    let text = String::from_utf8_lossy(data);
    let document = PIPELINE.process(&text);
    // One unit a run: the three of them cost three times as much and find the same.
    let unit = [OffsetUnit::Bytes, OffsetUnit::Chars, OffsetUnit::Utf16][data.len() % 3];
    let written = serde_json::to_vec(&JsonDocument::new(&document, None, unit)).expect("JSON");
    assert!(!written.contains(&b'\n'));
    let read: JsonDocument = serde_json::from_slice(&written).expect("the JSON we wrote");
    assert_eq!(read.document().expect("a document we wrote"), document);
}

pub(crate) fn rules(data: &[u8]) {
    let text = "Ia bekerja di Bank Sampoerna Baru, lalu di Kementerian Riset Maju, nomor AB-12, é😂.";
    for rules in [EntityRules::from_tsv(data), EntityRules::from_jsonl(data)].into_iter().flatten() {
        let pipeline =
            Pipeline::builder().entities(false).rules(rules).build().expect("rules that were read");
        for text in [text, &String::from_utf8_lossy(data)] {
            let document = pipeline.process(text);
            assert!(
                document.entities().all(|e| text.get(e.range()) == Some(e.text()) && !e.text().is_empty())
            );
        }
    }
}
