//! The document: views that lead to each other, offsets both ways, ownership, the builder.

use proptest::prelude::*;
use tutur::ner::{TagScratch, TagSpan};
use tutur::{
    Conventions, EntityKind, ErrorKind, Lexicon, OffsetMap, OffsetUnit, OwnedDocument, Pipeline,
    PipelineBuilder, SentenceSplitter, Stemmer, Tagger, Tokenizer, UserDictionary,
};

const ARTICLE: &str = include_str!("../examples/data/berita.txt");

/// Texts that are unkind to offsets.
const HOSTILE: &[&str] = &[
    "",
    " ",
    "\n\n",
    "😂",
    "\u{301}",
    "e\u{301}\u{200d}\0\r\n\u{2028}x",
    "“Élan” Sergey Lavrov–Ani di PALU-Donggala\u{a0}(BPS).\n\n\t– Budi\u{85}Santoso 😂😂 tiba",
    "👨‍👩‍👧 Menteri Luar Negeri Rusia Sergey Lavrov tiba.Lavrov-nya pulang ke Rusia-Kazakhstan",
    "ض大ก็ Ani\u{feff}",
];

/// Every view found at a byte covers it, and what a scan of all rows finds is found.
fn check_bytes(text: &str) {
    let document = Pipeline::new().process(text);
    for byte in 0..text.len() + 3 {
        let token = document.tokens().find(|t| t.range().contains(&byte)).map(|t| t.index());
        assert_eq!(document.token_at(byte).map(|t| t.index()), token, "{text:?} {byte}");
        let entity = document.entities().find(|e| e.range().contains(&byte)).map(|e| e.index());
        assert_eq!(document.entity_at(byte).map(|e| e.index()), entity, "{text:?} {byte}");
        let sentence = document.sentences().find(|s| s.range().contains(&byte)).map(|s| s.index());
        assert_eq!(document.sentence_at(byte).map(|s| s.index()), sentence, "{text:?} {byte}");
        let paragraph = document.paragraphs().find(|p| p.range().contains(&byte)).map(|p| p.range());
        assert_eq!(document.paragraph_at(byte).map(|p| p.range()), paragraph, "{text:?} {byte}");
        let tokens: Vec<usize> = document
            .tokens()
            .filter(|t| t.range().start < byte + 5 && byte < t.range().end)
            .map(|t| t.index())
            .collect();
        assert!(document.tokens_in(byte..byte + 5).map(|t| t.index()).eq(tokens), "{text:?} {byte}");
    }
    assert!(document.token_at(usize::MAX).is_none() && document.paragraph_at(usize::MAX).is_none());
    #[allow(clippy::reversed_empty_ranges)] // a range that holds nothing must find nothing
    let reversed = document.tokens_in(9..2).len() + document.entities_in(9..2).len();
    assert_eq!(reversed, 0);
}

#[test]
fn every_byte_leads_to_its_views() {
    HOSTILE.iter().for_each(|text| check_bytes(text));
    check_bytes(&ARTICLE[..900]);
}

#[test]
fn views_lead_to_each_other() {
    let document = Pipeline::new().process(ARTICLE);
    for token in document.tokens() {
        let sentence = token.sentence().unwrap();
        assert!(sentence.tokens().any(|t| t.index() == token.index()));
        assert_eq!(document.token(token.index()).map(|t| t.range()), Some(token.range()));
        let joined: String = token.words().map(|w| w.text()).collect();
        assert_eq!(joined, token.text());
    }
    for sentence in document.sentences() {
        let paragraph = sentence.paragraph().unwrap();
        assert!(paragraph.sentences().any(|s| s.index() == sentence.index()));
        assert_eq!(document.sentence(sentence.index()).map(|s| s.range()), Some(sentence.range()));
    }
    for entity in document.entities() {
        assert!(entity.tokens().all(|t| t.entity().is_some()));
        assert_eq!(
            entity.tokens().next().and_then(|t| t.sentence()).map(|s| s.index()),
            entity.sentence().map(|s| s.index())
        );
        assert!(entity.chain().mentions().any(|m| m.index() == entity.index()));
        assert!(entity.paragraph().unwrap().range().contains(&entity.range().start));
    }
    let mut mentions = 0;
    for chain in document.chains() {
        assert_eq!(chain.mentions().count(), chain.count());
        assert!(chain.mentions().any(|m| m.span() == chain.name_span() && m.text() == chain.name()));
        assert!(chain.mentions().map(|m| m.index()).is_sorted());
        mentions += chain.count();
    }
    assert_eq!(mentions, document.entities().len());
    let backwards: Vec<_> = document.tokens().rev().map(|t| t.index()).collect();
    assert!(backwards.iter().rev().copied().eq(0..document.tokens().len()));
    let sentences: usize = document.paragraphs().map(|p| p.sentences().len()).sum();
    assert_eq!(sentences, document.sentences().len());
}

#[test]
fn an_article_has_its_parts() {
    let document = Pipeline::new().process(ARTICLE);
    assert_eq!(document.headline(), Some("NATO dan Rusia Buka Lagi Saluran Bicara di Brussels"));
    assert_eq!(document.byline(), Some("(rsd)"));
    let dateline = document.dateline().unwrap();
    assert_eq!(
        (dateline.text(), dateline.place(), dateline.outlet()),
        ("BRUSSELS -", Some("BRUSSELS"), None)
    );
    assert_eq!(&ARTICLE[dateline.range()], "BRUSSELS -");
    let body: Vec<&str> = document.main_text().collect();
    assert_eq!(body.len(), 4);
    assert!(body[0].starts_with("BRUSSELS - Perwakilan") && body[3].ends_with("namanya."));
    let kinds: Vec<_> = document.paragraphs().filter_map(|p| p.kind()).map(|k| k.name()).collect();
    assert_eq!(
        kinds,
        ["headline", "timestamp", "widget", "caption", "widget", "byline", "related", "copyright"]
    );
}

#[test]
fn words_have_ranges_and_lemmas() {
    let text = "Kubaca bukunya, rumahnyalah tujuan Ani.";
    let document = Pipeline::new().process(text);
    let words: Vec<_> = document.words().map(|w| (w.text(), w.lemma(), w.token().index())).collect();
    assert_eq!(words[..4], [("Ku", "ku", 0), ("baca", "baca", 0), ("buku", "buku", 1), ("nya", "nya", 1)]);
    for word in document.words() {
        assert_eq!(&text[word.range()], word.text());
        assert!(
            word.token().range().start <= word.range().start && word.range().end <= word.token().range().end
        );
    }
    let by_sentence: usize = document.sentences().map(|s| s.words().count()).sum();
    assert_eq!(by_sentence, document.words().count());
}

/// Datelines of many makes through the whole pipeline: place, outlet, date.
#[test]
fn datelines_are_found_and_read() {
    let prose = "Pemerintah daerah menaikkan anggaran pendidikan sebesar sepuluh persen mulai tahun depan, kata bupati.";
    let (mut wrong, mut unseen) = (Vec::new(), 0);
    for (dateline, place, outlet, date) in [
        ("BRUSSELS -", "BRUSSELS", "", ""),
        ("PALU –", "PALU", "", ""),
        ("Jakarta -", "Jakarta", "", ""),
        ("Kuala Lumpur --", "Kuala Lumpur", "", ""),
        ("DEN HAAG —", "DEN HAAG", "", ""),
        ("Labuan Bajo –", "Labuan Bajo", "", ""),
        ("NEW YORK -", "NEW YORK", "", ""),
        ("JAKARTA, KOMPAS.com -", "JAKARTA", "KOMPAS.com", ""),
        ("BANDUNG, KOMPAS.com —", "BANDUNG", "KOMPAS.com", ""),
        ("Jakarta (ANTARA) -", "Jakarta", "ANTARA", ""),
        ("Kupang (ANTARA News) -", "Kupang", "ANTARA News", ""),
        ("TEMPO.CO, Jakarta -", "Jakarta", "TEMPO.CO", ""),
        ("REPUBLIKA.CO.ID, JAKARTA --", "JAKARTA", "REPUBLIKA.CO.ID", ""),
        ("TRIBUN-TIMUR.COM, MAKASSAR -", "MAKASSAR", "TRIBUN-TIMUR.COM", ""),
        ("Liputan6.com, Jakarta -", "Jakarta", "Liputan6.com", ""),
        ("Bisnis.com, SURABAYA -", "SURABAYA", "Bisnis.com", ""),
        ("Jakarta, CNN Indonesia --", "Jakarta", "CNN Indonesia", ""),
        ("LONDON (AFP) -", "LONDON", "AFP", ""),
        ("TOKYO (Kyodo/Reuters) –", "TOKYO", "Kyodo/Reuters", ""),
        ("WASHINGTON, AP -", "WASHINGTON", "AP", ""),
        ("LUMAJANG, SemeruPos -", "LUMAJANG", "SemeruPos", ""),
        ("MATARAM, Lensa Samawa —", "MATARAM", "Lensa Samawa", ""),
        ("MAKASSAR, PHINISI NEWS -", "MAKASSAR", "PHINISI NEWS", ""),
        ("Padang, Harian Rantau –", "Padang", "Harian Rantau", ""),
        ("KINSHASA/KIGALI -", "KINSHASA/KIGALI", "", ""),
        ("Solok, 11 Februari 2025 -", "Solok", "", "11 Februari 2025"),
        ("MEDAN, Kamis -", "MEDAN", "", "Kamis"),
        ("WASHINGTON/TOKYO, Kamis (Kabar Dunia) –", "WASHINGTON/TOKYO", "Kabar Dunia", "Kamis"),
        ("Merdeka.com -", "", "Merdeka.com", ""),
    ] {
        let text = format!("{dateline} {prose}\n");
        let document = Pipeline::new().process(&text);
        let found = document.dateline().map(|d| {
            (d.text().to_owned(), [d.place(), d.outlet(), d.date()].map(|p| p.unwrap_or_default().to_owned()))
        });
        let expected = (dateline.to_owned(), [place, outlet, date].map(str::to_owned));
        // Whether a line begins with a dateline is for the layout to say; what it finds must be read right.
        unseen += usize::from(found.is_none());
        if found.as_ref().is_some_and(|f| *f != expected) {
            wrong.push(format!("{dateline:?}: {found:?}"));
        }
    }
    assert!(unseen <= 5, "{unseen} datelines not found");
    for none in ["Pemerintah daerah", "Ia tiba - katanya -", "gak tau deh -", "Harga naik 5 - 10 persen,"] {
        let text = format!("{none} {prose}\n");
        if let Some(found) = Pipeline::new().process(&text).dateline() {
            wrong.push(format!("{none:?} has none, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_owned_document_is_the_same_document() {
    fn free<T: Send + Sync + Clone + PartialEq + std::fmt::Debug + 'static>(value: T) -> T {
        value
    }
    for text in HOSTILE.iter().copied().chain([ARTICLE]) {
        let document = Pipeline::new().process(text);
        let owned = free(OwnedDocument::from(document.clone()));
        assert_eq!(owned.as_document(), document);
        assert_eq!(owned.as_document().into_owned(), owned);
        assert_eq!((owned.text(), owned.clone()), (text, owned.clone()));
        let back = std::thread::spawn(move || owned.as_document().into_buf()).join().unwrap();
        assert_eq!(back, document.into_buf());
    }
}

#[cfg(feature = "rayon")]
#[test]
fn a_batch_equals_its_texts_one_by_one() {
    let texts: Vec<&str> = HOSTILE.iter().copied().cycle().take(500).chain([ARTICLE]).collect();
    let pipeline = Pipeline::new();
    let documents = pipeline.process_batch(&texts);
    assert_eq!(documents.len(), texts.len());
    for (document, text) in documents.iter().zip(&texts) {
        assert_eq!(*document, pipeline.process(text));
    }
    assert!(pipeline.process_batch(&[]).is_empty());
}

/// Answers what it was told, whatever the words.
#[derive(Debug)]
struct Told(Vec<TagSpan>);

impl Tagger for Told {
    fn tag(&self, _: &[&str], _: &mut TagScratch, found: &mut Vec<TagSpan>) {
        found.extend_from_slice(&self.0);
    }
}

fn span(first: u32, end: u32, score: f32) -> TagSpan {
    TagSpan { first, end, kind: EntityKind::Other(7), score }
}

#[test]
fn a_tagger_of_a_users_own_may_answer_anything() {
    let wild = vec![
        span(1, 2, f32::NAN),
        span(0, 1, 0.5),
        span(1, 3, 0.9),
        span(2, 2, 0.9),
        span(3, 2, 0.9),
        span(3, 4, 17.0),
        span(9, u32::MAX, 0.3),
    ];
    let pipeline = Pipeline::builder().tagger(Told(wild)).build().unwrap();
    let document = pipeline.process("satu dua tiga empat lima");
    let found: Vec<_> = document.entities().map(|e| (e.text(), e.score())).collect();
    assert_eq!(found, [("dua", 0.0), ("empat", 1.0)]);
    assert_eq!(document.chains().len(), 2);
}

#[test]
fn the_least_probability_drops_entities_before_chains() {
    let spans = vec![span(0, 1, 0.2), span(1, 2, 0.7), span(2, 3, 0.71)];
    let build = |score| Pipeline::builder().tagger(Told(spans.clone())).min_score(score).build().unwrap();
    for (score, kept) in [(0.0, 3), (0.2, 3), (0.3, 2), (0.7, 2), (0.705, 1), (1.0, 0)] {
        let pipeline = build(score);
        let document = pipeline.process("satu dua tiga");
        assert_eq!((document.entities().len(), document.chains().len()), (kept, kept), "{score}");
    }
}

#[test]
fn every_stage_is_off_or_replaced() {
    let build = |builder: PipelineBuilder| builder.build().unwrap();
    let text =
        "Warga Palu Rayakan Panen\n\nPALU - Dr. Sergey Lavrov mengunboks rahasia. Menurut Lavrov, begitu.";
    let off = build(Pipeline::builder().layout(false).entities(false).stemming(false));
    let bare = off.process(text);
    assert!(bare.layout().is_empty() && bare.entities().len() == 0 && bare.chains().len() == 0);
    assert!(bare.tokens().all(|t| t.stem() == t.text()));
    let mut words = UserDictionary::new();
    words.exception("mengunboks", "unboks");
    let stem = |pipeline: Pipeline| pipeline.process("Ia mengunboks.").token(1).unwrap().stem().to_owned();
    assert_eq!(stem(Pipeline::new()), "mengunboks");
    assert_eq!(stem(build(Pipeline::builder().user_dictionary(words.clone()))), "unboks");
    assert_eq!(
        stem(build(Pipeline::builder().lexicon(Lexicon::embedded().clone()).user_dictionary(words.clone()))),
        "unboks"
    );
    let lexicon = Lexicon::embedded().clone().with_user(words);
    assert_eq!(stem(build(Pipeline::builder().lexicon(lexicon.clone()))), "unboks");
    assert_eq!(stem(build(Pipeline::builder().stemmer(Stemmer::with_lexicon(lexicon)))), "unboks");
    let gsd = Tokenizer::builder().conventions(Conventions::UdGsd).build().unwrap();
    let gsd = build(Pipeline::builder().tokenizer(gsd));
    assert_eq!(gsd.process(text).conventions(), Conventions::UdGsd);
    assert!(gsd.process("Dr. Ani").tokens().len() > Pipeline::new().process("Dr. Ani").tokens().len());
    // In that treebank no sentence ends behind a short capitalised word.
    let splitter = SentenceSplitter::with_conventions(Conventions::UdGsd);
    let mixed = build(Pipeline::builder().sentence_splitter(splitter));
    let sea = "Kapal itu berlayar di Laut Jawa. Ombak tinggi.";
    assert_eq!(
        (mixed.process(sea).sentences().len(), Pipeline::new().process(sea).sentences().len()),
        (1, 2)
    );
    assert_eq!(mixed.process(sea).conventions(), Conventions::Default);
    let first = build(Pipeline::builder().second_look(false));
    assert!(first.process(ARTICLE).entities().len() <= Pipeline::new().process(ARTICLE).entities().len());
}

#[test]
fn contradictions_are_build_errors() {
    let on = Pipeline::builder;
    let words = UserDictionary::new;
    let lexicon = || Lexicon::embedded().clone();
    let model = || tutur::NerModel::embedded().unwrap();
    for (builder, message) in [
        (on().entities(false).tagger(Told(vec![])), "entities are switched off, but a tagger is given"),
        (on().entities(false).model_file("x"), "entities are switched off, but a model is given"),
        (on().entities(false).model_bytes([]), "entities are switched off, but a model is given"),
        (on().min_score(0.5).entities(false), "entities are switched off, but a least probability is given"),
        (
            on().second_look(true).entities(false),
            "entities are switched off, but a second look at them is asked for",
        ),
        (on().stemming(false).lexicon(lexicon()), "stemming is switched off, but a lexicon is given"),
        (
            on().user_dictionary(words()).stemming(false),
            "stemming is switched off, but a user dictionary is given",
        ),
        (on().stemming(false).stemmer(Stemmer::new()), "stemming is switched off, but a stemmer is given"),
        (
            on().tagger(model()).model_file("x"),
            "a tagger and a model are given: entities can come from one of them",
        ),
        (
            on().stemmer(Stemmer::new()).lexicon(lexicon()),
            "a stemmer and words for it are given: a stemmer brings its own lexicon",
        ),
        (
            on().user_dictionary(words()).stemmer(Stemmer::new()),
            "a stemmer and words for it are given: a stemmer brings its own lexicon",
        ),
        (on().min_score(-0.1), "the least probability lies between 0 and 1, found -0.1"),
        (on().min_score(f32::NAN), "the least probability lies between 0 and 1, found NaN"),
        (on().min_score(1.01), "the least probability lies between 0 and 1, found 1.01"),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Config, message));
    }
    on().entities(false).second_look(false).build().unwrap();
    on().entities(true).stemming(true).min_score(1.0).build().unwrap();
}

#[test]
fn model_files_are_read_or_named() {
    let shipped = tutur::NerModel::embedded().unwrap();
    let folder = std::env::temp_dir().join(format!("tutur-document-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("model.bin");
    let built = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        let by_file = Pipeline::builder().model_file(&path).build();
        let by_bytes = Pipeline::builder().model_bytes(bytes).build();
        assert_eq!(by_file.as_ref().err().map(|e| e.kind()), by_bytes.as_ref().err().map(|e| e.kind()));
        by_file
    };
    let good = shipped.to_bytes();
    assert_eq!(built(good).unwrap().process(ARTICLE), Pipeline::new().process(ARTICLE));
    let mut flipped = good.to_vec();
    flipped[good.len() / 2] ^= 1;
    for (bytes, kind) in [
        (&b"bukan model"[..], ErrorKind::Format),
        (&[], ErrorKind::Truncated),
        (&good[..good.len() - 1], ErrorKind::Truncated),
        (&flipped, ErrorKind::Checksum),
    ] {
        let error = built(bytes).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains("model.bin"), "{error}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
    let error = Pipeline::builder().model_file(&path).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    assert!(
        error.to_string().contains("model.bin: cannot read the model")
            && std::error::Error::source(&error).is_some()
    );
}

/// Everything that views show of a text, counted.
fn look(text: &str) -> usize {
    let document = Pipeline::new().process(text);
    let chains: usize = document.chains().map(|c| c.mentions().count()).sum();
    let entities = document.entities().filter(|e| e.sentence().is_some() && e.paragraph().is_some()).count();
    let sentences =
        document.sentences().filter(|s| s.paragraph().is_some() && s.entities().len() < 99).count();
    chains + entities + sentences + document.main_text().count()
}

#[test]
fn views_take_linear_time() {
    // One line, many lines, and the furniture of many pages.
    for seed in
        ["Ani Wijaya tiba di Palu. ", "PALU - Ani tiba di Palu.\n", ARTICLE, "loading...\nAni\n(rsd)\n"]
    {
        let time = |bytes: usize| {
            let text = seed.repeat(bytes.div_ceil(seed.len()));
            let start = std::time::Instant::now();
            assert!(look(&text) > 0);
            start.elapsed().as_secs_f64()
        };
        // 16 times the text: quadratic time would be 256 times as long. Three tries: others may take the processor.
        let ratios: Vec<f64> =
            (0..3).map(|_| time(480_000) / time(30_000).max(1e-4)).take_while(|r| *r >= 80.0).collect();
        assert!(ratios.len() < 3, "{seed:?}: {ratios:.0?} times the time for 16 times the text");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Both ways, at every boundary, and clamped between.
    #[test]
    fn offsets_come_back(text in any::<String>(), times in 1usize..40) {
        let text = text.repeat(times);
        for unit in [OffsetUnit::Bytes, OffsetUnit::Chars, OffsetUnit::Utf16] {
            let map = OffsetMap::new(&text, unit);
            let mut counted = 0;
            for (byte, c) in text.char_indices() {
                prop_assert_eq!(map.from_byte(byte), counted);
                let size = match unit {
                    OffsetUnit::Chars => 1,
                    OffsetUnit::Utf16 => c.len_utf16(),
                    _ => c.len_utf8(),
                };
                for inside in counted..counted + size {
                    prop_assert_eq!(map.to_byte(inside), byte);
                }
                for inside in byte..byte + c.len_utf8() {
                    prop_assert_eq!(map.from_byte(inside), counted);
                }
                counted += size;
            }
            prop_assert_eq!(map.from_byte(text.len()), counted);
            prop_assert_eq!((map.to_byte(counted), map.to_byte(counted + 1)), (text.len(), text.len()));
        }
    }

    #[test]
    fn any_text_has_its_views(text in "(Ani|Sergey Lavrov|PALU|[a-z]{1,4}|[ \\n.,“”()–-]|é|😂|\u{301}){0,25}") {
        check_bytes(&text);
        let document = Pipeline::new().process(&text);
        let owned = document.clone().into_owned();
        prop_assert_eq!(&owned.as_document(), &document);
        let body: usize = document.main_text().map(str::len).sum();
        prop_assert!(body <= text.len());
        for part in document.main_text() {
            prop_assert!(!part.is_empty() && part.trim() == part);
        }
    }
}
