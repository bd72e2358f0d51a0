"""What one leaflet says to a question that its reader is about to send: its own sentences, whole, or nothing.

By what can be asked about (`concepts`), else by the words of the question that carry weight. Nothing is put
together here; where little of the question stands in the leaflet, nothing is quoted.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from django.db.models import BigIntegerField

from monographs.prepared import PreparedIn
from monographs.search.questions.answers import about, without_heading
from monographs.search.questions.concepts import Concept, concept_of
from monographs.search.texts.said import Said, lines_of, of_publications, read_passages
from monographs.text.letters.folding import fold
from monographs.text.tokens.reading import WORD, pieces
from monographs.text.tokens.tokens import Wanted, tokens, wanted
from monographs.text.words.lexicon import is_everyday, lines

MOST = 3  # sentences
_MOST_QUESTIONS = 3  # of one text
_LONGEST = 300  # characters of one question
_SHORT = 200  # characters of a text that is looked at as one question, without a sign for it
_FEWEST_LETTERS = 3  # of a word with weight in a language whose everyday words we have no list of
_MOST_SAYING_SO = 4  # sentences with a question's one word of weight; a word of more than that answers nothing
_ASKED = re.compile(rf"[^.!?…؟。！？\n]{{1,{_LONGEST}}}[?؟？]")


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence of the leaflet, without its section's heading, and where it stands."""

    sentence: str
    heading: str
    anchor: str


def told_by(
    publication: int | Callable[[], int | None], text: str, *, language: str, is_question: bool = False
) -> list[Told]:
    """At most `MOST` sentences of a publication that answer what ``text`` asks; [] where it asks nothing, or nothing
    fits. ``is_question`` where something else than a question mark says that it asks. One query, none where nothing is
    asked; then it is not asked either which ``publication`` it is, where that is a function."""
    questions = asked_in(text)
    whole = text if len(text) <= _SHORT and (is_question or _asks_clearly(text)) else ""
    if not (questions or whole):
        return []
    shown = publication() if callable(publication) else publication
    rows = sorted(read_passages(_passages, [shown])) if shown else []
    return _told(questions, rows, language) or (_told([whole], rows, language) if whole else [])


def _asks_clearly(text: str) -> bool:
    """Whether it asks something in clear words though no question mark says so: a remark that has a word such as
    "fast" or "milk" is no question."""
    asked = concept_of(text)
    return bool(asked) and not asked.is_vague


def _told(questions: Iterable[str], rows: Sequence[Said], language: str) -> list[Told]:
    found: dict[str, Told] = {}
    for question in questions:
        for row, sentence in _answers(question, rows, language):
            told = Told(without_heading(sentence, row.heading), row.heading, row.anchor)
            found.setdefault(told.sentence, told)
    return list(found.values())[:MOST]


_passages = PreparedIn(of_publications, BigIntegerField())


def asked_in(text: str) -> list[str]:
    """The sentences of a text that end in a question mark, the first few."""
    return [match[0].strip() for match in islice(_ASKED.finditer(text), _MOST_QUESTIONS)]


def _answers(question: str, rows: Sequence[Said], language: str) -> list[tuple[Said, str]]:
    asked = concept_of(question)
    is_theirs = asked and asked.language == language.partition("-")[0]
    by_subject = _of_concept(asked.concept, question, rows, language) if is_theirs else []
    return by_subject or _by_words(question, rows, language)


def _of_concept(concept: Concept, question: str, rows: Sequence[Said], language: str) -> list[tuple[Said, str]]:
    if phrases := concept.phrases(language, question):
        rows = concept.in_order(rows)
        return next(([(row, said) for said in found] for row in rows if (found := about(phrases, row))), [])
    theirs = [row for kind in concept.kinds for row in rows if row.kind == kind]
    named = _by_words(question, theirs, language)
    if named or _is_about_somebody(question):
        return named
    return [(row, said) for row in theirs[:1] for said, _line in lines_of(row) if said]


def _is_about_somebody(question: str) -> bool:
    """Whether an age, an amount or a kind of people is named: what the leaflet says to others first is no answer."""
    return any(piece.kind != WORD or piece.text in _people() for piece in pieces(question))


@cache
def _people() -> frozenset[str]:
    named = {fold(phrase) for line in lines("people") for phrase in line if " " not in phrase}
    return frozenset(named | {"son", "daughter"})


def _by_words(question: str, rows: Sequence[Said], language: str) -> list[tuple[Said, str]]:
    """The sentences with the most of the question's words of weight: at least half of them."""
    asked = _with_weight(question, rows, language)
    best: list[tuple[Said, str]] = []
    most = (len(asked) + 1) // 2
    for row in rows:
        heading = set(tokens(row.heading, row.language))
        for said, line in lines_of(row):
            here = sum(not one.ways.isdisjoint(line) for one in asked)
            count = sum(not one.ways.isdisjoint(line | heading) for one in asked)
            if not said or not here or count < most:
                continue
            best = [*best, (row, said)] if count == most else [(row, said)]
            most = count
    return best if len(asked) > 1 or len(best) <= _MOST_SAYING_SO else []


def _with_weight(question: str, rows: Sequence[Said], language: str) -> list[Wanted]:
    """What is looked for: neither the medicine's own name, which every sentence is about, nor everyday words."""
    title = set(rows[0].tokens.split("\n")[0].split()) if rows else set()
    for row in rows:
        title &= set(row.tokens.split("\n")[0].split())
    is_known = language.partition("-")[0] == "en"
    return [
        one
        for one in wanted(question, (language,))
        if one.ways.isdisjoint(title) and not (one.piece.kind == WORD and _is_light(one.piece.text, is_known=is_known))
    ]


def _is_light(word: str, *, is_known: bool) -> bool:
    return is_everyday(word) if is_known else len(word) < _FEWEST_LETTERS
