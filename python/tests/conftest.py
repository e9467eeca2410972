"""What tests share: the samples, the command, and strings that break things."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
#: The command of the same build, which the package brings.
CONDONG = [sys.executable, "-m", "condong.command"]

HOSTILE = [
    "",
    " ",
    "\n",
    "\t\u00a0\u3000",
    "\x00",
    "gak\x00setuju ditutup",
    "\x1b[31mtutup tiktok shop\x1b[0m",
    "\ufeffgak setuju tiktok shop ditutup",
    "=HYPERLINK(\"x\") tutup shopee",
    "'; DROP TABLE posts; -- tiktok shop ditutup",
    "\"\"\"",
    "a,b;c|d\te",
    "baris satu\r\nbaris dua\rbaris tiga\nakhir",
    "\u202ejangan ditutup\u202c tiktok shop",
    "e\u0301\u0301\u0301 shopee murah",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 50,
    "\U0001f600" * 3000,
    "\U0010ffff\ue000\ufffd",
    "ＴＵＴＵＰ　ｔｉｋｔｏｋ　ｓｈｏｐ",
    "ｔutup " * 2000,
    "jangan " * 3000 + "ditutup",
    "t" * 100_000,
    "wkwk" * 20_000,
    "!" * 5000 + "mahal" + "?" * 5000,
    "(" * 4000 + "tiktok shop" + ")" * 4000,
    "#" * 300 + "SaveTikTokShop" * 40,
    "@" * 1000 + " @tokopedia @shopee",
    "http://" + "a" * 5000 + " tutup",
    "&lt;b&gt;tutup&lt;/b&gt; &amp;&amp; &#128512; &#x110000; &#0;",
    "kafÃ© sepi gara2 tiktok shop ðŸ˜­",
    "{tutup} * {ecommerce} <prior> & |",
    "stance,lean,confidence",
    "\\n\\r\\t\\0 \\u0000",
    "İSTANBUL ıssız ẞ tutup shopee",
    "क्षि ไทย 中文 العربية tutup tiktok shop",
    "1e999 -0 NaN null None nan",
    "RT @akun: RT @akun: tutup tiktok shop",
    "-",
    "--help",
]


def condong(*words, given=b"", status=0, cwd=ROOT):
    """What the command writes to standard output."""
    done = subprocess.run([*CONDONG, *map(str, words)], input=given, capture_output=True, cwd=cwd)
    assert done.returncode == status, done.stderr.decode()
    return done.stdout


def by_command(texts, *words):
    """The answers of the command line, as a list of dicts; texts go in as JSON lines, which hold any of them."""
    lines = "".join(json.dumps({"n": number, "text": text}) + "\n" for number, text in enumerate(texts))
    scored = condong("score", "--format-in", "jsonl", "--format", "jsonl", "--text", "text", *words, given=lines.encode())
    rows = [json.loads(line) for line in scored.decode().splitlines()]
    return [{name: value for name, value in row.items() if name not in ("n", "text")} for row in rows]


def plain(table):
    """A table of answers as the command line writes it: no reason and no cue are empty."""
    return [{name: "" if value is None else value for name, value in row.items()} for row in table.to_pylist()]


@pytest.fixture(scope="session")
def posts():
    """The texts of both samples."""
    import csv

    texts = []
    for name, column in (("posts.csv", "full_text"), ("challenge.csv", "text")):
        with open(SAMPLES / name, encoding="utf-8", newline="") as file:
            texts += [row[column] for row in csv.DictReader(file)]
    return texts


@pytest.fixture(scope="session")
def spark():
    """A Spark of four threads in this process's Java, which tries a task three times."""
    pyspark = pytest.importorskip("pyspark.sql")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (pyspark.SparkSession.builder.master("local[4, 3]").appName("condong")
               .config("spark.ui.enabled", "false").config("spark.driver.host", "127.0.0.1")
               .config("spark.driver.bindAddress", "127.0.0.1").config("spark.sql.session.timeZone", "UTC")
               .config("spark.sql.shuffle.partitions", "4").getOrCreate())
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()
