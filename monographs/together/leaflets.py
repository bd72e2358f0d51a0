"""Which leaflet of each medicine is quoted, and what it says, section by section."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import BigIntegerField, DateTimeField, QuerySet

from monographs.leaflets.models import Edition
from monographs.prepared import Given, PreparedIn
from monographs.publication.found.passages import KEY_FACTS
from monographs.publication.models import version_of
from monographs.publication.shown.behind import behind_at, behind_where_hidden
from monographs.publication.shown.showings import Showing
from monographs.search.questions.answers import without_heading
from monographs.search.shown.hits import ABSENT
from monographs.search.texts.said import Said, of_publications, read_passages

_PLACE_IN_LEAFLET = 1 << 12  # the last bits of a passage's number


class Leaflet(NamedTuple):
    """What is shown of a leaflet: a text, or a notice of its withdrawal or end (``in_effect``); ``publication`` is the
    number of its row."""

    slug: str
    title: str
    language: str
    edition: str
    in_effect: str
    publication: int
    major: int | None
    minor: int | None

    @property
    def is_absent(self) -> bool:
        return self.in_effect in ABSENT

    @property
    def version(self) -> str:
        return version_of(self.major, self.minor)


@dataclass(frozen=True)
class Section:
    """A section of a leaflet. Each of ``lines`` is a sentence as it may be quoted under the heading, "" where it is too
    long for that, and its tokens."""

    heading: str
    anchor: str
    kind: str
    language: str
    lines: tuple[tuple[str, frozenset[str]], ...]

    @property
    def sentences(self) -> list[str]:
        return [said for said, _tokens in self.lines if said]


@dataclass(frozen=True)
class Shown:
    """What there is of a medicine: the ``leaflet`` that is quoted, or None; what is ``withdrawn`` or at its end."""

    leaflet: Leaflet | None = None
    withdrawn: tuple[Leaflet, ...] = ()


def shown_of(medicines: Iterable[int], languages: Iterable[str], at: dt.datetime) -> dict[int, Shown]:
    """By medicine what is shown of it at ``at``; one query.

    Quoted is the leaflet in the first of the ``languages`` that has one, the standard edition first; else any. A notice
    of a withdrawal is told where it stands in the language of the one that is quoted, or in one of the ``languages``. A
    translation that the clinic hides is not among them.
    """
    order = {language: place for place, language in reversed(list(enumerate(languages)))}
    found: dict[int, list[Leaflet]] = defaultdict(list)
    for medicine, *values, hidden in _shown.rows(medicines, at=at):
        if not behind_at(hidden, at):
            found[medicine].append(Leaflet(*values))
    return {medicine: _of(leaflets, order) for medicine, leaflets in found.items()}


def _of(leaflets: list[Leaflet], order: dict[str, int]) -> Shown:
    ranked = sorted(leaflets, key=lambda each: (order.get(each.language, 99), each.edition != Edition.STANDARD))
    quoted = next((each for each in ranked if not each.is_absent), None)
    known = {*order, quoted.language} if quoted else None
    absent = (each for each in ranked if each.is_absent and (known is None or each.language in known))
    return Shown(quoted, tuple(absent))


def _showings(medicines: list[Given]) -> QuerySet:
    rows = Showing.objects.at(Given("at", DateTimeField())).filter(leaflet__medicine__pk__in=medicines)
    columns = ("leaflet__slug", "title", "leaflet__language", "leaflet__edition", "publication__kind", "publication")
    numbers = ("publication__major", "publication__minor")
    return rows.order_by("leaflet").values_list("leaflet__medicine", *columns, *numbers, behind_where_hidden())


_shown = PreparedIn(_showings, BigIntegerField())


def sections_of(publications: Iterable[int]) -> dict[int, list[Section]]:
    """By publication the sections that have something to quote, key facts among them, in the order of the page; one
    query."""
    found: dict[int, list[Section]] = defaultdict(list)
    rows = read_passages(_passages, publications)
    for row in sorted(rows, key=lambda row: row.pk % _PLACE_IN_LEAFLET):
        section = Section(row.heading, row.anchor, row.kind, row.language, tuple(_lines(row)))
        found[row.publication].append(section)
    return found


def _lines(row: Said) -> Iterator[tuple[str, frozenset[str]]]:
    for told, line in zip(json.loads(row.sentences), row.tokens.split("\n")[1:], strict=True):
        yield without_heading(told, row.heading), frozenset(line.split())


_passages = PreparedIn(of_publications, BigIntegerField())


def key_facts(sections: Iterable[Section]) -> list[str]:
    return [said for section in sections if section.kind == KEY_FACTS for said in section.sentences]
