"""Made-up leaflets of about 700 words, and made-up names: the same for the same number, on every machine.

Nothing here is advice about a medicine. The words (`texts.toml`) are chosen so that full text, excerpts and the A–Z
meet what they meet on a real site: common words, rare words, doses, headings that repeat.
"""

import datetime as dt
import random
import tomllib
from pathlib import Path

from monographs.leaflets.content import Content, MedicineContent, SectionContent, SourceContent
from monographs.leaflets.sections import SECTION_KINDS

TITLE = "Corpusol"  # how the names of the patterns begin, which a copy replaces by its own

_WORDS = 700
_DATA = tomllib.loads(Path(__file__).with_name("texts.toml").read_text())
_SLOTS, _SENTENCES = _DATA["words"], _DATA["sentences"]


def name(number: int) -> tuple[str, str]:
    """The generic name and the brand with this number, ``("Balacillin", "Balaexci")``; no two share either."""
    pieces = _DATA["names"]
    rest, end = divmod(number, len(pieces["ends"]))
    rest, start = divmod(rest, len(pieces["starts"]))
    stem = pieces["starts"][start]
    while True:
        rest, middle = divmod(rest, len(pieces["middles"]))
        stem += pieces["middles"][middle]
        if not rest:
            break
        rest -= 1
    ending = pieces["ends"][end]
    brand = f"{stem}{pieces['brands'][number % len(pieces['brands'])]}{ending[:2]}"
    return f"{stem}{ending}".capitalize(), brand.capitalize()


def content(number: int, *, title: str, next_review_on: dt.date) -> Content:
    """A leaflet that the quality gate lets pass; another text for each number."""
    chance = random.Random(number)  # noqa: S311 - a text to measure with, no secret
    kinds = [kind for kind in SECTION_KINDS if kind.is_required]
    sections = tuple(
        SectionContent(kind.key, kind.key, str(kind.heading), _body(kind.key, title, chance, _WORDS // len(kinds)))
        for kind in kinds
    )
    return Content(
        title=title,
        medicine=MedicineContent(title),
        key_facts=tuple(_sentence(pattern, chance) for pattern in _SENTENCES["key_facts"]),
        sections=sections,
        sources=(SourceContent("A book of made-up medicines"),),
        next_review_on=next_review_on.isoformat(),
    )


def reply(number: int) -> str:
    """What a reader asks; another question for each number."""
    return f"{question(number)} ({number})"


def question(number: int) -> str:
    """The same without the number: some hundreds of questions, which come again and again."""
    chance = random.Random(number)  # noqa: S311 - as above
    return _sentence("I have {condition}. Can I take it with {thing}?", chance)


def _body(kind: str, title: str, chance: random.Random, words: int) -> str:
    sentences = [_sentence(pattern.replace("{title}", title), chance) for pattern in _SENTENCES.get(kind, ())]
    while sum(sentence.count(" ") + 1 for sentence in sentences) < words:
        sentences.append(_sentence(chance.choice(_SENTENCES["general"]), chance))
    return "\n\n".join(" ".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3))


def _sentence(pattern: str, chance: random.Random) -> str:
    said = pattern
    for slot, words in _SLOTS.items():
        while f"{{{slot}}}" in said:
            said = said.replace(f"{{{slot}}}", chance.choice(words), 1)
    return said[0].upper() + said[1:]
