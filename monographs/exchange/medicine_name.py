"""Which medicine a text is about, told from its headings: ``"Uses of Baclofen"`` → ``"Baclofen"``."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from monographs.leaflets.sections import SECTION_KINDS, fold_heading, kind_for_heading

_LONGEST_NAME = 4
_NO_NAME = re.compile(r"(?:this|that|these|the|your|our|us|it|a|an|my|any|other|treatment|me)\b")
_FORMS = re.compile(
    r"\s+(?:\d.*|tablets?|capsules?|injection|inhaler|oral\s+solution|solution|syrup|cream|ointment|gel|patch(?:es)?"
    r"|drops|suppositor(?:y|ies)|leaflet)$",
    re.IGNORECASE,
)
_PATTERNS = tuple(
    re.compile(re.escape(alias).replace(re.escape("{medicine}"), "(.+)"))
    for kind in SECTION_KINDS
    for alias in kind.aliases
    if "{medicine}" in alias
)


def name_in_headings(headings: Iterable[str]) -> str:
    """The name that most of these headings speak of, the first of equals; "" where none names one."""
    names = [name for heading in headings if (name := _name_in(heading))]
    if not names:
        return ""
    best, _count = Counter(name.casefold() for name in names).most_common(1)[0]
    return _readable(next(name for name in names if name.casefold() == best))


def name_in_title(title: str) -> str:
    """The medicine that a short title names: ``"Baclofen 10 mg tablets"`` → ``"Baclofen"``; "" for a longer title."""
    name = re.split(r"\s*[:(,|–—]|\s+-\s", title.strip(), maxsplit=1)[0]
    while (shorter := _FORMS.sub("", name)) != name:
        name = shorter
    return _readable(name) if name and len(name.split()) < _LONGEST_NAME and not name.endswith("?") else ""


def kind_of(heading: str, names: Iterable[str]) -> str | None:
    """The section kind that a heading names, the medicine being called by any of ``names``; None for no kind."""
    return _kind_of(heading, tuple(names))


@lru_cache(maxsize=2048)
def _kind_of(heading: str, names: tuple[str, ...]) -> str | None:
    kinds = (kind_for_heading(heading, name) for name in ("", *names))
    return next((kind for kind in kinds if kind), None)


def _name_in(heading: str) -> str:
    folded = fold_heading(heading)
    if kind_for_heading(heading):
        return ""
    found = [match.group(1) for pattern in _PATTERNS if (match := pattern.fullmatch(folded))]
    found = [name for name in found if len(name.split()) <= _LONGEST_NAME and not _NO_NAME.match(name)]
    if not found:
        return ""
    name = min(found, key=len)
    typed = re.search(r"\s+".join(map(re.escape, name.split())), heading.replace("’", "'"), re.IGNORECASE)
    return typed.group() if typed else name


def _readable(name: str) -> str:
    """``"BACLOFEN"`` → ``"Baclofen"``; abbreviations such as ``"HRT"`` stay."""
    return name.capitalize() if name.isupper() and len(name) > len("NSAID") else name
