"""The worked example runs from an export to a page and a table."""

import pathlib
import subprocess
import sys

EXAMPLES = pathlib.Path(__file__).resolve().parents[1] / "examples"


def test_the_example_ends_with_a_page_and_a_table(tmp_path):
    done = subprocess.run([sys.executable, EXAMPLES / "sellers.py", EXAMPLES / "../../samples/posts.csv", tmp_path],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    groups = {line.split()[0]: float(line.split()[1]) for line in done.stdout.splitlines() if line.split()[:1] and
              line.split()[0] in ("online", "offline") and len(line.split()) == 4}
    assert groups["online"] > groups["offline"], done.stdout
    assert "verdicts change" in done.stdout
