//! What holds for every text.

use proptest::prelude::*;
use tutur::words::WordSplitter;
use tutur::{OffsetUnit, Pipeline, SentenceSplitter, Stemmer, Token, Tokenizer};

/// Texts made of what texts are made of, and of anything else.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        8 => "[a-zA-Z]{1,9}",
        2 => "[A-Z]{1,4}",
        2 => "[0-9]{1,4}",
        5 => prop::sample::select(vec![
            " ", " ", " ", "\n", "\n\n", ".", ",", "...", "?", "!", "-", "–", "\"", "“", "”", "(", ")", "'", "’", "/", ":", "Rp", "US$",
            "Dr.", "dll.", "S.H.", "B.J.", "@", "#", "http://", "www.", ".com", "a@b.co", "12.30", "1/2", "di-", "-nya", "😂", "👨‍👩‍👧",
            "é", "e\u{301}", "\u{200d}", "\u{200b}", "\0", "\r", "ض", "大", "ก็", "&amp;", "²", "°", "\u{feff}",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(pieces, 0..30).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tokens_and_white_space_rebuild_the_text(text in texts()) {
        let mut at = 0;
        for token in Tokenizer::new().tokenize(&text) {
            let range = token.range();
            prop_assert!(range.start >= at && range.end > range.start);
            prop_assert!(text[at..range.start].chars().all(char::is_whitespace));
            prop_assert_eq!(&text[range.clone()], token.text());
            prop_assert!(!token.text().chars().any(char::is_whitespace), "{:?}", token);
            at = range.end;
        }
        prop_assert!(text[at..].chars().all(char::is_whitespace));
    }

    #[test]
    fn a_text_cut_at_a_paragraph_has_the_tokens_of_its_parts(left in texts(), right in texts()) {
        let tokenizer = Tokenizer::new();
        let whole = format!("{left}\n\n{right}");
        let joined: Vec<&str> = tokenizer.tokenize(&whole).map(|t| t.text()).collect();
        let parts: Vec<&str> = tokenizer.tokenize(&left).chain(tokenizer.tokenize(&right)).map(|t| t.text()).collect();
        prop_assert_eq!(joined, parts);
    }

    /// Letters beyond ASCII take the slow path, those of ASCII the fast one; a token ends in the same place on both.
    #[test]
    fn the_ascii_path_equals_the_other(text in "([g-oqu-y]{1,12}|[G-OQU-Y]{2,9}|[0-9]{1,3}|[ \\n,;!?()\"-]){0,40}") {
        let tokenizer = Tokenizer::new();
        let chars = |text: &str| -> Vec<(usize, usize)> {
            let count = |to: usize| text[..to].chars().count();
            tokenizer.tokenize(text).map(|t| (count(t.range().start), count(t.range().end))).collect()
        };
        let slow: String = text
            .chars()
            .map(|c| match c {
                'g'..='z' => char::from_u32(u32::from(c) - u32::from('g') + 0x3B1).unwrap_or(c),
                'G'..='Z' => char::from_u32(u32::from(c) - u32::from('G') + 0x410).unwrap_or(c),
                other => other,
            })
            .collect();
        prop_assert_eq!(chars(&text), chars(&slow));
    }

    #[test]
    fn sentences_part_the_tokens(text in texts()) {
        let tokenizer = Tokenizer::new();
        let tokens: Vec<Token<'_>> = tokenizer.tokenize(&text).collect();
        let mut ends = Vec::new();
        SentenceSplitter::new().split(&text, &tokens, &mut ends);
        prop_assert!(ends.is_sorted_by(|a, b| a < b));
        prop_assert_eq!(ends.last().map_or(0, |&e| e as usize), tokens.len());
        let spans: Vec<_> = tokenizer.sentences(&text).collect();
        prop_assert_eq!(spans.len(), ends.len());
        for (span, &end) in spans.iter().zip(&ends) {
            prop_assert_eq!(span.end, tokens[end as usize - 1].span().end);
            prop_assert!(text.get(span.range()).is_some_and(|s| !s.is_empty()));
        }
    }

    #[test]
    fn words_join_to_their_token(text in texts()) {
        let splitter = WordSplitter::new();
        for token in Tokenizer::new().tokenize(&text) {
            let mut words = Vec::new();
            splitter.split(token, &mut words);
            let joined: String = words.iter().map(|w| w.text()).collect();
            prop_assert_eq!(joined, token.text());
            prop_assert!(words.iter().all(|w| !w.text().is_empty()));
        }
    }

    #[test]
    fn any_word_has_a_stem_and_an_analysis(word in "(ber|me|ke|di|-|nya|[a-z]{1,3}|é|2|[A-Z]){0,12}") {
        let stemmer = Stemmer::new();
        let stem = stemmer.stem(&word);
        let analyses = stemmer.analyze(&word);
        prop_assert_eq!(analyses.best().root(), stem.as_ref());
        prop_assert!((0.0..=1.0).contains(&analyses.confidence()));
        let lower = word.to_lowercase();
        for analysis in analyses.iter() {
            let mut at = 0;
            for segment in analysis.segments() {
                prop_assert!(segment.range().start >= at && lower.get(segment.range()).is_some());
                at = segment.range().end;
            }
        }
        prop_assert!(analyses.iter().is_sorted_by_key(|a| a.cost()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_used_worker_equals_a_fresh_one(first in texts(), second in texts()) {
        let pipeline = Pipeline::new();
        let mut worker = pipeline.worker();
        let buffer = worker.process(&first).into_buf();
        prop_assert_eq!(worker.process_with(&second, buffer), pipeline.process(&second));
    }

    #[test]
    fn entities_are_ordered_parts_of_the_text(text in texts()) {
        let document = Pipeline::new().process(&text);
        let mut at = 0;
        for entity in document.entities() {
            let range = entity.range();
            prop_assert!(range.start >= at && range.end > range.start);
            prop_assert_eq!(&text[range.clone()], entity.text());
            prop_assert!((0.0..=1.0).contains(&entity.score()));
            prop_assert!(entity.chain().count() > 0 && !entity.chain().name().is_empty());
            at = range.end;
        }
        for part in document.layout() {
            prop_assert!(text.get(part.span.range()).is_some());
        }
        for unit in [OffsetUnit::Chars, OffsetUnit::Utf16] {
            let map = document.offsets(unit);
            for token in document.tokens() {
                prop_assert_eq!(map.to_byte(map.from_byte(token.range().start)), token.range().start);
            }
        }
    }
}
