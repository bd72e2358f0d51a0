"""Work out the points of hints anew: ``python -m tests.comments.triage.fit en es`` writes their ``rules/*.hints.toml``.

Logistic regression over the stems of words and pairs of them (`rules.hints`), fitted to ``fitted.<language>.jsonl``,
which whoever writes the rules wrote for this, and to the ``dev`` messages. The messages held apart are never read
here. How many points a label needs is chosen by leaving out a fifth at a time: no more of the others are marked than
``WANTED`` says.
"""

import json
import math
import random
import sys
from pathlib import Path

import django
from django.conf import settings

import monographs
from monographs.comments.triage.rules.hints import hints
from monographs.comments.triage.rules.typed import split
from tests.comments.triage.messages import HERE, read

WANTED = {"en": {"crisis": 0.14, "reaction": 0.05}, "cy": {"crisis": 0.09, "reaction": 0.05},
          "ar": {"crisis": 0.1, "reaction": 0.07}, "ur": {"crisis": 0.1, "reaction": 0.05},
          "pl": {"crisis": 0.15, "reaction": 0.08}}  # fmt: skip
"""How many messages without the label may be marked: a part of one."""
WANTED_OF_FEW = {"crisis": 0.15, "reaction": 0.05}  # where few messages were written
ROUNDS, RATE = 60, 0.15
PULL = {"en": 0.005, "ar": 0.05}  # elsewhere, where fewer messages were written, 0.02

Row = tuple[frozenset[str], bool]


def fit(rows: list[Row], pull: float) -> tuple[float, dict[str, float]]:
    """The points of an empty text, and of each hint."""
    kept = [(sorted(found), is_so) for found, is_so in rows]
    start, points, dice = 0.0, {}, random.Random(1)  # noqa: S311 (an order, no secret)
    for turn in range(ROUNDS):
        dice.shuffle(kept)
        rate = RATE / (1 + turn / 10)
        for found, is_so in kept:
            total = max(-30, min(30, start + sum(points.get(hint, 0) for hint in found)))
            error = 1 / (1 + math.exp(-total)) - is_so
            start -= rate * error / 5
            for hint in found:
                points[hint] = points.get(hint, 0) - rate * (error + pull * points.get(hint, 0))
    return start, points


def at_least(rows: list[Row], part: float, pull: float) -> float:
    """The points from which no more than a part of the messages without the label are marked, none seen by the fit."""
    others, ours = [], []
    for turn in range(5):
        start, points = fit([row for place, row in enumerate(rows) if place % 5 != turn], pull)
        for found, is_so in rows[turn::5]:
            (ours if is_so else others).append(start + sum(points.get(hint, 0) for hint in found))
    bound = round(sorted(others, reverse=True)[int(len(others) * part)], 1)
    print(f"{sum(each >= bound for each in ours)} of {len(ours)} are found from {bound} points on")
    return bound


def rows_of(label: str, language: str) -> list[Row]:
    written = [
        json.loads(line) for line in (HERE / f"fitted.{language}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    messages = [(row["text"], row["labels"]) for row in written]
    messages += [(each.text, each.labels) for each in read("dev", language)]
    if label == "reaction":  # what somebody in danger feels may be one, too
        messages = [(text, labels) for text, labels in messages if "crisis" not in labels or label in labels]
    random.Random(2).shuffle(messages)  # noqa: S311
    return [(frozenset(hints(split(text).words, language)), label in labels) for text, labels in messages]


def write(language: str) -> None:
    made = "made by `python -m tests.comments.triage.fit`. Add messages there, not points here."
    lines = [f"# Points of words, in tenths: {made}"]
    for label, part in WANTED.get(language, WANTED_OF_FEW).items():
        rows = rows_of(label, language)
        pull = PULL.get(language, 0.02)
        start, points = fit(rows, pull)
        tenths: dict[int, list[str]] = {}
        for hint, each in sorted(points.items()):
            if round(each * 10):
                tenths.setdefault(round(each * 10), []).append(hint)
        lines += [
            "",
            f"[{label}]",
            f"start = {start:.1f}",
            f"at_least = {at_least(rows, part, pull)}",
            f"[{label}.points]",
        ]
        lines += [f"{each} = {json.dumps(tenths[each], ensure_ascii=False)}" for each in sorted(tenths, reverse=True)]
    path = Path(monographs.__file__).parent / "comments" / "triage" / "rules" / f"{language}.hints.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    settings.configure(USE_I18N=False)
    django.setup()
    for each in sys.argv[1:] or ["en"]:
        write(each)
