"""Side effects grouped by how often and how serious, each with what to do.

The section has its groups by frequency, from the most common to the rarest, and apart from them the cards that say when
to call and whom, from the most urgent to the least (EMA QRD template, annex III B, section 4; the NHS website's
"Common side effects" and "Serious side effects").
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content, SectionContent
from monographs.quality.findings import Observation, Rule, Severity
from monographs.quality.pieces.blocks import tokens, words
from monographs.quality.pieces.passages import is_english, label
from monographs.text.amounts.frequencies import frequencies
from monographs.text.markup.rules.cards import CARE_KINDS

_LIST = Path(__file__).parent / "lists" / "stop_and_call.txt"
_QRD = "EMA QRD product information template, annex III B, section 4"


class _Piece(NamedTuple):
    """A block of the section in its order: ``kind`` is "heading", "item", "card" (its opening) or "words"; ``card`` is
    the kind of the care card around it, or "" outside of all."""

    kind: str
    text: str
    card: str = ""


def _pieces(section: SectionContent) -> Iterator[_Piece]:
    card, is_heading, depth = "", False, 0
    for token in tokens(section.body):
        if token.type == "care_open":
            card = token.info
            yield _Piece("card", f"::: {card}", card)
        elif token.type == "care_close":
            card = ""
        elif token.type in {"heading_open", "heading_close"}:
            is_heading = token.nesting > 0
        elif token.type in {"bullet_list_open", "ordered_list_open", "bullet_list_close", "ordered_list_close"}:
            depth += token.nesting
        elif token.type == "inline":
            yield _Piece("heading" if is_heading else "item" if depth else "words", words(token.children), card)


def _of_side_effects(content: Content) -> Iterator[tuple[SectionContent, list[_Piece]]]:
    for section in content.sections:
        if section.kind == "side_effects" and not section.is_not_applicable:
            yield section, list(_pieces(section))


def _observe(section: SectionContent, piece: _Piece, message: str, instead: str) -> Observation:
    return Observation(section.key, label(section), " ".join(piece.text.split()), message, instead)


def what_to_do(content: Content) -> Iterator[Observation]:
    """A section that lists side effects says when to act, in a care card."""
    for section, pieces in _of_side_effects(content):
        kinds = {piece.kind for piece in pieces}
        if "card" not in kinds and ("item" in kinds or any(frequencies(piece.text) for piece in pieces)):
            yield _observe(
                section,
                _Piece("words", ""),
                _("This section lists side effects and does not say when to act."),
                _("Put those that need help into care cards: ::: emergency, ::: today and ::: tell."),
            )


def order(content: Content) -> Iterator[Observation]:
    """Groups go from most to least common, cards from most to least urgent, and neither stands among the other."""
    for section, pieces in _of_side_effects(content):
        groups = [piece for piece in pieces if piece.kind == "heading" and frequencies(piece.text)]
        yield from _groups_out_of_order(section, [piece for piece in groups if not piece.card])
        yield from _cards_out_of_order(section, [piece for piece in pieces if piece.kind == "card"])
        yield from _mixed(section, pieces, groups)


def _groups_out_of_order(section: SectionContent, groups: Sequence[_Piece]) -> Iterator[Observation]:
    for before, group in zip(groups, groups[1:], strict=False):
        if _how_often(group) > _how_often(before):
            yield _observe(
                section,
                group,
                _("This group is more common than the one above it."),
                _("Begin with what is most common, and end with what is rarest."),
            )


def _how_often(group: _Piece) -> tuple[float, bool]:
    first = frequencies(group.text)[0]
    return first.some / first.of, first.is_more


def _cards_out_of_order(section: SectionContent, cards: Sequence[_Piece]) -> Iterator[Observation]:
    for before, card in zip(cards, cards[1:], strict=False):
        if CARE_KINDS.index(card.card) < CARE_KINDS.index(before.card):
            yield _observe(
                section,
                card,
                _("This care card is more urgent than the one above it."),
                _("Put the most urgent card first."),
            )


def _mixed(section: SectionContent, pieces: Sequence[_Piece], groups: Sequence[_Piece]) -> Iterator[Observation]:
    """A group within a card, and a card between two groups."""
    for group in groups:
        if group.card:
            yield _observe(
                section,
                group,
                _("This group by frequency stands within a care card."),
                _("Say in the card when to act, and put groups by frequency outside of it."),
            )
    places = [place for place, piece in enumerate(pieces) if piece in groups and not piece.card]
    for piece in pieces[min(places, default=0) : max(places, default=0)]:
        if piece.kind == "card":
            yield _observe(
                section,
                piece,
                _("This care card stands among the groups by frequency, where it is not found."),
                _("Put the cards above all groups, or below them."),
            )


class _Sign(NamedTuple):
    """``listed`` finds it among side effects, ``in_a_card`` where a card names it in any words."""

    listed: re.Pattern
    in_a_card: re.Pattern


@cache
def _signs() -> tuple[_Sign, ...]:
    return tuple(
        _Sign(_listed(listed), re.compile(rf"(?<![\w-])(?:{_any_of(in_a_card)})", re.IGNORECASE))
        for in_a_card, listed in _lines()
    )


@cache
def _any_sign() -> re.Pattern:
    """What all signs find among side effects."""
    return _listed(";".join(listed for _in_a_card, listed in _lines()))


def _lines() -> list[tuple[str, str]]:
    lines = (line.partition(":") for line in _LIST.read_text().splitlines() if not line.startswith("#"))
    return [(in_a_card, listed) for in_a_card, _colon, listed in lines]


def _listed(words: str) -> re.Pattern:
    return re.compile(rf"(?<![\w-])(?:{_any_of(words)})(?![\w-])", re.IGNORECASE)


def _any_of(words: str) -> str:
    return "|".join(re.escape(word.strip()).replace("'", "['’]") for word in words.split(";"))


def stop_and_call(content: Content) -> Iterator[Observation]:
    """What needs help fast is named in a card that says so, wherever else it stands."""
    if not is_english(content):
        return
    for section, pieces in _of_side_effects(content):
        in_cards = "\n".join(piece.text for piece in pieces if piece.card in ("emergency", "today"))
        outside = [piece for piece in pieces if not piece.card and _any_sign().search(piece.text)]
        for sign in _signs() if outside else ():
            where = next((piece for piece in outside if sign.listed.search(piece.text)), None)
            if where and not sign.in_a_card.search(in_cards):
                yield _observe(
                    section,
                    where,
                    _("“%(words)s” needs help fast, and no care card of this section names it.")
                    % {"words": sign.listed.search(where.text)[0]},
                    _("Name it in the card ::: emergency or ::: today as well."),
                )


RULES = (
    Rule(
        "side-effects-what-to-do",
        Severity.WARNS,
        gettext_lazy("Side effects without what to do"),
        _QRD,
        what_to_do,
    ),
    Rule(
        "side-effects-order",
        Severity.WARNS,
        gettext_lazy("Side effects that are not grouped by how common and how serious they are"),
        _QRD,
        order,
    ),
    Rule(
        "stop-and-call",
        Severity.WARNS,
        gettext_lazy("A serious side effect that no care card names"),
        "NHS digital service manual, care cards; NHS website, medicines A to Z, “Serious side effects”",
        stop_and_call,
    ),
)
