"""Reports on tables of posts, in memory or from parts that were counted elsewhere."""

from __future__ import annotations

import html
import io
import json
import os
from collections.abc import Iterable
from typing import Any, Optional, Union

import pyarrow as pa

from . import _condong
from .lexicons import Lexicon

_FORMS = {".txt": "text", ".md": "markdown", ".csv": "csv", ".json": "json", ".html": "html", ".htm": "html"}


class Report:
    """How online and offline sellers lean, when, about what and why, and how sure that is.

    A notebook shows it as the page of ``condong report --format html``. What is shown can be chosen again without
    counting again: see :meth:`show`.
    """

    def __init__(self, partial: _condong.Partial, options: tuple[str, ...] = ()):
        self._partial = partial
        self._options = options

    def show(self, *, lang: Optional[str] = None, keep: Iterable[str] = (), by: Optional[str] = None,
             events: Union[str, "os.PathLike[str]", None] = None) -> "Report":
        """The same posts with other choices; see :func:`report`."""
        return Report(self._partial, shown(lang, keep, by, events))

    def text(self, width: int = 100) -> str:
        """The report for a terminal so many columns wide."""
        return self._form("text", "--width", str(width))

    def html(self) -> str:
        """The report as a page that needs nothing else."""
        return self._form("html")

    def markdown(self) -> str:
        """The report as Markdown."""
        return self._form("markdown")

    def csv(self) -> str:
        """One figure a row: section, part, group, measure, value, low, high, n."""
        return self._form("csv")

    def json(self) -> str:
        """Every figure, by the published schema."""
        return self._form("json")

    @property
    def figures(self) -> dict[str, Any]:
        """Every figure, as :meth:`json` has it."""
        return json.loads(self.json())

    def to_pandas(self):
        """One figure a row, as a pandas DataFrame with the columns of :meth:`csv`; pandas must be installed."""
        import pandas

        return pandas.read_csv(io.StringIO(self.csv()))

    def save(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Writes the report in the form that the extension names (.txt .md .csv .json .html).

        Raises ``ValueError`` at another extension.
        """
        form = _FORMS.get(os.path.splitext(path)[1].lower())
        if form is None:
            raise ValueError(f"{os.fspath(path)}: the extension must be one of {', '.join(_FORMS)}")
        written = self.text() if form == "text" else self._form(form)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(written)

    def partial(self) -> bytes:
        """What was counted, as ``condong report --partial`` writes it, for :func:`merge` or ``condong merge``."""
        return self._partial.encode()

    def _form(self, form: str, *options: str) -> str:
        return self._partial.render(["--format", form, *options, *self._options])

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        page = html.escape(self.html())
        return f'<iframe srcdoc="{page}" style="width:100%;height:80vh;border:0" title="condong"></iframe>'


def report(table, lexicon=None, overlay=None, *, text: Optional[str] = None, date: Optional[str] = None,
           author: Optional[str] = None, seller: Optional[str] = None, bio: Optional[str] = None,
           id: Optional[str] = None, gold: Optional[str] = None, group_by: Optional[str] = None,
           keep: Iterable[str] = (), by: Optional[str] = None, events=None, lang: Optional[str] = None,
           timezone: Optional[str] = None, day_first: Optional[bool] = None, as_of: Optional[str] = None,
           name: str = "table", jobs: Optional[int] = None) -> Report:
    """A report on the posts of a table.

    Args:
        table: A pandas or Polars DataFrame, an Arrow table, or anything with Arrow's stream interface. It is read as the
            CSV file that it would make: columns are found by name, dates are understood, damage is noted.
        lexicon, overlay: As for :func:`condong.score`.
        text, date, author, seller, bio, id: The columns, where their names do not tell.
        gold: The column of stances that a person gave to some of the posts; ``gold_stance`` if None.
        group_by: A column whose values are groups of their own.
        keep: Kinds of posts not to leave out of the shares: advert, repeat, retweet.
        by: The length of a period: day, week, month; chosen by the time that the posts span if None.
        events: A CSV file with the columns date and name; the lexicon's events if None.
        lang: The language of reports for people, id or en; id if None.
        timezone: WIB, WITA, WIT, UTC or an offset such as +07:00; WIB if None.
        day_first: Whether in 04/10/2023 the day comes first; decided over the column if None.
        as_of: When the export was made, for dates such as '3 hari lalu'.
        name: What the report calls the table.
        jobs: How many threads work; one for each processor if None.

    Raises:
        TypeError: The table is none.
        ValueError: A column is not there or ambiguous, an option is unknown, or a lexicon row is wrong.
    """
    words = counted(text, date, author, seller, bio, id, gold, group_by, timezone, day_first, as_of)
    if jobs is not None:
        words += ("--jobs", str(jobs))
    options = shown(lang, keep, by, events)
    ready = Lexicon.of(lexicon, overlay).ready()
    return Report(_condong.count(ready, reader_of(table), name, list(words)), options)


def merge(parts: Iterable[Union[bytes, str, "os.PathLike[str]", Report]], *, keep: Iterable[str] = (),
          by: Optional[str] = None, events=None, lang: Optional[str] = None) -> Report:
    """One report from parts: reports, or what ``condong report --partial`` wrote, as bytes or file names.

    It is the same as that over all posts at once, in whatever order they come.

    Raises:
        ValueError: There is no part, or one is damaged or was counted in another way.
        OSError: A file cannot be read.
    """
    return Report(_condong.Partial.merged([_part(number, part) for number, part in enumerate(parts)]),
                  shown(lang, keep, by, events))


def _part(number: int, part) -> tuple[bytes, str]:
    if isinstance(part, Report):
        return part.partial(), f"part {number}"
    if isinstance(part, (bytes, bytearray, memoryview)):
        return bytes(part), f"part {number}"
    with open(part, "rb") as file:
        return file.read(), os.fspath(part)


def counted(text, date, author, seller, bio, id, gold, group_by, timezone, day_first, as_of) -> tuple[str, ...]:
    """What is counted and how, in the words of the command line."""
    named = {"text": text, "date": date, "author": author, "seller": seller, "bio": bio, "id": id, "gold": gold,
             "group-by": group_by, "timezone": timezone, "as-of": as_of}
    words = tuple(f"--{name}={value}" for name, value in named.items() if value is not None)
    order = {None: (), True: ("--day-first",), False: ("--month-first",)}
    return words + order[day_first]


def shown(lang, keep, by, events) -> tuple[str, ...]:
    """What is shown, in the words of the command line."""
    keep = [keep] if isinstance(keep, str) else list(keep)
    named = {"lang": lang, "keep": ",".join(keep) or None, "by": by, "events": None if events is None else os.fspath(events)}
    return tuple(f"--{name}={value}" for name, value in named.items() if value is not None)


def reader_of(table) -> pa.RecordBatchReader:
    """The batches of a table, without copying where they are Arrow's."""
    if isinstance(table, (str, bytes)):
        raise TypeError("give a table; `condong report` reads files")
    if isinstance(table, pa.RecordBatchReader):
        return table
    if isinstance(table, pa.Table):
        return table.to_reader()
    if isinstance(table, pa.RecordBatch):
        return pa.Table.from_batches([table]).to_reader()
    if type(table).__module__.partition(".")[0] == "pandas" and hasattr(table, "columns"):
        return pa.Table.from_pandas(table, preserve_index=False).to_reader()
    if hasattr(table, "__arrow_c_stream__"):
        return pa.RecordBatchReader.from_stream(table)
    raise TypeError(f"a table of posts is a DataFrame or an Arrow table, not {type(table).__name__}")
