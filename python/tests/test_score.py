"""Scores in Python are those of the command line."""

import pickle
import threading
import time

import pandas
import polars
import pyarrow as pa
import pytest
from conftest import HOSTILE, SAMPLES, by_command, condong, plain

import condong as c


def test_samples_score_as_on_the_command_line(posts):
    assert plain(c.score(posts)) == by_command(posts)


@pytest.mark.parametrize("jobs", [1, 3])
def test_hostile_strings_score_as_on_the_command_line(jobs):
    assert plain(c.score(HOSTILE, jobs=jobs)) == by_command(HOSTILE)


def test_every_kind_of_column_gives_the_same(posts):
    expected = c.score(posts)
    chunks = pa.chunked_array([posts[:7], [], posts[7:]])
    columns = [tuple(posts), iter(posts), pandas.Series(posts), pandas.Series(posts, dtype=object, index=range(9, 9 + len(posts))),
               pandas.Series(posts, dtype="category"), polars.Series(posts), polars.Series(posts, dtype=polars.Categorical),
               pa.array(posts), pa.array(posts, pa.large_string()), pa.array(posts, pa.string_view()), chunks,
               chunks.dictionary_encode()]
    for column in columns:
        assert c.score(column).equals(expected), type(column)


def test_types_are_as_documented(posts):
    schema = c.score(posts[:3]).schema
    assert tuple(schema.names) == c.ANSWERS
    kinds = {"lean": pa.float64(), "confidence": pa.float64(), "polarity": pa.float64(), "advert": pa.bool_()}
    kinds.update(dict.fromkeys(("platforms", "aspects", "evidence"), pa.list_(pa.string())))
    for field in schema:
        assert field.type == kinds.get(field.name, pa.string()), field
        assert field.nullable == (field.name in ("reason", "seller_cue")), field
    assert c.score([]).schema == schema
    assert c.score(posts, columns=["lean", "stance"]).column_names == ["lean", "stance"]


def test_nothing_is_an_empty_text():
    assert c.score([None, ""]).to_pylist()[0] == c.score([""]).to_pylist()[0]
    assert c.score(pandas.Series(["halo", None, float("nan")])).num_rows == 3
    assert c.score(pa.nulls(2)).num_rows == 2


def test_what_is_known_of_authors_counts_as_on_the_command_line():
    texts, sellers, bios = ["halo"] * 4, ["offline", " ONLINE ", "", None], ["", "", "jualan di shopee, cek toko kami", None]
    lines = "text,seller,bio\n" + "".join(f"{t},{s or ''},\"{b or ''}\"\n" for t, s, b in zip(texts, sellers, bios))
    told = condong("score", "--seller", "seller", "--bio", "bio", "--replace", "--columns", "seller", given=lines.encode())
    expected = [line.rpartition(",")[2] for line in told.decode().splitlines()[1:]]
    assert c.score(texts, seller=sellers, bio=bios)["seller"].to_pylist() == expected
    assert expected[:2] == ["offline", "online"]


def test_what_is_no_column_of_text_is_refused(posts):
    frame = pandas.DataFrame({"text": posts})
    for wrong in ("halo", b"halo", [1, 2], [b"x"], 5, None, frame, polars.DataFrame(frame), pa.table(frame), pa.array([1]),
                  pandas.Series([1.5])):
        with pytest.raises(TypeError):
            c.score(wrong)
    with pytest.raises(UnicodeEncodeError):
        c.score(["\ud800"])
    with pytest.raises(ValueError, match="2 values.* 1 texts"):
        c.score(["a"], bio=["b", "c"])
    with pytest.raises(ValueError, match="`sikap`.*stance, lean"):
        c.score(["a"], columns=["sikap"])


def test_lexicons_of_ones_own(posts, tmp_path):
    overlay = SAMPLES / "overlay"
    text = "kasih napas umkm yang jualan online dong"
    mapping = {"stance/pro.csv": (overlay / "stance/pro.csv").read_text()}
    for given in (overlay, str(overlay) + "/", [overlay], mapping):
        assert plain(c.score([text], overlay=given)) == by_command([text], "--overlay", overlay)
    assert c.score([text], overlay=overlay) != c.score([text])
    sent = pickle.loads(pickle.dumps(c.Lexicon(overlay=overlay)))
    assert sent.version == c.Lexicon(overlay=mapping).version != c.Lexicon().version
    assert c.score([text], sent).equals(c.score([text], overlay=overlay))
    exported = tmp_path / "own"
    (exported / "stance").mkdir(parents=True)
    (exported / "stance/pro.csv").write_text("term,weight,note\n<prior>,0,\nhalo,2,\n")
    assert plain(c.score(["halo"], exported)) == by_command(["halo"], "--lexicon", exported)


def test_a_wrong_lexicon_says_where(tmp_path):
    with pytest.raises(ValueError, match=r"overlay/stance/pro.csv:2.*berat"):
        c.score(["a"], overlay={"stance/pro.csv": "term,weight,note\nasyik,berat,\n"})
    with pytest.raises(OSError, match="no-such"):
        c.score(["a"], "no-such")
    with pytest.raises(TypeError, match="Lexicon"):
        c.score(["a"], c.Lexicon(), overlay={"a.csv": ""})
    with pytest.raises(TypeError, match="int"):
        c.score(["a"], 5)


def test_an_explanation_is_that_of_the_command_line():
    text = "kapan tiktok shop dibuka lagi?"
    explained = c.explain(text)
    assert str(explained) == condong("explain", text).decode()
    assert explained.data["lexicon"] == c.Lexicon().version
    assert explained._repr_html_().startswith("<pre>words")
    assert "&lt;prior&gt;" in explained._repr_html_()
    with pytest.raises(TypeError):
        c.explain(["a"])


def test_others_run_while_texts_are_scored(posts):
    many = pa.array(posts * 40)
    ticks, done = [], threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.002)

    thread = threading.Thread(target=tick)
    thread.start()
    start = time.monotonic()
    c.score(many, jobs=1)
    end = time.monotonic()
    done.set()
    thread.join()
    during = [at for at in ticks if start < at < end]
    assert end - start > 0.05 and len(during) > 5, (end - start, len(during))


def test_the_command_is_that_of_the_package():
    assert condong("--version").decode() == f"condong {c.__version__}\n"
    condong("score", "no-such.csv", status=2)
    condong("--no-such", status=2)
    assert b"Usage" in condong("--help")
    assert condong("check", "samples/posts.csv", "--list", "none", "--min", "macro-f1=0.999", status=1)
