"""A leaflet's history in words: each act on record, with what it was about."""

import json
from dataclasses import dataclass
from functools import cache

from django.core.paginator import Page
from django.db.models import BigAutoField, CharField, Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy

from monographs.admin.release.sizes import Size, sizes_of
from monographs.audit.models import Entry, reference
from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared, PreparedIn
from monographs.publication.models import Publication
from monographs.review.models import Decision, FactCheck, Review
from monographs.revisions.models import Revision

# The acts that are told here; readers' replies have a screen of their own.
_TOLD = ("leaflet.", "revision.", "review.", "page.", "remark.", "fact-check.", "translation.")

VERBS = {
    "leaflet.started": gettext_lazy("started the leaflet"),
    "leaflet.imported": gettext_lazy("imported the leaflet from a file"),
    "revision.recorded": gettext_lazy("saved revision %(revision)s"),
    "revision.restored": gettext_lazy("restored revision %(origin)s as revision %(revision)s"),
    "review.submitted": gettext_lazy("sent revision %(revision)s for review"),
    "review.approved": gettext_lazy("approved revision %(revision)s"),
    "review.completed": gettext_lazy("took away what held up revision %(revision)s: it is approved"),
    "review.reopened": gettext_lazy("asked for more approvals of revision %(revision)s: it waits again"),
    "review.sent-back": gettext_lazy("sent revision %(revision)s back"),
    "review.recalled": gettext_lazy("recalled revision %(revision)s from review"),
    "leaflet.published": gettext_lazy("published version %(version)s (revision %(revision)s)"),
    "leaflet.scheduled": gettext_lazy("scheduled version %(version)s (revision %(revision)s)"),
    "leaflet.expiry-set": gettext_lazy("set the end of its time"),
    "leaflet.release-cancelled": gettext_lazy("cancelled what was scheduled"),
    "review.emergency": gettext_lazy("opened an approval in retrospect for revision %(revision)s"),
    "leaflet.released-in-emergency": gettext_lazy(
        "released version %(version)s (revision %(revision)s) in an emergency, without approval"
    ),
    "remark.made": gettext_lazy("made a remark"),
    "remark.answered": gettext_lazy("answered a remark"),
    "remark.resolved": gettext_lazy("said that a remark is resolved"),
    "remark.reopened": gettext_lazy("reopened a remark"),
    "fact-check.asked": gettext_lazy("asked an outside expert"),
    "fact-check.closed": gettext_lazy("ended the link to an outside expert"),
    "fact-check.answered": gettext_lazy("recorded the answer of an outside expert"),
    "translation.begun": gettext_lazy("began it as a translation"),
    "translation.brought-up-to-date": gettext_lazy("brought the translation up to date (revision %(revision)s)"),
    "translation.taken-in": gettext_lazy("took in an agency's translation as revision %(revision)s"),
    "leaflet.withdrawn": gettext_lazy("withdrew the leaflet"),
    # Before pages had slots for the clinic's details (`publication.page.assemble`):
    "page.compiled": gettext_lazy("compiled the page of version %(version)s again, as the clinic's details changed"),
}


@dataclass(frozen=True)
class Moment:
    """One act. What it was not about is None; ``publication`` has ``effective_from`` and ``version``.

    ``is_standing`` is false for what was cancelled, or whose approval became void, before it took effect.
    """

    entry: Entry
    what: str
    revision: Revision | None = None
    size: Size | None = None
    review: Review | None = None
    decision: Decision | None = None
    publication: Publication | None = None
    is_standing: bool = False
    fact_check: FactCheck | None = None


class EntriesOf:
    """What is on record about a leaflet's text and its way to patients, newest first: to be counted, and looked up some
    at a time. The first ``most``, which are asked for all the time, with SQL that is made once."""

    def __init__(self, leaflet: Leaflet, *, most: int):
        self._subject, self._most = reference(leaflet), most

    def count(self) -> int:
        return _COUNTED.count(subject=self._subject)

    __len__ = count

    def __getitem__(self, some: slice) -> list[Entry]:
        if some.start == 0:
            return _first(self._most).things(subject=self._subject)[some]
        return list(_told(self._subject)[some])


def _told(subject: str | Given) -> QuerySet[Entry]:
    told = Q()
    for prefix in _TOLD:
        told |= Q(verb__startswith=prefix)
    return Entry.objects.filter(told, subject=subject).order_by("-position")


_SUBJECT = Given("subject", CharField())
_COUNTED = Prepared(lambda: _told(_SUBJECT).order_by().values_list("pk"), spelled_out=True)


@cache
def _first(most: int) -> Prepared:
    return Prepared(lambda: _told(_SUBJECT)[:most], spelled_out=True)


def moments_of(leaflet: Leaflet, page: Page) -> list[Moment]:
    """One page of entries with all that they are about, in six queries at most, however many they are."""
    entries = list(page)
    data = {entry.pk: json.loads(entry.data) for entry in entries}
    decided = {data[entry.pk]["decision"] for entry in entries if "decision" in data[entry.pk]}
    reviews, decisions = _by_pk(_REVIEWS, _ids(entries, "review")), _by_pk(_DECISIONS, decided)
    publications = _by_pk(_PUBLICATIONS, _ids(entries, "publication"))
    revisions = _by_pk(_REVISIONS, _ids(entries, "revision"))
    fact_checks = FactCheck.objects.in_bulk(_ids(entries, "factcheck"))
    sizes = sizes_of(leaflet, revisions.values())

    def moment(entry: Entry) -> Moment:
        kind, pk = _about(entry)
        review = reviews.get(pk) if kind == "review" else None
        publication = publications.get(pk) if kind == "publication" else None
        revision = revisions.get(pk) if kind == "revision" else None
        meant = revision or (review or publication or Moment(entry, "")).revision
        return Moment(
            entry=entry,
            what=_in_words(entry, meant, publication),
            revision=revision,
            size=sizes[revision.pk] if revision else None,
            review=review,
            decision=decisions.get(data[entry.pk].get("decision")),
            publication=publication,
            is_standing=bool(publication and publication.is_standing),
            fact_check=fact_checks.get(pk) if entry.verb == "fact-check.answered" else None,
        )

    return [moment(entry) for entry in entries]


def _about(entry: Entry) -> tuple[str, int]:
    kind, pk = entry.about.split("/")
    return kind, int(pk)


def _ids(entries: list[Entry], kind: str) -> set[int]:
    return {pk for found, pk in map(_about, entries) if found == kind}


def _by_pk(look_up: PreparedIn, pks: set[int]) -> dict[int, Model]:
    return {thing.pk: thing for thing in look_up.things(pks)}


def _find_reviews(pks: list[Given]) -> QuerySet[Review]:
    return Review.objects.filter(pk__in=pks).select_related("revision").defer("revision__content_json").order_by()


def _find_decisions(pks: list[Given]) -> QuerySet[Decision]:
    return Decision.objects.filter(pk__in=pks).order_by()


def _find_publications(pks: list[Given]) -> QuerySet[Publication]:
    standing = Exists(Publication.objects.standing().filter(pk=OuterRef("pk")))
    found = Publication.objects.filter(pk__in=pks).annotate(is_standing=standing).order_by()
    return found.select_related("revision").defer("revision__content_json")


def _find_revisions(pks: list[Given]) -> QuerySet[Revision]:
    """Without what they say; ``before`` is the digest of the one before each, None of the first."""
    here = OuterRef("number")
    # As a range, in order: told that the number is equal, PostgreSQL may read all that a leaflet has for each of them.
    before = Revision.objects.filter(leaflet=OuterRef("leaflet"), number__gte=here - 1, number__lt=here)
    before = before.order_by("-number").values("digest")[:1]
    found = Revision.objects.filter(pk__in=pks).annotate(before=Subquery(before)).order_by()
    return found.select_related("origin").defer("content_json", "origin__content_json")


_REVIEWS, _DECISIONS, _PUBLICATIONS, _REVISIONS = (
    PreparedIn(find, BigAutoField()) for find in (_find_reviews, _find_decisions, _find_publications, _find_revisions)
)


def _in_words(entry: Entry, revision: Revision | None, publication: Publication | None) -> str:
    known = {
        "revision": revision.number if revision else "",
        "origin": revision.origin.number if entry.verb == "revision.restored" and revision else "",
        "version": publication.version if publication else "",
    }
    return str(VERBS[entry.verb]) % known if entry.verb in VERBS else entry.verb
