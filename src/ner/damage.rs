//! Damage to the table of names, which only tests can open from bytes of their own.

use super::resources::{Compiler, KIND, NameClass, Resources, WordFacts, name_hash, word_hash};
use crate::text::hash;
use crate::wire::{Container, write};

/// A number below `bound`, the next of a reproducible row.
fn below(state: &mut u64, bound: usize) -> usize {
    *state = hash(&state.to_le_bytes());
    usize::try_from(*state % bound.max(1) as u64).unwrap()
}

#[test]
fn damaged_names_answer_or_fail() {
    let mut compiler = Compiler::default();
    for word in ["palu", "lavrov", "sergey", "bank"] {
        compiler.word(word, WordFacts::default()).unwrap();
    }
    compiler.name(["bank", "maju"].into_iter(), NameClass::Organization);
    let good = compiler.build(7).unwrap();
    let file = Container::open(&good, KIND).unwrap();
    let sections: Vec<Vec<u8>> = (0..).map_while(|i| file.section(i)).map(<[u8]>::to_vec).collect();
    let (mut state, mut opened, mut refused) = (1, 0, 0);
    for _ in 0..20_000 {
        let mut sections = sections.clone();
        let at = below(&mut state, sections.len());
        let section = &mut sections[at];
        match below(&mut state, 4) {
            0 => section.truncate(below(&mut state, section.len())),
            1 => section.extend_from_within(..),
            2 => section.fill(u8::MAX),
            _ => {
                for _ in 0..4 {
                    let place = below(&mut state, section.len());
                    section[place] = u8::try_from(below(&mut state, 256)).unwrap();
                }
            }
        }
        // The tables lie in the program for good; a test may leave as much behind.
        let bytes: &'static [u8] = write(KIND, 7, &sections).unwrap().leak();
        let Ok(resources) = Resources::open(bytes) else {
            refused += 1;
            continue;
        };
        opened += 1;
        for word in ["palu", "lavrov", "tidak"] {
            let _ = (resources.word(word_hash(word)), resources.name(name_hash(0, word_hash(word))));
        }
    }
    assert!(opened > 1_000 && refused > 1_000, "{opened} opened, {refused} refused");
}
