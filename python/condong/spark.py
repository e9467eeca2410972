"""The same scores and reports over a Spark DataFrame.

Workers need this package (``pip install`` on every node, or ``--archives`` with a packed environment). Lexicons of your
own need not be there: they travel with the task.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Optional

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

from . import _condong
from .lexicons import Lexicon
from .reports import Report, counted, reader_of, shown
from .scores import ANSWERS
from .scores import score as score_texts

#: How many posts the driver looks at to decide which column is what.
LOOKED_AT = 1000
#: With more partitions than this their counts are merged on the workers before the driver merges the rest.
MOST_COLLECTED = 64

_NUMBERS = ("lean", "confidence", "polarity")
_LISTS = ("platforms", "aspects", "evidence")


def score(df: DataFrame, text: str = "full_text", lexicon=None, overlay=None, *, seller: Optional[str] = None,
          bio: Optional[str] = None, columns: Optional[Iterable[str]] = None, prefix: str = "") -> DataFrame:
    """The DataFrame with the answers of :func:`condong.score` appended.

    Args:
        df: Any DataFrame with a column of text.
        text: The column of posts.
        lexicon, overlay: As for :func:`condong.score`; they are sent to the workers.
        seller, bio: The columns that tell who authors are, where there are any.
        columns: The answers to append, in this order; all of them if None.
        prefix: What to put before their names.

    Raises:
        ValueError: A column is not there, or there already, or a lexicon row is wrong.
    """
    ready = Lexicon.of(lexicon, overlay)
    ready.ready()
    answers = list(columns or ANSWERS)
    unknown = [name for name in answers if name not in ANSWERS]
    missing = [name for name in (text, seller, bio) if name is not None and name not in df.columns]
    taken = [prefix + name for name in answers if prefix + name in df.columns]
    if unknown or missing:
        raise ValueError(f"no answer {unknown[0]!r}" if unknown else f"no column {missing[0]!r}; there are {df.columns}")
    if taken:
        raise ValueError(f"there is a column {taken[0]!r} already; give a prefix, or drop it")
    schema = T.StructType([*df.schema.fields, *(T.StructField(prefix + name, _type(name)) for name in answers)])

    def each(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            cells = {"seller": seller, "bio": bio}
            cells = {role: batch.column(name) for role, name in cells.items() if name is not None}
            scored = score_texts(batch.column(text), ready, columns=answers, jobs=1, **cells).combine_chunks()
            arrays = [column.chunk(0) if column.num_chunks else pa.array([], column.type) for column in scored.columns]
            yield pa.RecordBatch.from_arrays([*batch.columns, *arrays], names=schema.names)

    return df.mapInArrow(each, schema)


def report(df: DataFrame, lexicon=None, overlay=None, *, text: Optional[str] = None, date: Optional[str] = None,
           author: Optional[str] = None, seller: Optional[str] = None, bio: Optional[str] = None,
           id: Optional[str] = None, gold: Optional[str] = None, group_by: Optional[str] = None,
           keep: Iterable[str] = (), by: Optional[str] = None, events=None, lang: Optional[str] = None,
           timezone: Optional[str] = None, day_first: Optional[bool] = None, as_of: Optional[str] = None,
           name: str = "table") -> Report:
    """A report on the posts of a DataFrame, figure for figure that of one machine.

    Workers count the posts of their partitions; the driver merges the counts, which is what ``condong merge`` does. The
    driver decides by the first posts which column is what and whether the day or the month comes first in dates.

    Args and errors are those of :func:`condong.report`.
    """
    ready = Lexicon.of(lexicon, overlay)
    words = counted(text, date, author, seller, bio, id, gold, group_by, timezone, day_first, as_of)
    first = df.limit(LOOKED_AT)
    first = first.toArrow() if hasattr(first, "toArrow") else first.toPandas()
    found, month_first = _condong.layout(reader_of(first), list(words))
    named = {word.partition("=")[0] for word in words}
    # The time of day has a column of its own in few exports, and no option: it is found by its name again.
    words = [*words, *(f"--{role}={column}" for role, column in found if f"--{role}" not in named and role != "time")]
    if day_first is None:
        words.append("--month-first" if month_first else "--day-first")
    used = {column for _, column in found} | {gold or "gold_stance", group_by}
    # Columns that are not used keep their names, by which dialects are known, and lose their content.
    lean = df.select([F.col(f"`{column}`") if column in used else F.lit(None).cast("string").alias(column)
                      for column in df.columns])

    def each(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        first = next(batches, None)
        if first is not None:
            posts = pa.RecordBatchReader.from_batches(first.schema, _chain(first, batches))
            part = _condong.count(ready.ready(), posts, name, [*words, "--jobs=1"])
            yield pa.RecordBatch.from_arrays([pa.array([part.encode()], pa.binary())], names=["part"])

    parts = lean.mapInArrow(each, "part binary")
    return Report(_condong.Partial.merged(_collected(parts) or [_nothing(df, ready, name, words)]),
                  shown(lang, keep, by, events))


def _collected(parts: DataFrame) -> list[tuple[bytes, str]]:
    """The parts, or the one that they add up to where they are many."""
    rdd = parts.rdd
    if rdd.getNumPartitions() <= MOST_COLLECTED:
        return [(bytes(row.part), "a partition") for row in parts.collect()]
    both = rdd.map(lambda row: bytes(row.part)).treeReduce(_both, depth=3)
    return [(both, "the partitions")]


def _both(one: bytes, other: bytes) -> bytes:
    return _condong.Partial.merged([(one, "a partition"), (other, "another partition")]).encode()


def _nothing(df: DataFrame, ready: Lexicon, name: str, words: list[str]) -> tuple[bytes, str]:
    empty = pa.table({column: pa.array([], pa.string()) for column in df.columns})
    return _condong.count(ready.ready(), empty.to_reader(), name, words).encode(), name


def _chain(first: pa.RecordBatch, rest: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    yield first
    yield from rest


def _type(answer: str) -> T.DataType:
    if answer in _NUMBERS:
        return T.DoubleType()
    if answer in _LISTS:
        return T.ArrayType(T.StringType())
    return T.BooleanType() if answer == "advert" else T.StringType()
