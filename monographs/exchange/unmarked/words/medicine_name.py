"""Which medicine a text is about, told from its headings: ``"Uses of Baclofen"`` → ``"Baclofen"``."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from monographs.exchange.unmarked.words.labels import is_contents_heading, is_document_line
from monographs.exchange.unmarked.words.section_headings import HEADINGS
from monographs.leaflets.sections import SECTION_KINDS, fold_heading, kind_for_heading

_LONGEST_NAME = 4
_LONGEST_NAME_WITH_FORM = 7
_NO_NAME = re.compile(
    r"(?:this|that|these|the|your|our|us|it|a|an|my|any|other|treatment|me|in|on|for|with|inside|included|not|new|side|take|taking|use|using"
    r"|este|esta|el|la|los|su|dieses?|diese[nrm]|das|der|die|ce|cette|le|les|questo|il|lo|o|este|dit|het|de|ten|هذا|هذه)\b"
)
_PRONOUNS = {
    "it", "this medicine", "them", "this medication", "your medicine", "este medicamento", "dieses arzneimittel",
    "ce médicament", "questo medicinale", "dit middel", "ten lek", "هذا الدواء", "الدواء",
}  # fmt: skip
_FORMS = re.compile(
    r"\s+(?:\d.*|(?:film-coated |coated |hard )?tablets?|capsules?|comprimidos.*|cápsulas.*|tabletten"
    r"|filmtabletten|kapseln|comprimés.*|gélules|compresse.*|أقراص|كبسولات.*|injection|inhaler|oral\s+solution|solution|syrup|cream|ointment|gel|patch(?:es)?"
    r"|drops|suppositor(?:y|ies)|leaflet)$",
    re.IGNORECASE,
)
_AROUND_NAME = re.compile(
    r"\b(?:(?:patient|package|information|leaflet|leaflets|for|the|of|users?|patients?|clinic(?:'s)?|film-coated|oral"
    r"|tablets?|capsules?|solution|suspension|syrup|cream|ointment|gel|injection|comprimidos|tabletten|prospecto"
    r"|gebrauchsinformation|mg|ml|g|micrograms?|version|النشرة|نشرة|أقراص|كبسولات|مجم)\b|\d[\d.,/]*\s?(?:mg|ml|g|%)?)"
)
_MARKS = re.compile(r"[®™©*]")
_PATTERNS = tuple(
    (kind.key, re.compile(re.escape(alias).replace(re.escape("{medicine}"), "(.+?)")))
    for kind in SECTION_KINDS
    for alias in kind.aliases
) + tuple(
    (kind, re.compile(alias.replace("{m}", "(.+?)", 1).replace("{m}", ".+")))
    for kind, aliases in HEADINGS.items()
    for alias in aliases
)
# A name is learnt only where fixed words come first: "Take it with food" is about no medicine called "Take it".
_NAMING = tuple(
    pattern for _kind, pattern in _PATTERNS if pattern.groups and not pattern.pattern.startswith(("(.+?)", "(?:"))
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
    if is_document_line(title) or is_contents_heading(title):
        return ""
    name = without_form(re.split(r"\s*[:(,|–—]|\s+-\s", title.strip(), maxsplit=1)[0])
    return _readable(name) if name and len(name.split()) < _LONGEST_NAME and not name.endswith("?") else ""


def kind_of(heading: str, names: Iterable[str]) -> str | None:
    """The section kind that a heading names, the medicine being called by any of ``names``; None for no kind."""
    return _kind_of(heading, tuple(names))


@lru_cache(maxsize=4096)
def _kind_of(heading: str, names: tuple[str, ...]) -> str | None:
    kinds = (kind_for_heading(heading, name) for name in ("", *names))
    return next((kind for kind in kinds if kind), None) or _kind_by_pattern(heading, names)


def _kind_by_pattern(heading: str, names: tuple[str, ...]) -> str | None:
    firsts = {words[0] for name in names if (words := _folded(name).split())}
    for kind, pattern in _PATTERNS:
        match = pattern.fullmatch(_folded(heading))
        if match and all(_calls_it(captured, firsts) for captured in match.groups()[:1]):
            return kind
    return None


def _calls_it(captured: str | None, firsts: set[str]) -> bool:
    """Whether what stands in the medicine's place is its name, with or without its strength and form."""
    if captured is None or captured.strip() in _PRONOUNS:
        return True
    words = captured.split()
    return len(words) <= _LONGEST_NAME_WITH_FORM and any(word in firsts for word in words[:2])


@lru_cache(maxsize=4096)
def _folded(heading: str) -> str:
    """As `fold_heading`, without trade marks and without a number that no full stop follows."""
    return re.sub(r"^\d{1,2}\s+", "", fold_heading(_MARKS.sub("", heading))).rstrip(" ؟：").strip()


@lru_cache(maxsize=4096)
def _name_in(heading: str) -> str:
    if kind_for_heading(heading) or is_contents_heading(heading) or is_document_line(heading):
        return ""
    matches = (pattern.fullmatch(_folded(heading)) for pattern in _NAMING)
    found = [match[1] for match in matches if match]
    found = [name for name in map(without_form, found) if len(name.split()) <= _LONGEST_NAME]
    found = [name for name in found if name and not _NO_NAME.match(name) and name not in _PRONOUNS]
    if not found:
        return ""
    name = min(found, key=len)
    typed = re.search(r"\s+".join(map(re.escape, name.split())), heading.replace("’", "'"), re.IGNORECASE)
    return typed.group() if typed else name


def without_form(name: str) -> str:
    """A medicine's name without strength and form: ``"Tegretol 200 mg tablets"`` → ``"Tegretol"``."""
    while (shorter := _FORMS.sub("", name)) != name:
        name = shorter
    return name


def is_only_name(line: str, names: Iterable[str]) -> bool:
    """Whether a line has the medicine's name, with strength and form or a word for the paper, and nothing else."""
    words = _folded(line)
    for name in names:
        if name and (folded := _folded(name)) in words:
            return not _AROUND_NAME.sub("", words.replace(folded, " ")).strip(" ,;:()[]–—-·|/")
    return False


def _readable(name: str) -> str:
    """``"BACLOFEN"`` → ``"Baclofen"``; abbreviations such as ``"HRT"`` stay."""
    return name.capitalize() if name.isupper() and len(name) > len("NSAID") else name
