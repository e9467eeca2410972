"""Computes the figures of a report again with statsmodels and scipy, and compares them to 1e-6.

    pip install statsmodels && python3 tests/figures.py
"""

import json
import re
import subprocess
import sys

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

VALUE = {"pro": 1.0, "kontra": -1.0, "netral": 0.0}
Z = stats.norm.ppf(0.975)
checked = 0


def same(name, ours, theirs):
    global checked
    checked += 1
    if not np.allclose(ours, theirs, rtol=1e-6, atol=1e-6):
        sys.exit(f"{name}: report {ours}, here {theirs}")


def fnv(*parts):
    state = 0xCBF29CE484222325
    for part in parts:
        for byte in part.encode() + b"\xff":
            state = (state ^ byte) * 0x100000001B3 % 2**64
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        state = (state ^ state >> 33) * factor % 2**64
    return state ^ state >> 33


def counted(posts):
    """The posts without retweets, adverts and copies, the earliest of each wording kept."""
    posts = posts[~posts.text.str.match(r"(?i)rt @") & ~posts.advert].copy()
    for column in ("author", "id", "date"):
        posts[column] = posts[column].fillna("")
    posts["wording"] = posts.text.map(lambda text: " ".join(re.sub(r"(?i)(\brt )?@\w+:?", "", text).split()))
    posts["cluster"] = [
        fnv("author", row.author) if row.author else fnv("post", row.id, row.text, row.date)
        for row in posts.itertuples()
    ]
    posts = posts.sort_values(["wording", "date", "cluster"]).drop_duplicates("wording")
    posts["net"] = posts.stance.map(VALUE)
    return posts


def effective(posts, values=None):
    """Posts over the design effect of a mean: its variance, leaving out one author at a time, over that of OLS."""
    values = posts.net if values is None else values
    if values.nunique() < 2:
        return None
    plain = sm.OLS(values.values, np.ones(len(values))).fit().bse[0] ** 2
    names, authors = posts.cluster.unique(), posts.cluster.nunique()
    without = np.array([values[posts.cluster != name].mean() for name in names])
    robust = (authors - 1) / authors * ((without - values.mean()) ** 2).sum()
    freedom = stats.t.ppf(0.975, len(posts) - 1) / stats.t.ppf(0.975, authors - 1)
    return len(posts) / max(1.0, robust / plain) * freedom**2


def effective_net(posts):
    """Kish's number where all posts lean one way."""
    sizes = posts.groupby("cluster").size()
    return effective(posts) or sizes.sum() ** 2 / (sizes**2).sum()


def moments(posts):
    """Bonett & Price's middle and variance of the net stance, one post added to either side."""
    n = effective_net(posts)
    pro = ((posts.stance == "pro").mean() * n + 1) / (n + 2)
    kontra = ((posts.stance == "kontra").mean() * n + 1) / (n + 2)
    return pro - kontra, (pro + kontra - (pro - kontra) ** 2) / (n + 2)


def standing(name, ours, posts):
    same(f"{name} counts", [ours["posts"], ours["authors"]], [len(posts), posts.cluster.nunique()])
    same(f"{name} sides", [ours[side] for side in VALUE], [(posts.stance == side).sum() for side in VALUE])
    figures = ours["figures"]
    if figures is None:
        assert posts.cluster.nunique() < 10, name
        return
    same(f"{name} effective n", figures["effective"], effective_net(posts))
    for side in VALUE:
        share = (posts.stance == side).mean()
        n = effective(posts, (posts.stance == side).astype(float)) or effective_net(posts)
        low, high = proportion_confint(share * n, n, method="wilson")
        same(f"{name} {side}", [figures[side][end] for end in ("value", "low", "high")], [share, low, high])
    interval(f"{name} net", figures["net"], posts)
    if figures["polar"]:
        interval(f"{name} polar", figures["polar"], posts[posts.stance != "netral"])


def interval(name, ours, posts):
    middle, variance = moments(posts)
    ends = np.clip([middle - Z * variance**0.5, middle + Z * variance**0.5], -1, 1)
    value = posts.net.mean()
    same(name, [ours[end] for end in ("value", "low", "high")], [value, min(ends[0], value), max(ends[1], value)])


def covariance(ours, theirs):
    """Through authors in both groups, by linearisation."""
    influence = [
        ((part.net - part.net.mean()) / len(part)).groupby(part.cluster).sum() for part in (ours, theirs)
    ]
    both = influence[0].index.intersection(influence[1].index)
    authors = len(influence[0]) + len(influence[1])
    return (influence[0][both] * influence[1][both]).sum() * authors / (authors - 1)


def difference(name, found, ours, theirs):
    (middle, variance), (other, other_variance) = moments(ours), moments(theirs)
    error = (variance + other_variance - 2 * covariance(ours, theirs)) ** 0.5
    middle -= other
    same(f"{name} value", found["net"]["value"], ours.net.mean() - theirs.net.mean())
    same(f"{name} ends", [found["net"]["low"], found["net"]["high"]], [middle - Z * error, middle + Z * error])
    same(f"{name} p", found["p"], 2 * stats.norm.sf(abs(middle / error)))
    same(f"{name} detectable", found["detectable"], (Z + stats.norm.ppf(0.8)) * error)


def correction(found, posts):
    """Double sampling (Tenenbein 1970): shares of verdicts times the labels of each verdict's labelled posts."""
    worth = {side: {label: float(label == side) for label in VALUE} for side in VALUE} | {"net": VALUE}
    for ours, values in worth.items():
        n, mean, square, within = effective_net(posts), 0.0, 0.0, 0.0
        for verdict, part in posts.groupby("stance"):
            share, labels = len(part) / len(posts), part.gold.dropna()
            value = labels.map(values).mean()
            smooth = labels.value_counts().reindex(list(VALUE), fill_value=0) + 0.5
            smooth = smooth / smooth.sum()
            worths = pd.Series(values)
            spread = (smooth * worths**2).sum() - (smooth * worths).sum() ** 2
            mean, square, within = mean + share * value, square + share * value**2, within + share**2 * spread / len(labels)
        half = Z * (within + (square - mean**2) / n) ** 0.5
        low, high = max(mean - half, min(0, *values.values())), min(mean + half, 1)
        same(f"corrected {ours}", [found[ours][end] for end in ("value", "low", "high")], [mean, low, high])


def movers(found, before, after):
    """Authors with posts in both windows, by the sign of their summed stances."""
    sides = [np.sign(part[part.author != ""].groupby("author").net.sum()) for part in (before, after)]
    both = pd.concat(sides, axis=1, join="inner").set_axis(["before", "after"], axis=1)
    crossed = both.before * both.after < 0
    here = [len(both), (both.before == both.after).sum(), (crossed & (both.after < 0)).sum(), (crossed & (both.after > 0)).sum()]
    same("movers", [found[name] for name in ("authors", "stayed", "pro_to_kontra", "kontra_to_pro")], here)
    same("movers", found["to_or_from_netral"], here[0] - sum(here[1:]))


def contrast(found, ours, theirs, posts):
    """Monroe, Colaresi & Quinn 2008, on the number of texts with a word."""
    words = lambda part: part.wording.map(lambda text: sorted(set(text.split()))).explode().value_counts()
    mine, other, all_words = words(ours), words(theirs), words(posts)
    vocabulary = all_words.index
    mine, other = mine.reindex(vocabulary, fill_value=0), other.reindex(vocabulary, fill_value=0)
    prior = 500 * all_words / all_words.sum()
    odds = lambda count: np.log((count + prior) / (count.sum() + 500 - count - prior))
    log_odds = odds(mine) - odds(other)
    z = log_odds / np.sqrt(1 / (mine + prior) + 1 / (other + prior))
    for word in found["words"]:
        name = word["word"]
        same(f"{name} log-odds", [word["log_odds"], word["z"]], [log_odds[name], z[name]])
    listed = {word["word"] for word in found["words"]}
    distinctive = set(z[(z.abs() >= Z) & (mine + other >= 5)].index)
    assert listed == distinctive, (listed, distinctive)


def main():
    command = ["cargo", "run", "--quiet", "--example", "figures"]
    data = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    report, posts = data["report"], counted(pd.DataFrame(data["posts"]))
    sellers = {"all": posts, **{name: part for name, part in posts.groupby("seller")}}
    for ours in report["groups"]:
        standing(ours["name"], ours, sellers[ours["name"]])
    for ours in report["correction"]["groups"]:
        correction(ours["figures"], sellers[ours["name"]])
    difference("online − offline", report["difference"], sellers["online"], sellers["offline"])
    attributed = posts[posts.reported_offline != "none"].copy()
    attributed["stance"] = attributed.reported_offline
    attributed["net"] = attributed.stance.map(VALUE)
    standing("reported offline", report["reported"][1], attributed)
    for ours in report["platforms"]:
        standing(ours["name"], ours, posts[posts.platforms.map(lambda names, name=ours["name"]: name in names)])
    inside = lambda span, part: part[part.date.between(span["start"], span["end"])]
    for before, window in zip([None, *report["time"]["windows"]], report["time"]["windows"]):
        for ours in window["standings"]:
            standing(ours["name"], ours, inside(window, sellers[ours["name"]]))
        if before:
            movers(window["movers"], inside(before, posts), inside(window, posts))
        for change in window["changes"]:
            part = sellers[change["of"]]
            difference(f"change {change['of']}", change, inside(window, part), inside(before, part))
    for span in report["time"]["periods"]:
        for ours in span["standings"]:
            standing(ours["name"], ours, inside(span, sellers[ours["name"]]))
    contrast(report["terms"]["contrasts"][0], sellers["online"], sellers["offline"], posts)
    for found, name in zip(report["terms"]["contrasts"][1:], ("all", "online", "offline"), strict=True):
        part = sellers[name]
        contrast(found, part[part.stance == "pro"], part[part.stance == "kontra"], posts)
    weights = posts.evidence.explode().dropna().apply(pd.Series).groupby(["label", "term"]).weight.sum()
    for carrier in report["terms"]["carriers"]:
        same(carrier["term"], carrier["weight"], weights[carrier["side"], carrier["term"]])
    tones = posts.groupby(["sentiment", "stance"]).size()
    for tone in report["tones"]:
        same(tone["sentiment"], [tone[side] for side in VALUE], [tones[tone["sentiment"], side] for side in VALUE])
    print(f"{checked} figures agree")


main()
