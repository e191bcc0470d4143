//! Terms, positions and offsets, alone and behind other tokenizers, for any text.

use tantivy_tokenizer_api::{Token, TokenFilter, TokenStream, Tokenizer};
use tutur::{Hint, Stemmer, TokenKind, UserDictionary};
use tutur_tantivy::{Form, TuturStemmer, TuturTokenizer};

fn tokens(tokenizer: &mut impl Tokenizer, text: &str) -> Vec<Token> {
    let (mut stream, mut tokens) = (tokenizer.token_stream(text), Vec::new());
    stream.process(&mut |token| tokens.push(token.clone()));
    tokens
}

/// Term, position, and the text at its offsets.
fn terms<'t>(tokenizer: &mut impl Tokenizer, text: &'t str) -> Vec<(String, usize, &'t str)> {
    let found = tokens(tokenizer, text);
    found.into_iter().map(|t| (t.text, t.position, &text[t.offset_from..t.offset_to])).collect()
}

fn words(text: &str) -> Vec<String> {
    terms(&mut TuturTokenizer::new(), text).into_iter().map(|t| t.0).collect()
}

fn analyzer(form: Form) -> impl Tokenizer {
    TuturStemmer::new(form).transform(TuturTokenizer::new())
}

#[test]
fn offsets_are_bytes_of_the_text_beyond_ascii() {
    let text = "“Élan Vital” 😀 dibacakan—di São Paulo; ÎLE, naïve.";
    let found = terms(&mut analyzer(Form::Root), text);
    let expected = [
        ("élan", 0, "Élan"),
        ("vital", 1, "Vital"),
        ("baca", 2, "dibacakan"),
        ("di", 3, "di"),
        ("são", 4, "São"),
        ("paulo", 5, "Paulo"),
        ("île", 6, "ÎLE"),
        ("naïve", 7, "naïve"),
    ];
    assert_eq!(found, expected.map(|(term, position, surface)| (term.to_owned(), position, surface)));
}

#[test]
fn marks_take_no_position() {
    let found = terms(&mut TuturTokenizer::new(), "Ya, (memang) 50% :) 😂 benar!");
    let expected = [("Ya", 0), ("memang", 1), ("50", 2), ("benar", 3)];
    assert_eq!(found.iter().map(|t| (t.0.as_str(), t.1)).collect::<Vec<_>>(), expected);
    let all = TuturTokenizer::new().kinds(&[TokenKind::Word, TokenKind::Punctuation]);
    assert_eq!(terms(&mut all.clone(), "Ya, 12!").iter().map(|t| t.2).collect::<Vec<_>>(), ["Ya", ",", "!"]);
}

#[test]
fn what_is_one_word_stays_whole_whatever_its_letter_case() {
    for word in ["buku-buku", "sayur-mayur", "berlari-larian", "KTP-nya", "kupu-kupu", "di-PHK-kan"] {
        for word in [word.to_owned(), word.to_lowercase(), word.to_uppercase()] {
            assert_eq!(words(&word), [word]);
        }
    }
    for (text, parts) in [
        ("Soekarno-Hatta", vec!["Soekarno", "Hatta"]),
        ("soekarno-hatta", vec!["soekarno", "hatta"]),
        ("COVID-19", vec!["COVID", "19"]),
        ("Paris-Berlin-Roma", vec!["Paris", "Berlin", "Roma"]),
        ("pro-Rusia", vec!["pro", "Rusia"]),
        ("ke-19", vec!["ke", "19"]),
    ] {
        assert_eq!(words(text), parts);
    }
    let text = "ke Soekarno-Hatta lagi";
    let found = terms(&mut TuturTokenizer::new(), text);
    assert_eq!(
        found.iter().map(|t| (t.1, t.2)).collect::<Vec<_>>(),
        [(0, "ke"), (1, "Soekarno"), (2, "Hatta"), (3, "lagi")]
    );
}

#[test]
fn repeated_words_and_clitics_are_one_term() {
    let roots = |text| terms(&mut analyzer(Form::Root), text).into_iter().map(|t| t.0).collect::<Vec<_>>();
    assert_eq!(roots("Buku-bukunya kubaca di rumahmu"), ["buku", "baca", "di", "rumah"]);
    assert_eq!(roots("PEMBANGUNAN Membangun dibangunkan"), ["bangun"; 3]);
}

#[test]
fn stops_and_signs_are_not_indexed() {
    let found = terms(&mut TuturTokenizer::new(), "Dr. Ani, S.H. di #Palu @ani_palu");
    let expected = [
        ("Dr", "Dr."),
        ("Ani", "Ani"),
        ("SH", "S.H."),
        ("di", "di"),
        ("Palu", "#Palu"),
        ("ani_palu", "@ani_palu"),
    ];
    assert_eq!(found.iter().map(|t| (t.0.as_str(), t.2)).collect::<Vec<_>>(), expected);
}

#[test]
fn both_forms_share_a_position_and_offsets() {
    let text = "Pembangunan jalan, pembacaan";
    let found = terms(&mut analyzer(Form::Both), text);
    let expected = [
        ("bangun", 0, "Pembangunan"),
        ("pembangunan", 0, "Pembangunan"),
        ("jalan", 1, "jalan"),
        ("baca", 2, "pembacaan"),
        ("pembacaan", 2, "pembacaan"),
    ];
    assert_eq!(found, expected.map(|(term, position, surface)| (term.to_owned(), position, surface)));
    let surface: Vec<_> = terms(&mut analyzer(Form::Surface), text).into_iter().map(|t| t.0).collect();
    assert_eq!(surface, ["pembangunan", "jalan", "pembacaan"]);
    // A stream that was left in the middle leaves nothing behind.
    let mut both = analyzer(Form::Both);
    assert_eq!(both.token_stream(text).next().map(|t| t.text.clone()).as_deref(), Some("bangun"));
    assert_eq!(both.token_stream("jalan").next().map(|t| t.text.clone()).as_deref(), Some("jalan"));
}

#[test]
fn long_terms_leave_their_position_empty() {
    let text = format!("awal {} akhir", "x".repeat(256));
    let found = terms(&mut TuturTokenizer::new(), &text);
    assert_eq!(found.iter().map(|t| (t.0.as_str(), t.1)).collect::<Vec<_>>(), [("awal", 0), ("akhir", 2)]);
    let short = terms(&mut TuturTokenizer::new().max_bytes(4), "awal akhir jalan");
    assert_eq!(short.iter().map(|t| t.1).collect::<Vec<_>>(), [0]);
}

#[test]
fn a_stemmer_and_a_tokenizer_of_ones_own() {
    let mut dictionary = UserDictionary::new();
    dictionary.root("spill");
    let lexicon = Stemmer::new().lexicon().clone().with_user(dictionary);
    let own = TuturStemmer::with_stemmer(Stemmer::with_lexicon(lexicon), Form::Root);
    let together = tutur::Tokenizer::builder().keep_together("Yahoo!").build().unwrap();
    let mut analyzer = own.transform(TuturTokenizer::with_tokenizer(together));
    let found: Vec<_> = terms(&mut analyzer, "dispill Yahoo!").into_iter().map(|t| t.0).collect();
    assert_eq!(found, ["spill", "yahoo!"]);
}

#[test]
fn works_behind_tantivys_tokenizers() {
    use tantivy::tokenizer::{LowerCaser, SimpleTokenizer, TextAnalyzer};
    let text = "Buku-bukunya DIBACAKAN di Élan";
    let filter = || TuturStemmer::new(Form::Root);
    for mut analyzer in [
        TextAnalyzer::builder(SimpleTokenizer::default()).filter(filter()).build(),
        TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).filter(filter()).build(),
    ] {
        let (mut stream, mut found) = (analyzer.token_stream(text), Vec::new());
        stream.process(&mut |t| found.push((t.text.clone(), t.position)));
        let expected = [("buku", 0), ("buku", 1), ("baca", 2), ("di", 3), ("élan", 4)];
        assert_eq!(found, expected.map(|(term, position)| (term.to_owned(), position)));
    }
}

#[test]
fn terms_are_those_of_the_stemmer_on_the_whole_corpus() {
    let stemmer = Stemmer::new();
    let texts = corpus::texts().unwrap();
    assert!(texts.len() > 1_000 && texts.iter().all(|t| !t.contains("[[") && !t.contains("}}")));
    let (mut lines, mut different) = (0, 0);
    for text in &texts {
        let surface = tokens(&mut analyzer(Form::Surface), text);
        let roots = tokens(&mut analyzer(Form::Root), text);
        assert_eq!(surface.len(), roots.len());
        for (word, root) in surface.iter().zip(&roots) {
            assert_eq!(root.text, stemmer.stem_hinted(&word.text, Hint::Common));
            assert_eq!(
                (word.position, word.offset_from, word.offset_to),
                (root.position, root.offset_from, root.offset_to)
            );
        }
        // A query has no capitals where its text had some: both come to the same terms, but where capitals make the
        // tokens (`M.Th` is an abbreviation, `m.th` is not).
        for line in text.lines() {
            let words = |text: &str| -> Vec<_> {
                tokens(&mut analyzer(Form::Root), text).into_iter().map(|t| t.text).collect()
            };
            lines += 1;
            different += usize::from(words(line) != words(&line.to_lowercase()));
        }
    }
    println!("{different} of {lines} lines have other terms in lower case");
    assert!(lines > 5_000 && different * 100 < lines);
}

#[test]
fn hostile_texts_keep_every_promise() {
    let mut texts: Vec<String> = [
        "",
        " ",
        "-",
        "--",
        "a-",
        "-a",
        "a--b",
        "-a-b-",
        "...",
        "#",
        "@",
        "##a",
        "#@",
        "\u{0}",
        "\u{202E}abc",
        "İ-İ",
        "ẞ",
        "a\u{301}-b",
        "😀-😀",
        "\u{FFFF}",
        "S.H",
        "A.-B.",
        "http://a-b.id/c-d",
        "1-2-3",
        "e-e-e-e",
        "\u{AD}a\u{AD}-a",
    ]
    .map(str::to_owned)
    .into();
    texts.extend(
        ["a-", "buku-", "Ab", "é-", "#a ", "ke-ke", "İ", "me-", "a.b."].map(|piece| piece.repeat(20_000)),
    );
    for text in &texts {
        for form in [Form::Root, Form::Surface, Form::Both] {
            let (mut end, mut position) = (0, None);
            for token in tokens(&mut analyzer(form), text) {
                assert!(!text[token.offset_from..token.offset_to].is_empty() && !token.text.is_empty());
                let again = position == Some(token.position);
                assert!(if again { form == Form::Both } else { token.offset_from >= end });
                assert!(
                    position.is_none_or(|p| token.position >= p)
                        && token.offset_to - token.offset_from <= 255
                );
                (end, position) = (token.offset_to, Some(token.position));
            }
        }
    }
}

#[path = "../../common/corpus.rs"]
mod corpus;
