//! Every row of `tests/data/stem/*.tsv`: a word and the stems that grammar and dictionaries accept.

use std::fmt::Write;

use tutur::Stemmer;

#[test]
fn words_have_the_stems_of_the_tables() {
    let stemmer = Stemmer::new();
    let (mut rows, mut files, mut failures) = (0, 0, String::new());
    let mut paths: Vec<_> =
        std::fs::read_dir("tests/data/stem").unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        files += 1;
        for (index, line) in std::fs::read_to_string(&path).unwrap().lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let mut columns = line.split('\t');
            let (word, stems) = (columns.next().unwrap(), columns.next().expect("two columns"));
            rows += 1;
            let found = stemmer.stem(word);
            if !stems.split('|').any(|s| s == found) {
                writeln!(failures, "{}:{}: {word} gave {found}, expected {stems}", path.display(), index + 1)
                    .unwrap();
            }
        }
    }
    assert!(files >= 25 && rows >= 1_500, "{files} files, {rows} rows");
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn analyses_write_the_segmentation_of_grammars() {
    let stemmer = Stemmer::new();
    for (word, expected) in [
        ("memperkuatkan", "meN+per+kuat+kan"),
        ("mengajari", "meN+ajar+i"),
        ("keberhasilannya", "ke+ber+hasil+an+nya"),
        ("dibacakan", "di+baca+kan"),
        ("pembangunan", "peN+bangun+an"),
        ("buku-buku", "buku~buku"),
        ("berlari-larian", "ber+lari~lari+an"),
        ("kubaca", "ku+baca"),
        ("rumahkulah", "rumah+ku+lah"),
        ("mengebom", "meN+bom"),
        ("di-PHK-kan", "di+phk+kan"),
    ] {
        assert_eq!(stemmer.analyze(word).best().to_string(), expected, "{word}");
    }
}

/// A root has another stem only where the lexicon says why: it is marked as derived, it is an exception (each with its
/// reason in `data/lexicon/own.tsv`), or it is a reduplication that a source lists.
#[test]
fn roots_are_their_own_stems_and_stems_are_stable() {
    let stemmer = Stemmer::new();
    let lexicon = stemmer.lexicon();
    let (mut roots, mut listed, mut changed, mut unstable) = (0, 0, Vec::new(), Vec::new());
    for (word, entry) in lexicon.words() {
        let stem = stemmer.stem(&word);
        if entry.is_root() {
            let reason = entry.is_derived() || lexicon.exception(&word).is_some() || word.contains('-');
            roots += 1;
            listed += usize::from(reason && stem != word);
            if stem != word && !reason {
                changed.push(format!("{word} -> {stem}"));
            }
        }
        if stemmer.stem(&stem) != stem {
            unstable.push(format!("{word} -> {stem} -> {}", stemmer.stem(&stem)));
        }
    }
    assert!(changed.is_empty(), "of {roots} roots without a reason: {changed:?}");
    assert!(unstable.is_empty(), "{unstable:?}");
    assert!(listed * 100 < roots, "{listed} of {roots} roots have another stem");
}

#[test]
fn segments_are_parts_of_the_word() {
    let stemmer = Stemmer::new();
    for (word, expected) in [
        ("menulis", "men ulis"),
        ("memperkuatnya", "mem per kuat nya"),
        ("ketidakpastian", "ke pasti an"),
        ("buku-bukunya", "buku-buku nya"),
        ("KTP-nya", "ktp nya"),
        ("teman2ku", "teman2 ku"),
        ("rumahkulah", "rumah ku lah"),
        ("gemetar", "gemetar"),
        ("sekolah", "sekolah"),
    ] {
        let analyses = stemmer.analyze(word);
        let lower = word.to_lowercase();
        let parts: Vec<&str> = analyses.best().segments().iter().map(|s| &lower[s.range()]).collect();
        assert_eq!(parts.join(" "), expected, "{word}");
    }
}
