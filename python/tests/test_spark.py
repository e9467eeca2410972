"""Spark's scores and reports are those of one machine."""

import datetime
import json
import os
import signal
import sys

import pandas
import pytest
from conftest import CONDONG, HOSTILE, SAMPLES, plain

import condong as c

cloudpickle = pytest.importorskip("pyspark.cloudpickle")
POSTS = SAMPLES / "posts.csv"


def frame():
    """The sample as a table of texts."""
    return pandas.read_csv(POSTS, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def posts(spark):
    """The sample in four partitions."""
    return spark.createDataFrame(frame()).repartition(4, "id_str").cache()


# What is defined here travels by value: workers have no tests.
cloudpickle.register_pickle_by_value(sys.modules[__name__])


class KilledOnce(c.Lexicon):
    """A lexicon in whose first use by one task the worker is killed, as a machine that is lost would be."""

    def ready(self):
        from pyspark import TaskContext

        context = TaskContext.get()
        if context is not None and context.partitionId() == 1 and context.attemptNumber() == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().ready()


def test_scores_are_those_of_one_machine(posts):
    import condong.spark as s

    assert posts.rdd.getNumPartitions() == 4
    scored = s.score(posts)
    assert scored.columns == [*frame().columns, *c.ANSWERS]
    given = frame().sort_values("id_str")
    answers = plain(c.score(given["full_text"]))
    expected = [{**row, **answer} for row, answer in zip(given.to_dict("records"), answers)]
    rows = [row.asDict() for row in scored.orderBy("id_str").collect()]
    assert [{name: "" if value is None else value for name, value in row.items()} for row in rows] == expected


def test_hostile_strings_score_the_same(spark):
    import condong.spark as s

    rows = spark.createDataFrame(list(enumerate(HOSTILE)), "n int, text string").repartition(4)
    scored = s.score(rows, "text", prefix="c_", columns=["stance", "lean", "evidence"]).orderBy("n").collect()
    expected = plain(c.score(HOSTILE, columns=["stance", "lean", "evidence"]))
    assert [{"stance": r.c_stance, "lean": r.c_lean, "evidence": r.c_evidence} for r in scored] == expected
    assert [row.text for row in scored] == HOSTILE


def test_the_report_is_that_of_one_machine(posts):
    import condong.spark as s

    for options in ({}, {"group_by": "location", "keep": ["repeat"], "by": "week", "lang": "en", "timezone": "UTC"}):
        assert s.report(posts, **options).json() == c.report(frame(), **options).json(), options
    merged = s.report(posts, overlay=SAMPLES / "overlay")
    assert c.merge([merged, c.report(frame(), overlay=SAMPLES / "overlay")]).figures["intake"]["read"] == 2 * len(frame())


def test_a_killed_and_retried_task_changes_no_figure(posts):
    import condong.spark as s

    status = posts.sparkSession.sparkContext.statusTracker()
    posts.sparkSession.sparkContext.setJobGroup("killed", "killed")
    report = s.report(posts, KilledOnce())
    failed = [status.getStageInfo(stage).numFailedTasks
              for job in status.getJobIdsForGroup("killed") for stage in status.getJobInfo(job).stageIds
              if status.getStageInfo(stage)]
    assert sum(failed) == 1, failed
    assert report.json() == c.report(frame()).json()
    scored = s.score(posts, lexicon=KilledOnce(), columns=["stance"]).groupBy("stance").count().collect()
    expected = c.score(frame()["full_text"], columns=["stance"])["stance"].value_counts().to_pylist()
    assert {row.stance: row["count"] for row in scored} == {row["values"]: row["counts"] for row in expected}


def test_own_lexicons_reach_workers_by_value(spark, tmp_path):
    import condong.spark as s

    folder = tmp_path / "own"
    (folder / "stance").mkdir(parents=True)
    (folder / "stance/pro.csv").write_text("term,weight,note\nzzgembira,5,\n")
    rows = spark.createDataFrame([("zzgembira",)] * 8, "full_text string").repartition(4)
    scored = s.score(rows, overlay=folder, columns=["stance"])
    # Workers start to work here; the folder is gone.
    os.remove(folder / "stance/pro.csv")
    assert {row.stance for row in scored.collect()} == {"pro"}
    assert {row.stance for row in s.score(rows, columns=["stance"]).collect()} != {"pro"}


def test_many_partitions_are_merged_on_workers(spark):
    import condong.spark as s

    many = spark.createDataFrame(frame()).repartition(s.MOST_COLLECTED + 3, "id_str")
    assert s.report(many).json() == c.report(frame()).json()


def test_dates_of_any_kind_and_empty_partitions(spark):
    import condong.spark as s

    # Only one of the partitions tells that the month comes first; all are read so.
    rows = [(f"tiktok shop murah {n}", f"{m}/{d}/2023") for n, (m, d) in enumerate([(10, 4)] * 20 + [(10, 25)])]
    written = spark.createDataFrame(rows, "text string, date string").repartition(7)
    days = {span["start"] for span in s.report(written, by="day").figures["time"]["periods"]}
    assert days == {"2023-10-04", "2023-10-25"}
    typed = [(text, datetime.datetime(2023, 10, 4, 20, 0, tzinfo=datetime.timezone.utc)) for text, _ in rows]
    typed = spark.createDataFrame(typed, "text string, date timestamp").repartition(40)
    assert [span["start"] for span in s.report(typed, by="day").figures["time"]["periods"]] == ["2023-10-05"]
    none = spark.createDataFrame([], "text string, date string")
    assert s.report(none).figures["intake"]["read"] == 0
    assert s.score(none, "text").collect() == []


def test_what_cannot_be_done_is_refused_before_work_begins(posts):
    import condong.spark as s

    for wrong in (lambda: s.score(posts, "isi"), lambda: s.score(posts, columns=["sikap"]), lambda: s.report(posts, text="isi"),
                  lambda: s.score(s.score(posts)), lambda: s.score(posts, overlay={"stance/pro.csv": "x\n"})):
        with pytest.raises(ValueError):
            wrong()


def test_score_is_a_filter_for_pipe(spark):
    command = " ".join([*CONDONG, "score --filter --format-in jsonl --format jsonl --text text --jobs 1"])
    # The second time there are more partitions than rows: some are empty.
    for texts, parts in ((HOSTILE, 4), (HOSTILE[-3:], 5)):
        rows = [json.dumps({"n": n, "text": text}) for n, text in enumerate(texts)]
        piped = spark.sparkContext.parallelize(rows, parts).pipe(command, checkCode=True).collect()
        found = [json.loads(line) for line in piped]
        answers = [{name: row[name] for name in c.ANSWERS} for row in found]
        assert answers == plain(c.score(texts)), parts
