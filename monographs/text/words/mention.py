"""What a sentence consists of: its plain words, and the mentions in it that a reader could be harmed by."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from monographs.text.words.lexicon import Term
from monographs.text.words.vocabulary import FUNCTION_WORDS

_LIGHT = frozenset({"obligation", "certainty"})  # classes whose words come with any subject, as "must" and "mostly" do


@dataclass(frozen=True)
class Mention:
    """One mention, as written and as meant.

    ``category`` is what its change is told as (`safety.SafetyChange`). ``meaning`` is what two mentions are compared
    by; ``unit`` is the part of it that names the unit, or "". A weak mention (a bare "one", "once", "before",
    "more") says little alone and matters only where another stands against it. ``term`` is what the lists say of it,
    None of what is read by patterns: amounts, times, routes and negations.
    """

    category: str
    phrase: str
    meaning: tuple
    unit: str = ""
    is_weak: bool = False
    term: Term | None = None


@dataclass(frozen=True)
class Sentence:
    """A sentence, or a line that is none (a heading, a table row): the words and mentions that it consists of.

    ``labels`` are the lines that say what it holds for (`outline`), the outermost first.
    """

    text: str
    items: tuple[str | Mention, ...]
    labels: tuple["Sentence", ...] = ()

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The amounts, times, routes and negations that it mentions, weak ones aside."""
        return tuple(
            item for item in self.items if isinstance(item, Mention) and not item.is_weak and _is_measured(item)
        )

    @cached_property
    def terms(self) -> tuple[Mention, ...]:
        """The words in it that the lists know."""
        return tuple(item for item in self.items if isinstance(item, Mention) and item.term)

    @property
    def lead(self) -> str:
        """Its labels in words, "Adults › Over 65", or ""."""
        return self.lead_of(self.place)

    def lead_of(self, meanings: tuple) -> str:
        """The same for the labels that have one of these meanings."""
        return " › ".join(label.text.rstrip(":：") for label in self.labels if label.meaning in meanings)

    @property
    def told(self) -> str:
        """The sentence behind what it holds for: "Adults: Take 5 mg."."""
        return f"{self.lead}: {self.text}" if self.lead else self.text

    @cached_property
    def place(self) -> tuple:
        """Equal for two sentences that stand under the same labels."""
        return tuple(label.meaning for label in self.labels)

    @cached_property
    def meaning(self) -> tuple:
        """Equal for two sentences that differ in capitals, spacing, punctuation or the writing of a dose only."""
        return tuple(item if isinstance(item, str) else item.meaning for item in self.items)

    @cached_property
    def skeleton(self) -> tuple:
        """The same, with each amount, time, route and negation replaced by its category."""
        return tuple(
            item if isinstance(item, str) else item.meaning if item.term else (item.category,) for item in self.items
        )

    @cached_property
    def bag(self) -> Counter:
        """Its content words, counting 2 each, and the categories of its mentions, counting 1 each."""
        bag: Counter = Counter()
        for item in self.items:
            if is_content_word(item):
                bag[item if isinstance(item, str) else item.meaning] += 2
            elif isinstance(item, Mention) and not item.term:
                bag[(item.category,)] += 1
        return bag


def is_content_word(item: str | Mention) -> bool:
    """Whether the item is a word that carries meaning: neither read by a pattern nor "the", "of", "you", "must"."""
    if isinstance(item, str):
        return item not in FUNCTION_WORDS
    return item.term is not None and item.term.of_class not in _LIGHT


def _is_measured(item: Mention) -> bool:
    """Whether it is of the kinds that doses and warnings consist of; of the lists' words, only "immediately" is."""
    return item.term is None or item.term.of_class == "urgency"
