"""A leaflet's history in words: each act on record, with what it was about."""

import json
from collections import Counter
from dataclasses import dataclass
from itertools import chain

from django.core.paginator import Page
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.audit.models import Entry
from monographs.leaflets.content import Content, SectionContent
from monographs.leaflets.models import Leaflet
from monographs.publication.models import Publication
from monographs.review.models import Decision, FactCheck, Review
from monographs.revisions.models import Revision
from monographs.text.changes.differences import words
from monographs.text.markup.markdown import plain, plain_line

# The acts that are told here; readers' replies have a screen of their own.
_TOLD = ("leaflet.", "revision.", "review.", "page.", "remark.", "fact-check.")

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
    "leaflet.withdrawn": gettext_lazy("withdrew the leaflet"),
    # Before pages had slots for the clinic's details (`publication.assemble`):
    "page.compiled": gettext_lazy("compiled the page of version %(version)s again, as the clinic's details changed"),
}


@dataclass(frozen=True)
class Size:
    """How much a revision changed: words that came and went, and the headings of the parts that differ."""

    added: int
    removed: int
    places: tuple[str, ...]


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


def entries_of(leaflet: Leaflet) -> QuerySet[Entry]:
    """What is on record about a leaflet's text and its way to patients, newest first."""
    told = Q()
    for prefix in _TOLD:
        told |= Q(verb__startswith=prefix)
    return Entry.objects.about(leaflet).filter(told).order_by("-position")


def moments_of(leaflet: Leaflet, page: Page) -> list[Moment]:
    """One page of entries with all that they are about, in six queries at most, however many they are."""
    entries = list(page)
    data = {entry.pk: json.loads(entry.data) for entry in entries}
    reviews = Review.objects.select_related("revision").defer("revision__content_json").in_bulk(_ids(entries, "review"))
    decided = [data[entry.pk]["decision"] for entry in entries if "decision" in data[entry.pk]]
    decisions = Decision.objects.in_bulk(decided)
    publications = Publication.objects.select_related("revision", "leaflet").defer("revision__content_json")
    publications = publications.in_bulk(_ids(entries, "publication"))
    fact_checks = FactCheck.objects.in_bulk(_ids(entries, "factcheck"))
    standing = set(Publication.objects.standing().filter(pk__in=publications).values_list("pk", flat=True))
    revisions = _with_predecessors(leaflet, _ids(entries, "revision"))
    by_number = {revision.number: revision for revision in revisions.values()}

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
            size=_size(by_number.get(revision.number - 1), revision) if revision else None,
            review=review,
            decision=decisions.get(data[entry.pk].get("decision")),
            publication=publication,
            is_standing=bool(publication and pk in standing),
            fact_check=fact_checks.get(pk) if entry.verb == "fact-check.answered" else None,
        )

    return [moment(entry) for entry in entries]


def _about(entry: Entry) -> tuple[str, int]:
    kind, pk = entry.about.split("/")
    return kind, int(pk)


def _ids(entries: list[Entry], kind: str) -> set[int]:
    return {pk for found, pk in map(_about, entries) if found == kind}


def _with_predecessors(leaflet: Leaflet, pks: set[int]) -> dict[int, Revision]:
    """These revisions and the one before each."""
    numbers = Revision.objects.filter(leaflet=leaflet, pk__in=pks).values_list("number", flat=True)
    wanted = set(chain.from_iterable((number, number - 1) for number in numbers))
    found = Revision.objects.filter(leaflet=leaflet, number__in=wanted).select_related("origin")
    return {revision.pk: revision for revision in found.defer("origin__content_json")}


def _in_words(entry: Entry, revision: Revision | None, publication: Publication | None) -> str:
    known = {
        "revision": revision.number if revision else "",
        "origin": revision.origin.number if entry.verb == "revision.restored" and revision else "",
        "version": publication.version if publication else "",
    }
    return str(VERBS[entry.verb]) % known if entry.verb in VERBS else entry.verb


def _size(before: Revision | None, after: Revision) -> Size:
    """Counted, not aligned: a section that only moved has changed no word, but is named.

    Parts that are the same in both are not read: their words would be taken away again.
    """
    was, now = _parts(before.content if before else None), _parts(after.content)
    old = {key: _text(part) for key, part in was.items() if now.get(key) != part}
    new = {key: _text(part) for key, part in now.items() if was.get(key) != part}
    old_words = Counter(chain.from_iterable(map(_words, old.values())))
    new_words = Counter(chain.from_iterable(map(_words, new.values())))
    places = [key for key in new if old.get(key) != new[key]] + [key for key in old if key not in now]
    return Size(
        added=(new_words - old_words).total(),
        removed=(old_words - new_words).total(),
        places=tuple(dict.fromkeys(label for _key, label in places)) if before else (),
    )


_Part = str | tuple[str, str | tuple[str, ...] | SectionContent]


def _parts(content: Content | None) -> dict[tuple[str, str], _Part]:
    """The leaflet's parts by (key, name in words), each a text as it is or with the language that it is read in."""
    if not content:
        return {}
    parts: dict[tuple[str, str], _Part] = {("title", _("Title")): content.title}
    parts["key_facts", _("Key facts")] = content.language, content.key_facts
    for section in content.sections:
        parts[section.key, section.heading] = content.language, section
    parts["sources", _("Sources")] = "\n".join(" ".join((source.citation, source.url)) for source in content.sources)
    parts["next_review_on", _("Next review date")] = content.next_review_on
    return parts


def _text(part: _Part) -> str:
    """As patients read it."""
    if isinstance(part, str):
        return part
    language, typed = part
    if isinstance(typed, SectionContent):
        return "\n".join((plain(typed.body, language=language), typed.reason))
    return "\n".join(plain_line(fact, language=language) for fact in typed)


def _words(text: str) -> list[str]:
    return [word for word in words(text) if any(character.isalnum() for character in word)]
