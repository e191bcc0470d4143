//! CoNLL-U by the rules of Universal Dependencies: a checker of our own, which has to find each rule broken in a file
//! that breaks it, and nothing in what we write.

mod common;

use std::collections::HashSet;

use common::{ARTICLE, HOSTILE, PIPELINE, texts};
use proptest::prelude::*;
use tutur::render::conllu;
use tutur::{Conventions, Pipeline, Tokenizer};

const UPOS: &[&str] = &[
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
    "SCONJ", "SYM", "VERB", "X", "_",
];

/// The rules that `file` breaks, each once.
fn broken(file: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    check(file, &mut |holds, name| {
        if !holds && !found.contains(&name) {
            found.push(name);
        }
    });
    found
}

/// Tells `rule` of each rule whether it holds, once for each place where it is asked.
fn check(file: &str, rule: &mut dyn FnMut(bool, &'static str)) {
    rule(!file.contains('\r'), "lines end in LF");
    rule(file.is_empty() || file.ends_with("\n\n"), "an empty line ends each sentence");
    let mut ids = HashSet::new();
    let mut glued = false;
    for (index, sentence) in file.strip_suffix("\n\n").unwrap_or(file).split("\n\n").enumerate() {
        if sentence.is_empty() && file.is_empty() {
            break;
        }
        rule(!sentence.starts_with('\n') && !sentence.is_empty(), "one empty line, not two");
        let (comments, lines): (Vec<&str>, Vec<&str>) = sentence.lines().partition(|l| l.starts_with('#'));
        rule(!lines.is_empty(), "a sentence has words");
        let comments_first = sentence.lines().take(comments.len()).all(|l| l.starts_with('#'));
        rule(comments_first, "comments stand before words");
        let value = |key: &str| -> Vec<&str> {
            comments.iter().filter_map(|c| c.strip_prefix(key)?.strip_prefix(" = ")).collect()
        };
        let sent_id = value("# sent_id");
        rule(sent_id.len() == 1 && ids.insert(sent_id[0]), "one sent_id, different from all others");
        rule(
            sent_id.iter().all(|id| id.chars().all(|c| !c.is_whitespace() && c != '/')),
            "no space or slash in sent_id",
        );
        let newdoc = comments.iter().any(|c| c.starts_with("# newdoc"));
        let newpar = comments.iter().any(|c| *c == "# newpar" || c.starts_with("# newpar "));
        rule(index > 0 || newdoc && newpar, "the first sentence begins a document and a paragraph");
        rule(!newdoc || newpar, "a document begins with a paragraph");
        rule(!(glued && (newdoc || newpar)), "a sentence glued to the next stands in its paragraph");
        let surface = check_words(&lines, rule);
        glued = surface.as_ref().is_some_and(|s| !s.is_empty() && !s.ends_with(' '));
        let text = value("# text");
        let trimmed = text.len() == 1 && text[0] == text[0].trim() && !text[0].chars().any(char::is_control);
        rule(trimmed, "one text without space around it or control characters");
        let same = surface.is_none_or(|s| text.first() == Some(&s.trim_end()));
        rule(same, "the text is what forms and SpaceAfter make");
    }
}

/// Checks the lines of words; returns the surface they make, where they can be read.
fn check_words(lines: &[&str], rule: &mut dyn FnMut(bool, &'static str)) -> Option<String> {
    let mut surface = String::new();
    let mut next = 1usize;
    // Last word of the open range.
    let mut covered = 0usize;
    for line in lines {
        rule(line.starts_with(|c: char| c.is_ascii_digit()), "a line begins with a number or #");
        let columns: Vec<&str> = line.split('\t').collect();
        rule(columns.len() == 10, "ten columns");
        let [id, form, lemma, upos, xpos, feats, head, deprel, deps, misc] = columns[..] else { return None };
        rule(columns.iter().all(|c| !c.is_empty()), "no column is empty");
        let clean = |c: &&str| !c.chars().any(|c| c.is_whitespace() || c.is_control());
        rule(columns.iter().all(clean), "no white space or control characters in columns");
        rule(UPOS.contains(&upos), "UPOS is one of 17");
        rule([xpos, feats, head, deprel, deps] == ["_"; 5], "what is not analysed is empty");
        let entries: Vec<&str> = if misc == "_" { Vec::new() } else { misc.split('|').collect() };
        rule(
            entries.iter().all(|e| e.split_once('=').is_some_and(|(k, v)| !k.is_empty() && !v.is_empty())),
            "MISC is key=value",
        );
        rule(
            entries.is_sorted() && entries.iter().all(|e| !e.starts_with("Entity=")),
            "MISC is sorted, without Entity",
        );
        let space = !entries.contains(&"SpaceAfter=No");
        rule(space || entries.iter().filter(|e| e.starts_with("SpaceAfter")).count() == 1, "SpaceAfter once");
        rule(
            entries.iter().all(|e| !e.starts_with("SpaceAfter=") || *e == "SpaceAfter=No"),
            "SpaceAfter is No or not there",
        );
        let (range, word) = (id.split_once('-'), id.parse::<usize>());
        rule(range.is_some() || word.is_ok(), "an ID is a number or a range");
        match (range, word) {
            (Some((first, last)), _) => {
                let (first, last) = (first.parse::<usize>().unwrap_or(0), last.parse::<usize>().unwrap_or(0));
                rule(
                    first == next && covered < next,
                    "a range stands before its first word, outside other ranges",
                );
                rule(last > first, "a range has two words or more");
                rule([lemma, upos] == ["_"; 2], "a range has a form and MISC only");
                covered = last;
                surface.push_str(form);
            }
            (None, Ok(number)) => {
                rule(number == next && !id.starts_with('0'), "words are counted from 1");
                next = number + 1;
                if number <= covered {
                    rule(misc == "_", "words of a range leave MISC to it");
                    continue;
                }
                surface.push_str(form);
            }
            _ => {}
        }
        surface.push_str(if space { " " } else { "" });
    }
    rule(covered < next, "a range ends with a word of its sentence");
    Some(surface)
}

/// A valid file, so that each case below breaks one thing only.
const VALID: &str = "\
# newdoc id = a
# newpar
# sent_id = a-1
# text = Rumahnya di Palu.
1-2\tRumahnya\t_\t_\t_\t_\t_\t_\t_\t_
1\tRumah\trumah\t_\t_\t_\t_\t_\t_\t_
2\tnya\tnya\t_\t_\t_\t_\t_\t_\t_
3\tdi\tdi\t_\t_\t_\t_\t_\t_\t_
4\tPalu\tpalu\t_\t_\t_\t_\t_\t_\tNER=B-LOC|SpaceAfter=No
5\t.\t.\tPUNCT\t_\t_\t_\t_\t_\t_

# newpar
# sent_id = a-2
# text = Dua.
1\tDua\tdua\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
2\t.\t.\tPUNCT\t_\t_\t_\t_\t_\t_

";

/// What to replace in the valid file, and the rule that is broken then.
const BREAKS: &[(&str, &str, &str)] = &[
    ("a\n# newpar\n", "a\r\n# newpar\n", "lines end in LF"),
    (
        "2\t.\t.\tPUNCT\t_\t_\t_\t_\t_\t_\n\n",
        "2\t.\t.\tPUNCT\t_\t_\t_\t_\t_\t_\n",
        "an empty line ends each sentence",
    ),
    ("_\n\n# newpar", "_\n\n\n# newpar", "one empty line, not two"),
    ("# newdoc id = a\n", "# newdoc id = a\n\n", "a sentence has words"),
    ("3\tdi", "# di tengah\n3\tdi", "comments stand before words"),
    ("sent_id = a-2", "sent_id = a-1", "one sent_id, different from all others"),
    ("# sent_id = a-2\n", "", "one sent_id, different from all others"),
    ("sent_id = a-2", "sent_id = a/2", "no space or slash in sent_id"),
    ("sent_id = a-2", "sent_id = a 2", "no space or slash in sent_id"),
    ("# newdoc id = a\n# newpar\n", "", "the first sentence begins a document and a paragraph"),
    ("# newpar\n# sent_id = a-2", "# newdoc id = b\n# sent_id = a-2", "a document begins with a paragraph"),
    (
        "5\t.\t.\tPUNCT\t_\t_\t_\t_\t_\t_\n",
        "5\t.\t.\tPUNCT\t_\t_\t_\t_\t_\tSpaceAfter=No\n",
        "a sentence glued to the next stands in its paragraph",
    ),
    ("text = Dua.", "text = Dua. ", "one text without space around it or control characters"),
    ("# text = Dua.\n", "", "one text without space around it or control characters"),
    ("text = Dua.", "text = Dua .", "the text is what forms and SpaceAfter make"),
    ("text = Rumahnya di", "text = Rumahnya  di", "the text is what forms and SpaceAfter make"),
    ("_\tNER=B-LOC|SpaceAfter=No", "_\tNER=B-LOC", "the text is what forms and SpaceAfter make"),
    ("1\tDua", "satu\tDua", "a line begins with a number or #"),
    ("3\tdi\tdi\t", "3\tdi\tdi\t_\t", "ten columns"),
    ("3\tdi\tdi\t_", "3\tdi\tdi", "ten columns"),
    ("3\tdi\tdi", "3\tdi\t", "no column is empty"),
    ("3\tdi\tdi", "3\tdi\td i", "no white space or control characters in columns"),
    ("3\tdi\tdi", "3\tdi\td\u{1b}i", "no white space or control characters in columns"),
    ("PUNCT", "TITIK", "UPOS is one of 17"),
    ("3\tdi\tdi\t_\t_\t_\t_", "3\tdi\tdi\t_\t_\t_\t0", "what is not analysed is empty"),
    ("NER=B-LOC|", "NER|", "MISC is key=value"),
    ("NER=B-LOC|SpaceAfter=No", "SpaceAfter=No|NER=B-LOC", "MISC is sorted, without Entity"),
    ("NER=B-LOC", "Entity=B-LOC", "MISC is sorted, without Entity"),
    ("SpaceAfter=No\n5", "SpaceAfter=No|SpaceAfter=No\n5", "SpaceAfter once"),
    (
        "3\tdi\tdi\t_\t_\t_\t_\t_\t_\t_",
        "3\tdi\tdi\t_\t_\t_\t_\t_\t_\tSpaceAfter=Yes",
        "SpaceAfter is No or not there",
    ),
    ("1-2\tRumahnya", "2-3\tRumahnya", "a range stands before its first word, outside other ranges"),
    (
        "2\tnya\tnya",
        "2-3\tx\t_\t_\t_\t_\t_\t_\t_\t_\n2\tnya\tnya",
        "a range stands before its first word, outside other ranges",
    ),
    ("1-2\tRumahnya", "1-1\tRumahnya", "a range has two words or more"),
    ("1-2\tRumahnya\t_", "1-2\tRumahnya\trumah", "a range has a form and MISC only"),
    ("3\tdi", "4\tdi", "words are counted from 1"),
    ("1\tDua", "0\tDua", "words are counted from 1"),
    (
        "2\tnya\tnya\t_\t_\t_\t_\t_\t_\t_",
        "2\tnya\tnya\t_\t_\t_\t_\t_\t_\tX=Y",
        "words of a range leave MISC to it",
    ),
    ("3\tdi", "3.1\tdi", "an ID is a number or a range"),
    ("1-2\tRumahnya", "1-9\tRumahnya", "a range ends with a word of its sentence"),
];

#[test]
fn the_checker_finds_each_rule_broken() {
    assert_eq!(broken(VALID), [""; 0]);
    for (whole, part, rule) in BREAKS {
        let file = VALID.replacen(whole, part, 1);
        assert_ne!(file, VALID, "{whole:?} is not in the file");
        assert!(
            broken(&file).contains(rule),
            "{whole:?} as {part:?}: expected {rule:?}, found {:?}",
            broken(&file)
        );
    }
    check(VALID, &mut |_, rule| assert!(BREAKS.iter().any(|b| b.2 == rule), "no case breaks {rule:?}"));
}

fn written(pipeline: &Pipeline, text: &str, id: &str) -> String {
    let mut out = String::new();
    conllu(&pipeline.process(text), id, &mut out).unwrap();
    out
}

fn gsd() -> Pipeline {
    let tokenizer = Tokenizer::builder().conventions(Conventions::UdGsd).build().unwrap();
    Pipeline::builder().tokenizer(tokenizer).build().unwrap()
}

#[test]
fn what_we_write_is_valid() {
    for pipeline in [PIPELINE.clone(), gsd()] {
        let line = common::long_line();
        for text in HOSTILE.iter().copied().chain([ARTICLE, &line, "Rumahnya-nya di-PHK. \u{85} Dua."]) {
            assert_eq!(broken(&written(&pipeline, text, "a")), [""; 0], "{text:?}");
        }
    }
}

#[test]
fn the_article_is_rebuilt() {
    let file = written(&PIPELINE, ARTICLE, "berita");
    let texts = file.lines().filter_map(|l| l.strip_prefix("# text = ")).collect::<Vec<_>>().join(" ");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&texts), words(ARTICLE));
    let lines = ARTICLE.lines().filter(|l| !l.trim().is_empty()).count();
    assert_eq!(file.matches("# newpar\n").count(), lines);
    assert_eq!(file.matches("# newdoc id = berita\n").count(), 1);
}

#[test]
fn ids_stay_different() {
    let ids = ["a b", "a%20b", "a/b", "a\tb", "a\nb", "a\u{a0}b", "a", "é", "#"];
    let files: Vec<String> = ids.iter().map(|id| written(&PIPELINE, "Satu.\nDua.", id)).collect();
    assert_eq!(broken(&files.concat()), [""; 0]);
    assert!(files[0].contains("# sent_id = a%20b-2\n") && files[1].contains("# sent_id = a%2520b-1\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_is_valid(text in texts(), id in any::<String>()) {
        prop_assert_eq!(broken(&written(&PIPELINE, &text, &id)), [""; 0]);
    }
}
