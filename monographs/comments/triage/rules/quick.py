"""Which patterns may hold in a text at all, before any of them is tried.

A pattern holds only where a text has a word of each of several sets. Of these sets the one whose words are rarest
("overdose" rather than "i") says where it is looked at: rare is taken to be what few patterns ask for, and what is
long.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

from monographs.comments.triage.rules.parts import Keys
from monographs.comments.triage.rules.rule import Pattern, Rule

MayHold = Sequence[Sequence[Pattern]]
"""For each group of a rule the patterns that may hold, in the group's order."""


class Quick:
    """Look-up of some rules, each with its number, by the words that a text has."""

    def __init__(self, rules: Mapping[int, Rule]):
        self._groups = {number: len(rule.groups) for number, rule in rules.items()}
        patterns = [
            ((number, group, place), pattern)
            for number, rule in rules.items()
            for group, alternatives in enumerate(rule.groups)
            for place, pattern in enumerate(alternatives)
        ]
        asked = Counter(word for _where, pattern in patterns for words in _sets(pattern) for word in words)
        self._by_word: dict[str, tuple[tuple[tuple[int, int, int], Pattern, tuple[Keys, ...]], ...]] = {}
        for where, pattern in patterns:
            alone = ((where, pattern, pattern.needed),)  # one for all words that lead to this pattern alone
            for word in min(_sets(pattern), key=lambda words: sum(asked[word] * _common(word) for word in words)):
                self._by_word[word] = (*others, *alone) if (others := self._by_word.get(word)) else alone

    def may_hold(self, there: Set[str]) -> dict[int, MayHold]:
        """The rules, by number and in that order, which have a pattern in each group that may hold."""
        found: dict[tuple[int, int, int], Pattern] = {}
        is_missing = there.isdisjoint
        for word in self._by_word.keys() & there:
            for where, pattern, needed in self._by_word[word]:
                for words in needed:  # `Pattern.may_hold`, without a call for each of the very many
                    if is_missing(words):
                        break
                else:
                    found[where] = pattern
        by_rule: dict[int, dict[int, list[Pattern]]] = {}
        for number, group, place in sorted(found):
            by_rule.setdefault(number, {}).setdefault(group, []).append(found[number, group, place])
        return {
            number: list(groups.values()) for number, groups in by_rule.items() if len(groups) == self._groups[number]
        }


def _common(word: str) -> int:
    """About how much more often a text has such a word than one of many letters; a number, "?" and a medicine's name
    stand in every other text."""
    if not word[0].isalpha():
        return 200
    return {1: 16, 2: 8, 3: 4}.get(len(word.rstrip("*~")), 1)


def _sets(pattern: Pattern) -> Iterable[Keys]:
    return (pattern.stretches[0].first, *pattern.needed)
