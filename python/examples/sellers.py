"""From a CSV export to a page for readers and a table for further work.

Run it as it is, or cell by cell in a notebook: `python sellers.py [EXPORT.csv [FOLDER]]`.
"""

# %% The export: any CSV file with a column of posts. This one is invented.
import pathlib
import sys

import pandas

import condong

here = pathlib.Path(__file__).resolve().parent
export = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / "../../samples/posts.csv"
folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path.cwd()
posts = pandas.read_csv(export, dtype=str, keep_default_na=False)

# %% One post, and why it gets its verdict
print(condong.explain(posts["full_text"].iloc[0]))

# %% All posts: answers beside them
answers = condong.score(posts["full_text"]).to_pandas()
scored = pandas.concat([posts, answers], axis=1)
print(scored[["full_text", "stance", "lean", "seller", "sentiment"]].head(10).to_string(max_colwidth=60))

# %% How tone and stance go together: an angry post may be pro, and a happy one kontra
print(pandas.crosstab(scored["sentiment"], scored["stance"]))

# %% What speaks for either side among those who say what they sell through
sellers = scored[scored["seller"].isin(["online", "offline"])]
print(sellers.explode("aspects").pivot_table(index="aspects", columns=["seller", "stance"], values="lean", aggfunc="count", fill_value=0))

# %% The report: shares with intervals, copies and adverts left out. In a notebook, `report` alone shows the page.
report = condong.report(posts, lang="en", by="month", name=export.name)
report.save(folder / "report.html")

# %% Its figures as a table
figures = report.to_pandas()
net = figures[(figures["section"] == "groups") & (figures["measure"] == "net")]
print(net[["group", "value", "low", "high"]].to_string(index=False))

# %% The same with a word of one's own
own = {"stance/pro.csv": "term,weight,note\nkasih napas,1.6,relief\n"}
changed = condong.score(posts["full_text"], overlay=own)["stance"].to_pandas() != answers["stance"]
print(f"{changed.sum()} of {len(posts)} verdicts change")
