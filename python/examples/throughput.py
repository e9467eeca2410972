"""How fast posts are scored and counted: by the command, in Python, on Spark, and where the time goes.

`python throughput.py [POSTS [CORES]]` prints the table of python/README.md, measured on this machine. Posts are those of
samples/posts.csv over and over, each with a word of its own so that none is a copy.
"""

import csv
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import pyarrow as pa
import pyarrow.parquet

import condong

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
CORES = int(sys.argv[2]) if len(sys.argv) > 2 else os.cpu_count()
SAMPLE = pathlib.Path(__file__).resolve().parent / "../../samples/posts.csv"
COMMAND = [os.environ.get("CONDONG") or shutil.which("condong") or "condong"]


def posts():
    """The posts as a table."""
    with open(SAMPLE, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # Word after word, so that posts differ in more than numbers, which count as copies.
    letters = "abcdefghijklmnopqrstuvwxyz"
    word = lambda n: "x" + letters[n // 17576 % 26] + letters[n // 676 % 26] + letters[n // 26 % 26] + letters[n % 26]
    some = [rows[n % len(rows)] for n in range(COUNT)]
    return pa.table({
        "id_str": [str(n) for n in range(COUNT)],
        "created_at": [row["created_at"] for row in some],
        "username": [f"{row['username']}{n % 1000}" for n, row in enumerate(some)],
        "full_text": [f"{row['full_text']} {word(n)}" for n, row in enumerate(some)],
    })


def timed(what, work):
    """Runs work and prints wall time and processor time, which a busy machine lengthens less, and posts a second of both."""
    before, start = processor(), time.perf_counter()
    result = work()
    wall, used = time.perf_counter() - start, processor() - before
    print(f"| {what} | {wall:.1f} | {COUNT / wall:,.0f} | {used:.1f} | {COUNT / max(used, 0.01):,.0f} |", flush=True)
    return result


def processor():
    """Processor seconds of this process and all that it started, running or ended (Linux)."""
    parents, spent = {}, {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            number, fields = int(stat.parent.name), stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[number] = int(fields[1])
        spent[number] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    ours = {os.getpid()}
    while more := {number for number, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(spent[number] for number in ours)


def command(*words):
    """Runs the command with output thrown away."""
    subprocess.run([*COMMAND, *map(str, words), "--jobs", str(CORES)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def machine(table, folder):
    """One machine: the command and Python."""
    texts, file = table["full_text"], folder / "posts.csv"
    import pyarrow.csv

    pyarrow.csv.write_csv(table, file)
    condong.score(["halo"])
    timed("`condong score` CSV → CSV", lambda: command("score", file))
    timed("`condong score --columns stance`", lambda: command("score", file, "--columns", "stance"))
    timed("`condong report`", lambda: command("report", file, "--format", "json"))
    scored = timed("`condong.score(column)`", lambda: condong.score(texts, jobs=CORES))
    timed("`condong.score(column, columns=[\"stance\"])`", lambda: condong.score(texts, columns=["stance"], jobs=CORES))
    plain = texts.to_pylist()
    timed("`condong.score(list)`", lambda: condong.score(plain, jobs=CORES))
    timed("… list to Arrow alone", lambda: pa.array(plain, pa.large_string()))
    timed("… answers to pandas alone", scored.to_pandas)
    report = timed("`condong.report(table)`", lambda: condong.report(table, jobs=CORES))
    part = timed("… its counts as a part", report.partial)
    timed("… the report from the part, as JSON", lambda: condong.merge([part]).json())
    print(f"\nA part of {COUNT:,} posts takes {len(part) / 1e6:.1f} MB, {len(part) / COUNT:.0f} bytes a post.\n")


def cluster(table, folder):
    """Spark with as many threads as cores."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    import condong.spark

    file = str(folder / "posts.parquet")
    pyarrow.parquet.write_table(table, file, row_group_size=COUNT // (4 * CORES) + 1)
    spark = (SparkSession.builder.master(f"local[{CORES}]").config("spark.ui.enabled", "false")
             .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
             .config("spark.sql.files.maxPartitionBytes", str(os.path.getsize(file) // (2 * CORES) + 1)).getOrCreate())
    spark.sparkContext.setLogLevel("OFF")
    frame = spark.read.parquet(file)
    nothing = lambda df: df.write.format("noop").mode("overwrite").save()
    nothing(condong.spark.score(frame.limit(1000)))
    timed(f"Spark `local[{CORES}]`: `condong.spark.score`", lambda: nothing(condong.spark.score(frame)))
    timed("… of it, rows to Python and back", lambda: nothing(frame.mapInArrow(lambda batches: batches, frame.schema)))
    timed(f"Spark `local[{CORES}]`: `condong.spark.report`", lambda: condong.spark.report(frame).json())
    spark.stop()


if __name__ == "__main__":
    print(f"{COUNT:,} posts, {CORES} cores, condong {condong.__version__}, lexicon {condong.Lexicon().version}\n")
    print("| what | seconds | posts a second | processor seconds | posts a processor second |\n|---|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as made:
        table = posts()
        machine(table, pathlib.Path(made))
        cluster(table, pathlib.Path(made))
