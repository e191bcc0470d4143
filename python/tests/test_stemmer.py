"""Roots and their explanations; tokens and sentences alone."""

import pytest

import tutur


def test_roots() -> None:
    stemmer = tutur.Stemmer()
    words = ["memperjuangkan", "buku-buku", "Bekasi", "keberhasilannya", "", "😀"]
    assert stemmer.stem_batch(words) == ["juang", "buku", "bekasi", "hasil", "", "😀"]
    assert stemmer.stem_batch([None, "membaca"]) == [None, "baca"]
    assert stemmer.stem_text("Mereka “membacakan”  buku-buku, 25.000 kali!") == "mereka “baca”  buku, 25.000 kali!"
    assert [stemmer.stem_text(word) for word in words] == stemmer.stem_batch(words)
    with pytest.raises(TypeError):
        stemmer.stem_batch(["a", 1])


def test_explanations() -> None:
    analyses = tutur.Stemmer().analyze("memperkuatkannya")
    best = analyses.best
    assert (str(best), best.root, best.prefixes, best.suffixes) == (
        "meN+per+kuat+kan+nya", "kuat", ["meN", "per"], ["kan", "nya"]
    )  # fmt: skip
    assert best == analyses[0] == next(iter(analyses)) and analyses[-1] == list(analyses)[-1]
    assert [a.cost for a in analyses] == sorted(a.cost for a in analyses)
    assert 0 <= analyses.confidence <= 1 and best.is_known and not best.is_informal
    assert [part for _, part in best.segments] == ["mem", "per", "kuat", "kan", "nya"]
    assert tutur.Stemmer().analyze("buku-buku").best.reduplication == "full"
    assert tutur.Stemmer().analyze("gemetar").best.infix in ("em", None)
    assert tutur.Stemmer().analyze("").best.root == ""
    with pytest.raises(IndexError):
        analyses[len(analyses)]


def test_tokens_alone() -> None:
    tokens = tutur.Tokenizer().tokenize("Dr. Ani membayar Rp25.000,00 😀.")
    assert [(t.text, t.kind) for t in tokens] == [
        ("Dr.", "abbreviation"), ("Ani", "word"), ("membayar", "word"), ("Rp", "currency"),
        ("25.000,00", "number"), ("😀", "emoji"), (".", "punctuation"),
    ]  # fmt: skip
    assert tokens[0] == tutur.Tokenizer().tokenize("Dr. Budi")[0] and len({*tokens, *tokens}) == len(tokens)
    assert tutur.Tokenizer().tokenize("") == [] == tutur.Tokenizer().sentences(" ")


def test_kinds_are_those_of_the_json(pipeline: tutur.Pipeline, texts: list[str]) -> None:
    extra = "a@b.id @ani #tagar :) 😀 20/10/2021 pukul 09.30 https://tutur.id Rp5 100% hlm. 5, 7"
    for text in [extra, *texts[:50]]:
        document = pipeline.process(text)
        data = document.to_dict()
        assert [t.kind for t in document] == [t["kind"] for t in data["tokens"]]
        assert [(p.kind, p.start) for p in document.layout] == [(p["kind"], p["start"]) for p in data["layout"]]
    assert len({t.kind for t in pipeline.process(extra)}) == 14
