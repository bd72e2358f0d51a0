"""What moderators threw away before, as a count of words: multinomial naive Bayes, made anew from their last decisions.

It says nothing until it has seen enough of both kinds, and what it says it explains by the words that spoke for it.
Nothing is stored: a reply whose words were erased is forgotten with the next making, and no word counts that only one
or two replies had. Source: C. Manning, P. Raghavan, H. Schütze, Introduction to Information Retrieval, 13.2.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from monographs.text.words.phrases import words_of

ENOUGH_OF_EACH = 50  # replies of a kind
LEAST_REPLIES = 3  # that a word must have been in
LEAST_WORDS, LEAST_SPEAKING = 8, 5  # a text has; of them that speak for spam
SURE = math.log(1_000)  # the odds at which it speaks
_SPEAKS, _MOST_FOR_ONE = math.log(3), math.log(20)  # odds of a word: to be named; more than this one word never counts
_MOST_WORDS_SHOWN, _MOST_WORDS_OF_A_TEXT = 8, 400


@dataclass(frozen=True)
class Learnt:
    """Of each word the logarithm of the odds that a reply with it is spam. Empty as long as there is not enough."""

    odds: dict[str, float] = field(default_factory=dict)

    def words_for_spam(self, text: str) -> list[str]:
        """The words as typed that speak loudest for spam, if all words together make it a thousand times likelier."""
        if not self.odds:
            return []
        words = {word.folded: text[word.start : word.end] for word in words_of(text)[:_MOST_WORDS_OF_A_TEXT]}
        known = {folded: self.odds[folded] for folded in words if folded in self.odds}
        speaking = sorted((folded for folded, odds in known.items() if odds >= _SPEAKS), key=known.get, reverse=True)
        if len(words) < LEAST_WORDS or len(speaking) < LEAST_SPEAKING or sum(known.values()) < SURE:
            return []
        return [words[folded] for folded in speaking[:_MOST_WORDS_SHOWN]]


NOTHING = Learnt()


def learn(decided: Iterable[tuple[str, bool]], *, never: Collection[str] = ()) -> Learnt:
    """``decided`` are texts, and whether a moderator called them spam; each text once, whatever it repeats.

    ``never``: folded words that are a sign of nothing, such as medicines' names; numbers never are.
    """
    kinds: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    replies = Counter()
    for text, is_spam in dict(decided).items():
        replies[is_spam] += 1
        kinds[is_spam].update(
            {word.folded for word in words_of(text)[:_MOST_WORDS_OF_A_TEXT] if not word.folded[0].isdigit()}
        )
    if min(replies[True], replies[False]) < ENOUGH_OF_EACH:
        return NOTHING
    counted = (kinds[True] + kinds[False]).items()
    words = {word for word, count in counted if count >= LEAST_REPLIES and word not in never}
    totals = {kind: sum(counts[word] for word in words) + len(words) for kind, counts in kinds.items()}
    odds = {
        word: math.log((kinds[True][word] + 1) / totals[True]) - math.log((kinds[False][word] + 1) / totals[False])
        for word in words
    }
    return Learnt({word: max(-_MOST_FOR_ONE, min(_MOST_FOR_ONE, value)) for word, value in odds.items()})
