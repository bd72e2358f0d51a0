"""Finding leaflets by what they say: `publication.found.passages` asked with our own tokens, alike on every database.

Three queries, however many leaflets there are: passages, which of them are shown, and the words of the twenty that
stand on one page; of one very common word passages may have to be read on. Of very common words the first `MOST`
leaflets are found, best first.
"""

import datetime as dt
import json
from bisect import bisect_left
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import or_

from django.conf import settings
from django.db.models import BigIntegerField, DateTimeField, QuerySet

from monographs.leaflets.models import Edition
from monographs.prepared import Given, PreparedIn
from monographs.publication.found.passage_index import passages_with
from monographs.publication.found.passages import (
    Passage,
    Weight,
    first_id,
    last_id,
    publication_in,
    title_id,
    weight_in,
)
from monographs.remembered import MOST_REMEMBERED
from monographs.search.texts.said import QUOTED, SAID, Said, of_publications, read_passages
from monographs.search.texts.titles import SHOWN, ShownTitle, read_titles, shown_titles
from monographs.text.letters.folding import fold
from monographs.text.tokens.reading import WORD
from monographs.text.tokens.tokens import Wanted, tokens, wanted
from monographs.text.words.lexicon import means_more_than_a_name

ON_A_PAGE = 20
MOST = 60  # leaflets that are looked at, those of the least weight; a count above is "more than"
_READ = 200  # passages; of a leaflet one to three have all that is looked for, ten at the most
_READ_FIRST = 80  # of these, which mostly are of more leaflets than are looked at
_READ_OF_EACH = 4  # passages of one leaflet that a quotation is chosen from
_LETTERS = frozenset("bcdfghjklmnpqrstvx")  # those that are no word by themselves in a language of the site
_LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class TextHit:
    """A leaflet that says what was looked for.

    ``snippet`` is the whole sentence that says most of it, as plain text with its headings, or ""; it stands under
    ``anchor`` of the page. ``ways`` are the tokens that were looked for, to mark them; ``medicine`` is its number.
    """

    slug: str
    title: str
    name: str
    language: str
    in_effect: str
    weight: Weight
    snippet: str = ""
    anchor: str = ""
    ways: frozenset[str] = frozenset()
    edition: str = Edition.STANDARD
    medicine: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits; ``count`` of all there are, or of those that were looked at where ``is_capped``."""

    hits: list[TextHit]
    count: int = 0
    is_capped: bool = False
    page: int = 1

    @property
    def pages(self) -> int:
        return -(-self.count // ON_A_PAGE)


def find(
    query: str,
    *,
    at: dt.datetime,
    page: int = 1,
    names: Container[str] = (),
    without: Container[int] = (),
    together: bool = False,
) -> Found:
    """Leaflets shown at ``at`` that have all that is looked for, best first: by where it stands (`Weight`), then
    standard leaflets before easy read, then title.

    A word of ``names`` (folded words of names of medicines) is found only as it is written, any other by its stem, and
    so is a word that means something beside the name it stands in: "cough", "dose", "milk".
    ``without`` are publications that are left out; ``together``: those, too, that have it nowhere in one
    section; a letter by itself ("vitamin C") is never looked for otherwise. A query without anything to look for finds
    nothing.
    """
    return find_wanted(looked_for(query, names=names), at=at, page=page, without=without, together=together)


def looked_for(query: str, *, names: Container[str] = ()) -> list[Wanted]:
    """What a query looks for, in the languages of the site; ``names`` as in `find`."""
    return wanted(query, _LANGUAGES, names=_NamesAlone(names))


class _NamesAlone:
    """Of some words of names those that are nothing else, so that "cough" finds "coughing" though a medicine is called
    Cough Out."""

    def __init__(self, names: Container[str]):
        self._names = names

    def __contains__(self, word: str) -> bool:
        return word in self._names and not means_more_than_a_name(word)


def find_wanted(
    asked: Sequence[Wanted],
    *,
    at: dt.datetime,
    page: int = 1,
    without: Container[int] = (),
    together: bool = False,
) -> Found:
    """As `find`, of what `looked_for` made of a query."""
    read = _Passages(asked, in_one_section=together or any(map(_is_letter_alone, asked)))
    best, is_capped = read.by_publication, read.is_capped
    looked_at = [publication for publication in islice(best, MOST) if publication not in without]
    rows = read_titles(_shown, map(title_id, looked_at), at=at)
    rows.sort(key=lambda row: (weight_in(best[row.publication][0]), *_place_in_list(row)))
    page = max(1, min(page, -(-len(rows) // ON_A_PAGE)))
    on_page = rows[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    said = _said_best([row.publication for row in on_page], read, asked)
    ways = frozenset(way for one in asked for way in one.ways)
    hits = [
        TextHit(
            row.slug, row.title, row.name, row.language, row.kind, weight_in(best[row.publication][0]),
            *said.get(row.publication, ("", "")), ways, row.edition, row.medicine,
        )
        for row in on_page
    ]  # fmt: skip
    return Found(hits, len(rows), is_capped, page)


def _is_letter_alone(one: Wanted) -> bool:
    """ "vitamin C" is not found where a vitamin is named in one section, and 30 °C in another."""
    return one.piece.kind == WORD and one.piece.text in _LETTERS


class _Passages:
    """The passages that have all of ``asked``, the first `_READ` of them.

    Those of one word are of more leaflets than are looked at long before so many, and the first sentence that has it
    is the one to quote: what is behind is read only where that is not enough. Of several words it seldom would be.
    ``in_one_section``: without those that have it somewhere in all of their words alone.
    """

    def __init__(self, asked: Sequence[Wanted], *, in_one_section: bool):
        self._ways = [one.ways for one in asked]
        self._in_one_section = in_one_section
        first = _READ_FIRST if len(asked) == 1 else _READ
        self._ids = passages_with(self._ways, most=first)
        self.is_whole = len(self._ids) < first or first == _READ
        if len(set(map(publication_in, self._ids))) <= MOST:
            self.read_on()

    def read_on(self) -> None:
        """Read what was left for later."""
        if not self.is_whole:
            self._ids += passages_with(self._ways, most=_READ - _READ_FIRST, behind=self._ids[-1])
            self.is_whole = True

    @property
    def _counted(self) -> list[int]:
        return self._ids[: bisect_left(self._ids, first_id(Weight.ANYWHERE))] if self._in_one_section else self._ids

    @property
    def by_publication(self) -> dict[int, list[int]]:
        """Of each publication its passages, in their order; publications in that of their first."""
        found: dict[int, list[int]] = {}
        for passage in self._counted:
            found.setdefault(publication_in(passage), []).append(passage)
        return found

    @property
    def is_capped(self) -> bool:
        """Whether there may be more leaflets than are looked at."""
        return len(self.by_publication) > MOST or len(self._counted) == _READ

    def may_have_more_to_quote(self, publication: int) -> bool:
        """Whether a section of a publication may stand among what was not read."""
        return not self.is_whole and self._ids[-1] < last_id(max(QUOTED), publication)


def _shown_of(titles: list[Given]) -> QuerySet:
    return shown_titles(Given("at", DateTimeField())).filter(pk__in=titles).order_by().values_list(*SHOWN)


_shown = PreparedIn(_shown_of, BigIntegerField())
_place = lru_cache(maxsize=MOST_REMEMBERED)(fold)  # in the order of titles


def _place_in_list(row: ShownTitle) -> tuple[bool, str, str, str]:
    return row.edition != Edition.STANDARD, _place(row.title), row.language, row.slug


def _said_best(publications: list[int], read: _Passages, asked: Sequence[Wanted]) -> dict[int, tuple[str, str]]:
    """For each publication the sentence to quote, and the anchor of its section."""
    best = read.by_publication
    said, settled = _said({publication: best[publication] for publication in publications}, asked)
    open_ones = [each for each in publications if each not in settled and read.may_have_more_to_quote(each)]
    if open_ones:
        read.read_on()
        now = read.by_publication
        changed = {each: now[each] for each in open_ones if now[each] != best[each]}
        said = {each: told for each, told in said.items() if each not in changed} | _said(changed, asked)[0]
    return said


def _said(best: dict[int, list[int]], asked: Sequence[Wanted]) -> tuple[dict[int, tuple[str, str]], set[int]]:
    """The same by these passages alone, and of which publications a sentence has all that is asked: nothing that
    stands behind it is better."""
    known: list[int] = []
    unknown: set[int] = set()
    for publication, passages in best.items():
        of_sections = [passage for passage in passages if weight_in(passage) in QUOTED]
        known += of_sections[:_READ_OF_EACH]
        if not of_sections:
            unknown.add(publication)
    found: dict[int, tuple[str, str]] = {}
    most: dict[int, tuple[int, int, int]] = {}
    whole = (len(asked), len(asked), sum(len(one.piece.text) for one in asked))
    for row in sorted((*read_passages(_by_id, known), *read_passages(_of_publications, unknown))):
        if most.get(row.publication) == whole:
            continue
        told, score = best_sentence(row, asked)
        is_spread = row.publication in unknown and score[0] < len(asked)  # half of what was asked is no answer
        if score > most.get(row.publication, (0, 0, 0)) and not is_spread:
            found[row.publication], most[row.publication] = (told, row.anchor), score
    return found, {publication for publication, score in most.items() if score == whole} - unknown


_by_id = PreparedIn(lambda ids: Passage.objects.filter(pk__in=ids).order_by().values_list(*SAID), BigIntegerField())
_of_publications = PreparedIn(of_publications, BigIntegerField())


def best_sentence(passage: Said, asked: Sequence[Wanted]) -> tuple[str, tuple[int, int, int]]:
    """The first sentence that has the most of what is looked for, told with its headings, and how much it has: with
    the leaflet's title and the headings of its section, by itself, and of as many words the longer ones, as "sleep"
    says more than "not". ("", (0, 0, 0)) where there is none to quote."""
    above, *lines = passage.tokens.split("\n")
    head = set(above.split())
    heading = _tokens_of_heading(passage.heading, passage.language)
    is_headed = any(not one.ways.isdisjoint(heading) for one in asked)
    in_head = [not one.ways.isdisjoint(head) for one in asked]
    sentences = json.loads(passage.sentences)
    best, most = "", (0, 0, 0)
    for told, line in zip(sentences, lines, strict=True):
        words = set(line.split())
        has = [not one.ways.isdisjoint(words) for one in asked]
        alone = sum(has)
        if told and (alone or is_headed):  # the title alone is no reason to quote a sentence
            letters = sum(len(one.piece.text) for one in asked if not one.ways.isdisjoint(words))
            score = (sum(map(or_, has, in_head)), alone, letters)
            if score > most:
                best, most = told, score
    return best, most


@lru_cache(maxsize=2_000)  # most leaflets have the same headings
def _tokens_of_heading(heading: str, language: str) -> frozenset[str]:
    return frozenset(tokens(heading, language))
