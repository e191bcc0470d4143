"""Documents, their parts and their offsets."""

import json
import pickle

import pytest

import tutur

TEXT = "Sergey Lavrov tiba di Brussels. Menurut Lavrov, rapat itu berguna."
# Emoji of several scalars, combining marks, quotes of three bytes, letters of two.
WIDE = [
    "“Halo 👩‍👩‍👧!” kata Sergey Lavrov di Brussels 😀. Menurut Lavrov, Élan terbit di Jakarta.",
    "Cafe\u0301 Kopi Tuah dibuka di Palu 🇮🇩🇮🇩; Joko Widodo hadir.",
    "😀" * 200 + " Joko Widodo tiba di Surabaya. " + "é" * 300 + " Ani pergi ke Bandung.",
]


def test_parts_lead_to_each_other(pipeline: tutur.Pipeline) -> None:
    document = pipeline.process(TEXT)
    assert [(e.text, e.label, e.chain.name) for e in document.entities] == [
        ("Sergey Lavrov", "PER", "Sergey Lavrov"),
        ("Brussels", "LOC", "Brussels"),
        ("Lavrov", "PER", "Sergey Lavrov"),
    ]
    short = document.entities[2]
    assert short.sentence == document.sentences[1]
    assert short.paragraph == document.paragraphs[0]
    assert [t.text for t in short.tokens] == ["Lavrov"]
    assert short.tokens[0].entity == short
    assert short.tokens[0].sentence == short.sentence
    assert short.chain.mentions == [document.entities[0], short]
    assert list(short.chain) == short.chain.mentions and len(short.chain) == 2
    assert short.document is document
    assert [e.text for e in document.sentences[1].entities] == ["Lavrov"]
    assert [s.text for s in document.paragraphs[0].sentences] == [s.text for s in document.sentences]
    assert document.entity_at(TEXT.rindex("Lavrov")) == short
    assert document.entity_at(0) == document.entities[0]
    assert document.token_at(13) is None and document.token_at(10**12) is None
    assert document.token_at(14) == document[2]
    assert document.sentence_at(40) == document.sentences[1]
    assert [t.text for t in document.tokens_in(14, 21)] == ["tiba", "di"]
    assert document.entities_in(0, len(TEXT)) == document.entities
    assert document.entities_above(0.0) == document.entities and document.entities_above(1.1) == []


def test_a_document_is_its_tokens(pipeline: tutur.Pipeline) -> None:
    document = pipeline.process(TEXT)
    assert len(document) == len(document.tokens) == 13
    assert list(document) == document.tokens
    assert document[-1].text == "." and document[-1].index == 12
    assert [t.text for t in document.sentences[1]] == ["Menurut", "Lavrov", ",", "rapat", "itu", "berguna", "."]
    for index in (13, -14, 10**10):
        with pytest.raises(IndexError):
            document[index]
    assert repr(document[2]) == "TokenView('tiba', 'word', 14, 18)"
    assert repr(document.entities[1]) == "Entity('Brussels', 'LOC', 22, 30)"
    assert str(document.entities[1]) == "Brussels" and str(document) == TEXT


@pytest.mark.parametrize("text", WIDE)
def test_offsets_count_what_was_asked_for(text: str) -> None:
    units = {
        "chars": lambda start, end: text[start:end],
        "bytes": lambda start, end: text.encode()[start:end].decode(),
        "utf16": lambda start, end: text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le"),
    }
    for unit, part in units.items():
        document = tutur.Pipeline(offsets=unit).process(text)
        assert document.offsets == unit and document.entities
        parts = [*document.tokens, *document.entities, *document.sentences, *document.words, *document.paragraphs]
        for found in parts:
            assert part(found.start, found.end) == found.text
        for chain in document.chains:
            assert part(chain.start, chain.end) == chain.name
        for token in document:
            assert document.token_at(token.start) == token
        tokenizer = tutur.Tokenizer(offsets=unit)
        assert [part(t.start, t.end) for t in tokenizer.tokenize(text)] == [t.text for t in document]
        assert [part(s.start, s.end) for s in tokenizer.sentences(text)] == [s.text for s in document.sentences]


def test_pages(pipeline: tutur.Pipeline) -> None:
    page = "Warga Palu Rayakan Panen Raya\nloading...\nPALU - Warga merayakan “panen”.\nBaca juga: Cuaca\n"
    document = pipeline.process(page)
    assert document.headline == "Warga Palu Rayakan Panen Raya"
    assert document.main_text == ["PALU - Warga merayakan “panen”."]
    assert document.dateline is not None and document.dateline.place == "PALU"
    assert page[document.dateline.start : document.dateline.end] == document.dateline.text
    assert document.layout == tutur.layout(page)
    assert [page[p.start : p.end] for p in document.layout] == [p.text for p in document.layout]
    assert [p.kind for p in document.layout][0] == "headline" == document.paragraphs[0].kind
    assert document.layout[-1].is_boilerplate
    assert document.byline is None


def test_words_of_syntax(pipeline: tutur.Pipeline) -> None:
    words = pipeline.process("Rumahnya di Palu.").words
    assert [(w.text, w.lemma, w.clitic) for w in words[:2]] == [("Rumah", "rumah", None), ("nya", "nya", "nya")]
    assert words[1].token.text == "Rumahnya"


def test_json_there_and_back(pipeline: tutur.Pipeline) -> None:
    for text in [*WIDE, "", " ", "\u0085\x00a"]:
        document = pipeline.process(text)
        data = json.loads(document.to_json("a1"))
        assert data == document.to_dict("a1")
        assert list(data)[:2] == ["id", "version"] and data["text"] == text
        assert [e["text"] for e in data["entities"]] == [e.text for e in document.entities]
        assert tutur.Document.from_json(document.to_json()) == document
        assert document.to_dict(7)["id"] == 7
        assert document.to_dict(offsets="bytes")["offsets"] == "bytes"
        assert document.to_dict(offsets="bytes") == tutur.Pipeline(offsets="bytes").process(text).to_dict()
    broken = document.to_json().replace('"version":1', '"version":9')
    for data, message in (("{}", "missing field `version`"), (broken, "expected version 1 of the shape, found 9")):
        with pytest.raises(tutur.TuturError, match=message):
            tutur.Document.from_json(data)


def test_control_characters_leave_escaped(pipeline: tutur.Pipeline) -> None:
    line = pipeline.process("a\u0085b\x7f\nc").to_json()
    assert "\\u0085" in line and "\\u007f" in line and "\\n" in line
    assert not any("\x00" <= c < " " or "\x7f" <= c < "\xa0" for c in line)


def test_other_formats(pipeline: tutur.Pipeline) -> None:
    document = pipeline.process(TEXT)
    assert document.to_html("Rapat").startswith("<!doctype html>")
    rows = [line for line in document.to_conllu("b-1").splitlines() if line and line[0].isdigit()]
    assert all(line.count("\t") == 9 for line in rows) and len(rows) == len(document.words)


def test_equality_and_pickles(pipeline: tutur.Pipeline) -> None:
    document, other = pipeline.process(TEXT), pipeline.process(TEXT)
    assert document == other and document.entities == other.entities
    assert document != pipeline.process("lain") and document != TEXT
    assert document != tutur.Pipeline(offsets="bytes").process(TEXT)
    assert document.tokens[0] != document.tokens[1]
    with pytest.raises(TypeError):
        hash(document)
    copy = pickle.loads(pickle.dumps(document))
    assert copy == document and copy.offsets == "chars"


def test_no_text_is_a_document_too(pipeline: tutur.Pipeline) -> None:
    for text in ("", " \n\t"):
        document = pipeline.process(text)
        assert len(document) == 0 and document and document.tokens == document.sentences == document.entities == []
        assert document.headline is None and document.dateline is None


def test_views_keep_their_document_alive() -> None:
    entity = tutur.Pipeline().process(TEXT).entities[0]
    assert entity.text == "Sergey Lavrov" and entity.document.text == TEXT


def test_large_text(pipeline: tutur.Pipeline) -> None:
    text = "Ani tiba di Palu. " * 60_000
    document = pipeline.process(text)
    assert len(document.sentences) == 60_000
    assert document.entities[-1].end == len(text.rstrip()) - 1
