"""From when until when each part of a translation is behind the text that it translates, and of the full leaflet an
easy-read one.

A part is behind while what the leaflet that it follows shows says something else there than the revision as of which it
is made. A translation names that revision; an easy-read leaflet is made as of what the full one showed when it was
released itself. Both timelines decide, those of the future included.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Case, Exists, F, JSONField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce

from monographs.clinics.models import Clinic
from monographs.leaflets.content import Content
from monographs.leaflets.models import Edition, Leaflet
from monographs.publication.models import Publication
from monographs.publication.relatives import written
from monographs.revisions.models import Revision

TITLE, KEY_FACTS, NOT_SHOWN = "@title", "@key-facts", "@not-shown"
"""Parts that are no section, whose keys never have an @. Of the last: the source itself is not shown any more."""

Rows = list[list[str]]  # [part, from, until]: instants as `relatives.written` has them


def follows(leaflet: str = "") -> Coalesce:
    """Which leaflet one follows, as an expression: that which it translates, else, of an easy-read one, the full one in
    its language; ``leaflet`` is the path to it, "leaflet__" from a showing."""
    full = Leaflet.objects.filter(
        edition=Edition.STANDARD, medicine=OuterRef(f"{leaflet}medicine"), language=OuterRef(f"{leaflet}language")
    ).exclude(edition=OuterRef(f"{leaflet}edition"))
    return Coalesce(F(f"{leaflet}source"), Subquery(full.values("pk")[:1]))


def followers() -> QuerySet[Leaflet]:
    """The leaflets that may follow another one."""
    return Leaflet.objects.filter(Q(source__isnull=False) | Q(edition=Edition.EASY_READ))


class Wrong(NamedTuple):
    """A showing of such a leaflet, by the number of its publication, whose rows do not follow from the timelines."""

    publication: int
    was: Rows
    must: Rows


def behind_at(rows: Rows | None, at: dt.datetime) -> tuple[str, ...]:
    """Which parts are behind at an instant, of a showing's ``behind``."""
    return tuple(part for part, _since in _lasting(rows, at))


def behind_since(rows: Rows | None, at: dt.datetime) -> dt.datetime | None:
    """Since when the first of these is; None where none is."""
    return min((since for _part, since in _lasting(rows, at)), default=None)


def _lasting(rows: Rows | None, at: dt.datetime) -> Iterator[tuple[str, dt.datetime]]:
    for part, *span in rows or ():
        starts_at, ends_at = map(dt.datetime.fromisoformat, span)
        if starts_at <= at < ends_at:
            yield part, starts_at


def behind_where_hidden(showing: str = "") -> Case:
    """A column of look-ups that lead readers to leaflets: the ``behind`` of the showing at a path (``"showing__"``)
    where the clinic shows no translation that is behind, else NULL. With an instant `behind_at` says of it whether
    the leaflet is hidden then: it is neither quoted nor named."""
    hides = Clinic.objects.filter(hides_stale_translations=True)
    is_translation = Q(**{f"{showing}leaflet__source__isnull": False})
    return Case(When(is_translation & Exists(hides), then=F(f"{showing}behind")), output_field=JSONField())


def parts_that_differ(before: Content, after: Content) -> tuple[str, ...]:
    """The parts that patients read otherwise in ``after``, as it has them, then those that are gone."""
    was, now = _parts(before), _parts(after)
    return tuple(part for part in dict.fromkeys((*now, *was)) if was.get(part) != now.get(part))


def _parts(content: Content) -> dict[str, tuple[str, ...]]:
    return {
        TITLE: (content.title,),
        KEY_FACTS: content.key_facts,
        **{one.key: (one.heading, one.body) for one in content.sections if not one.is_not_applicable},
    }


class _Shown(NamedTuple):
    """What a follower shows: ``source`` is the leaflet that it follows, ``revision`` None of a notice, ``as_of`` the
    number of the source's revision that a translation names."""

    publication: int
    source: int | None
    revision: int | None
    as_of: int | None
    starts_at: dt.datetime
    ends_at: dt.datetime
    behind: Rows


class _Source(NamedTuple):
    """What a source shows; ``revision`` is None of a notice."""

    revision: int | None
    starts_at: dt.datetime
    ends_at: dt.datetime


def behind_wrongly(leaflets: QuerySet[Leaflet]) -> Iterator[Wrong]:
    """The showings of these `followers` that must say something else; three queries, however many there are."""
    shown = list(_shown(leaflets))
    sources = _sources({one.source for one in shown if one.source})
    texts = _Texts(shown, sources)
    for one in shown:
        must = _worked_out(one, sources.get(one.source, []), texts)
        if must != one.behind:
            yield Wrong(one.publication, one.behind, must)


def _shown(leaflets: QuerySet[Leaflet]) -> Iterator[_Shown]:
    made_from = KeyTransform("made_from", Cast(F("revision__content_json"), JSONField()))
    rows = (
        Publication.objects.filter(leaflet__in=leaflets, showing__isnull=False)
        .annotate(as_of=KeyTextTransform("revision", made_from), follows=follows("leaflet__"))
        .order_by("leaflet", "showing__starts_at", "pk")
        .values_list(
            "pk", "follows", "revision", "as_of", "showing__starts_at", "showing__ends_at", "showing__behind"
        )
    )  # fmt: skip
    for *follower, as_of, starts_at, ends_at, behind in rows:
        yield _Shown(*follower, int(as_of) if as_of else None, starts_at, ends_at, behind or [])


def _sources(leaflets: set[int]) -> dict[int, list[_Source]]:
    found = defaultdict(list)
    rows = (
        Publication.objects.filter(leaflet__in=leaflets, showing__isnull=False)
        .order_by("showing__starts_at", "pk")
        .values_list("leaflet", "revision", "showing__starts_at", "showing__ends_at")
    )
    for leaflet, *shown in rows:
        found[leaflet].append(_Source(*shown))
    return found


class _Texts:
    """The texts that are to be compared, read in one query; each pair is compared once."""

    def __init__(self, shown: list[_Shown], sources: dict[int, list[_Source]]):
        revisions = {one.revision for timeline in sources.values() for one in timeline if one.revision}
        as_of = Q(pk__in=())
        for source, number in {(one.source, one.as_of) for one in shown if one.as_of}:
            as_of |= Q(leaflet=source, number=number)
        rows = Revision.objects.filter(as_of | Q(pk__in=revisions)) if shown else Revision.objects.none()
        self._json, self._pk, self._differ = {}, {}, {}
        for pk, leaflet, number, text in rows.order_by().values_list("pk", "leaflet", "number", "content_json"):
            self._json[pk], self._pk[leaflet, number] = text, pk

    def numbered(self, source: int, number: int) -> int | None:
        """The revision of this number."""
        return self._pk.get((source, number))

    def that_differ(self, before: int | None, shown: int | None) -> tuple[str, ...]:
        """Which parts of what the source shows are not those as of which the follower is made."""
        if shown is None or before is None:
            return (NOT_SHOWN,)
        pair = before, shown
        if pair not in self._differ:
            self._differ[pair] = () if before == shown else parts_that_differ(*map(self._content, pair))
        return self._differ[pair]

    def _content(self, pk: int) -> Content:
        return Content.from_dict(json.loads(self._json[pk]))


def _worked_out(one: _Shown, timeline: list[_Source], texts: _Texts) -> Rows:
    """The rows of one showing: what goes on without a pause is one."""
    if one.as_of:
        before = texts.numbered(one.source, one.as_of)
    else:
        then = (source for source in timeline if source.starts_at <= one.starts_at < source.ends_at)
        before = next((source.revision for source in then), None) if one.revision else None
        timeline = timeline if before else []
    whole: dict[str, list[list[dt.datetime]]] = {}
    for source in timeline:
        starts_at, ends_at = max(one.starts_at, source.starts_at), min(one.ends_at, source.ends_at)
        if starts_at >= ends_at:
            continue
        for part in texts.that_differ(before, source.revision):
            spans = whole.setdefault(part, [])
            if spans and spans[-1][1] == starts_at:
                spans[-1][1] = ends_at
            else:
                spans.append([starts_at, ends_at])
    return [[part, *map(written, span)] for part, spans in whole.items() for span in spans]
