"""A leaflet's texts as they are saved: settled, but for those that were recorded already.

A text that nobody has touched stays byte for byte as it was recorded, so that no difference appears that nobody
made; the quality gate tells what is to be put right in it.
"""

from collections.abc import Callable
from dataclasses import replace

from monographs.leaflets.content import Content, SectionContent
from monographs.leaflets.limits import LONGEST_SECTION
from monographs.text.letters.settling import settle, settle_facts, settle_line

_LONGEST = {"title": 200, "heading": 200, "reason": 300, "citation": 500}  # characters, as the columns have


def settled(content: Content, *, before: Content | None = None) -> Content:
    """``content`` with every text settled that does not stand in ``before`` just so.

    A text that would become empty or too long to be kept stays as typed; the gate finds what is left in it.
    """
    known = _texts(before) if before else set()

    def one(text: str, by: Callable[[str], str], most: int) -> str:
        if text in known:
            return text
        put_right = by(text).strip("\n") if by is settle else by(text)
        return put_right if len(put_right) <= most and (put_right.strip() or not text.strip()) else text

    def section(was: SectionContent) -> SectionContent:
        return replace(
            was,
            heading=one(was.heading, settle_line, _LONGEST["heading"]),
            body=one(was.body, settle, LONGEST_SECTION),
            reason=one(was.reason, settle_line, _LONGEST["reason"]),
        )

    facts = (one(fact, settle_facts, len(fact) + 9).split("\n") for fact in content.key_facts)
    return replace(
        content,
        title=one(content.title, settle_line, _LONGEST["title"]),
        key_facts=tuple(line.strip() for lines in facts for line in lines if line.strip()),
        sections=tuple(section(was) for was in content.sections),
        sources=tuple(
            replace(was, citation=one(was.citation, settle_line, _LONGEST["citation"])) for was in content.sources
        ),
    )


def _texts(content: Content) -> set[str]:
    texts = {content.title, *content.key_facts, *(source.citation for source in content.sources)}
    for section in content.sections:
        texts |= {section.heading, section.body, section.reason}
    return texts
