"""The list of leaflets: where each one stands, in one query however many there are."""

import datetime as dt

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat, NullIf, Substr, Trim
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monographs.leaflets.models import Leaflet
from monographs.medicines.models import Medicine
from monographs.publication.models import Kind, Publication
from monographs.review.models import Review, State
from monographs.revisions.models import Revision

STANDS = {
    "emergency": _("released in an emergency, not approved yet"),
    "waiting": _("waiting for review"),
    "approved": _("approved"),
    "sent-back": _("sent back"),
    "changed": _("draft has changes"),
    "scheduled": _("scheduled"),
    "published": _("published"),
    "withdrawn": _("withdrawn"),
    "expired": _("expired"),
    "draft": _("draft"),
    "empty": _("nothing written yet"),
}


def with_standing(leaflets: QuerySet) -> QuerySet:
    """Adds ``stands`` (a key of `STANDS`), ``live_major``/``live_minor``, ``writer``/``writer_id`` and ``due_on``.

    The writer is who saved last. ``due_on`` is the next review that patients are told; of a leaflet they can't read,
    the draft's.
    """
    now = timezone.now()
    here = {"leaflet": OuterRef("pk")}
    newest = Revision.objects.filter(**here).order_by("-number")
    live = Publication.objects.read(now).filter(**here)
    pending = Publication.objects.coming(now).filter(**here, revision__isnull=False).order_by("-pk")
    person = Trim(Concat(F("by__first_name"), Value(" "), F("by__last_name")))
    return leaflets.annotate(
        review_state=Subquery(Review.objects.filter(**here).active_first().values("state")[:1]),
        draft_digest=Subquery(newest.values("digest")[:1]),
        writer_id=Subquery(newest.values("by")[:1]),
        writer=Subquery(
            newest.annotate(person=Coalesce(NullIf(person, Value("")), F("by__username"))).values("person")[:1]
        ),
        live_digest=Subquery(live.values("digest")[:1]),
        live_major=Subquery(live.values("major")[:1], output_field=IntegerField()),
        live_minor=Subquery(live.values("minor")[:1], output_field=IntegerField()),
        pending_digest=Subquery(pending.values("digest")[:1]),
        current_kind=Subquery(Publication.objects.shown(now).filter(**here).values("kind")[:1]),
        is_emergency=Exists(Review.objects.emergency(now).filter(**here)),
        due_on=Coalesce(Subquery(live.values("next_review_on")[:1]), F("next_review_on")),
    ).annotate(
        stands=Case(
            When(draft_digest__isnull=True, then=Value("empty")),
            When(is_emergency=True, then=Value("emergency")),
            When(review_state=State.WAITING, then=Value("waiting")),
            When(review_state=State.APPROVED, then=Value("approved")),
            When(review_state=State.SENT_BACK, then=Value("sent-back")),
            When(pending_digest=F("draft_digest"), then=Value("scheduled")),
            When(current_kind=Kind.WITHDRAWAL, then=Value("withdrawn")),
            When(current_kind=Kind.EXPIRY, then=Value("expired")),
            When(Q(live_digest__isnull=False) & ~Q(live_digest=F("draft_digest")), then=Value("changed")),
            When(live_digest__isnull=False, then=Value("published")),
            default=Value("draft"),
            output_field=CharField(),
        )
    )


class _Choice(admin.SimpleListFilter):
    """A filter with named choices; whatever else an address says makes no sense, and is told so."""

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        if self.value() not in {str(value) for value, _title in self.lookup_choices}:
            raise IncorrectLookupParameters
        return queryset.filter(self.chosen(request, self.value()))

    def chosen(self, request: HttpRequest, value: str) -> Q:
        raise NotImplementedError


class StandsFilter(_Choice):
    title = _("state")
    parameter_name = "stands"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin):
        return list(STANDS.items())

    def chosen(self, request: HttpRequest, value: str) -> Q:
        return Q(stands=value)


class OverdueFilter(_Choice):
    title = _("next review")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin):
        return [("overdue", _("overdue")), ("90", _("within 90 days")), ("none", _("no date"))]

    def chosen(self, request: HttpRequest, value: str) -> Q:
        today = timezone.localdate()
        return {
            "overdue": Q(due_on__lte=today),
            "90": Q(due_on__range=(today + dt.timedelta(days=1), today + dt.timedelta(days=90))),
            "none": Q(due_on__isnull=True),
        }[value]


class MedicineFilter(_Choice):
    """By medicine; where there are too many to read through, by the letter that its name begins with."""

    title = _("medicine")
    parameter_name = "medicine"
    at_most = 40  # names

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin):
        named = Medicine.objects.filter(Exists(Leaflet.objects.filter(medicine=OuterRef("pk"))))
        few = list(named.order_by("name", "pk").values_list("pk", "name")[: self.at_most + 1])
        if len(few) <= self.at_most:
            return few
        initials = named.order_by().values_list(Substr("name", 1, 1), flat=True).distinct()
        letters = sorted({initial.upper() for initial in initials})
        return [(f"{letter}…", f"{letter}…") for letter in letters]

    def chosen(self, request: HttpRequest, value: str) -> Q:
        if value.endswith("…"):
            return Q(medicine__name__istartswith=value.removesuffix("…"))
        return Q(medicine=value)


class LanguageFilter(_Choice):
    """By language: those that there are leaflets in."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin):
        used = set(Leaflet.objects.order_by().values_list("language", flat=True).distinct())
        return [(code, name) for code, name in settings.LANGUAGES if code in used]

    def chosen(self, request: HttpRequest, value: str) -> Q:
        return Q(language=value)


class HolderFilter(_Choice):
    title = _("who has it")
    parameter_name = "holder"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin):
        return [
            ("mine", _("I wrote last")),
            ("readers", _("second readers")),
            ("publishers", _("publishers")),
            ("authors", _("authors")),
        ]

    def chosen(self, request: HttpRequest, value: str) -> Q:
        with_authors = Q(stands__in=("draft", "changed", "sent-back", "empty", "withdrawn", "expired"))
        return {
            "mine": with_authors & Q(writer_id=request.user.pk),
            "readers": Q(stands__in=("waiting", "emergency")),
            "publishers": Q(stands="approved"),
            "authors": with_authors,
        }[value]
