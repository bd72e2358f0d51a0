"""Questions: what is asked about a medicine is answered by the part of its leaflet that says it, in its own words.

What can be asked about is data (`concepts`). Nothing is put together here: sentences are quoted whole, or none
is.
"""

import datetime as dt
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from django.db.models import BigIntegerField, DateTimeField, QuerySet

from monographs.leaflets.models import Edition
from monographs.medicines.models import MedicineName
from monographs.prepared import Given, PreparedIn
from monographs.search.questions.concepts import Concept, Phrase, concept_of, has_phrase, refers_back, ways_of
from monographs.search.texts.said import Said, lines_of, of_publications, read_passages
from monographs.search.texts.titles import SHOWN, ShownTitle, read_titles, shown_titles
from monographs.text.letters.folding import fold
from monographs.text.tokens.tokens import tokens, wanted
from monographs.text.words.lexicon import is_everyday

MOST_SENTENCES = 8  # of one answer; what follows is a link away, except of what is urgent: that is told whole
_MOST_LEAFLETS = 4  # that one question is answered from: languages and editions of a medicine
_LONGEST_NAME = 5  # words


@dataclass(frozen=True, slots=True)
class Reply:
    """What one leaflet says. ``sentences`` are whole, without their section's heading; none where it says nothing.

    ``is_cut``: the section goes on. ``ways`` are the tokens to mark; ``medicine`` is its number.
    """

    slug: str
    title: str
    language: str
    heading: str = ""
    anchor: str = ""
    sentences: tuple[str, ...] = ()
    is_cut: bool = False
    ways: frozenset[str] = frozenset()
    edition: str = Edition.STANDARD
    medicine: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """``replies`` by the leaflets of the medicine that was named; without any, and with ``asks_which``, none was."""

    concept: str
    replies: tuple[Reply, ...] = ()
    asks_which: bool = False
    is_urgent: bool = False
    is_vague: bool = False


def answer(
    query: str, *, at: dt.datetime, medicines: Iterable[int] | None = None, without: Container[str] = ()
) -> Answer | None:
    """The answer to a question, or None if it is none that `concepts` know or its medicine has no leaflet.

    ``medicines`` are the ids of those that it names, if the caller knows; otherwise they are looked up. ``without`` are
    the keys of concepts that are answered otherwise. Three queries at most, none for what is no question.
    """
    found = concept_of(query)
    if not found:
        return None
    named = list(named_in(query) if medicines is None else medicines)
    found = found if named else concept_of(query, is_named=False)
    if not found:
        return None
    concept = found.concept
    if concept.key in without:
        return None
    if not named:
        return Answer(concept.key, asks_which=True, is_urgent=concept.is_urgent)
    leaflets = _leaflets(named, found.language, at)
    if not leaflets:
        return Answer(concept.key, is_urgent=True) if concept.is_urgent else None
    said = _passages([row.publication for row in leaflets], concept)
    replies = tuple(_reply(row, said.get(row.publication, []), concept, query) for row in leaflets)
    return Answer(concept.key, replies, is_urgent=concept.is_urgent, is_vague=found.is_vague)


def named_in(query: str) -> list[int]:
    """Ids of the medicines whose names stand in a query as whole words; one query."""
    words = fold(query).replace("?", " ").split()
    runs = {
        " ".join(words[first:last])
        for first in range(len(words))
        for last in range(first + 1, min(first + _LONGEST_NAME, len(words)) + 1)
    }
    rows = MedicineName.objects.filter(folded__in=runs).order_by("medicine").values_list("medicine", flat=True)
    return list(dict.fromkeys(rows))


def _leaflets(medicines: Sequence[int], language: str, at: dt.datetime) -> list[ShownTitle]:
    """Their leaflets that are shown, those in the language of the question first, easy read behind the full ones."""
    rows = read_titles(_shown_of, medicines, at=at)
    rows.sort(
        key=lambda row: (row.language.partition("-")[0] != language, row.edition != Edition.STANDARD, row.publication)
    )
    return rows[:_MOST_LEAFLETS]


def _titles_of(medicines: list[Given]) -> QuerySet:
    titles = shown_titles(Given("at", DateTimeField())).filter(publication__leaflet__medicine__pk__in=medicines)
    return titles.order_by().values_list(*SHOWN)


_shown_of = PreparedIn(_titles_of, BigIntegerField())


def _passages(publications: Iterable[int], concept: Concept) -> dict[int, list[Said]]:
    """The sections of each that may answer, the best kind first."""
    found: dict[int, list[Said]] = {}
    is_anywhere = concept.topics and not concept.is_within
    for row in concept.in_order(read_passages(_of_kinds(() if is_anywhere else concept.kinds), publications)):
        found.setdefault(row.publication, []).append(row)
    return found


@cache
def _of_kinds(kinds: tuple[str, ...]) -> PreparedIn:
    """Sections of these kinds, or all."""
    if not kinds:
        return PreparedIn(of_publications, BigIntegerField())
    return PreparedIn(lambda publications: of_publications(publications).filter(kind__in=kinds), BigIntegerField())


def _reply(leaflet: ShownTitle, passages: Sequence[Said], concept: Concept, query: str) -> Reply:
    reply = Reply(leaflet.slug, leaflet.title, leaflet.language, edition=leaflet.edition, medicine=leaflet.medicine)
    phrases = _beside(concept, query, leaflet) if concept.by_words else concept.phrases(leaflet.language, query)
    for row in passages:
        if phrases and (told := about(phrases, row)):
            return _quoting(reply, row, told, phrases, is_whole=concept.is_urgent)
    if phrases and not concept.by_words:
        return reply
    # Whole sections: also of a leaflet in a language of which we do not know how it says this.
    of_kinds = ((row, told) for row in passages if row.kind in concept.kinds and (told := _all_of(row)))
    return next((_quoting(reply, row, told, is_whole=concept.is_urgent) for row, told in of_kinds), reply)


def _quoting(
    reply: Reply, row: Said, told: Sequence[str], phrases: tuple[Phrase, ...] = (), *, is_whole: bool
) -> Reply:
    most = len(told) if is_whole else MOST_SENTENCES
    sentences = tuple(without_heading(said, row.heading) for said in told[:most])
    ways = ways_of(phrases)
    said = {"heading": row.heading, "anchor": row.anchor, "sentences": sentences}
    return replace(reply, **said, is_cut=bool(ways) or len(told) > most, ways=ways)


def _all_of(row: Said) -> list[str]:
    return [said for said, _line in lines_of(row) if said]


def _beside(concept: Concept, query: str, leaflet: ShownTitle) -> tuple[Phrase, ...]:
    """What a question names beside what it asks, as "headaches" in "does ibuprofen cause headaches"."""
    names = frozenset(tokens(f"{leaflet.title} {leaflet.name}", leaflet.language))
    asking = {each for way in concept.ways for each in way.stems}
    return tuple(
        (one.ways,)
        for one in wanted(query, (leaflet.language,))
        if one.ways.isdisjoint(names) and one.ways.isdisjoint(asking) and not is_everyday(one.piece.text)
    )


def about(phrases: tuple[Phrase, ...], passage: Said) -> list[str]:
    """Sentences that have one of the phrases; one that refers back ("if this happens") behind the one before it."""
    found, before = [], ""
    any_way = ways_of(phrases)
    back = refers_back().get(passage.language.partition("-")[0])
    for said, line in lines_of(passage):
        if said and not any_way.isdisjoint(line) and any(has_phrase(line, phrase) for phrase in phrases):
            refers = back is None or not back.isdisjoint(line)
            found += [before, said] if refers and before and before not in found else [said]
        before = said
    return found


def without_heading(said: str, heading: str) -> str:
    """A quotation as it stands under its section's own heading."""
    return said.removeprefix(heading.rstrip(":：")).removeprefix(": ").removeprefix(" › ")
