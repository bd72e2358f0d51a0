"""The files of rules, each read once: ``<language>.toml`` beside this one.

``script`` ("Latn", "Arab", "Hani", or a list of them): the letters without which a text is not tried. ``prefixes``,
``suffixes``: what is written in one with a word. ``[signs]`` sign → sign, ``[written]`` typed → read as, ``[also]``
typed → one word that it may be as well, ``[numbers]`` word → value,
``[lists]`` name → alternatives. ``[[rules]]``: ``label``, ``name``, ``patterns`` (any of them, `syntax`), or ``every``
(lists of patterns, one of each within 40 words); ``unless``: patterns that take away what they overlap; ``elsewhere =
false``: tried in texts of its own language alone. What a rule weighs is fitted (`hints`), not written there.
``[[idioms]]``: the same for all rules of ``labels``.
"""

import tomllib
from functools import cache
from pathlib import Path

from monographs.comments.labels import Label
from monographs.comments.triage.rules.language import Language
from monographs.comments.triage.rules.rule import Rule
from monographs.comments.triage.rules.syntax import BadPattern

_FOLDER = Path(__file__).parent
_KNOWN = {
    "language",
    "script",
    "prefixes",
    "suffixes",
    "signs",
    "written",
    "also",
    "numbers",
    "lists",
    "rules",
    "idioms",
}
_OF_A_RULE = {"label", "name", "patterns", "every", "unless", "elsewhere"}


@cache
def languages() -> tuple[str, ...]:
    """Those that have rules, in the order of the alphabet, English first."""
    return tuple(
        sorted(
            (path.stem for path in _FOLDER.glob("*.toml") if "." not in path.stem),
            key=lambda name: (name != "en", name),
        )
    )


@cache
def rules_of(language: str) -> Language:
    return read_rules((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def read_rules(written: str) -> Language:
    """The rules of one file. `BadPattern` names what cannot be read."""
    data = tomllib.loads(written)
    if unknown := set(data) - _KNOWN:
        raise BadPattern(f"{', '.join(sorted(unknown))}: no such part of a file of rules")
    language = Language(
        data["language"],
        script=data["script"],
        prefixes=data.get("prefixes", ()),
        suffixes=data.get("suffixes", ()),
        signs=data.get("signs", {}),
        written=data.get("written", {}),
        also=data.get("also", {}),
        numbers=data.get("numbers", {}),
        lists=data.get("lists", {}),
    )
    for row in data.get("idioms", ()):
        for label in row["labels"]:
            language.add_idioms(Label(label), row["patterns"])
    for row in data.get("rules", ()):
        language.add(_rule(row, language))
    language.close()
    return language


def _rule(row: dict, language: Language) -> Rule:
    if unknown := set(row) - _OF_A_RULE:
        raise BadPattern(f"{row.get('name')}: a rule has no {', '.join(sorted(unknown))}")
    label = Label(row["label"])
    if label in (Label.PERSONAL_DATA, Label.SPAM):
        raise BadPattern(f"{row['name']}: {label} is found by a module of its own")
    groups = row.get("every") or [row["patterns"]]
    return Rule(
        label=label,
        name=f"{language.name}.{label}.{row['name']}",
        groups=tuple(tuple(map(language.pattern, group)) for group in groups),
        unless=tuple(map(language.pattern, row.get("unless", ()))),
        elsewhere=row.get("elsewhere", True),
    )
