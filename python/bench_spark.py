"""Documents a second in Spark on this machine, with one Python worker and with two, beside one process without Spark.

    PYSPARK_PYTHON=$(command -v python) python bench_spark.py

Time is the clock's, so that it wants a machine on which nothing else runs. Starting Spark and its workers is left out: each
session runs a small job first.
"""

import argparse
import itertools
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
from pyspark.sql import SparkSession

import tutur
from tutur import spark as tutur_spark

sys.path.insert(0, str(Path(__file__).resolve().parent / "tests"))

from articles import articles  # noqa: E402

BATCH = 1000


def seconds(work: Callable[[], object], rounds: int) -> float:
    """The median."""

    def once() -> float:
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun

    return statistics.median(once() for _ in range(rounds))


def in_spark(workers: int, texts: list[str], rounds: int) -> float:
    """Seconds for a line of JSON a text, which nothing reads."""
    builder = SparkSession.builder.master(f"local[{workers}]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    spark = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH).getOrCreate()
    try:
        frame = spark.createDataFrame([(text,) for text in texts], "teks string").repartition(4 * workers).cache()
        frame.count()

        def job() -> None:
            tutur_spark.annotate(frame, "teks", "json").write.format("noop").mode("overwrite").save()

        job()
        return seconds(job, rounds)
    finally:
        spark.stop()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--documents", type=int, default=40_000)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    texts = list(itertools.islice(itertools.cycle(articles()), chosen.documents))
    pipeline = tutur.Pipeline()
    batches = [pa.array(texts[i : i + BATCH]) for i in range(0, len(texts), BATCH)]
    alone = seconds(lambda: [pipeline.json_column(batch, threads=1) for batch in batches], chosen.rounds)
    mean = sum(len(text.encode()) for text in texts) / len(texts)
    print(f"{len(texts)} articles of {mean / 1000:.2f} kB, medians of {chosen.rounds}, clock")
    print(f"one thread without Spark    {len(texts) / alone:8.0f} documents/s")
    one = in_spark(1, texts, chosen.rounds)
    two = in_spark(2, texts, chosen.rounds)
    for workers, took in ((1, one), (2, two)):
        print(f"Spark, {workers} worker(s)         {len(texts) / took:8.0f} documents/s")
    print(f"Spark beside it: {(one / alone - 1) * 100:+.0f} %; two workers beside one: {one / two:.2f} times as fast")


if __name__ == "__main__":
    main()
