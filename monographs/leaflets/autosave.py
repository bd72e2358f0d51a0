"""Unsaved text, kept beside the revisions, and who else has a leaflet open."""

import datetime as dt

from django.db.models import BigAutoField, DateTimeField, QuerySet
from django.utils import timezone

from monographs.leaflets.models import Autosave, Leaflet
from monographs.prepared import Given, Prepared, PreparedUpdate
from monographs.staff.models import StaffMember
from monographs.trouble import a_hint

PRESENT_FOR = dt.timedelta(minutes=2)


def keep_text(leaflet: Leaflet | None, *, by: StaffMember, based_on: int, data: list[tuple[str, str]]) -> dt.datetime:
    """Keep what ``by`` has typed, in place of what was kept before; the moment it was kept.

    ``leaflet`` is None while it is only being started; ``based_on`` is the number of the revision that was open. NUL
    characters are left out, as in a saved draft: PostgreSQL keeps none (its manual, 8.14 JSON Types).
    """
    now = timezone.now()
    data = [(name.replace("\x00", ""), value.replace("\x00", "")) for name, value in data]
    Autosave.objects.update_or_create(
        leaflet=leaflet, by=by, defaults={"based_on": based_on, "data": data, "at": now, "seen_at": now}
    )
    return now


def kept_text(leaflet: Leaflet | None, *, by: StaffMember) -> Autosave | None:
    """What ``by`` typed here and did not save, or None."""
    if not leaflet:
        return Autosave.objects.filter(leaflet=None, by=by, at__isnull=False).first()
    return _KEPT.thing(leaflet=leaflet.pk, by=by.pk)


def page_of(kept: Autosave) -> str:
    """The window in which it was typed (the form's field ``page``), or ""."""
    return next((value for name, value in kept.data if name == "page"), "")


def discard_text(leaflet: Leaflet | None, *, by: StaffMember, page: str | None = None) -> None:
    """The text is saved, or no longer wanted. With ``page`` only if it was typed in that window."""
    kept = kept_text(leaflet, by=by)
    if kept and page in (None, page_of(kept)):
        Autosave.objects.filter(pk=kept.pk).update(data=[], at=None)


@a_hint
def note_presence(leaflet: Leaflet, *, by: StaffMember) -> None:
    """``by`` has the leaflet's form open now. Nothing is written but that: text may be kept at the same moment."""
    now = timezone.now()
    if not _SEEN.write(leaflet=leaflet.pk, by=by.pk, now=now):
        Autosave.objects.get_or_create(leaflet=leaflet, by=by, defaults={"seen_at": now})


def others_present(leaflet: Leaflet, *, by: StaffMember) -> list[Autosave]:
    """Who else has had the leaflet's form open within the last two minutes: ``by``, and ``at`` if text is unsaved."""
    return _OTHERS.things(leaflet=leaflet.pk, by=by.pk, since=timezone.now() - PRESENT_FOR)


_LEAFLET, _BY = Given("leaflet", BigAutoField()), Given("by", BigAutoField())


def _find_kept() -> QuerySet[Autosave]:
    return Autosave.objects.filter(leaflet=_LEAFLET, by=_BY, at__isnull=False).order_by("pk")[:1]


def _find_others() -> QuerySet[Autosave]:
    since = Given("since", DateTimeField())
    seen = Autosave.objects.filter(leaflet=_LEAFLET, seen_at__gte=since).exclude(by=_BY)
    return seen.select_related("by").defer("data").order_by("by__username")


_KEPT, _OTHERS = Prepared(_find_kept), Prepared(_find_others)
_SEEN = PreparedUpdate(
    lambda: (Autosave.objects.filter(leaflet=_LEAFLET, by=_BY), {"seen_at": Given("now", DateTimeField())})
)
