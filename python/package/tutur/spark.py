"""Indonesian text in Spark: column functions, and one function for whole data frames.

Column functions go where Spark's own do::

    from tutur import spark as tutur_spark

    df.withColumn("entitas", tutur_spark.entities("teks"))
    df.select("id", F.explode(tutur_spark.sentences("teks")).alias("kalimat"))

``annotate`` does the same to a data frame with ``mapInArrow``, and can say beside each row why it failed::

    tutur_spark.annotate(df, "teks", "entities", output="entitas", errors="galat")

Nothing is shuffled: rows stay in their partition and in their order. Each Python worker makes its pipeline once and
keeps it from task to task; one with default options reads no file. Workers need this package and pyarrow, nothing more.
"""

import pickle
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Literal

import pyarrow as pa
from pyspark import TaskContext
from pyspark.sql import Column, DataFrame
from pyspark.sql.pandas.functions import arrow_udf
from pyspark.sql.types import (
    ArrayType,
    BinaryType,
    DataType,
    FloatType,
    IntegerType,
    StringType,
    StructField,
    StructType,
)

import tutur
from tutur import Pipeline, TuturError

__all__ = ["SCHEMAS", "annotate", "entities", "process", "sentences", "stem", "to_json", "tokens"]

Function = Literal["stem", "tokens", "sentences", "entities", "process", "json"]
OnError = Literal["null", "raise"]

_LONGEST = 1 << 28


def _parts(**fields: DataType) -> ArrayType:
    span = {"start": IntegerType(), "end": IntegerType(), "text": StringType()}
    return ArrayType(StructType([StructField(name, kind) for name, kind in {**span, **fields}.items()]))


_SENTENCES = _parts()
_TOKENS = _parts(kind=StringType(), stem=StringType(), sentence=IntegerType())
_ENTITIES = _parts(label=StringType(), score=FloatType(), chain=StringType())
_CHAINS = ArrayType(
    StructType(
        [
            StructField("name", StringType()),
            StructField("label", StringType()),
            StructField("mentions", ArrayType(IntegerType())),
        ]
    )
)

SCHEMAS: dict[Function, DataType] = {
    "stem": StringType(),
    "tokens": _TOKENS,
    "sentences": _SENTENCES,
    "entities": _ENTITIES,
    "process": StructType(
        [
            StructField("layout", _parts(kind=StringType())),
            StructField("sentences", _SENTENCES),
            StructField("tokens", _TOKENS),
            StructField("entities", _ENTITIES),
            StructField("chains", _CHAINS),
        ]
    ),
    "json": StringType(),
}
"""What each function makes of a text. Offsets count characters, as Spark's ``substring`` does from 1."""


@lru_cache(maxsize=4)
def _pipeline(pickled: bytes) -> Pipeline:
    """The pipeline of this Python worker."""
    return pickle.loads(pickled)  # type: ignore[no-any-return]


def _pickled(pipeline: Pipeline | None) -> bytes:
    return pickle.dumps(Pipeline() if pipeline is None else pipeline)


def _checked(on_error: str) -> bool:
    if on_error not in ("null", "raise"):
        raise TuturError(f'on_error: expected null or raise, found "{on_error}"')
    return on_error == "raise"


def _apply(
    function: Function, pickled: bytes, texts: pa.Array, ids: pa.Array | None, max_bytes: int
) -> tutur.Column:
    # One thread: Spark runs as many workers as there are cores.
    pipeline = _pipeline(pickled)
    if function == "json":
        return pipeline.json_column(texts, ids, threads=1, max_bytes=max_bytes)
    run: Callable[..., tutur.Column] = getattr(pipeline, f"{function}_column")
    return run(texts, threads=1, max_bytes=max_bytes)


def _raise(column: tutur.Column, before: int) -> None:
    """The error of the first row that failed, with its place in the partition."""
    if column.errors:
        row, reason = column.errors[0]
        context = TaskContext.get()
        partition = "" if context is None else f"partition {context.partitionId()}, "
        raise TuturError(f"{partition}row {before + row}: {reason}")


def _function(
    function: Function,
    columns: list[Column | str],
    pipeline: Pipeline | None,
    on_error: OnError,
    max_bytes: int,
) -> Column:
    pickled, raising = _pickled(pipeline), _checked(on_error)

    def one(texts: pa.Array) -> pa.Array:
        column = _apply(function, pickled, texts, None, max_bytes)
        if raising:
            _raise(column, 0)
        return column.to_pyarrow().combine_chunks()

    def two(texts: pa.Array, ids: pa.Array) -> pa.Array:
        column = _apply(function, pickled, texts, ids, max_bytes)
        if raising:
            _raise(column, 0)
        return column.to_pyarrow().combine_chunks()

    # Its type is an overload for each kind of function, none of which takes either of two.
    make: Any = arrow_udf
    annotated: Column = make(one if len(columns) == 1 else two, SCHEMAS[function])(*columns)
    return annotated


def stem(
    text: Column | str,
    *,
    pipeline: Pipeline | None = None,
    on_error: OnError = "null",
    max_bytes: int = _LONGEST,
) -> Column:
    """The text with each word replaced by its root: a string.

    Of these functions: nulls stay nulls; a row that fails (it is not UTF-8, or longer than ``max_bytes``) becomes null,
    or fails the job with ``on_error="raise"``, which names the row by its place in its batch.
    """
    return _function("stem", [text], pipeline, on_error, max_bytes)


def tokens(
    text: Column | str,
    *,
    pipeline: Pipeline | None = None,
    on_error: OnError = "null",
    max_bytes: int = _LONGEST,
) -> Column:
    """The tokens: an array of ``start``, ``end``, ``text``, ``kind``, ``stem``, ``sentence``."""
    return _function("tokens", [text], pipeline, on_error, max_bytes)


def sentences(
    text: Column | str,
    *,
    pipeline: Pipeline | None = None,
    on_error: OnError = "null",
    max_bytes: int = _LONGEST,
) -> Column:
    """The sentences: an array of ``start``, ``end``, ``text``."""
    return _function("sentences", [text], pipeline, on_error, max_bytes)


def entities(
    text: Column | str,
    *,
    pipeline: Pipeline | None = None,
    on_error: OnError = "null",
    max_bytes: int = _LONGEST,
) -> Column:
    """The names: an array of ``start``, ``end``, ``text``, ``label``, ``score``, ``chain``."""
    return _function("entities", [text], pipeline, on_error, max_bytes)


def process(
    text: Column | str,
    *,
    pipeline: Pipeline | None = None,
    on_error: OnError = "null",
    max_bytes: int = _LONGEST,
) -> Column:
    """All that is found: a struct of the arrays ``layout``, ``sentences``, ``tokens``, ``entities``, ``chains``."""
    return _function("process", [text], pipeline, on_error, max_bytes)


def to_json(
    text: Column | str,
    id: Column | str | None = None,
    *,
    pipeline: Pipeline | None = None,
    on_error: OnError = "null",
    max_bytes: int = _LONGEST,
) -> Column:
    """The document as a line of JSON; with ``Pipeline(offsets="bytes")`` the bytes that the example ``corpus`` writes."""
    return _function("json", [text] if id is None else [text, id], pipeline, on_error, max_bytes)


def annotate(
    df: DataFrame,
    text: str,
    function: Function = "process",
    *,
    output: str = "tutur",
    id: str | None = None,
    errors: str | None = None,
    pipeline: Pipeline | None = None,
    on_error: OnError = "null",
    max_bytes: int = _LONGEST,
) -> DataFrame:
    """The data frame with a column ``output`` behind its own: what ``function`` finds in the column ``text``.

    With ``errors`` the next column says why a row failed, and is null where none did; count it to know how many. With
    ``on_error="raise"`` the first such row fails the job, and the message names its place in its partition. ``id`` is
    the column of ids for ``function="json"``.
    """
    if function not in SCHEMAS:
        raise TuturError(f'function: expected one of {", ".join(SCHEMAS)}, found "{function}"')
    if id is not None and function != "json":
        raise TuturError("id: only documents as JSON have one")
    found = df.schema[text].dataType
    if not isinstance(found, (StringType, BinaryType)):
        raise TypeError(f"expected a column of strings, found {text}: {found.simpleString()}")
    for name in filter(None, (output, errors)):
        if name in df.columns or output == errors:
            raise TuturError(f'there is a column "{name}" already')
    pickled, raising = _pickled(pipeline), _checked(on_error)
    more = [StructField(output, SCHEMAS[function])]
    if errors is not None:
        more.append(StructField(errors, StringType()))

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        before = 0
        for batch in batches:
            ids = None if id is None else batch.column(id)
            column = _apply(function, pickled, batch.column(text), ids, max_bytes)
            if raising:
                _raise(column, before)
            before += batch.num_rows
            table = pa.Table.from_batches([batch]).append_column(output, column.to_pyarrow())
            if errors is not None:
                reasons = dict(column.errors)
                rows = [reasons.get(row) for row in range(batch.num_rows)]
                table = table.append_column(errors, pa.array(rows, pa.string()))
            yield from table.to_batches()

    return df.mapInArrow(run, StructType(df.schema.fields + more))
