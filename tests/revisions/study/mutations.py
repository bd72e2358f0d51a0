"""Seeded changes of single sentences, dangerous ones by kind and harmless ones, for the mutation study.

The words exchanged are those of `words.toml`, which were written down before the vocabularies that they try.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.revisions.study.words import group, pairs

SENTENCES = tuple(
    line
    for line in (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)
MOST = 60
"""How many changes of a kind are tried at most."""


@dataclass(frozen=True)
class Mutation:
    """A text before and after one change of one kind."""

    kind: str
    before: str
    after: str


Change = Callable[[random.Random, str], str | None]


def _replaced(sentence: str, old: str, new: str) -> str | None:
    """The sentence with one whole phrase replaced, keeping a capital; None where the phrase is not in it."""
    found = re.search(rf"(?<![\w-]){re.escape(old)}(?![\w-])", sentence, re.IGNORECASE)
    if not found:
        return None
    changed = " ".join((sentence[: found.start()] + new + sentence[found.end() :]).split())
    return changed[0].upper() + changed[1:] if found.start() == 0 else changed


def by_pairs(pairs: list[tuple[str, str]]) -> Change:
    """One phrase of a pair becomes the other."""

    def change(chance: random.Random, sentence: str) -> str | None:
        changed = [new for old, new in ((pair, _replaced(sentence, *pair)) for pair in pairs) if new]
        return chance.choice(changed) if changed else None

    return change


def within(group: list[str], others: list[str] | None = None) -> Change:
    """One word of the group becomes another, or one of ``others``."""

    def change(chance: random.Random, sentence: str) -> str | None:
        there = [word for word in group if _replaced(sentence, word, "x")]
        if not there:
            return None
        old = chance.choice(there)
        news = [word for word in others or group if word.casefold() not in sentence.casefold()]
        return _replaced(sentence, old, chance.choice(news))

    return change


def condition(chance: random.Random, sentence: str) -> str | None:
    groups = [group("conditions"), group("symptoms"), group("condition_phrases")]
    changed = [new for group in groups if (new := within(group)(chance, sentence))]
    return chance.choice(changed) if changed else None


def number(chance: random.Random, sentence: str) -> str | None:
    changed = [new for group in (group("numbers"), group("number_words")) if (new := within(group)(chance, sentence))]
    return chance.choice(changed) if changed else None


def medicine(chance: random.Random, sentence: str) -> str | None:
    return within(group("medicines"), group("medicines") + group("other_medicines"))(chance, sentence)


def even_if(_chance: random.Random, sentence: str) -> str | None:
    return _replaced(sentence, "even if", "if") or _replaced(sentence, "if", "even if")


def typing_error(chance: random.Random, sentence: str) -> str | None:
    """A letter of a longer word doubled, dropped, exchanged or changed places with its neighbour."""
    found = list(re.finditer(r"[A-Za-z]{6,}", sentence))
    if not found:
        return None
    word = chance.choice(found)
    at = chance.randrange(1, len(word[0]) - 2)
    letters = word[0]
    ways = [letters[:at] + letters[at + 1 :], letters[:at] + letters[at] + letters[at:],
            letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :],
            letters[:at] + chance.choice("eaironst") + letters[at + 1 :]]  # fmt: skip
    wrong = chance.choice([way for way in ways if way != letters])
    return sentence[: word.start()] + wrong + sentence[word.end() :]


def capitals(chance: random.Random, sentence: str) -> str | None:
    found = [word for word in re.finditer(r"[a-z]{4,}", sentence)]
    word = chance.choice(found)
    return sentence[: word.start()] + chance.choice([word[0].upper(), word[0].capitalize()]) + sentence[word.end() :]


def punctuation(chance: random.Random, sentence: str) -> str | None:
    ways = [sentence[:-1] + "!", sentence[:-1], sentence.replace(", ", "; "), sentence.replace(", ", " – "),
            sentence.replace(" ", "  ", 1), sentence.replace(", ", " ")]  # fmt: skip
    return chance.choice([way for way in ways if way != sentence])


def plural(chance: random.Random, sentence: str) -> str | None:
    return by_pairs([("the tablets", "the tablet"), ("this medicine", "the medicine"), ("capsules", "capsule"),
                     ("the cream", "this cream"), ("side effects", "a side effect"), ("headaches", "headache"),
                     ("tablets are", "a tablet is"), ("a headache", "headaches"),
                     ("your stomach", "the stomach"), ("medicines", "medicine"), ("creams", "cream"),
                     ("kidneys", "kidney"), ("the liver", "your liver"), ("cramps", "cramp"),
                     ("blood clots", "a blood clot"), ("your doctor", "a doctor"),
                     ("the doctor", "your doctor"), ("a pharmacist", "your pharmacist")])(chance, sentence)  # fmt: skip


DANGEROUS: dict[str, Change] = {
    "number": number,
    "unit": by_pairs(pairs("units")),
    "frequency": by_pairs(pairs("frequencies")),
    "negation": by_pairs(pairs("negations")),
    "limit": by_pairs(pairs("limits")),
    "medicine": medicine,
    "condition": condition,
    "organ": within(group("organs")),
    "severity": by_pairs(pairs("severity")),
    "obligation": by_pairs(pairs("obligation")),
    "route": by_pairs(pairs("routes")),
    "form": by_pairs(pairs("forms")),
    "person": by_pairs(pairs("people")),
    "action": by_pairs(pairs("actions")),
    "even if": even_if,
}
HARMLESS: dict[str, Change] = {
    "synonym": by_pairs(pairs("synonyms")),
    "spelling": by_pairs(pairs("spellings") + [(new, old) for old, new in pairs("spellings")]),
    "contraction": by_pairs(pairs("contractions")),
    "typing error": typing_error,
    "capitals": capitals,
    "punctuation": punctuation,
    "singular and plural": plural,
}


def _around(chance: random.Random, sentence: str) -> tuple[str, str]:
    """What stands before and behind a sentence in a leaflet."""
    one, other = chance.sample([other for other in SENTENCES if other != sentence], 2)
    return f"{one} ", f" {other}"


def _changed(kind: str, change: Change, seed: int) -> Iterator[Mutation]:
    """Up to `MOST` changes of one kind, each sentence changed at most three times, each result another."""
    chance = random.Random(f"{kind} {seed}")  # noqa: S311 - chooses words, no secret
    seen: set[str] = set()
    for _round in range(3):
        for sentence in chance.sample(SENTENCES, len(SENTENCES)):
            after = change(chance, sentence)
            if not after or after in seen or len(seen) >= MOST:
                continue
            seen.add(after)
            before_it, behind_it = _around(chance, sentence)
            yield Mutation(kind, before_it + sentence + behind_it, before_it + after + behind_it)


def _whole_sentences(seed: int) -> Iterator[Mutation]:
    """A sentence that tells patients what to do, or what to fear, gone from a text or new in it."""
    chance = random.Random(f"sentences {seed}")  # noqa: S311
    for sentence in group("sentences_away"):
        one, other = _around(chance, sentence)
        yield Mutation("deleted sentence", f"{one}{sentence}{other}", one + other.strip())
        yield Mutation("added sentence", one + other.strip(), f"{one}{sentence}{other}")


def dangerous(seed: int = 0) -> Iterator[Mutation]:
    """Changes that a second reader must be told."""
    for kind, change in DANGEROUS.items():
        yield from _changed(kind, change, seed)
    yield from _whole_sentences(seed)


def harmless(seed: int = 0) -> Iterator[Mutation]:
    """Changes that harm nobody."""
    for kind, change in HARMLESS.items():
        yield from _changed(kind, change, seed)
    chance = random.Random(f"hyphens {seed}")  # noqa: S311
    for written in group("hyphens"):
        sentence = chance.choice(group("hyphen_sentences"))
        for other in (written.replace("-", " "), written.replace("-", "")):
            both = [written, other]
            chance.shuffle(both)
            before, after = (sentence.format(each) for each in both)
            yield Mutation("hyphen", before, after)
    for both in pairs("rewordings"):
        before, after = both if chance.random() < 0.5 else both[::-1]
        yield Mutation("rewording", before, after)
