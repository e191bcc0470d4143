"""Processor time from Python, beside plain Rust and beside spaCy's blank `id` with PySastrawi.

    pip install -r requirements-test.txt -r requirements-bench.txt && pip install .
    cargo build --release --example rate && python bench.py --rust target/release/examples/rate --peers

On one thread processor time counts, so that figures hold on a machine that is not quiet; on two, the clock.
"""

import argparse
import json
import resource
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


def rust(binary: str, texts: list[str]) -> float:
    """Processor seconds of plain Rust for documents kept and for lines of JSON, together: what a round more costs."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": text}) + "\n" for text in texts)
        file.flush()

        def spent(rounds: int) -> float:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([binary, file.name, "1", str(rounds)], capture_output=True, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

        return spent(2) - spent(1)


def timed(run: Callable[[], object], clock: Callable[[], float]) -> float:
    start = clock()
    run()
    return clock() - start


def peers(texts: list[str]) -> dict[str, float]:
    """spaCy's blank pipeline (tokens and sentences by stops) and PySastrawi (stems), alone and together."""
    import spacy
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    nlp = spacy.blank("id")
    nlp.add_pipe("sentencizer")
    stemmer = StemmerFactory().create_stemmer()
    some = texts[: min(100, len(texts))]
    alone = timed(lambda: [doc for doc in nlp.pipe(texts)], time.process_time) / len(texts)

    def stems() -> object:
        return [[stemmer.stem(token.text) for token in doc if token.is_alpha] for doc in nlp.pipe(some)]

    both = timed(stems, time.process_time)
    return {"spaCy blank id, sentencizer": 1 / alone, "the same and PySastrawi": len(some) / both}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--documents", type=int, default=BATCH)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--rust", metavar="BINARY")
    options.add_argument("--peers", action="store_true", help="spaCy and PySastrawi too")
    given = options.parse_args()

    texts = articles()[: given.documents]
    column, count = pa.array(texts), len(texts)
    size = sum(len(text.encode()) for text in texts)
    print(f"{count} articles in one call, {size / count:.0f} bytes each; best of {given.rounds}", flush=True)
    pipeline = tutur.Pipeline()

    def runs(threads: int) -> dict[str, Callable[[], object]]:
        return {
            "process_batch": lambda: pipeline.process_batch(texts, threads),
            "entities_column": lambda: pipeline.entities_column(column, threads=threads),
            "process_column": lambda: pipeline.process_column(column, threads=threads),
            "json_column": lambda: pipeline.json_column(column, threads=threads),
            "stem_column": lambda: pipeline.stem_column(column, threads=threads),
        }

    plain, best, wall = [], dict.fromkeys(runs(1), float("inf")), {1: float("inf"), 2: float("inf")}
    for _ in range(given.rounds):
        if given.rust:
            plain.append(rust(given.rust, texts))
        for name, run in runs(1).items():
            best[name] = min(best[name], timed(run, time.process_time))
        for threads in wall:
            wall[threads] = min(wall[threads], timed(runs(threads)["process_column"], time.perf_counter))
    for name, seconds in best.items():
        print(f"  {name:28}{count / seconds:9.0f} documents/s of one core  {size / seconds / 1e6:7.2f} MB/s")
    if plain:
        ours = best["process_batch"] + best["json_column"]
        print(f"  documents and JSON together: {ours:.3f} s, in Rust {min(plain):.3f} s: {ours / min(plain) - 1:+.1%}")
    print(f"  process_column on two threads: {wall[1] / wall[2]:.2f} times as fast", flush=True)
    if given.peers:
        for name, found in peers(texts).items():
            print(f"  {name:28}{found:9.1f} documents/s of one core, "
                  f"{count / best['process_batch'] / found:.1f} times less")


if __name__ == "__main__":
    main()
