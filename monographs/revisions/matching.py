"""Which sections, key facts and sources of two revisions belong together, and which of them have moved."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from monographs.leaflets.content import Content, SectionContent, SourceContent
from monographs.leaflets.sections import OTHER, fold_heading
from monographs.text.alignment import longest_increasing
from monographs.text.markdown import plain

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
    """Every key fact, in the new order: equal ones belong together, then those that share half of their words."""
    old_words = [set(plain(fact, language=old.language).casefold().split()) for fact in old.key_facts]
    new_words = [set(plain(fact, language=new.language).casefold().split()) for fact in new.key_facts]

    def likeness(i: int, j: int) -> float:
        if old.key_facts[i] == new.key_facts[j]:
            return 2.0
        total = len(old_words[i]) + len(new_words[j])
        return 2 * len(old_words[i] & new_words[j]) / total if total else 1.0

    ranked = sorted((-likeness(i, j), abs(i - j), i, j) for i in range(len(old_words)) for j in range(len(new_words)))
    pairs: dict[int, int] = {}
    for weight, _distance, i, j in ranked:
        if weight <= -0.5 and j not in pairs and i not in pairs.values():
            pairs[j] = i
    return _in_new_order(old.key_facts, new.key_facts, pairs)


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
