"""Any two revisions of a leaflet compared, and one revision as patients would see it."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.admin import AdminSite
from django.db.models import BigAutoField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import escape
from django.utils.translation import gettext as _

from monographs.admin.frame.leaflet.addresses import screen_url
from monographs.admin.frame.leaflet.facts import newest_of
from monographs.admin.frame.leaflet.page import leaflet_screen, revision_of, show, show_as_patients_see, whole_number
from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared
from monographs.refusals import Refused, Unacceptable
from monographs.revisions.compare import compare
from monographs.revisions.models import Revision
from monographs.revisions.named import names_in
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission
from monographs.templatetags.staff_words import plain_moment

LISTED = 50  # revisions; whoever has more reads their numbers in the history


def urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of these screens."""
    return [
        path("leaflets/<int:pk>/compare/", leaflet_screen(site, compare_page), name="leaflet-compare"),
        path("leaflets/<int:pk>/revisions/<int:number>/", leaflet_screen(site, preview_page), name="revision-preview"),
    ]


def compare_page(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """``?old=3&new=7``: what changed from revision 3 to 7. A wrong pair is answered by the page to choose another."""
    check_may_see_revisions(request.user)
    try:
        old = _asked(request, leaflet, "old", _("The older revision"))
        new = _asked(request, leaflet, "new", _("The newer revision"))
    except Refused as refused:
        old = new = comparison = None
        status, sentence = refused.status, str(refused)
    else:
        names = names_in(old.content, new.content)
        status, sentence, comparison = 200, "", compare(old.content, new.content, names=names)
    newest = newest_of(leaflet)
    return show(
        request,
        "review/compare",
        leaflet,
        _("Compare revisions: %(leaflet)s") % {"leaflet": leaflet},
        status=status,
        sentence=sentence,
        old=old,
        new=new,
        comparison=comparison,
        newest=newest,
        choices=revision_choices(leaflet, newest),
    )


def preview_page(request: HttpRequest, leaflet: Leaflet, number: int) -> HttpResponse:
    """One revision on the patients' page, compiled as publishing would compile it now."""
    check_may_see_revisions(request.user)
    revision = revision_of(leaflet, number)
    return show_as_patients_see(
        request,
        "record/revision",
        revision.content,
        revision=revision,
        history_url=screen_url("leaflet-history", leaflet),
    )


def check_may_see_revisions(user: StaffMember) -> None:
    """Raise NotAllowed unless the person may see drafts and their history."""
    check_permission(user, "view_revision", _("You may not see drafts and their history."))


@dataclass(frozen=True)
class Choices:
    """How two revisions are chosen: from lists of ``revisions``, newest first; of many by number, up to ``newest``."""

    newest: int
    revisions: tuple[Revision, ...]

    @cached_property
    def labels(self) -> list[str]:
        """Each one's number, moment and person, escaped: both lists have the same."""
        return [escape(" · ".join(_words(revision))) for revision in self.revisions]


def _words(revision: Revision) -> list[str]:
    person = [revision.by.name] if revision.by else []
    return [str(revision.number), plain_moment(revision.at), *person]


def revision_choices(leaflet: Leaflet, newest: Revision | None) -> Choices:
    """Without the revisions' content; where there are many, none is read."""
    number = newest.number if newest else 0
    return Choices(number, tuple(_listed.things(leaflet=leaflet.pk)) if number <= LISTED else ())


def _find_listed() -> QuerySet[Revision]:
    of_leaflet = Revision.objects.filter(leaflet=Given("leaflet", BigAutoField()))
    return of_leaflet.select_related("by").defer("content_json").order_by("-number")[:LISTED]


_listed = Prepared(_find_listed)


def _asked(request: HttpRequest, leaflet: Leaflet, name: str, what: str) -> Revision:
    if not request.GET.get(name, "").strip():
        raise Unacceptable(_("Choose two revisions to compare."))
    return revision_of(leaflet, whole_number(request.GET[name], what))
