"""The same documents give the same bytes from Rust and from Python."""

import hashlib
from pathlib import Path

import pyarrow as pa
from corpus_example import corpus_lines

import tutur


def test_json_is_that_of_the_corpus_example(texts: list[str], tmp_path: Path) -> None:
    texts = [*texts, "", "a\u0085b\x7fc \x01", "😀 “Élan” \ufeff terbit di Palu", "Ani tiba. " * 20_000]
    ids: list[str | int] = [f'nomor "{n}" é\x7f' if n % 2 else n for n in range(len(texts))]
    expected = corpus_lines(list(zip(ids, texts, strict=True)), tmp_path)
    pipeline = tutur.Pipeline(offsets="bytes")
    documents = pipeline.process_batch(texts)
    one_by_one = [d.to_json(id) for id, d in zip(ids, documents, strict=True)]
    digest = hashlib.sha256(expected).hexdigest()
    print(f"{len(texts)} documents, {len(expected)} bytes of JSONL: sha256 {digest}")
    assert hashlib.sha256("".join(line + "\n" for line in one_by_one).encode()).hexdigest() == digest
    # Strings and integers are columns of their own.
    for kind in (str, int):
        rows = [at for at, id in enumerate(ids) if isinstance(id, kind)]
        column = pipeline.json_column(pa.array([texts[at] for at in rows]), pa.array([ids[at] for at in rows]))
        assert column.to_pylist() == [one_by_one[at] for at in rows] and column.errors == []
