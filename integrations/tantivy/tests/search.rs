//! An index in memory: what queries find, phrases, snippets, several values of one field.

use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
use tantivy::{Index, TantivyDocument};
use tutur_tantivy::{Form, TuturStemmer, TuturTokenizer};

struct Shelf {
    index: Index,
    body: Field,
}

impl Shelf {
    /// An index whose documents have the values given.
    fn new(form: Form, documents: &[&[&str]]) -> Shelf {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("indonesian")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let mut schema = Schema::builder();
        let body =
            schema.add_text_field("body", TextOptions::default().set_indexing_options(indexing) | STORED);
        let mut index = Index::create_in_ram(schema.build());
        index.set_tokenizers(analyzers(form));
        let mut writer = index.writer_with_num_threads(1, 20_000_000).unwrap();
        for values in documents {
            let mut document = TantivyDocument::new();
            values.iter().for_each(|value| document.add_text(body, value));
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        Shelf { index, body }
    }

    /// Which documents a query finds, and their snippets; the query's words in `form`.
    fn find(&self, form: Form, query: &str) -> Vec<(u32, String)> {
        let searcher = self.index.reader().unwrap().searcher();
        let parser = QueryParser::new(self.index.schema(), vec![self.body], analyzers(form));
        let query = parser.parse_query(query).unwrap();
        let snippets = SnippetGenerator::create(&searcher, &query, self.body).unwrap();
        let mut found: Vec<_> = searcher
            .search(&query, &TopDocs::with_limit(100).order_by_score())
            .unwrap()
            .into_iter()
            .map(|(_, address)| {
                let document: TantivyDocument = searcher.doc(address).unwrap();
                let text = document.get_first(self.body).and_then(|v| v.as_str()).unwrap().to_owned();
                (address.doc_id, snippets.snippet(&text).to_html())
            })
            .collect();
        found.sort();
        found
    }

    fn ids(&self, form: Form, query: &str) -> Vec<u32> {
        self.find(form, query).into_iter().map(|(id, _)| id).collect()
    }
}

fn analyzers(form: Form) -> TokenizerManager {
    let manager = TokenizerManager::new();
    let analyzer = TextAnalyzer::builder(TuturTokenizer::new()).filter(TuturStemmer::new(form)).build();
    manager.register("indonesian", analyzer);
    manager
}

const DOCUMENTS: &[&[&str]] = &[
    &["Warga membangun jembatan di Palu."],
    &["“Pembangunan” jalan lingkar—élan baru—rampung."],
    &["Jalan rusak; pembangunannya ditunda."],
    &["Guru membaca buku-buku tua.", "Di Bandara Soekarno-Hatta"],
];

#[test]
fn a_root_finds_its_forms_and_phrases_stay_phrases() {
    for form in [Form::Root, Form::Both] {
        let shelf = Shelf::new(form, DOCUMENTS);
        assert_eq!(shelf.ids(Form::Root, "pembangunan"), [0, 1, 2]);
        assert_eq!(shelf.ids(Form::Root, "MEMBANGUN"), [0, 1, 2]);
        assert_eq!(shelf.ids(Form::Root, "\"pembangunan jalan lingkar\""), [1]);
        assert_eq!(shelf.ids(Form::Root, "\"bangun jembatan di palu\""), [0]);
        assert_eq!(shelf.ids(Form::Root, "\"jalan pembangunan\""), [0; 0]);
        assert_eq!(shelf.ids(Form::Root, "\"jalan pembangunan\"~1"), [2]);
        // A mark takes no position, and a repeated word one.
        assert_eq!(shelf.ids(Form::Root, "\"rusak pembangunan\""), [2]);
        assert_eq!(shelf.ids(Form::Root, "\"baca buku tua\""), [3]);
        // Parts of a pair are found alone and together; values of a field stay apart.
        assert_eq!(shelf.ids(Form::Root, "hatta"), [3]);
        assert_eq!(shelf.ids(Form::Root, "\"bandara soekarno-hatta\""), [3]);
        assert_eq!(shelf.ids(Form::Root, "\"tua di bandara\""), [0; 0]);
    }
}

#[test]
fn an_index_of_both_forms_answers_exact_queries_too() {
    let shelf = Shelf::new(Form::Both, DOCUMENTS);
    assert_eq!(shelf.ids(Form::Surface, "pembangunan"), [1]);
    assert_eq!(shelf.ids(Form::Surface, "\"Pembangunan jalan\""), [1]);
    assert_eq!(shelf.ids(Form::Surface, "\"membangun jalan\""), [0; 0]);
    // A surface form that is a root stands for all forms: the two share one field.
    assert_eq!(shelf.ids(Form::Surface, "bangun"), [0, 1, 2]);
    // As documented: both forms at once ask for both.
    assert_eq!(shelf.ids(Form::Both, "pembangunan"), [1]);
}

#[test]
fn snippets_mark_words_as_written() {
    let shelf = Shelf::new(Form::Both, DOCUMENTS);
    let marked = |query| shelf.find(Form::Root, query);
    assert!(marked("jembatan")[0].1.contains("membangun <b>jembatan</b> di"));
    assert!(marked("élan bangun")[1].1.contains("“<b>Pembangunan</b>” jalan lingkar—<b>élan</b> baru"));
    assert!(marked("buku")[0].1.contains("<b>buku-buku</b>"));
}
