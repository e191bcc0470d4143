//! Small whole files of every kind that is read, and what a program does with each.

use anyhow::{Context, Result, bail};
use tutur::lexicon::{self, Compiler};
use tutur::ner::{ConllReader, LabeledSentence, MODEL_FILE_KIND, NerModel, Repair, Trainer, TrainerOptions};
use tutur::render::json::JsonDocument;
use tutur::wire::{Container, Kind, StrTable};
use tutur::{EntityRules, Lexicon, OffsetUnit, Pipeline, Stemmer, UserDictionary, tokenize};

/// A kind of file.
pub(super) struct Sample {
    pub(super) name: &'static str,
    pub(super) good: Vec<u8>,
    /// Where it is a container with a checksum.
    pub(super) kind: Option<Kind>,
    /// Reads the bytes and uses what they hold.
    pub(super) work: fn(&[u8]) -> Result<()>,
}

/// As the trainer writes it.
const SNAPSHOT: Kind = Kind { magic: b"tuturtrn", version: 1, name: "training snapshot" };

pub(super) fn all() -> Result<Vec<Sample>> {
    let (model, snapshot) = trained()?;
    let text = "BRUSSELS - Menteri Sergey Lavrov tiba di Brussels. “Élan,” kata Lavrov.\n\nBaca Juga: NATO";
    let document = Pipeline::new().process(text);
    let json = serde_json::to_vec(&JsonDocument::new(&document, None, OffsetUnit::Chars))?;
    let sample = |name, good: Vec<u8>, kind, work| Sample { name, good, kind, work };
    Ok(vec![
        sample("lexicon", words()?, Some(lexicon::FILE_KIND), |bytes| {
            let stemmer = Stemmer::with_lexicon(Lexicon::from_bytes(bytes)?);
            for word in ["mengajari", "buku-buku", "gak", "ngopi", "beruang", "kupu-kupu"] {
                stemmer.analyze(word).best().to_string();
                let _ = stemmer.stem(word);
            }
            stemmer.lexicon().words().take(1_000).for_each(drop);
            stemmer.lexicon().exceptions().take(1_000).for_each(drop);
            Ok(())
        }),
        sample("model", model, Some(MODEL_FILE_KIND), |bytes| {
            let model = NerModel::from_bytes(bytes.to_vec())?;
            let _ = model.tags(&["Kata", "Sergey", "Lavrov", "di", "Palu", "."]);
            Ok(())
        }),
        sample(
            "tokenizer data",
            include_bytes!("../../../data/tokenizer.bin").to_vec(),
            Some(tokenize::FILE_KIND),
            |bytes| {
                let file = Container::open(bytes, tokenize::FILE_KIND)?;
                file.verify()?;
                for section in 0..2 {
                    let table = StrTable::open(file.require(section, "table")?)?;
                    for word in ["dll", "dr", "namun", "berjudul", "x", ""] {
                        let _ = table.get(word);
                    }
                    table.iter().take(10_000).for_each(drop);
                }
                Ok(())
            },
        ),
        sample("training snapshot", snapshot, Some(SNAPSHOT), |bytes| {
            trainer()?.resume(bytes.to_vec()).train(&[], &mut |_| false)?;
            Ok(())
        }),
        sample("user dictionary", dictionary(), None, |bytes| {
            let lexicon = Lexicon::embedded().clone().with_user(UserDictionary::from_tsv(bytes)?);
            let stemmer = Stemmer::with_lexicon(lexicon);
            ["mengunggah", "ngopi-ngopi", "gojekan", "dispill"].iter().for_each(|w| drop(stemmer.stem(w)));
            Ok(())
        }),
        sample("rules TSV", tsv_rules(), None, |bytes| used(EntityRules::from_tsv(bytes)?)),
        sample("rules JSON lines", json_rules(), None, |bytes| used(EntityRules::from_jsonl(bytes)?)),
        sample("CoNLL", conll(), None, |bytes| {
            ConllReader::new(bytes, "contoh.conll", Repair::Fix).read_all()?;
            Ok(())
        }),
        sample("JSON document", json, None, |bytes| {
            let read: JsonDocument = serde_json::from_slice(bytes)?;
            let document = read.document()?;
            let again = JsonDocument::new(&document, None, OffsetUnit::Bytes);
            if again.document()? != document {
                bail!("panic: a document that was read is not the one it is written as");
            }
            Ok(())
        }),
    ])
}

fn used(rules: EntityRules) -> Result<()> {
    let pipeline = Pipeline::builder().entities(false).rules(rules).build()?;
    let document =
        pipeline.process("Ia bekerja di Bank Sampoerna Baru, lalu di Kementerian Riset Maju, nomor AB-12.");
    document.entities().for_each(drop);
    Ok(())
}

fn dictionary() -> Vec<u8> {
    b"# kata sendiri\nroot\tunggah\nwhole\tGojekan\nexception\tngopi-ngopi\tkopi\n\nroot\tspill\n".to_vec()
}

fn tsv_rules() -> Vec<u8> {
    let rows = "name\tORG\tBank Sampoerna Baru\tignore_case\tpriority=2\nname\tNEVER\tKabarTutur.id\n\
        tokens\tORG\t[lower=kementerian|kemenko] [capital]{1,3}\nregex\tORG\t[A-Z]{2}-[0-9]+\n";
    rows.as_bytes().to_vec()
}

fn json_rules() -> Vec<u8> {
    let rows = "{\"label\":\"ORG\",\"name\":\"Bank Sampoerna Baru\",\"ignore_case\":true}\n\
        {\"label\":\"ORG\",\"tokens\":\"[lower=kementerian] [capital]+\"}\n{\"label\":\"LOC\",\"regex\":\"[A-Z]{2}-[0-9]+\"}\n";
    rows.as_bytes().to_vec()
}

fn conll() -> Vec<u8> {
    b"Kata\tO\nSergey\tB-PER\nLavrov\tI-PER\n.\tO\n\nRusia\tNN\tI-LOC\n\n".to_vec()
}

fn words() -> Result<Vec<u8>> {
    let mut words = Compiler::default();
    for (root, pos, class) in
        [("ajar", "v", "9"), ("buku", "n", "8"), ("uang", "n", "7"), ("baca", "v", "12")]
    {
        words.root(root, pos, class, "root")?;
    }
    words.whole("kupu-kupu")?;
    words.name("lavrov")?;
    words.exception("belajar", "ajar");
    words.informal("gak", "tidak");
    words.informal("ngopi", "kopi");
    Ok(words.build(7)?)
}

fn trainer() -> Result<Trainer> {
    let sentence = |words: &[&str], tags: &[&str]| LabeledSentence {
        words: words.iter().map(|&w| w.to_owned()).collect(),
        tags: tags.iter().map(|&t| t.to_owned()).collect(),
    };
    let mut options = TrainerOptions::default();
    options.iterations = 60;
    options.l1 = 0.0;
    options.l2 = 0.0; // without penalties the search does not end before the first snapshot
    let mut trainer = Trainer::new(options);
    trainer.add(
        &[
            sentence(&["Kata", "Sergey", "Lavrov", "."], &["O", "B-PER", "I-PER", "O"]),
            sentence(&["Ia", "tiba", "di", "Palu", "."], &["O", "O", "O", "B-LOC", "O"]),
            sentence(&["Bank", "Maju", "tutup", "."], &["B-ORG", "I-ORG", "O", "O"]),
        ],
        1.0,
    )?;
    Ok(trainer)
}

/// A model, and the state in which its training was at some time.
fn trained() -> Result<(Vec<u8>, Vec<u8>)> {
    let mut snapshot = None;
    let model = trainer()?.train(&[], &mut |progress| {
        snapshot = progress.snapshot.clone().or(snapshot.take());
        true
    })?;
    Ok((model.to_bytes().to_vec(), snapshot.context("the training was too short for a snapshot")?))
}
