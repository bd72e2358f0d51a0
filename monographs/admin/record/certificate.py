"""Certificates: one approval, or one entry of the timeline of what patients read, on one sheet of A4 for the file.

It carries what 21 CFR 11.50 asks of a signature (printed name, date and time, meaning) and the ledger entry's
number and hash, against which `manage.py verify_history` can hold the record at any later time.
"""

import datetime as dt
from dataclasses import dataclass
from itertools import accumulate

from django.conf import settings
from django.contrib.admin import AdminSite
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from monographs.admin.frame.leaflet.page import Missing, leaflet_screen, show
from monographs.audit.models import Entry, reference
from monographs.audit.verify import Head
from monographs.clinics.models import ClinicDetails, the_clinic
from monographs.leaflets.models import Edition, Leaflet
from monographs.publication.models import Cancellation, Kind, Page, Publication
from monographs.publication.page.assemble import details_at
from monographs.review.models import VOIDING, Decision, Outcome, Review
from monographs.review.rules import contributors
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission

MOST_NAMES = 12  # of those who wrote, as long as they fit into MOST_CHARACTERS; the rest are counted
MOST_SIGNATURES = 3  # in full; each further one has a certificate of its own
MOST_OF_TICKS = 2500  # characters of a checklist
MOST_CHARACTERS = 350  # of a note or reason; a sheet that outgrows itself is no certificate
_DENSE, _DENSEST = 1800, 3600  # characters from which the type gets smaller

_TITLES = {
    Kind.NORMAL: gettext_lazy("Certificate of publication"),
    Kind.RESTORATION: gettext_lazy("Certificate of publication after a withdrawal"),
    Kind.EMERGENCY: gettext_lazy("Certificate of an emergency release"),
    Kind.WITHDRAWAL: gettext_lazy("Certificate of withdrawal"),
    Kind.EXPIRY: gettext_lazy("Certificate of expiry"),
}
_DECIDED = (
    "leaflet.published",
    "leaflet.scheduled",
    "leaflet.released-in-emergency",
    "leaflet.withdrawn",
    "leaflet.expiry-set",
)


@dataclass(frozen=True)
class Signature:
    """An approval as it is printed. Equal signatures share their ticks; ``ticks_left`` are counted, not printed."""

    decision: Decision
    roles: str
    note: str
    ticks: tuple[str, ...]
    ticks_left: int = 0
    ticked_as_above: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything of it whose length is the clinic's."""
        signer = (self.decision.signer_name, self.decision.signer_profession, self.decision.signer_registration)
        return (*signer, self.roles, self.note, self.decision.meaning, *self.ticks)


def urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of these screens."""
    return [
        path(
            "leaflets/<int:pk>/decisions/<int:decision>/certificate/",
            leaflet_screen(site, decision_certificate),
            name="decision-certificate",
        ),
        path(
            "leaflets/<int:pk>/publications/<int:publication>/certificate/",
            leaflet_screen(site, publication_certificate),
            name="publication-certificate",
        ),
    ]


def decision_certificate(request: HttpRequest, leaflet: Leaflet, decision: int) -> HttpResponse:
    """The certificate of one approval."""
    check_permission(request.user, "view_decision", _("You may not see decisions."))
    found = Decision.objects.filter(review__leaflet=leaflet, pk=decision).select_related("review__revision").first()
    if not found or found.outcome != Outcome.APPROVED:
        raise Missing(_("This leaflet has no approval with this number. Other decisions have no certificate."))
    review = found.review
    review.leaflet = review.revision.leaflet = leaflet
    entries = Entry.objects.filter(
        subject=reference(leaflet), about=reference(review), verb="review.approved", by=found.by_id
    )
    publications = review.publications.filter(revision__isnull=False).order_by("pk")
    was_emergency = publications.filter(kind=Kind.EMERGENCY).exists()
    shown = publications.standing().last()
    return _show(
        request,
        leaflet,
        _("Certificate of an approval in retrospect") if was_emergency else _("Certificate of approval"),
        entry=entries.order_by("position").first(),
        review=review,
        digest=found.digest,
        signatures=_signatures([found]),
        authors=_authors(review, at=found.at),
        publication=shown,
        called_off=None if shown else publications.last(),
        voided=review.decisions.filter(outcome__in=VOIDING).first(),
        page=_page(shown),
        details=_details(shown),
        is_approval=True,
    )


def publication_certificate(request: HttpRequest, leaflet: Leaflet, publication: int) -> HttpResponse:
    """The certificate of one entry of the timeline: a publication, emergency release, withdrawal or expiry."""
    check_permission(request.user, "view_publication", _("You may not see publications."))
    found = (
        Publication.objects.filter(leaflet=leaflet, pk=publication)
        .select_related("review__revision", "revision")
        .first()
    )
    if not found:
        raise Missing(_("This leaflet has no publication with this number."))
    found.leaflet = leaflet
    review = found.review if found.revision_id else None
    approvals: list[Decision] = []
    if review:
        review.leaflet = review.revision.leaflet = leaflet
        approvals = list(review.decisions.filter(outcome=Outcome.APPROVED))
    entries = Entry.objects.filter(subject=reference(leaflet), about=reference(found), verb__in=_DECIDED)
    decided_at = min([found.at, *(approval.at for approval in approvals)])
    return _show(
        request,
        leaflet,
        _TITLES[_kind(found)],
        entry=entries.order_by("position").first(),
        review=review,
        digest=found.digest,
        signatures=_signatures(approvals),
        more_signatures=max(len(approvals) - MOST_SIGNATURES, 0),
        authors=_authors(review, at=decided_at) if review else "",
        publication=found,
        was=_shown_before(found),
        until=_until(found),
        cancellation=Cancellation.objects.filter(publication=found).first(),
        canceller=_name_then("leaflet.release-cancelled", found, leaflet),
        is_standing=Publication.objects.standing().filter(pk=found.pk).exists(),
        page=_page(found),
        details=_details(found),
        texts={name: _shortened(getattr(found, name)) for name in ("change_note", "notice", "why")},
        is_approval=False,
    )


def _show(request: HttpRequest, leaflet: Leaflet, title: str, *, entry: Entry, **context) -> HttpResponse:
    publication = context["publication"]
    has_page = publication and context.get("is_standing", True)  # what never took effect has no page of its version
    version = publication.version if has_page else ""
    # An expiry whose release never took effect ends nothing that was shown.
    revision = (context["review"] or context["was"] or publication.review).revision
    address = (
        reverse("leaflet-version", args=[leaflet.slug, version])
        if version
        else reverse("leaflet-read", args=[leaflet.slug])
    )
    clinic = the_clinic()
    printed = [
        clinic.name,
        revision.content.title,
        revision.content.medicine.name,
        context["authors"],
        *context.get("texts", {}).values(),
    ]
    printed += [text for signature in context["signatures"] for text in signature.texts]
    weight = sum(map(len, printed))
    return show(
        request,
        "record/certificate",
        leaflet,
        title,
        certified_for=clinic,
        content=revision.content,
        language=dict(settings.LANGUAGES).get(revision.content.language, revision.content.language),
        edition=dict(Edition.choices).get(revision.content.edition, revision.content.edition),
        entry=entry,
        head=Head(entry.position, entry.hash),
        density="densest" if weight > _DENSEST else "dense" if weight > _DENSE else "",
        submitter=_name_then("review.submitted", context["review"], leaflet) if context["review"] else "",
        permanent_address=request.build_absolute_uri(address),
        own_address=request.build_absolute_uri(request.path),
        printed_at=timezone.now(),
        **context,
    )


def _signatures(approvals: list[Decision]) -> list[Signature]:
    """Equal lists of ticks are printed once. One of several signatures has its note on its own certificate."""
    signatures: list[Signature] = []
    room = MOST_OF_TICKS
    for decision in approvals[:MOST_SIGNATURES]:
        roles = _shortened(", ".join(decision.signer_roles))
        note = _shortened(decision.note) if len(approvals) == 1 else ""
        is_same = bool(signatures) and decision.checklist == signatures[0].decision.checklist
        ticks = () if is_same else tuple(_fitting(decision.checklist, room))
        room -= sum(map(len, ticks))
        left = 0 if is_same else len(decision.checklist) - len(ticks)
        signatures.append(Signature(decision, roles, note, ticks, left, is_same))
    return signatures


def _fitting(texts: list[str], characters: int) -> list[str]:
    """As many of the first texts as together have at most so many characters; the first one always."""
    lengths = accumulate(map(len, texts))
    return [
        text
        for number, (text, length) in enumerate(zip(texts, lengths, strict=True))
        if not number or length <= characters
    ]


def _authors(review: Review, *, at: dt.datetime) -> str:
    """Who had a hand in the text by then, in words: names and professions, the ones past `MOST_NAMES` counted."""
    people = StaffMember.objects.filter(pk__in=contributors(review, at=at))
    acts = Entry.objects.about(review.leaflet).filter(by__in=[person.pk for person in people], at__lte=at)
    then = dict(acts.values_list("by", "by_name"))  # the newest counts
    named = sorted((then.get(person.pk, person.name), person.pk, person.profession) for person in people)
    names = [f"{name} ({profession})" if profession else name for name, _pk, profession in named]
    shown = _fitting(names, MOST_CHARACTERS)[:MOST_NAMES]
    rest = len(names) - len(shown)
    if rest:
        more = ngettext("and %(count)s more, named in the history", "and %(count)s more, named in the history", rest)
        shown.append(more % {"count": rest})
    return "; ".join(shown)


def _name_then(verb: str, thing: models.Model, leaflet: Leaflet) -> str:
    """Under which name somebody did this, whatever they are called now."""
    entries = Entry.objects.about(leaflet).filter(about=reference(thing), verb=verb)
    return entries.values_list("by_name", flat=True).first() or ""


def _page(publication: Publication | None) -> str:
    """The SHA-256 of the page that was compiled for it."""
    pages = publication.pages.order_by("pk") if publication else Page.objects.none()
    return pages.values_list("digest", flat=True).first() or ""


def _details(publication: Publication | None) -> ClinicDetails | None:
    """The clinic's details with which patients read it first; None as long as nobody has."""
    if not publication or publication.effective_from > timezone.now():
        return None
    return details_at(publication.effective_from)


def _shown_before(publication: Publication) -> Publication | None:
    """What patients read until this took its place, for a withdrawal or expiry."""
    if publication.revision_id:
        return None
    before = Publication.objects.begun(publication.effective_from).filter(
        leaflet=publication.leaflet_id, pk__lt=publication.pk, revision__isnull=False
    )
    return before.select_related("revision").order_by("-effective_from", "-pk").first()


def _kind(publication: Publication) -> Kind:
    """Its kind; a restoration that took the place of an expiry's notice is a publication like any other: nothing had
    been withdrawn."""
    if publication.kind != Kind.RESTORATION:
        return Kind(publication.kind)
    before = Publication.objects.begun(publication.at).filter(leaflet=publication.leaflet_id, pk__lt=publication.pk)
    shown = before.order_by("-effective_from", "-pk").first()
    return Kind.RESTORATION if shown and shown.kind == Kind.WITHDRAWAL else Kind.NORMAL


def _until(publication: Publication) -> Publication | None:
    """What took its place, if anything has by now."""
    later = Publication.objects.begun(timezone.now()).filter(
        leaflet=publication.leaflet_id, pk__gt=publication.pk, effective_from__gte=publication.effective_from
    )
    return later.order_by("effective_from", "pk").first()


def _shortened(text: str) -> str:
    """On one line, and at most `MOST_CHARACTERS` of it; the reader is told if there is more."""
    text = " ".join(text.split())
    if len(text) <= MOST_CHARACTERS:
        return text
    return _("%(start)s … (shortened here; all of it is on record)") % {"start": text[:MOST_CHARACTERS].rstrip()}
