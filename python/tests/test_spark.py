"""``tutur.spark`` on a real cluster: a master and two workers on this machine."""

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from cluster import Cluster, descendants, kill, listeners, session, wait_for
from corpus_example import corpus_lines
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import IntegerType, StringType, StructField, StructType

import tutur
from tutur import spark as tutur_spark

pytestmark = pytest.mark.spark

ROWS = ["Ani tiba di Palu.", None, "", "😀 “Sergey Lavrov” tiba di Brussels; ia membaca."]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(scope="module")
def spark(cluster: Cluster) -> Iterator[SparkSession]:
    with session(cluster) as spark:
        yield spark


@pytest.fixture(scope="module")
def frame(spark: SparkSession) -> DataFrame:
    return spark.createDataFrame(list(enumerate(ROWS)), "nomor int, teks string").repartition(2, "nomor")


def rows(frame: DataFrame) -> list[Any]:
    """As plain values, in the order of the numbers."""
    return [row.asDict(recursive=True) for row in sorted(frame.collect(), key=lambda row: row["nomor"])]


def test_column_functions(frame: DataFrame, pipeline: tutur.Pipeline) -> None:
    functions = {
        "stem": tutur_spark.stem,
        "tokens": tutur_spark.tokens,
        "sentences": tutur_spark.sentences,
        "entities": tutur_spark.entities,
        "process": tutur_spark.process,
    }
    annotated = frame.select("*", *(run("teks").alias(name) for name, run in functions.items()))
    assert {f.name: f.dataType for f in annotated.schema if f.name in functions} == {
        name: tutur_spark.SCHEMAS[name] for name in functions
    }
    found = rows(annotated)
    for name in functions:
        expected = getattr(pipeline, f"{name}_column")(pa.array(ROWS)).to_pylist()
        assert [row[name] for row in found] == expected
    # Offsets are those of Spark's own functions.
    first = F.col("e")[0]
    cut = F.substring("teks", first["start"] + 1, first["end"] - first["start"])
    named = frame.select("nomor", "teks", tutur_spark.entities("teks").alias("e")).where("size(e) > 0")
    assert [row["cut"] for row in rows(named.select("nomor", cut.alias("cut")))] == ["Ani", "Sergey Lavrov"]


def test_json_with_and_without_ids(frame: DataFrame, pipeline: tutur.Pipeline) -> None:
    found = rows(
        frame.select(
            "nomor",
            tutur_spark.to_json("teks").alias("tanpa"),
            tutur_spark.to_json(F.col("teks"), F.col("nomor")).alias("dengan"),
        )
    )
    for number, (row, text) in enumerate(zip(found, ROWS, strict=True)):
        document = None if text is None else pipeline.process(text)
        assert row["tanpa"] == (document and document.to_json())
        assert row["dengan"] == (document and document.to_json(number))


def test_options_reach_the_workers(frame: DataFrame, tmp_path: Path) -> None:
    file = tmp_path / "aturan.tsv"
    file.write_text("name\tORG\tPalu\n")
    pipeline = tutur.Pipeline(rules=tutur.EntityRules(files=[file]), offsets="bytes")
    file.unlink()
    found = rows(tutur_spark.annotate(frame, "teks", "entities", output="nama", pipeline=pipeline))
    assert [list(row) for row in found] == [["nomor", "teks", "nama"]] * 4
    assert [row["nama"] for row in found] == pipeline.entities_column(pa.array(ROWS)).to_pylist()
    assert ("Palu", "ORG") in [(e["text"], e["label"]) for e in found[0]["nama"]]


def test_a_row_that_fails_is_null_with_its_reason(frame: DataFrame) -> None:
    broken = frame.withColumn("teks", F.expr("if(nomor = 2, cast(X'416E69FF' as string), teks)"))
    reason = "expected UTF-8, found another byte at 3"
    for texts in (broken, broken.withColumn("teks", F.col("teks").cast("binary"))):
        found = rows(tutur_spark.annotate(texts, "teks", "sentences", output="kalimat", errors="galat"))
        assert [row["galat"] for row in found] == [None, None, reason, None]
        assert [row["kalimat"] is None for row in found] == [False, True, True, False]
    with pytest.raises(PySparkException, match=f"partition [01], row [0-3]: {reason}"):
        tutur_spark.annotate(broken, "teks", "stem", on_error="raise").collect()
    with pytest.raises(PySparkException, match=reason):
        broken.select(tutur_spark.stem("teks", on_error="raise")).collect()
    long = rows(tutur_spark.annotate(frame, "teks", "stem", output="akar", errors="galat", max_bytes=20))
    assert long[3]["galat"].startswith("expected at most 20 bytes, found") and long[0]["akar"] == "ani tiba di palu."


def test_wrong_calls_fail_before_the_job(frame: DataFrame) -> None:
    with pytest.raises(TypeError, match="expected a column of strings, found nomor: int"):
        tutur_spark.annotate(frame, "nomor")
    with pytest.raises(tutur.TuturError, match="function: expected one of stem"):
        tutur_spark.annotate(frame, "teks", "lemma")
    with pytest.raises(tutur.TuturError, match="on_error"):
        tutur_spark.stem("teks", on_error="ignore")
    with pytest.raises(tutur.TuturError, match='there is a column "teks" already'):
        tutur_spark.annotate(frame, "teks", output="teks")
    # What a column function is given is known in the job only.
    with pytest.raises(PySparkException, match="TypeError: expected a column of strings, found Int32"):
        frame.select(tutur_spark.stem("nomor")).collect()


def test_workers_make_their_pipeline_once(spark: SparkSession) -> None:
    def made(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import os

        from tutur.spark import _pipeline

        for batch in batches:
            made = _pipeline.cache_info().misses
            yield pa.RecordBatch.from_pydict({"pid": [os.getpid()], "made": [made]})

    frame = spark.range(4000).repartition(8).select("id", F.lit("Ani tiba di Palu.").alias("teks"))
    tutur_spark.annotate(frame, "teks", "stem").count()
    pipeline = tutur.Pipeline()
    tutur_spark.annotate(frame, "teks", "entities", pipeline=pipeline).select("tutur").collect()
    tutur_spark.annotate(frame, "teks", "entities", pipeline=pipeline).select("tutur").collect()
    found = frame.mapInArrow(made, "pid long, made long").collect()
    # At most what this test and those before it asked for, however many tasks there were.
    assert max(row["made"] for row in found) <= 4 and len({row["pid"] for row in found}) >= 2


def test_large_cells(spark: SparkSession) -> None:
    sentence = "Ani tiba di Palu dan membaca buku. "
    frame = spark.range(2, numPartitions=2).select(F.repeat(F.lit(sentence), 300_000).alias("teks"))
    counted = frame.select(F.length("teks").alias("n"), F.size(tutur_spark.sentences("teks")).alias("k")).collect()
    assert [(row["n"], row["k"]) for row in counted] == [(10_500_000, 300_000)] * 2


def test_every_socket_is_on_loopback(cluster: Cluster, spark: SparkSession) -> None:
    gateway = spark.sparkContext._gateway
    assert gateway is not None
    roots = [process.pid for process in cluster.processes.values()]
    found = listeners([*descendants(roots), *descendants([gateway.proc.pid])])
    print(f"listening on {sorted(found)}")
    assert found and all(at.startswith("127.") or at in ("::1", "::ffff:127.0.0.1") for at in found)


def test_a_killed_executor_costs_nothing(
    cluster: Cluster, spark: SparkSession, texts: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = [(number, text) for number, text in enumerate(texts * 8)]
    parts, reports = 40, []
    schema = StructType([StructField("nomor", IntegerType()), StructField("teks", StringType())])
    frame = spark.createDataFrame(documents, schema).repartition(parts)
    assert frame.count() == len(documents)
    pipeline = tutur.Pipeline(offsets="bytes")
    annotated = tutur_spark.annotate(
        frame, "teks", "json", id="nomor", output="baris", errors="galat", pipeline=pipeline
    ).select("nomor", "baris", "galat")

    found: list[Any] = []
    job = threading.Thread(target=lambda: found.extend(annotated.collect()), daemon=True)
    tracker = spark.sparkContext.statusTracker()

    def done() -> int:
        """Tasks of the last stage that are done."""
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        return max((s.numCompletedTasks for s in stages if s is not None and s.numTasks == parts), default=0)

    victims = cluster.executors()
    assert len(victims) == 2, f"expected an executor on each worker, found {victims}"
    job.start()
    before = wait_for("task that is done", 240, lambda: n if (n := done()) >= 4 else None)
    kill(victims[0])
    reports.append(f"executor {victims[0]} killed after {before} of {parts} tasks")
    job.join(300)
    assert not job.is_alive(), "the job did not end within 300 s"
    assert 0 < before < parts
    log = wait_for(
        "report of the killed executor",
        60,
        lambda: [
            line
            for name in ("worker-1", "worker-2")
            for line in cluster.log(name).splitlines()
            if "exitStatus 137" in line
        ],
    )
    reports += log
    after = wait_for("new executor", 60, lambda: [pid for pid in cluster.executors() if pid not in victims])
    reports.append(f"executor {after[0]} in its place")

    assert [row["galat"] for row in found if row["galat"] is not None] == []
    assert sorted(row["nomor"] for row in found) == [number for number, _ in documents]
    lines = [row["baris"] + "\n" for row in sorted(found, key=lambda row: row["nomor"])]
    digest = hashlib.sha256("".join(lines).encode()).hexdigest()
    column = pipeline.json_column(pa.array([t for _, t in documents]), pa.array([n for n, _ in documents]), threads=1)
    alone = hashlib.sha256("".join(line + "\n" for line in column.to_pylist()).encode()).hexdigest()
    reports.append(f"{len(found)} rows from the cluster, sha256 {digest}")
    reports.append(f"{len(column)} rows from one process,  sha256 {alone}")
    try:
        corpus = hashlib.sha256(corpus_lines(list(documents), tmp_path)).hexdigest()
        reports.append(f"the same from the example corpus,  sha256 {corpus}")
    except pytest.skip.Exception as reason:
        corpus = alone
        reports.append(f"not compared with the example corpus: {reason}")
    with capsys.disabled():
        print("", *reports, sep="\n")
    assert digest == alone == corpus
