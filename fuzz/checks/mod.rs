//! What must hold for any bytes. Shared by the fuzz targets and by `tests/fuzz_regressions.rs`, which replays what they
//! found; a check fails by panicking.
#![allow(dead_code, unused_imports)] // each target uses its part

mod files;
mod texts;

pub(crate) use files::{conll, jsonl, lexicon_bytes, model_bytes, rules, user_dictionary};
pub(crate) use texts::{pipeline, pipeline_in_turn, stem, tokenize};

type Check = fn(&[u8]);

/// Every target by its name, which is that of its folders of seeds and regressions.
pub(crate) const TARGETS: &[(&str, Check)] = &[
    ("conll", conll),
    ("jsonl", jsonl),
    ("lexicon_bytes", lexicon_bytes),
    ("model_bytes", model_bytes),
    ("pipeline", pipeline),
    ("rules", rules),
    ("stem", stem),
    ("tokenize", tokenize),
    ("user_dictionary", user_dictionary),
];
