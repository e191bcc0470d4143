"""Options, batches, threads, errors."""

import pickle
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import tutur

RULES = [{"label": "ORG", "name": "Dapur Mak Itam"}, {"label": "NEVER", "regex": r"\bGalaxy S\d+"}]


def names(pipeline: tutur.Pipeline, text: str) -> list[tuple[str, str]]:
    return [(e.text, e.label) for e in pipeline.process(text).entities]


def test_rules_win(tmp_path: Path) -> None:
    text = "Kami makan di Dapur Mak Itam bersama Mang Dudung."
    file = tmp_path / "aturan.tsv"
    file.write_text("tokens\tPERSON\t[lower=mang|teh] ([capital]+)\n")
    rules = tutur.EntityRules(RULES, files=[file], labels={"PERSON": "PER"})
    assert len(rules) == 3 and "3 rules" in repr(rules)
    pipeline = tutur.Pipeline(rules=rules)
    assert {("Dapur Mak Itam", "ORG"), ("Dudung", "PER")} <= set(names(pipeline, text))
    # A pickle needs the file no more.
    file.unlink()
    assert names(pickle.loads(pickle.dumps(pipeline)), text) == names(pipeline, text)


def test_errors_have_the_words_of_the_library(tmp_path: Path) -> None:
    cases = [
        (lambda: tutur.Pipeline(entities=False, min_score=0.5),
         "entities are switched off, but a least probability is given", "config"),
        (lambda: tutur.Pipeline(min_score=90), "the least probability lies between 0 and 1, found 90", "config"),
        (lambda: tutur.Pipeline(model_bytes=b"x"), "", "truncated"),
        (lambda: tutur.EntityRules(tsv="name\tORANG\tB\n"),
         'line 1: expected the label PER, ORG, LOC or NEVER, found "ORANG"', "format"),
        (lambda: tutur.UserDictionary(tsv="akar\tx"),
         'line 1: expected root, whole or exception and its words, found "akar\\tx"', "format"),
        (lambda: tutur.Tokenizer(abbreviations=["Bpk"]),
         'an abbreviation ends in a full stop, found "Bpk"', "config"),
        (lambda: tutur.Pipeline(offsets="runes"),
         'offsets: expected chars, bytes or utf16, found "runes"', "config"),
        (lambda: tutur.Pipeline(stemming=False).stem("x"), "stemming is switched off", "config"),
    ]  # fmt: skip
    for make, message, kind in cases:
        with pytest.raises(tutur.TuturError) as caught:
            make()
        assert isinstance(caught.value, ValueError) and caught.value.kind == kind
        assert not message or str(caught.value) == message
    missing = tmp_path / "model.bin"
    with pytest.raises(tutur.TuturError, match="cannot read the model") as caught:
        tutur.Pipeline(model_file=missing)
    assert caught.value.kind == "io" and str(caught.value).startswith(str(missing))


def test_options_change_what_is_found() -> None:
    text = "Ani tiba di Palu dan membaca."
    assert names(tutur.Pipeline(entities=False), text) == []
    assert all(e.score >= 0.9 for e in tutur.Pipeline(min_score=0.9).process(text).entities)
    assert tutur.Pipeline(stemming=False).process(text)[5].stem == "membaca"
    assert tutur.Pipeline(layout=False).process("Judul Berita\nPALU - Warga panen.\n").layout == []
    words = tutur.UserDictionary(roots=["spill"], exceptions={"mantul": "mantap"}, tsv="whole\tkeselarasan\n")
    pipeline = tutur.Pipeline(user_dictionary=words)
    assert [t.stem for t in pipeline.process("dispill mantul keselarasan")] == ["spill", "mantap", "keselarasan"]
    assert pipeline.stem("dispill") == "spill" and pipeline.analyze("dispill").best.prefixes == ["di"]
    tokenizer = tutur.Tokenizer(keep_together=["Yahoo!"], patterns=[("number", r"SK-\d+/[A-Z]+")])
    tokens = tutur.Pipeline(tokenizer=tokenizer).process("SK-12/DIR dari Yahoo! terbit")
    assert [(t.text, t.kind) for t in tokens][::2] == [("SK-12/DIR", "number"), ("Yahoo!", "word")]
    gsd = tutur.Pipeline(tokenizer=tutur.Tokenizer(conventions="ud_gsd")).process("Dr. Ani tiba.")
    assert gsd.conventions == "ud_gsd" and [t.text for t in gsd][:2] == ["Dr", "."]
    whole = tutur.Pipeline(stemmer=tutur.Stemmer(informal=False))
    assert whole.stem("ngebantu") == "ngebantu" and tutur.Pipeline().stem("ngebantu") == "bantu"


def test_a_model_of_your_own() -> None:
    # The shipped one, as a file: what is found and how it is written do not change.
    data = Path(__file__).parents[2] / "data" / "ner.bin"
    own, text = tutur.Pipeline(model_file=data), "Sergey Lavrov tiba di Brussels."
    assert own.process(text) == tutur.Pipeline().process(text)
    copy = pickle.loads(pickle.dumps(own))
    assert names(copy, text) == names(own, text)
    assert pickle.loads(pickle.dumps(own.process(text))) == own.process(text)
    assert repr(own) == "Pipeline(model_bytes=...)"


def test_pickles_hold_all_options() -> None:
    words = tutur.UserDictionary(roots=["spill"])
    pipeline = tutur.Pipeline(
        tokenizer=tutur.Tokenizer(keep_together=["Yahoo!"]),
        user_dictionary=words,
        rules=tutur.EntityRules(RULES, tsv="name\tLOC\tYahoo!\n"),
        min_score=0.25,
        second_look=False,
        offsets="utf16",
    )
    text = "😀 Ani dispill di Dapur Mak Itam dan Yahoo! bersama Galaxy S24."
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        copy = pickle.loads(pickle.dumps(pipeline, protocol))
        assert copy.process(text) == pipeline.process(text) and repr(copy) == repr(pipeline)
    assert copy.offsets == "utf16" and ("Yahoo!", "LOC") in names(copy, text)
    stemmer = pickle.loads(pickle.dumps(tutur.Stemmer(user_dictionary=words, unknown="best_guess")))
    assert stemmer.stem("dispill") == "spill" and "best_guess" in repr(stemmer)
    assert repr(pickle.loads(pickle.dumps(tutur.Pipeline()))) == "Pipeline()"
    assert len(pickle.dumps(tutur.Pipeline())) < 200


def test_batches_keep_the_order(pipeline: tutur.Pipeline, texts: list[str]) -> None:
    some = texts[:60]
    one_by_one = [pipeline.process(text) for text in some]
    for threads in (None, 1, 2, 7, 100):
        assert pipeline.process_batch(some, threads) == one_by_one
    assert pipeline.process_batch(iter(some)) == one_by_one
    assert pipeline.process_batch([]) == []
    assert list(pipeline.process_stream(iter(some), threads=2, batch_size=7)) == one_by_one
    assert list(pipeline.process_stream([])) == []


def test_streams_read_no_more_than_a_batch_ahead(pipeline: tutur.Pipeline) -> None:
    read = 0

    def endless() -> Iterator[str]:
        nonlocal read
        while True:
            read += 1
            yield f"Budi tiba di Palu {read} kali."

    stream = pipeline.process_stream(endless(), batch_size=10)
    assert [next(stream)[4].text for _ in range(25)] == [str(n) for n in range(1, 26)]
    assert read == 30


def test_an_error_of_the_texts_passes_through(pipeline: tutur.Pipeline) -> None:
    def broken() -> Iterator[str]:
        yield "Ani tiba."
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        pipeline.process_batch(broken())
    with pytest.raises(OSError, match="disk"):
        list(pipeline.process_stream(broken()))


def test_wrong_types_are_type_errors(pipeline: tutur.Pipeline) -> None:
    for wrong in (None, 1, b"Ani", ["Ani"], float("nan")):
        for call in (pipeline.process, pipeline.tokenize, pipeline.sentences, pipeline.stem, pipeline.analyze):
            with pytest.raises(TypeError):
                call(wrong)
    with pytest.raises(TypeError, match=r"texts\[1\]: expected str, found NoneType"):
        pipeline.process_batch(["Ani", None])
    with pytest.raises(TypeError, match=r"texts\[12\]: expected str, found int"):
        list(pipeline.process_stream(["Ani"] * 12 + [3], batch_size=5))
    with pytest.raises(TypeError, match="single str"):
        pipeline.process_batch("Ani")
    for threads in (0, -1):
        with pytest.raises((ValueError, OverflowError)):
            pipeline.process_batch(["Ani"], threads)
    with pytest.raises(TypeError):
        tutur.Pipeline(offset="bytes")
    # A str that is no Unicode text has no UTF-8.
    with pytest.raises(UnicodeEncodeError):
        pipeline.process("\ud800")


def test_one_pipeline_serves_many_threads(pipeline: tutur.Pipeline, texts: list[str]) -> None:
    expected = [d.to_json() for d in pipeline.process_batch(texts[:200])]
    found: list[list[str]] = [[] for _ in range(4)]
    threads = [
        threading.Thread(target=lambda out=out: out.extend(pipeline.process(t).to_json() for t in texts[:200]))
        for out in found
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == [expected] * 4


def test_the_interpreter_is_free_while_texts_are_analysed(pipeline: tutur.Pipeline, texts: list[str]) -> None:
    text = "\n".join(texts) * 3
    done = threading.Event()
    analysed = threading.Thread(target=lambda: (pipeline.process(text), done.set()))
    analysed.start()
    ticks = 0
    while not done.is_set():
        ticks += 1
        time.sleep(0.001)
    analysed.join()
    # A call that kept the interpreter would let this thread run before and after, a tick or two.
    assert ticks > 20
