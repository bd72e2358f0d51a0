"""Work out the points of hints and rules: ``python -m tests.comments.triage.fit en es`` writes ``rules/*.hints.toml``.

Logistic regression over what `rules.hints` sees in a message and the rules that hold in it, fitted to
``fitted.<language>.jsonl``, which was written for this, and to the ``dev`` messages. Those of its lines that say
``blind`` were written by somebody who knew no rule, as readers know none, and count twice. The messages held apart are
never read here. A hint that only one message has is no hint. How many points a label needs is chosen by leaving out a
fifth at a time: as many of the blind ones that have it are found as ``FOUND`` says.
"""

import json
import math
import random
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import django
from django.conf import settings

import monographs
from monographs.comments.labels import Label
from monographs.comments.triage.rules.files import rules_of
from monographs.comments.triage.rules.hints import hints
from monographs.comments.triage.rules.typed import split
from tests.comments.triage.messages import HERE, read

FOUND = {"crisis": 0.94, "reaction": 0.95}
"""How many of those with the label, written blind, must be found when a fifth at a time is left out: a part of one.
Some of these cries for help were written to have no word that others use; of plainer ones more are found."""
FOUND_IN = {
    "ar": {"crisis": 0.95},
    "en": {"crisis": 0.945, "reaction": 0.94},
    "es": {"crisis": 0.93},
    "pl": {"crisis": 0.92, "reaction": 0.97},
}  # else crises are missed, or more than every tenth ordinary question is taken for one
ROUNDS, STEPS = 25, 12
COSTS_BLIND, COSTS = 1.0, 0.5  # what an error costs, against a point squared; of messages written with the rules, half
COSTS_OF_REACTION = 0.3  # of that, to call a suspected reaction a crisis: it is read soon anyway
SURE, POINTS_OF_SURE = 0.04, 20.0  # a rule of crisis that errs no oftener, and any of reactions, holds by itself
_RULE = "!"  # before the name of a rule among hints


@dataclass(frozen=True)
class Row:
    """One message: its hints, whether it has the label, what an error costs, whether it is none of the urgent, and
    whether its writer knew no rule."""

    hints: tuple[str, ...]
    is_so: bool
    costs: float
    is_plain: bool
    is_blind: bool


def fit(rows: list[Row]) -> tuple[float, dict[str, float]]:
    """The points of an empty text, and of each hint: the minimum of the costs and half the sum of squared points.

    By dual coordinate descent (Yu, Huang, Lin: Dual coordinate descent methods for logistic regression and maximum
    entropy models, 2011): each message pulls at its hints as hard as the odds still speak against it.
    """
    common = {hint for hint, number in Counter(hint for row in rows for hint in row.hints).items() if number > 1}
    points = dict.fromkeys(sorted(common), 0.0) | {"": 0.0}
    seen = [(["", *(hint for hint in row.hints if hint in common)], 1 if row.is_so else -1, row.costs) for row in rows]
    pulls, order, dice = [0.0] * len(rows), list(range(len(rows))), random.Random(1)  # noqa: S311 (an order, no secret)
    for _turn in range(ROUNDS):
        dice.shuffle(order)
        for place in order:
            found, sign, costs = seen[place]
            pull = _pull(sign * sum(points[hint] for hint in found), len(found), costs, pulls[place])
            change, pulls[place] = sign * (pull - pulls[place]), pull
            for hint in found:
                points[hint] += change
    return points.pop(""), points


def _pull(margin: float, size: int, costs: float, before: float) -> float:
    """How hard a message pulls, so that pull and the odds that it leads to agree: by Newton's steps on the odds."""
    odds = -margin
    for _step in range(STEPS):
        share = 1 / (1 + math.exp(-max(-30, min(30, odds))))
        error = odds + margin + size * (costs * share - before)
        if abs(error) < 0.001:
            break
        odds -= max(-2, min(2, error / (1 + size * costs * share * (1 - share))))
    return costs / (1 + math.exp(-max(-30, min(30, odds))))


def sure(rows: list[Row], most: float) -> list[str]:
    """The rules of whose matches at most such a part are plain messages, a blind one counted twice."""
    plain, all_of_it = Counter(), Counter()
    for row in rows:
        for hint in row.hints:
            if hint.startswith(_RULE) and (row.is_so or row.is_plain):
                plain[hint] += 0 if row.is_so else row.costs
                all_of_it[hint] += row.costs
    return [hint for hint, number in all_of_it.items() if plain[hint] <= most * number]


def at_least(rows: list[Row], part: float) -> float:
    """The points from which that part of the blind messages with the label is found, none seen by the fit."""
    ours, plain = [], []
    for turn in range(5):
        start, points = fit([row for place, row in enumerate(rows) if place % 5 != turn])
        for row in rows[turn::5]:
            total = start + sum(points.get(hint, 0) for hint in row.hints)
            if row.is_blind and (row.is_so or row.is_plain):
                (ours if row.is_so else plain).append(total)
    bound = math.floor(10 * sorted(ours, reverse=True)[math.ceil(len(ours) * part) - 1]) / 10
    print(f"from {bound:.1f} points on {sum(each >= bound for each in plain)} of {len(plain)} plain ones are marked")
    return bound


def rows_of(label: str, language: str) -> list[Row]:
    written = [
        json.loads(line) for line in (HERE / f"fitted.{language}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    messages = [(row["text"], row["labels"], COSTS_BLIND if row.get("blind") else COSTS) for row in written]
    messages += [(each.text, each.labels, COSTS) for each in read("dev", language)]
    if label == "reaction":  # what somebody in danger feels may be one, too
        messages = [row for row in messages if "crisis" not in row[1] or label in row[1]]
    random.Random(2).shuffle(messages)  # noqa: S311
    return [_row(text, labels, costs, label, language) for text, labels, costs in messages]


def _row(text: str, labels: list[str], costs: float, label: str, language: str) -> Row:
    typed = split(text)
    held = rules_of(language).find(typed, frozenset({Label(label)}))
    names = {_RULE + found.rule.rpartition(".")[2] for found in held}
    is_other_urgent = label not in labels and "reaction" in labels
    is_blind = costs == COSTS_BLIND
    costs *= COSTS_OF_REACTION if is_other_urgent else 1
    return Row(
        tuple(sorted(hints(typed.words, language) | names)), label in labels, costs, not is_other_urgent, is_blind
    )


def write(language: str) -> None:
    made = "made by `python -m tests.comments.triage.fit`. Add messages there, not points here."
    lines = [f"# Points of words, in tenths, and of rules: {made}"]
    for label, part in (FOUND | FOUND_IN.get(language, {})).items():
        rows = rows_of(label, language)
        start, points = fit(rows)
        points |= dict.fromkeys(sure(rows, SURE if label == "crisis" else 1), POINTS_OF_SURE)
        tenths: dict[int, list[str]] = {}
        for hint, each in sorted(points.items()):
            if round(each * 10) and not hint.startswith(_RULE):
                tenths.setdefault(round(each * 10), []).append(hint)
        lines += [
            "",
            f"[{label}]",
            f"start = {start:.1f}",
            f"at_least = {at_least(rows, part):.1f}",
            f"[{label}.rules]",
        ]
        lines += [f"{hint[1:]} = {each:.1f}" for hint, each in sorted(points.items()) if hint.startswith(_RULE)]
        lines += [f"[{label}.points]"]
        lines += [f"{each} = {json.dumps(tenths[each], ensure_ascii=False)}" for each in sorted(tenths, reverse=True)]
    path = Path(monographs.__file__).parent / "comments" / "triage" / "rules" / f"{language}.hints.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    settings.configure(USE_I18N=False)
    django.setup()
    for each in sys.argv[1:] or ["en"]:
        write(each)
