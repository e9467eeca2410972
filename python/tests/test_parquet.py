"""The command reads and writes Parquet files."""

import json

import pandas
import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import HOSTILE, SAMPLES, condong, plain

import condong as c

POSTS = SAMPLES / "posts.csv"


@pytest.fixture
def archive(tmp_path):
    """The sample with types of its own, in several row groups."""
    frame = pandas.read_csv(POSTS, dtype=str, keep_default_na=False)
    frame["created_at"] = pandas.to_datetime(frame["created_at"])
    frame["id_str"] = frame["id_str"].astype("int64")
    frame["tags"] = [["a", "b"]] * len(frame)
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), tmp_path / "posts.parquet", row_group_size=100)
    return tmp_path / "posts.parquet"


def test_a_parquet_file_keeps_its_columns_and_gets_those_of_the_answers(archive, tmp_path):
    condong("score", archive, "--output", tmp_path / "out.parquet", "--jobs", "3")
    given, scored = pq.read_table(archive), pq.read_table(tmp_path / "out.parquet")
    assert scored.select(given.column_names).equals(given)
    assert scored.select(list(c.ANSWERS)).equals(c.score(given["full_text"]))
    assert scored.column_names == [*given.column_names, *c.ANSWERS]
    assert polars.read_parquet(tmp_path / "out.parquet")["stance"].to_list() == scored["stance"].to_pylist()
    condong("score", tmp_path / "out.parquet", "--output", tmp_path / "again.parquet", status=2)
    condong("score", tmp_path / "out.parquet", "--output", tmp_path / "again.parquet", "--replace", "--columns", "lean")
    again = pq.read_table(tmp_path / "again.parquet")
    assert again["lean"].equals(scored["lean"]) and again.column_names[-1] == "lean"


def test_files_of_other_kinds_become_parquet_and_the_other_way_round(archive, tmp_path):
    condong("score", POSTS, "--output", tmp_path / "out.parquet", "--columns", "stance,lean,platforms")
    table = pq.read_table(tmp_path / "out.parquet")
    lines = condong("score", POSTS, "--format", "jsonl", "--columns", "stance,lean,platforms").decode().splitlines()
    assert plain(table) == [json.loads(line) for line in lines]
    cells = condong("score", archive, "--columns", "stance").decode()
    assert [line.rpartition(",")[2] for line in cells.splitlines() if line.endswith(("pro", "kontra", "netral"))] == \
        table["stance"].to_pylist()
    piped = condong("score", "-", "--format", "parquet", given=POSTS.read_bytes())
    assert pq.read_table(pa.BufferReader(piped)).num_rows == table.num_rows


def test_the_report_is_that_of_the_csv_file(archive, tmp_path):
    figures = [json.loads(condong("report", path, "--format", "json")) for path in (POSTS, archive)]
    for report in figures:
        del report["about"]["sources"], report["about"]["warnings"]
    assert figures[0] == figures[1]
    assert str(tmp_path / "posts.parquet") in condong("report", tmp_path, "--format", "json").decode()


@pytest.mark.parametrize("layout", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())])
@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd", "lz4", "brotli"])
def test_hostile_strings_in_every_layout_and_compression(tmp_path, layout, compression):
    texts = pa.chunked_array([pa.array([*HOSTILE, None]).cast(layout)]) if not pa.types.is_dictionary(layout) else \
        pa.chunked_array([pa.array([*HOSTILE, None]).dictionary_encode()])
    pq.write_table(pa.table({"text": texts}), tmp_path / "in.parquet", compression=compression)
    condong("score", tmp_path / "in.parquet", "--output", tmp_path / "out.parquet", "--columns", "stance,evidence")
    scored = pq.read_table(tmp_path / "out.parquet")
    assert scored["text"].to_pylist() == [*HOSTILE, None]
    assert scored.select(["stance", "evidence"]).equals(c.score([*HOSTILE, None], columns=["stance", "evidence"]))


def test_what_is_no_parquet_file_is_refused(archive, tmp_path):
    (tmp_path / "text.parquet").write_text("text\nhalo\n")
    (tmp_path / "cut.parquet").write_bytes(archive.read_bytes()[:-20])
    for name in ("text", "cut", "no-such"):
        condong("score", tmp_path / f"{name}.parquet", status=2)
        condong("score", tmp_path / f"{name}.parquet", "--output", tmp_path / "o.parquet", status=2)
    assert not (tmp_path / "o.parquet").exists()
    other = tmp_path / "other.parquet"
    pq.write_table(pa.table({"text": ["a"], "n": [1]}), other)
    condong("score", archive, other, "--output", tmp_path / "o.parquet", status=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cut.parquet", "other.parquet", "posts.parquet", "text.parquet"]
