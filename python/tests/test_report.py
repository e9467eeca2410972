"""Reports on tables are those of the command line on the same posts."""

import datetime
import json
import pathlib
import re

import pandas
import polars
import pyarrow as pa
import pytest
from conftest import SAMPLES, condong

import condong as c

POSTS = SAMPLES / "posts.csv"


def frame():
    """The sample as a table of texts."""
    return pandas.read_csv(POSTS, dtype=str, keep_default_na=False)


def figures(report):
    """What the command line's report says, without where its posts come from."""
    return {name: value for name, value in json.loads(report).items() if name != "about"}


def test_a_table_gives_the_report_of_the_file():
    expected = condong("report", POSTS, "--format", "json")
    table = pa.Table.from_pandas(frame())
    typed = frame()
    typed["created_at"] = pandas.to_datetime(typed["created_at"])
    typed["id_str"] = typed["id_str"].astype("int64")
    tables = [frame(), polars.from_pandas(frame()), table, table.to_reader(max_chunksize=50), table.combine_chunks().to_batches()[0],
              typed, polars.from_pandas(typed)]
    for posts in tables:
        report = c.report(posts, name=str(POSTS))
        assert report.figures["about"] == json.loads(expected)["about"]
        assert report.json() == expected.decode(), type(posts)


def test_columns_of_every_kind_are_read_as_text():
    zoned = pa.array([datetime.datetime(2023, 10, 4, 20), None], pa.timestamp("ms", tz="America/New_York"))
    table = pa.table({
        "full_text": ["a, \"b\"\nc;d tutup shopee", None], "created_at": zoned, "id_str": [1973042386697602399, None],
        "score": [1.5, None], "flag": [True, None], "list": [["x"], None], "bytes": [b"\xff", None],
        "kota": pa.array(["Bogor", None]).dictionary_encode(), "at": pa.array([None, None]),
    })
    figures = c.report(table, group_by="kota", by="day").figures
    assert figures["intake"]["read"] == 2 and figures["intake"]["dated"] == 1
    # 20:00 UTC is the next day in Jakarta.
    assert [span["start"] for span in figures["time"]["periods"]] == ["2023-10-05"]
    assert [group["name"] for group in figures["own_groups"]] == ["Bogor"]
    by_day = table.set_column(1, "created_at", pa.array([datetime.date(2023, 10, 4), None]))
    assert [span["start"] for span in c.report(by_day, by="day").figures["time"]["periods"]] == ["2023-10-04"]


def test_options_are_those_of_the_command_line(tmp_path):
    events = tmp_path / "events.csv"
    events.write_text("date,name\n2023-11-01,coba\n")
    words = ["--keep", "advert,repeat", "--by", "month", "--events", events, "--lang", "en", "--group-by", "location",
             "--gold", "gold_seller", "--timezone", "UTC", "--month-first", "--overlay", SAMPLES / "overlay"]
    report = c.report(frame(), overlay=SAMPLES / "overlay", keep=["advert", "repeat"], by="month", events=events, lang="en",
                      group_by="location", gold="gold_seller", timezone="UTC", day_first=False, jobs=3, name=str(POSTS))
    forms = {"html": report.html(), "markdown": report.markdown(), "csv": report.csv(), "json": report.json(),
             "text": report.text()}
    for form, shown in forms.items():
        assert shown == condong("report", POSTS, *words, "--format", form, "--width", "100").decode(), form


def test_a_report_is_shown_and_saved(tmp_path):
    report = c.report(frame(), lang="en")
    shown = report._repr_html_()
    assert shown.startswith("<iframe srcdoc=") and "&lt;!DOCTYPE html&gt;" in shown and "<script" not in shown
    assert str(report) == report.text() and "Online sellers" in str(report)
    for ending, start in ((".html", "<!DOCTYPE"), (".md", "# "), (".csv", "section,"), (".json", "{"), (".txt", "Condong")):
        report.save(tmp_path / f"r{ending}")
        assert (tmp_path / f"r{ending}").read_text(encoding="utf-8").startswith(start)
    with pytest.raises(ValueError, match=r"r.pdf.*\.html"):
        report.save(tmp_path / "r.pdf")
    table = report.to_pandas()
    assert list(table.columns) == ["section", "part", "group", "measure", "value", "low", "high", "n"]
    assert report.show(lang="id").text() != report.text()
    assert report.show(keep="advert").figures["intake"]["kept_kinds"] == ["advert"]


def test_parts_merge_as_on_the_command_line(tmp_path):
    whole = c.report(frame(), name="table")
    parts = [frame().iloc[at::3] for at in range(3)]
    reports = [c.report(part, name="table") for part in parts]
    assert c.merge(reports).json() == whole.json()
    paths = []
    for number, report in enumerate(reports):
        paths.append(tmp_path / f"{number}.part")
        paths[-1].write_bytes(report.partial())
    assert c.merge(paths[::-1]).json() == whole.json()
    assert condong("merge", *paths, "--format", "json").decode() == whole.json()
    condong("report", POSTS, "--partial", tmp_path / "file.part")
    assert figures(c.merge([tmp_path / "file.part"]).json()) == figures(whole.json())


def test_parts_that_do_not_fit_are_refused(tmp_path):
    part = c.report(frame()).partial()
    for broken in (part[:-1], part[: len(part) // 2], b"", b"condong partial 9 0.0.0\n", part[:99] + b"!" + part[100:]):
        with pytest.raises(ValueError, match="part 1"):
            c.merge([part, broken])
    with pytest.raises(ValueError, match="--group-by location"):
        c.merge([part, c.report(frame(), group_by="location")])
    with pytest.raises(ValueError, match="no part"):
        c.merge([])
    with pytest.raises(OSError, match="no-such"):
        c.merge(["no-such.part"])


def test_what_is_no_table_of_posts_is_refused():
    for wrong in ("posts.csv", 5, None, ["a"]):
        with pytest.raises(TypeError):
            c.report(wrong)
    with pytest.raises(ValueError, match="isi"):
        c.report(frame(), text="isi")
    with pytest.raises(ValueError, match="--text"):
        c.report(pandas.DataFrame({"harga": ["1"], "stok": ["2"]}))
    with pytest.raises(ValueError, match="kota"):
        c.report(frame(), group_by="kota")
    with pytest.raises(ValueError, match="tahun"):
        c.report(frame(), by="tahun").text()
    assert c.report(frame().iloc[:0]).figures["intake"]["read"] == 0


def test_stubs_name_what_there_is():
    stubs = pathlib.Path(c.__file__).with_name("_condong.pyi").read_text()
    there = {name for name in dir(c._condong) if not name.startswith("_")}
    assert there == set(re.findall(r"^(?:class|def) (\w+)", stubs, re.M)) | {"version"}
