"""Questions: what is asked about a medicine is answered by the part of its leaflet that says it, in its own words.

What can be asked about is data: a file for each in ``lists/``, with the words of the question in each language and the
kinds of sections that answer it. Nothing is put together here: sentences are quoted whole, or none is.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.db.models import BigIntegerField, DateTimeField, QuerySet
from django.utils.translation import get_language

from monographs.leaflets.models import Edition
from monographs.medicines.models import MedicineName
from monographs.prepared import Given, PreparedIn
from monographs.search.fulltext import (
    SHOWN,
    Said,
    ShownTitle,
    lines_of,
    of_publications,
    read_passages,
    read_titles,
    shown_titles,
)
from monographs.text.letters.folding import fold
from monographs.text.tokens.reading import WORD, pieces
from monographs.text.tokens.stems import stem
from monographs.text.tokens.tokens import wanted

LISTS = Path(__file__).parent / "lists"
MOST_SENTENCES = 8  # of one answer; what follows is a link away, except of what is urgent: that is told whole
_MOST_LEAFLETS = 4  # that one question is answered from: languages and editions of a medicine
_LONGEST_NAME = 5  # words


@dataclass(frozen=True, slots=True)
class Concept:
    """Something that is asked about. Each of ``asked`` is a language and the stems that a question about it has.

    ``kinds`` of sections answer it. Where there are ``topics``, words and their languages, only those sentences do that
    have one. ``is_urgent``: it comes before any other. ``is_vague``: the words are asked with much else, so any
    other concept comes first.
    """

    key: str
    kinds: tuple[str, ...]
    is_urgent: bool
    is_vague: bool
    topics: tuple[tuple[str, str], ...]
    asked: tuple[tuple[str, frozenset[str]], ...]


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


def answer(query: str, *, at: dt.datetime, medicines: Iterable[int] | None = None) -> Answer | None:
    """The answer to a question, or None if it is none that `concepts` know or its medicine has no leaflet.

    ``medicines`` are the ids of those that it names, if the caller knows; otherwise they are looked up. Three queries
    at most, none for what is no question.
    """
    found = concept_of(query)
    if not found:
        return None
    concept, language = found
    named = list(named_in(query) if medicines is None else medicines)
    if not named:
        return Answer(concept.key, asks_which=True, is_urgent=concept.is_urgent)
    leaflets = _leaflets(named, language, at)
    if not leaflets:
        return Answer(concept.key, is_urgent=True) if concept.is_urgent else None
    said = _passages([row.publication for row in leaflets], concept)
    replies = tuple(_reply(row, said.get(row.publication, []), concept) for row in leaflets)
    return Answer(concept.key, replies, is_urgent=concept.is_urgent)


def concept_of(query: str) -> tuple[Concept, str] | None:
    """What is asked about, by the most words, and in which language; None for what is no such question.

    Words that ask the same in several languages ("alcohol") are in the active one, if that is one of them.
    """
    words = _words(query)
    stems_in = {language: _stems(words, language) for language in _languages()}
    asked = (way for way in _clearest_first() if way[2] <= stems_in[way[1]])
    clearest = next(asked, None)
    if not clearest:
        return None
    concept, language, stems = clearest
    same_in = {way[1] for way in asked if way[0] is concept and len(way[2]) == len(stems)}
    ours = (get_language() or "").partition("-")[0]
    return concept, ours if ours in same_in else language


@cache
def _clearest_first() -> tuple[tuple[Concept, str, frozenset[str]], ...]:
    """Each way to ask about something, the language it is in, and its stems: what decides sooner before the rest."""
    ways = [(concept, language, stems) for concept in concepts() for language, stems in concept.asked]
    return tuple(sorted(ways, key=lambda way: (not way[0].is_urgent, way[0].is_vague, -len(way[2]))))


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
    rows.sort(key=lambda row: (row.language != language, row.edition != Edition.STANDARD, row.publication))
    return rows[:_MOST_LEAFLETS]


def _titles_of(medicines: list[Given]) -> QuerySet:
    titles = shown_titles(Given("at", DateTimeField())).filter(publication__leaflet__medicine__pk__in=medicines)
    return titles.order_by().values_list(*SHOWN)


_shown_of = PreparedIn(_titles_of, BigIntegerField())


def _passages(publications: Iterable[int], concept: Concept) -> dict[int, list[Said]]:
    """The sections of each that may answer, the best kind first."""
    places = {kind: place for place, kind in enumerate(concept.kinds)}
    found: dict[int, list[Said]] = {}
    rows = read_passages(_of_kinds(() if concept.topics else concept.kinds), publications)
    for row in sorted(rows, key=lambda row: (places.get(row.kind, 99), row.pk)):
        found.setdefault(row.publication, []).append(row)
    return found


@cache
def _of_kinds(kinds: tuple[str, ...]) -> PreparedIn:
    """Sections of these kinds, or all."""
    if not kinds:
        return PreparedIn(of_publications, BigIntegerField())
    return PreparedIn(lambda publications: of_publications(publications).filter(kind__in=kinds), BigIntegerField())


def _reply(leaflet: ShownTitle, passages: Sequence[Said], concept: Concept) -> Reply:
    reply = Reply(leaflet.slug, leaflet.title, leaflet.language, edition=leaflet.edition, medicine=leaflet.medicine)
    topic = topic_ways(concept, leaflet.language)
    for row in passages:
        told = about(topic, row) if topic else [said for said, _line in lines_of(row) if said]
        if told:
            most = len(told) if concept.is_urgent else MOST_SENTENCES
            sentences = tuple(without_heading(said, row.heading) for said in told[:most])
            is_cut = bool(topic) or len(told) > most
            said = {"heading": row.heading, "anchor": row.anchor, "sentences": sentences}
            return replace(reply, **said, is_cut=is_cut, ways=topic)
    return reply


def about(topic: frozenset[str], passage: Said) -> list[str]:
    """Sentences that name the topic; one that refers back ("if this happens") behind the one before it."""
    found, before = [], ""
    back = refers_back().get(passage.language.partition("-")[0])
    for said, line in lines_of(passage):
        if said and not topic.isdisjoint(line):
            refers = back is None or not back.isdisjoint(line)
            found += [before, said] if refers and before and before not in found else [said]
        before = said
    return found


@cache
def refers_back() -> dict[str, frozenset[str]]:
    """For each language the words by which a sentence refers to the one before it."""
    lines = (LISTS.parent / "refers_back.txt").read_text("utf-8").splitlines()
    pairs = (line.partition(":") for line in lines if line[:1] != "#")
    return {language: frozenset(_words(words)) for language, _colon, words in pairs}


@cache
def topic_ways(concept: Concept, language: str) -> frozenset[str]:
    """The tokens by which sentences in a language name what is asked about."""
    code = language.partition("-")[0]
    words = (word for of, word in concept.topics if of == code)
    return frozenset(way for word in words for one in wanted(word, (language,)) for way in one.ways)


def without_heading(said: str, heading: str) -> str:
    """A quotation as it stands under its section's own heading."""
    return said.removeprefix(heading.rstrip(":：")).removeprefix(": ").removeprefix(" › ")


def _stems(words: Iterable[str], language: str) -> set[str]:
    return {stem(word, language) or word for word in words}


@cache
def concepts() -> tuple[Concept, ...]:
    """All that can be asked about, in the order of their names; stopping, which may do harm, before its equals."""
    return tuple(map(_read, sorted(LISTS.glob("*.txt"), key=lambda path: (path.stem != "stopping", path.name))))


@cache
def _languages() -> tuple[str, ...]:
    return tuple(dict.fromkeys(language for concept in concepts() for language, _stems_of in concept.asked))


def _read(path: Path) -> Concept:
    lines = [line.partition(":") for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]
    values = {name.strip(): value.strip() for name, _colon, value in lines}
    kinds = tuple(values.pop("sections").split())
    settings = {values.pop(name, "") for name in ("topic", "vague", "urgent")}
    asked = [(language, words.strip()) for language, value in values.items() for words in value.split("/")]
    return Concept(
        key=path.stem,
        kinds=kinds,
        is_urgent="urgent" in settings,
        is_vague="vague" in settings,
        topics=tuple((language, words) for language, words in asked if "topic" in settings and " " not in words),
        asked=tuple((language, frozenset(_stems(_words(words), language))) for language, words in asked),
    )


def _words(text: str) -> list[str]:
    return [piece.text for piece in pieces(text) if piece.kind == WORD]
