"""Which sections, key facts and sources of two revisions belong together, and which of them have moved."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from monographs.leaflets.content import Content, SectionContent, SourceContent
from monographs.leaflets.sections import OTHER, fold_heading
from monographs.text.changes.alignment import longest_increasing
from monographs.text.markup.markdown import plain_line

Match = tuple[int | None, int | None, bool]
"""Place in the old one, place in the new one (None where it isn't there), whether it has moved."""

_SAME_SECTION: tuple[Callable[[SectionContent], object], ...] = (
    lambda section: section.key,
    lambda section: (section.kind, fold_heading(section.heading)),
    lambda section: section.kind if section.kind != OTHER else None,
)
_SAME_SOURCE: tuple[Callable[[SourceContent], object], ...] = (
    lambda source: source,
    lambda source: (source.citation, source.url),
    lambda source: source.url or None,
    lambda source: " ".join(source.citation.casefold().split()) or None,
)


def match_sections(old: Content, new: Content) -> list[Match]:
    """Every section, in the new order: those of one key belong together, then those of one kind and heading."""
    return _in_new_order(old.sections, new.sections, _by_keys(old.sections, new.sections, _SAME_SECTION))


def match_sources(old: Content, new: Content) -> list[Match]:
    """Every source, in the new order: equal ones belong together, then those of one address or citation."""
    return _in_new_order(old.sources, new.sources, _by_keys(old.sources, new.sources, _SAME_SOURCE))


def match_key_facts(old: Content, new: Content) -> list[Match]:
    """Every key fact, in the new order: equal ones belong together, then those that share half of their words.

    Where more are left than a leaflet ever has, each counts as new or gone.
    """
    pairs = _by_keys(old.key_facts, new.key_facts, (lambda fact: fact,))
    old_words = {i: _words(old, i) for i in range(len(old.key_facts)) if i not in pairs.values()}
    new_words = {j: _words(new, j) for j in range(len(new.key_facts)) if j not in pairs}

    def likeness(i: int, j: int) -> float:
        total = len(old_words[i]) + len(new_words[j])
        return 2 * len(old_words[i] & new_words[j]) / total if total else 1.0

    if len(old_words) * len(new_words) <= 10_000:
        ranked = sorted((-likeness(i, j), abs(i - j), i, j) for i in old_words for j in new_words)
        for weight, _distance, i, j in ranked:
            if weight <= -0.5 and j not in pairs and i not in pairs.values():
                pairs[j] = i
    return _in_new_order(old.key_facts, new.key_facts, pairs)


def _words(content: Content, place: int) -> set[str]:
    """The words of one key fact."""
    return set(plain_line(content.key_facts[place], language=content.language).casefold().split())


def _by_keys(olds: Sequence, news: Sequence, keys: Sequence[Callable]) -> dict[int, int]:
    """New place → old place; each key is tried on what the keys before it left over."""
    pairs: dict[int, int] = {}
    for key in keys:
        waiting = defaultdict(list)
        for i, part in enumerate(olds):
            if i not in pairs.values() and key(part) is not None:
                waiting[key(part)].append(i)
        for j, part in enumerate(news):
            if j not in pairs and waiting.get(key(part)):
                pairs[j] = waiting[key(part)].pop(0)
    return pairs


def _in_new_order(olds: Sequence, news: Sequence, pairs: dict[int, int]) -> list[Match]:
    """What was removed stands behind the part it stood behind. As few parts as possible count as moved."""
    in_order = sorted(pairs)
    kept = {in_order[position] for position in longest_increasing([pairs[j] for j in in_order])}
    matched: list[Match] = [(pairs.get(j), j, j in pairs and j not in kept) for j in range(len(news))]
    for i in range(len(olds)):
        if i not in pairs.values():
            behind = next((at for at, (place, _new, _moved) in enumerate(matched) if i and place == i - 1), -1)
            matched.insert(behind + 1, (i, None, False))
    return matched
