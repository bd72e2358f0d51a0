"""Plain words, and frequencies that come with a number."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content
from monographs.quality.findings import Observation, Rule, Severity
from monographs.quality.pieces.blocks import Block
from monographs.quality.pieces.passages import Passage, is_english, key_fact_passages, passages, section_passages
from monographs.quality.pieces.sentences import sentences
from monographs.quality.plain_words.jargon import JARGON

_ANY_JARGON = re.compile(
    rf"(?<![\w-])(?:{'|'.join(f'(?P<w{place}>{pattern})' for place, (pattern, _plain) in enumerate(JARGON))})(?![\w-])",
    re.IGNORECASE,
)
_LIKE_ASCII = re.compile("[İıſ\u212a]")  # what a pattern takes for i, s and k whatever their case
_IN_SMALL_LETTERS = re.compile(rf"(?<![\w-])(?:{'|'.join(pattern for pattern, _plain in JARGON)})(?![\w-])")
_NAME_WORD = re.compile(r"[\w-]+")


def _is_explained(text: str, found: re.Match) -> bool:
    """True for "high blood pressure (hypertension)" and for "hypertension (high blood pressure)"."""
    return text[: found.start()].endswith(("(", "(called ", "called ")) or text[found.end() :].startswith((" (", ") ("))


def _may_have_jargon(text: str) -> bool:
    """Whether `_ANY_JARGON` can find anything: without its groups and in one case a pattern is tried much faster."""
    if not text.isascii():
        if _LIKE_ASCII.search(text):
            return True
        text = text.encode("ascii", "replace").decode()
    return _IN_SMALL_LETTERS.search(text.lower()) is not None


def jargon(content: Content) -> Iterator[Observation]:
    """A word of the trade that has a plainer one, named once for each place; not where it is explained in brackets."""
    if not is_english(content):
        return
    names = {
        word.casefold()
        for name in (content.medicine.name, *content.medicine.brands)
        for word in _NAME_WORD.findall(name)
    }
    seen: set[tuple[str, str]] = set()
    for passage in passages(content):
        text = " ".join(passage.bare.split())
        if not _may_have_jargon(text):
            continue
        for found in _ANY_JARGON.finditer(text):
            plain = JARGON[int(found.lastgroup[1:])][1]
            if (passage.place, plain) in seen or found[0].casefold() in names or _is_explained(text, found):
                continue
            seen.add((passage.place, plain))
            yield passage.observe(
                found[0], _("There is a plainer word for this."), _("Write “%(words)s”.") % {"words": plain}
            )


# EC guideline on the summary of product characteristics (2009), section 4.8, after CIOMS; wording of the QRD template.
_BANDS = {
    "very common": gettext_lazy("very common (may affect more than 1 in 10 people)"),
    "common": gettext_lazy("common (may affect up to 1 in 10 people)"),
    "uncommon": gettext_lazy("uncommon (may affect up to 1 in 100 people)"),
    "rare": gettext_lazy("rare (may affect up to 1 in 1,000 people)"),
    "very rare": gettext_lazy("very rare (may affect up to 1 in 10,000 people)"),
}
_FREQUENCY = re.compile(
    r"(?<!most )(?<!more )(?<!less )(?<!least )\b(?P<band>very common|(?<!in )common|uncommon|very rare|rare)\b"
    r"(?! (?:cold|sense|name|names|painkiller|painkillers|use|uses|medicine|medicines|infections?|inherited|genetic"
    r"|hereditary|conditions?|diseases?|disorders?|illness|blood|problems? that runs?)\b)"
    r"|(?<!most )(?<!more )(?<!less )(?<!how )(?<!as )(?<!too )(?<!so )"
    r"\b(?P<loose>often|frequently|rarely|commonly|infrequently|occasionally)\b",
    re.IGNORECASE,
)
_STEMS = ("common", "rare", "often", "frequent", "occa")  # without letters that other signs are taken for
_LOOSELY = {
    "often": "common", "frequently": "common", "commonly": "common", "occasionally": "uncommon",
    "infrequently": "uncommon", "rarely": "rare",
}  # fmt: skip
_A_NUMBER = re.compile(
    r"\b\d[\d,]*\s(?:\w+\s){0,2}?(?:in|out of)\s(?:(?:every|about)\s)?\d|\b\d[\d.,]*\s?(?:%|per ?cent)|\bone in \w+"
    r"|\b1/\d",
    re.IGNORECASE,
)
_ABOUT_SIDE_EFFECTS = re.compile(
    r"\b(?:side|unwanted|adverse) effects?|\b(?:allergic |adverse )?reactions?\b", re.IGNORECASE
)
_HAPPENS = re.compile(
    r"\b(?:people|patients|children|adults|happens?|happened|occurs?|occurred|causes?|caused|affects?|affected|seen"
    r"|reported|side effects?)\b",
    re.IGNORECASE,
)


# A list or a table that goes on for longer tells nobody how often anything happens.
_FAR = 2_000  # characters
_MANY = 50  # items


def _has_number(texts: Iterable[str]) -> bool:
    return any(_A_NUMBER.search(text) for text in texts)


def _nearby(blocks: Sequence[Block], place: int) -> Iterator[str]:
    """The words in which a block's frequency may be given: its own, its heading's, its list's or row's."""
    block = blocks[place]
    yield from (block.text, block.lead[:_FAR], block.under)
    if block.kind == "heading":
        for later in islice(blocks, place + 1, None):
            if later.kind == "heading" and later.level <= block.level:
                return
            yield later.text
    else:
        for later in blocks[place + 1 : place + 1 + _MANY]:
            if later.kind != "item" or block.text not in later.lead[:_FAR]:
                return
            yield later.text


class _Named(NamedTuple):
    """A word such as "common" in a sentence; ``is_bare``: it says how often a side effect happens, and no number is
    near."""

    word: str
    sentence: str
    passage: Passage
    has_number: bool
    is_bare: bool


def _frequencies(found: Sequence[Passage], *, is_about_side_effects: bool) -> Iterator[Observation]:
    named = list(_named(found, is_about_side_effects=is_about_side_effects))
    told = {one.word for one in named if one.has_number}
    for one in named:
        if not one.is_bare or one.word in told:
            continue
        told.add(one.word)
        instead = _BANDS[_LOOSELY.get(one.word, one.word)]
        advice = _("Write “%(words)s”.") if one.word in _BANDS else _("Say how many people, as in “%(words)s”.")
        yield one.passage.observe(
            one.sentence,
            _("“%(word)s” without a number means something else to each reader.") % {"word": one.word},
            advice % {"words": instead},
        )


def _named(found: Sequence[Passage], *, is_about_side_effects: bool) -> Iterator[_Named]:
    blocks = [passage.block for passage in found]
    for place, passage in enumerate(found):
        in_small_letters = passage.text.lower()
        if not any(stem in in_small_letters for stem in _STEMS) or not _FREQUENCY.search(passage.text):
            continue
        has_number = _has_number(_nearby(blocks, place))
        for sentence in sentences(passage.text):
            concerns = is_about_side_effects or _ABOUT_SIDE_EFFECTS.search(sentence)
            for match in _FREQUENCY.finditer(sentence):
                is_bare = not has_number and concerns and (match["band"] or _HAPPENS.search(sentence))
                yield _Named(match[0].casefold(), sentence, passage, has_number, bool(is_bare))


def frequencies(content: Content) -> Iterator[Observation]:
    """How often a side effect happens is said with a number, in the same paragraph, list, row or heading.

    Each word is named once for each place; a word that has been given its number elsewhere in its section may stand.
    """
    if not is_english(content):
        return
    for passage in key_fact_passages(content):
        yield from _frequencies([passage], is_about_side_effects=False)
    for section in content.sections:
        found = list(section_passages(section))
        yield from _frequencies(found, is_about_side_effects=section.kind == "side_effects")


RULES = (
    Rule(
        "jargon",
        Severity.WARNS,
        gettext_lazy("A word of the trade that has a plainer one"),
        "NHS digital service manual, A to Z of NHS health writing",
        jargon,
    ),
    Rule(
        "frequency-without-number",
        Severity.WARNS,
        gettext_lazy("“Common” or “rare” without a number"),
        "EC guideline on the summary of product characteristics (2009), section 4.8 (CIOMS bands)",
        frequencies,
    ),
)
