"""What of a text that none came before a second reader must hold against the sources: amounts, times and warnings.

A list is read when each line of it is worth the look. So an amount is named with its time ("50mg once a day"), a
heading is no warning, "today" is no frequency, an organ is a way of taking only where something is taken, and of all
that a sentence denies only what it forbids counts.
"""

import re
from collections.abc import Iterator, Sequence

from monographs.text.markup.outline import Line
from monographs.text.words.classes import Category
from monographs.text.words.mention import Mention, Sentence
from monographs.text.words.mentions import Reader

_FORBIDS = re.compile(
    r"(?:^|[,;:–—(]\s*|\b(?:and|so|but|then|please|or|also|still)\s+)(?:do\s*not|don['’]?t|never|avoid|stop)\b(?!\s+go\b)"
    r"|\b(?:must|should)\s*(?:not|n['’]?t|never)\b|\b(?:best|told|try|sure|careful)\s+not\s+to\b"
    r"|\bnot\s+(?:suitable|recommended|safe|allowed|meant)\b|\b(?:is|are)\s+not\s+for\s+(?!pain|everyone)"
    r"|\bunless\b|\bonly\s+(?:if|after|by|on|for|under|use|take)\b|\b(?:take|taken|use|used|give|given)\b[^.,;]*\bonly\b"
    r"|\bcontra-?indicated\b|\bunsafe\b|\bunsuitable\b|\bforbidden\b|\bkeep\b[^.,;]*\baway\s+from\b",
    re.IGNORECASE,
)
_GIVES = re.compile(
    r"(?:^|[,;:]\s*|\b(?:to|and|or|then|must|should|can|may|is|are|be|not)\s+)"
    r"(?:take|taken|use|used|put|apply|applied|inject|injected|insert|inserted|swallow|swallowed|place|placed|spray|"
    r"give|given|chew|chewed|inhale|inhaled|rub|rubbed|drop|dissolve|dissolved|suck|hold|breathe|stick)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"(?:an?|per|each)\s+\w+|now|today|tomorrow|always|(?:very\s+)?(?:un)?common(?:ly)?|(?:very\s+)?rare(?:ly)?|often|usually"
    r"|sometimes|occasionally|seldom|(?:in)?frequent(?:ly)?|regularly|(?:several|some|a\s+few|many)\s+\w+"
    r"|nights?|mornings?|evenings?|afternoons?|days?|once|\w+\s+once",
    re.IGNORECASE,
)
_NAMED_BY_NUMBER = re.compile(r"\b(?:type|vitamin|factor|step)\s+[\dIVX]+$|[A-Za-z]\d+$", re.IGNORECASE)
"""The number is part of a name: "type 2 diabetes", "vitamin B12"."""
_COUNTED = {"dose", "number", "frequency"}


def first_reading(text: str | Sequence[Line], reader: Reader) -> dict[Category, list[str]]:
    """By category, what to check, each once and in reading order: phrases, and of a warning its sentence."""
    found: dict[Category, dict[str, None]] = {}
    sentences = reader.sentences(text)
    labels = {label.text for sentence in sentences for label in sentence.labels}
    for sentence in sentences:
        is_label = sentence.text in labels
        for category, words in _worth(sentence, is_label, reader.is_english):
            found.setdefault(category, {})[words] = None
    return {category: list(words) for category, words in found.items()}


def _worth(sentence: Sentence, is_label: bool, is_english: bool) -> Iterator[tuple[Category, str]]:
    is_warning = not is_label and _forbids(sentence, is_english)
    yield from ((category, words) for category, words in _counted(sentence, is_label)
                if not (is_warning and words == sentence.text))  # fmt: skip
    if is_label:
        return
    if not is_english or _GIVES.search(sentence.text):
        yield from (("route", mention.phrase) for mention in sentence.mentions if mention.category == "route")
    if is_warning:
        yield "negation", sentence.text
    elif over := [label for label in sentence.labels if _forbids(label, is_english)]:
        yield "negation", f"{over[-1].text.rstrip(':：')}: {sentence.text}"


def _forbids(sentence: Sentence, is_english: bool) -> bool:
    if is_english:
        return bool(_FORBIDS.search(sentence.text))
    return any(mention.category == "negation" for mention in sentence.mentions)


def _counted(sentence: Sentence, is_label: bool) -> Iterator[tuple[Category, str]]:
    """Amounts and times, those that stand side by side as one; a bare number with its sentence."""
    for together, before, phrase in _side_by_side(sentence):
        categories = [mention.category for mention in together]
        if "dose" in categories:
            yield "dose", phrase
        elif "number" in categories and any(mention.unit for mention in together):
            yield "number", phrase
        elif "number" in categories:
            yield from _bare_number(sentence.text, before, phrase)
        elif not is_label and not _VAGUE.fullmatch(phrase) or _has_digit(phrase):
            yield "frequency", phrase


def _bare_number(text: str, before: str, phrase: str) -> Iterator[tuple[Category, str]]:
    """A number without a unit, with its sentence, unless it is part of a name or only a figure of speech."""
    is_name = _NAMED_BY_NUMBER.search(f"{before}{phrase}")
    if not is_name and (_has_digit(phrase) or _GIVES.search(text)):
        yield "number", text


def _has_digit(phrase: str) -> bool:
    return any(character.isdigit() for character in phrase)


def _side_by_side(sentence: Sentence) -> Iterator[tuple[list[Mention], str, str]]:
    """Amounts and times without a word between them, what stands before them, and all of them as they are written."""
    together: list[tuple[Mention, range]] = []
    for item, place in (*_placed(sentence), ("", range(0))):
        if isinstance(item, Mention) and not item.term and not item.is_weak and item.category in _COUNTED:
            together.append((item, place))
        elif together:
            mentions = [mention for mention, _place in together]
            first, last = together[0][1], together[-1][1]
            told = " ".join(mention.phrase for mention in mentions)
            phrase = _as_written(sentence.text, first.start, last.stop) if first and last else told
            yield mentions, sentence.text[: first.start], phrase
            together = []


def _as_written(text: str, start: int, end: int) -> str:
    """With the bracket that closes one within."""
    phrase = text[start:end]
    return phrase + ")" if phrase.count("(") > phrase.count(")") and text.startswith(")", end) else phrase


def _placed(sentence: Sentence) -> Iterator[tuple[str | Mention, range]]:
    """Each item with where it stands in the sentence, each behind the one before: "5 mg" is also in "25 mg", and may
    stand there twice. An empty range for words, and for what is not written as it is told."""
    behind = 0
    for item in sentence.items:
        place = range(0) if isinstance(item, str) or item.term else _place(item.phrase, sentence.text, behind)
        behind = max(behind, place.stop)
        yield item, place


def _place(phrase: str, text: str, behind: int) -> range:
    """Where the phrase stands next as whole words, or within one where nothing parts words."""
    first = start = text.find(phrase, behind)
    while start >= 0:
        end = start + len(phrase)
        if not (text[max(start - 1, 0) : start].isalnum() or text[end : end + 1].isalnum()):
            return range(start, end)
        start = text.find(phrase, start + 1)
    return range(first, first + len(phrase)) if first >= 0 else range(0)
