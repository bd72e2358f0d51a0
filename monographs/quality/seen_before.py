"""What rules saw in the sections and key facts of a leaflet is remembered: most stay as they were from save to save.

Key facts and sections are looked at together where they are new, and each is remembered by its own words. Whatever a
rule looks at besides is in the key, or the rule says that it reads across the parts (`Rule.across_parts`); those, and
title and sources, are looked at each time.
"""

from collections.abc import Container, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import get_language

from monographs.leaflets.content import Content, SectionContent
from monographs.quality.findings import Observation, Rule
from monographs.remembered import Memory

Seen = tuple[Rule, Observation]

_MOST_CHARACTERS = 1_000_000  # of texts that are known: some hundred leaflets
_KEY_FACTS = "key_facts"
_OTHER_PLACES = ("title", _KEY_FACTS, "sources", "next_review_on")
_known: Memory[tuple[Seen, ...]] = Memory(_MOST_CHARACTERS)


def seen_by(rules: Sequence[Rule], content: Content) -> Iterator[Seen]:
    """All that the rules see in a leaflet, in no order but that of each rule within each place."""
    yield from _seen_in(content, [rule for rule in rules if rule.across_parts])
    parts = _parts(content)
    keys = _keys(content, parts)
    known = {place: seen for place, key in keys.items() if (seen := _known.get(key)) is not None}
    new: dict[str, list[Seen]] = {place: [] for place in parts if place not in known}
    for rule, one in _seen_in(_without(content, known), [rule for rule in rules if not rule.across_parts]):
        if one.place in new:
            new[one.place].append((rule, one))
        elif one.place not in known:  # that what was left out is not there is no news
            yield rule, one
    for place, seen in new.items():
        _known.keep(keys[place], tuple(seen), characters=_length(parts[place]))
    for seen in (*known.values(), *new.values()):
        yield from seen


def _seen_in(content: Content, rules: Sequence[Rule]) -> Iterator[Seen]:
    return ((rule, one) for rule in rules for one in rule.look(content))


def _without(content: Content, places: Container[str]) -> Content:
    """The leaflet without the parts at these places."""
    return replace(
        content,
        key_facts=() if _KEY_FACTS in places else content.key_facts,
        sections=tuple(section for section in content.sections if section.key not in places),
    )


def _parts(content: Content) -> dict[str, SectionContent | tuple[str, ...]]:
    """Place → words; none where two have the same place."""
    places = {section.key: section for section in content.sections}
    if len(places) < len(content.sections) or not places.keys().isdisjoint(_OTHER_PLACES):
        return {}
    return {_KEY_FACTS: content.key_facts, **places}


def _keys(content: Content, parts: Mapping[str, SectionContent | tuple[str, ...]]) -> dict[str, Hashable]:
    """Messages are in the active language."""
    same = content.medicine, content.language, content.edition, get_language()
    return {place: (part, *same) for place, part in parts.items()}


def _length(part: SectionContent | tuple[str, ...]) -> int:
    if isinstance(part, SectionContent):
        return len(part.heading) + len(part.reason) + len(part.body)
    return sum(map(len, part))
