"""Figures of `condong check --format json` against scikit-learn and statsmodels, on the verdicts that baselines hold.

usage: figures_check.py CHECK.json BEFORE.json NOW.json
Exit 0 when all are equal, 1 when one differs, 77 when a module is missing.
"""
import json
import sys

try:
    from sklearn.metrics import (accuracy_score, cohen_kappa_score, confusion_matrix, f1_score,
                                 precision_recall_fscore_support)
    from statsmodels.stats.contingency_tables import mcnemar
    from statsmodels.stats.proportion import proportion_confint
except ImportError as missing:
    print(missing)
    sys.exit(77)

TOLERANCE = 1e-9
compared = 0


def equal(what, found, expected):
    global compared
    compared += 1
    if abs(found - expected) > TOLERANCE:
        sys.exit(f"{what}: {found}, but {expected} is expected")


def pairs(baseline, answer):
    posts = {key: post[answer] for key, post in baseline["posts"].items() if answer in post}
    return posts, [gold for gold, _ in posts.values()], [said for _, said in posts.values()]


def figures_of(found, now):
    answer = found["answer"]
    _, gold, said = pairs(now, answer)
    in_gold = sorted(set(gold))
    equal(f"{answer} posts", found["posts"], len(gold))
    equal(f"{answer} accuracy", found["accuracy"]["value"], accuracy_score(gold, said))
    low, high = proportion_confint(sum(g == s for g, s in zip(gold, said)), len(gold), method="wilson")
    equal(f"{answer} accuracy low", found["accuracy"]["low"], low)
    equal(f"{answer} accuracy high", found["accuracy"]["high"], high)
    equal(f"{answer} macro-F1", found["macro_f1"]["value"],
          f1_score(gold, said, labels=in_gold, average="macro", zero_division=0))
    equal(f"{answer} kappa", found["kappa"], cohen_kappa_score(gold, said))
    smallest = found["smallest_change"]
    if smallest is None:
        equal(f"{answer} posts that show no change", mcnemar([[0, len(gold)], [0, 0]], exact=True).pvalue >= 0.05, True)
    else:
        shows = [mcnemar([[0, posts], [0, 0]], exact=True).pvalue < 0.05
                 for posts in (smallest["posts"] - 1, smallest["posts"])]
        equal(f"{answer} smallest change", shows == [False, True], True)
        equal(f"{answer} smallest change of accuracy", smallest["accuracy"], smallest["posts"] / len(gold))
    for label in found["labels"]:
        names = [label["label"]]
        precision, recall, f1, support = precision_recall_fscore_support(gold, said, labels=names, zero_division=0)
        for name, value in (("precision", precision), ("recall", recall), ("f1", f1), ("support", support)):
            equal(f"{answer} {names[0]} {name}", label[name], value[0])
    table = confusion_matrix(gold, said, labels=found["table_labels"])
    for row, expected in zip(found["table"], table.tolist()):
        for cell, number in zip(row, expected):
            equal(f"{answer} table", cell, number)


def comparison_of(found, before, now):
    answer = found["answer"]
    old, new = pairs(before, answer)[0], pairs(now, answer)[0]
    right = [(old[key][0] == old[key][1], new[key][0] == new[key][1]) for key in old if key in new]
    table = [[sum(pair == (a, b) for pair in right) for b in (True, False)] for a in (True, False)]
    equal(f"{answer} broken", found["broken"], table[0][1])
    equal(f"{answer} fixed", found["fixed"], table[1][0])
    equal(f"{answer} p", found["p_value"], mcnemar(table, exact=True).pvalue)


def main():
    check, before, now = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:4])
    for found in check["answers"]:
        figures_of(found, now)
    for found in check["comparisons"]:
        comparison_of(found, before, now)
    print(f"equal: {compared} figures")


main()
