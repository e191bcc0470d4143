//! An index of some headlines: a query finds other forms of its words, phrases stay phrases, and snippets mark the words
//! as they are written.
//!
//!     cargo run --example index

use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
use tantivy::{Index, TantivyDocument, doc};
use tutur_tantivy::{Form, TuturStemmer, TuturTokenizer};

const TEXTS: &[&str] = &[
    "Warga membangun jembatan gantung di atas Sungai Palu.",
    "Pembangunan jalan lingkar itu rampung lebih cepat.",
    "Jalan di pasar lama rusak; pembangunannya ditunda.",
    "Ia bangun pukul lima, lalu membaca buku-bukunya.",
    "Buku “Élan Vital” dibacakan di Bandara Soekarno-Hatta.",
];

/// The name under which field and queries look up their analyzer.
const ANALYZER: &str = "indonesian";

fn analyzers(form: Form) -> TokenizerManager {
    let manager = TokenizerManager::new();
    let analyzer = TextAnalyzer::builder(TuturTokenizer::new()).filter(TuturStemmer::new(form)).build();
    manager.register(ANALYZER, analyzer);
    manager
}

fn main() -> tantivy::Result<()> {
    // Positions are what phrase queries need.
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(ANALYZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let mut schema = Schema::builder();
    let body = schema.add_text_field("body", TextOptions::default().set_indexing_options(indexing) | STORED);
    let mut index = Index::create_in_ram(schema.build());

    // The index holds roots and surface forms; a query chooses between them.
    index.set_tokenizers(analyzers(Form::Both));
    let mut writer = index.writer_with_num_threads(1, 20_000_000)?;
    for text in TEXTS {
        writer.add_document(doc!(body => *text))?;
    }
    writer.commit()?;

    let searcher = index.reader()?.searcher();
    for (form, query) in [
        (Form::Root, "pembangunan"),
        (Form::Surface, "pembangunan"),
        (Form::Root, "\"pembangunan jalan\""),
        (Form::Root, "\"jalan pembangunan\""),
        (Form::Root, "buku"),
        (Form::Root, "soekarno"),
    ] {
        println!("{form:?} {query}");
        let parser = QueryParser::new(index.schema(), vec![body], analyzers(form));
        let query = parser.parse_query(query)?;
        let snippets = SnippetGenerator::create(&searcher, &query, body)?;
        for (score, address) in searcher.search(&query, &TopDocs::with_limit(10).order_by_score())? {
            let found: TantivyDocument = searcher.doc(address)?;
            let text = found.get_first(body).and_then(|v| v.as_str()).unwrap_or_default();
            println!("  {score:.2}  {}", snippets.snippet(text).to_html());
        }
    }
    Ok(())
}
