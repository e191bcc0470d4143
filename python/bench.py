"""Documents a second from Python, beside plain Rust and beside spaCy's blank `id` with PySastrawi.

    pip install -r requirements-test.txt -r requirements-bench.txt && pip install . && python bench.py

Rounds of all candidates alternate, and the best round of each counts, so that ratios hold on a machine that is not quiet.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

import tutur

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "tests"))

from articles import articles  # noqa: E402

BATCH = 1000


def rust(binary: str, texts: list[str], threads: int) -> dict[str, float]:
    """Documents a second in plain Rust."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": text}) + "\n" for text in texts)
        file.flush()
        answer = subprocess.run([binary, file.name, str(threads), "1"], capture_output=True, text=True, check=True)
    return {name: float(rate) for name, rate in (line.split() for line in answer.stdout.splitlines())}


def rate(run: Callable[[], object], documents: int) -> float:
    start = time.perf_counter()
    run()
    return documents / (time.perf_counter() - start)


def peers(texts: list[str]) -> dict[str, float]:
    """spaCy's blank pipeline (tokens and sentences by stops) and PySastrawi (stems), alone and together."""
    import spacy
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    nlp = spacy.blank("id")
    nlp.add_pipe("sentencizer")
    stemmer = StemmerFactory().create_stemmer()
    spacy_alone = rate(lambda: [doc for doc in nlp.pipe(texts)], len(texts))
    some = texts[:100]
    both = rate(lambda: [[stemmer.stem(t.text) for t in doc if t.is_alpha] for doc in nlp.pipe(some)], len(some))
    return {"spaCy blank id + sentencizer: tokens, sentences": spacy_alone, "spaCy + PySastrawi: and stems": both}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--threads", type=int, nargs="*", default=[1, 2])
    options.add_argument("--rust", metavar="BINARY", help="cargo build --release --example rate")
    options.add_argument("--peers", action="store_true", help="spaCy and PySastrawi too")
    given = options.parse_args()

    texts = (articles() * 4)[: 4 * BATCH]
    batches = [texts[at : at + BATCH] for at in range(0, len(texts), BATCH)]
    columns = [pa.array(batch) for batch in batches]
    size = sum(len(text.encode()) for text in texts)
    print(f"{len(texts)} articles, {size / len(texts):.0f} bytes each, in batches of {BATCH}; best of {given.rounds}")
    pipeline = tutur.Pipeline()
    for threads in given.threads:
        runs: dict[str, Callable[[], object]] = {
            "process, one call a text": lambda: [pipeline.process(text) for text in texts],
            "process_batch": lambda: [pipeline.process_batch(batch, threads) for batch in batches],
            "entities_column": lambda: [pipeline.entities_column(c, threads=threads) for c in columns],
            "process_column": lambda: [pipeline.process_column(c, threads=threads) for c in columns],
            "json_column": lambda: [pipeline.json_column(c, threads=threads) for c in columns],
            "stem_column": lambda: [pipeline.stem_column(c, threads=threads) for c in columns],
        }
        if threads > 1:
            del runs["process, one call a text"]
        best: dict[str, float] = {}
        for _ in range(given.rounds):
            if given.rust:
                for name, found in rust(given.rust, texts, threads).items():
                    best[f"Rust {name}"] = max(best.get(f"Rust {name}", 0), found)
            for name, run in runs.items():
                best[name] = max(best.get(name, 0), rate(run, len(texts)))
        print(f"\n{threads} thread{'s' * (threads > 1)}")
        for name, found in best.items():
            base = best.get("Rust json" if "json" in name else "Rust process", 0)
            ratio = f"  {base / found - 1:+7.1%} time against Rust" if base and "Rust" not in name else ""
            print(f"  {name:28}{found:9.0f} documents/s  {found * size / len(texts) / 1e6:7.2f} MB/s{ratio}")
    if given.peers:
        ours = rate(lambda: [pipeline.process_batch(batch, 1) for batch in batches], len(texts))
        print(f"\none thread, beside others\n  tutur: all stages{ours:45.0f} documents/s")
        for name, found in peers(texts).items():
            print(f"  {name:50}{found:12.1f} documents/s  {ours / found:7.1f} times slower")


if __name__ == "__main__":
    main()
