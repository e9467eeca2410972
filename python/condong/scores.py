"""Opinions of texts."""

from __future__ import annotations

import html
import json
from typing import Any, Optional

import pyarrow as pa

from . import _condong
from .lexicons import Lexicon

#: The columns of :func:`score`, in their order.
ANSWERS = ("stance", "lean", "confidence", "reason", "sentiment", "polarity", "seller", "seller_cue",
           "reported_online", "reported_offline", "platforms", "aspects", "advert", "evidence")


def score(texts, lexicon=None, overlay=None, *, seller=None, bio=None, columns=None, jobs: Optional[int] = None) -> pa.Table:
    """How the author of each text leans, and all other answers.

    Args:
        texts: A list of str, a pandas or Polars series, or anything with Arrow's PyCapsule interface (not copied).
            None is read as an empty text.
        lexicon: A folder, a mapping of paths to texts, or a :class:`Lexicon`; the built-in one if None.
        overlay: One or several folders or mappings that add to the lexicon and override it.
        seller: Who each author is (online, offline, both, unknown), where you know it; as many as texts.
        bio: How each author describes themselves; as many as texts.
        columns: The names of the answers to give, in this order; all of :data:`ANSWERS` if None.
        jobs: How many threads work, without the interpreter's lock; one for each processor if None.

    Returns:
        A table with a row for each text, in order, and a column for each answer: stance, sentiment, seller,
        reported_online and reported_offline as string; reason and seller_cue as string, null where there is none; lean
        and polarity in -1..1 and confidence in 0..1 as double, in thousandths; advert as bool; platforms, aspects and
        evidence as lists of string.

    Raises:
        TypeError: Something else than texts is given.
        ValueError: Columns differ in length, an answer is unknown, or a lexicon row is wrong (with file and line).
        OSError: A lexicon folder cannot be read.
    """
    given = {"text": text_column(texts)}
    given.update((name, text_column(values)) for name, values in (("seller", seller), ("bio", bio)) if values is not None)
    for name, values in given.items():
        if len(values) != len(given["text"]):
            raise ValueError(f"{name} has {len(values)} values, and there are {len(given['text'])} texts")
    ready = Lexicon.of(lexicon, overlay).ready()
    return _condong.score(ready, pa.table(given).to_reader(), list(columns or ANSWERS), jobs)


class Explanation:
    """Why a post gets its verdict; shows itself as text, in notebooks too.

    ``data`` holds the same as the JSON of ``condong explain --format json``.
    """

    def __init__(self, text: str, data: dict[str, Any]):
        self._text = text
        self.data = data

    def __str__(self) -> str:
        return self._text

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(self._text)}</pre>"


def explain(text: str, lexicon=None, overlay=None) -> Explanation:
    """Every token, match, modifier and weight of one post, which sum to its score.

    Raises as :func:`score` does.
    """
    if not isinstance(text, str):
        raise TypeError(f"explain takes one text, not {type(text).__name__}")
    ready = Lexicon.of(lexicon, overlay).ready()
    return Explanation(_condong.explain(ready, text, False), json.loads(_condong.explain(ready, text, True)))


def text_column(values) -> "pa.Array | pa.ChunkedArray":
    """Values as an Arrow column of text, without copying where they are one."""
    if isinstance(values, (str, bytes)):
        raise TypeError("give a list of texts; one text is [text]")
    column = _column(values)
    kind = column.type
    if pa.types.is_dictionary(kind):
        if not pa.types.is_nested(kind.value_type) and not pa.types.is_primitive(kind.value_type):
            column, kind = _decoded(column), pa.large_string()
    elif pa.types.is_null(kind):
        column, kind = column.cast(pa.string()), pa.string()
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)):
        hint = "; name one column, such as table['full_text']" if pa.types.is_struct(kind) else ""
        raise TypeError(f"texts are str or None, not {kind}{hint}")
    return column


def _decoded(column):
    """The values behind a dictionary."""
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    # Not every layout of text can be taken from, and every one can be cast.
    values = [chunk.dictionary.cast(pa.large_string()).take(chunk.indices) for chunk in chunks]
    return pa.chunked_array(values, pa.large_string())


def _column(values):
    if isinstance(values, (pa.Array, pa.ChunkedArray)):
        return values
    if hasattr(values, "columns") or isinstance(values, (pa.Table, pa.RecordBatch)):
        raise TypeError("texts are one column; name it, such as table['full_text']")
    try:
        if type(values).__module__.partition(".")[0] == "pandas":
            return pa.Array.from_pandas(values)
        if hasattr(values, "__arrow_c_stream__"):
            return pa.chunked_array(values)
        if hasattr(values, "__arrow_c_array__"):
            return pa.array(values)
        return pa.array(list(values))
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise TypeError(f"texts are str or None: {error}") from None
