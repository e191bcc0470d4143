"""Whole columns, from and for pyarrow, Polars and pandas."""

from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import tutur

ROWS = ["Ani tiba di Palu.", None, "", "😀 “Sergey Lavrov” tiba di Brussels; ia membaca.", "Budi pulang."]


def inputs() -> dict[str, Any]:
    small = pa.array(ROWS)
    return {
        "string": small,
        "large": small.cast(pa.large_string()),
        "view": small.cast(pa.string_view()),
        "dictionary": small.dictionary_encode(),
        "dictionary of large": small.cast(pa.large_string()).dictionary_encode(),
        "binary": small.cast(pa.binary()),
        "chunked": pa.chunked_array([ROWS[:2], [], ROWS[2:]], pa.string()),
        "sliced": pa.array(["buang", *ROWS, "buang"])[1:-1],
        "polars": pl.Series(ROWS),
        "polars categorical": pl.Series(ROWS, dtype=pl.Categorical),
        "pandas": pd.Series(ROWS, dtype="str"),
        "pandas of arrow": pd.Series(ROWS, dtype=pd.ArrowDtype(pa.string())),
    }


@pytest.mark.parametrize("name", list(inputs()))
def test_any_column_of_strings(pipeline: tutur.Pipeline, name: str) -> None:
    column = pipeline.entities_column(inputs()[name])
    assert len(column) == 5 and column.null_count == 1 and column.errors == []
    rows = column.to_pylist()
    assert rows[1] is None and rows[2] == []
    for text, row in zip(ROWS, rows, strict=True):
        if text is None:
            continue
        expected = pipeline.process(text).entities
        assert [(e["text"], e["label"], e["chain"], e["start"], e["end"]) for e in row] == [
            (e.text, e.label, e.chain.name, e.start, e.end) for e in expected
        ]
        assert [e["score"] for e in row] == [e.score for e in expected]
        assert all(text[e["start"] : e["end"]] == e["text"] for e in row)


def test_columns_say_what_documents_say(pipeline: tutur.Pipeline, texts: list[str]) -> None:
    some = texts[:80]
    documents = pipeline.process_batch(some)
    column = pa.array(some)
    data = [d.to_dict() for d in documents]
    for threads in (1, 3):
        whole = pipeline.process_column(column, threads=threads).to_pylist()
        for row, found in zip(whole, data, strict=True):
            assert [{k: v for k, v in e.items() if k != "score"} for e in row["entities"]] == [
                {k: v for k, v in e.items() if k != "score"} for e in found["entities"]
            ]
            assert row["tokens"] == found["tokens"] and row["chains"] == found["chains"]
            assert [{"start": s["start"], "end": s["end"]} for s in row["sentences"]] == found["sentences"]
            assert [p["kind"] for p in row["layout"]] == [p["kind"] for p in found["layout"]]
        assert pipeline.tokens_column(column, threads=threads).to_pylist() == [r["tokens"] for r in whole]
        assert pipeline.sentences_column(column, threads=threads).to_pylist() == [r["sentences"] for r in whole]
        assert pipeline.json_column(column, threads=threads).to_pylist() == [d.to_json() for d in documents]
        stems = pipeline.stem_column(column, threads=threads).to_pylist()
        assert stems == [tutur.Stemmer().stem_text(text) for text in some]


def test_results_go_where_texts_came_from(pipeline: tutur.Pipeline) -> None:
    column = pipeline.stem_column(pl.Series(ROWS))
    assert pl.Series(column).to_list() == column.to_pylist() == list(column)
    assert pa.chunked_array(column).type == pa.string()
    frame = pl.DataFrame({"teks": ROWS}).with_columns(nama=pl.Series(pipeline.entities_column(pl.Series(ROWS))))
    assert frame.explode("nama").unnest("nama").drop_nulls()["text"].to_list()[:2] == ["Ani", "Palu"]
    assert pd.Series(column.to_pyarrow().to_pandas()).tolist()[0] == "ani tiba di palu."
    assert "list" in pipeline.entities_column(pl.Series(ROWS)).type.lower()


def test_chunks_stay_chunks(pipeline: tutur.Pipeline) -> None:
    column = pa.chunked_array([["Ani tiba."], ["Budi pulang.", None]])
    assert [len(c) for c in pipeline.sentences_column(column).to_pyarrow().chunks] == [1, 2]


EMPTY = [pa.array([], pa.string()), pa.chunked_array([], pa.string()), pl.Series([], dtype=pl.String)]


@pytest.mark.parametrize("empty", EMPTY)
def test_columns_without_rows_have_a_type(pipeline: tutur.Pipeline, empty: Any) -> None:
    for run in (pipeline.stem_column, pipeline.process_column, pipeline.entities_column, pipeline.json_column):
        column = run(empty)
        assert len(column) == 0 and column.to_pyarrow().type == run(pa.array(["Ani"])).to_pyarrow().type


def test_columns_of_nulls(pipeline: tutur.Pipeline) -> None:
    for nulls in (pa.nulls(3), pa.nulls(3, pa.string()), pl.Series([None] * 3, dtype=pl.String)):
        column = pipeline.process_column(nulls)
        assert column.null_count == 3 and column.to_pylist() == [None] * 3 and column.errors == []


def test_columns_that_arrow_cannot_read(pipeline: tutur.Pipeline) -> None:
    # Polars hands its columns of nothing over with a buffer that they should not have.
    with pytest.raises(TypeError, match="the column cannot be read: .*Null"):
        pipeline.process_column(pl.Series([None, None]))


def invalid() -> pa.Array:
    """A column of strings, one of which is not UTF-8, as an engine may hand it over unchecked."""
    data = pa.array([b"Ani tiba.", None, b"Ani \xff tiba.", b"Budi pulang."], pa.binary())
    return pa.Array.from_buffers(pa.string(), 4, data.buffers(), null_count=1)


@pytest.mark.parametrize("column", [invalid(), invalid().view(pa.binary())])
def test_a_row_that_is_not_text_is_null_and_named(pipeline: tutur.Pipeline, column: pa.Array) -> None:
    reason = "expected UTF-8, found another byte at 4"
    for run in (pipeline.entities_column, pipeline.stem_column, pipeline.process_column, pipeline.json_column):
        found = run(column, threads=2)
        assert found.errors == [(2, reason)] and found.null_count == 2
        assert [row is None for row in found] == [False, True, True, False]
        with pytest.raises(tutur.TuturError, match=f"^row 2: {reason}$") as caught:
            run(column, on_error="raise")
        assert caught.value.kind == "row"


def test_long_rows(pipeline: tutur.Pipeline) -> None:
    column = pa.array(["Ani", "Ani tiba di Palu.", "Budi"])
    found = pipeline.sentences_column(column, max_bytes=10)
    assert found.errors == [(1, "expected at most 10 bytes, found 17")]
    with pytest.raises(tutur.TuturError, match="max_bytes"):
        pipeline.sentences_column(column, max_bytes=1 << 40)
    cell = "Ani tiba di Palu dan membaca buku. " * 300_000
    assert len(cell) > 10_000_000
    large = pipeline.sentences_column(pa.array(["Ani.", cell, None]))
    assert large.errors == [] and large.null_count == 1
    assert pa.compute.list_value_length(large.to_pyarrow()).to_pylist() == [1, 300_000, None]


def test_ids(pipeline: tutur.Pipeline) -> None:
    texts = pa.array(["Ani tiba.", "Budi pulang.", None])
    expected = [pipeline.process("Ani tiba.").to_json(1), pipeline.process("Budi pulang.").to_json(2), None]
    numbers = (pa.array([1, 2, 3], t) for t in (pa.int8(), pa.int64(), pa.uint64()))
    for ids in (*numbers, pa.chunked_array([[1], [2, 3]])):
        assert pipeline.json_column(texts, ids).to_pylist() == expected
    large = pipeline.json_column(texts, pa.array([2**64 - 1] * 3, pa.uint64())).to_pylist()[0]
    assert large.startswith('{"id":18446744073709551615,')
    words = pipeline.json_column(texts, pa.array(['a"1', None, "c"]))
    assert words.to_pylist()[0] == pipeline.process("Ani tiba.").to_json('a"1')
    assert words.errors == [(1, "expected an id, found null")]
    with pytest.raises(tutur.TuturError, match="expected as many as the 3 texts, found 1"):
        pipeline.json_column(texts, pa.array([1]))
    with pytest.raises(TypeError, match="strings or integers, found Float64"):
        pipeline.json_column(texts, pa.array([1.0, 2.0, 3.0]))


def test_wrong_columns_are_type_errors(pipeline: tutur.Pipeline) -> None:
    frame = pa.table({"teks": ["a"]})
    for wrong in (pa.array([1, 2]), pa.array([["a"]]), frame, pl.DataFrame(frame), pa.array([1]).dictionary_encode()):
        with pytest.raises(TypeError, match="expected a column of strings, found"):
            pipeline.entities_column(wrong)
    for no_column in ("Ani", ["Ani"], None, 3):
        with pytest.raises(TypeError, match="expected a column"):
            pipeline.entities_column(no_column)
    with pytest.raises(tutur.TuturError, match="on_error: expected null or raise"):
        pipeline.entities_column(pa.array(["a"]), on_error="ignore")


def test_other_units_and_labels() -> None:
    text = "😀 Ani tiba di Palu."
    row = tutur.Pipeline(offsets="bytes").entities_column(pa.array([text])).to_pylist()[0]
    assert [text.encode()[e["start"] : e["end"]].decode() for e in row] == [e["text"] for e in row]
