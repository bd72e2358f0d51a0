"""What the staff's screens about one leaflet share: finding it, the frame of the page, and a refusal in plain words."""

import functools
from collections.abc import Callable

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.db.models import BigAutoField, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from monographs.admin.frame.leaflet.addresses import leaflet_url
from monographs.admin.frame.leaflet.state import state_of
from monographs.clinics.models import the_clinic
from monographs.leaflets.content import Content
from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared
from monographs.publication.page.assemble import page_preview
from monographs.refusals import Refused, Unacceptable
from monographs.revisions.models import Revision
from monographs.staff.roles import permission
from monographs.text.markup.markdown import direction


class Missing(Refused):
    """There is no such thing (404)."""

    status = 404


def leaflet_screen(site: AdminSite, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view ``(request, leaflet, **kwargs)`` as a page of the admin, at an address with the leaflet's ``pk``.

    Only staff who are logged in get as far as the view; what it refuses becomes a page with the refusal's status.
    """

    @functools.wraps(view)
    def page(request: HttpRequest, pk: int, **kwargs) -> HttpResponse:
        leaflet = _leaflet.thing(leaflet=pk) if pk <= BigAutoField.MAX_BIGINT else None
        if not leaflet:
            return refusal(request, None, Missing(_("There is no such leaflet. It may have had another number.")))
        try:
            return view(request, leaflet, **kwargs)
        except Refused as refused:
            return refusal(request, leaflet, refused)

    return site.admin_view(page)


def leaflet_screens(site: AdminSite, screens: dict[str, Callable[..., HttpResponse]]) -> list[URLPattern]:
    """Their addresses: ``{"recall": view}`` is at ``leaflets/<pk>/recall/``, named ``leaflet-recall``."""
    return [
        path(f"leaflets/<int:pk>/{name}/", leaflet_screen(site, view), name=f"leaflet-{name}")
        for name, view in screens.items()
    ]


def show(
    request: HttpRequest,
    name: str,
    leaflet: Leaflet | None,
    title: str,
    *,
    status: int = 200,
    refused: Refused | None = None,
    newest: Revision | None = None,
    **context,
) -> HttpResponse:
    """Render ``templates/admin/<name>.html`` in the admin's frame, with the leaflet's state.

    The state is worked out if the template shows it. ``refused`` is what a verb said no with: its sentence is shown,
    its status answered. ``newest`` is the leaflet's newest revision where that has been read already.
    """
    if refused:
        status, context["sentence"] = refused.status, str(refused)
    frame = {
        **admin.site.each_context(request),
        "title": title,
        "leaflet": leaflet,
        "leaflet_url": leaflet_url(leaflet) if leaflet else "",
        "newest": newest,
        "state": SimpleLazyObject(lambda: state_of(leaflet, request.user, newest=newest)) if leaflet else None,
    }
    return render(request, f"admin/{name}.html", {**frame, **context}, status=status)


def refusal(request: HttpRequest, leaflet: Leaflet | None, refused: Refused) -> HttpResponse:
    """The page of a refusal: the sentence, what stands now, and the way on."""
    return show(
        request,
        "frame/leaflet/refused",
        leaflet if leaflet and request.user.has_perm(permission("view_revision")) else None,
        _("This was not done"),
        refused=refused,
    )


def to_leaflet(leaflet: Leaflet) -> HttpResponseRedirect:
    """Back to the leaflet's own page."""
    return HttpResponseRedirect(leaflet_url(leaflet))


def to_screen(name: str, leaflet: Leaflet) -> HttpResponseRedirect:
    """To another screen of the same leaflet."""
    return HttpResponseRedirect(reverse(f"admin:{name}", args=[leaflet.pk]))


def whole_number(text: str | None, what: str) -> int:
    """A number from an address or a hidden field. Raises Unacceptable, naming ``what`` is no number."""
    text = (text or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Unacceptable(_("%(what)s must be a whole number, such as 3.") % {"what": what})
    return int(text)


def revision_of(leaflet: Leaflet, number: int) -> Revision:
    """One revision of a leaflet. Raises Missing."""
    revision = _revision.thing(leaflet=leaflet.pk, number=number) if number <= BigAutoField.MAX_BIGINT else None
    if not revision:
        raise Missing(_("This leaflet has no revision %(number)s.") % {"number": number})
    revision.leaflet = leaflet
    return revision


_OF_LEAFLET, _NUMBER = Given("leaflet", BigAutoField()), Given("number", BigAutoField())


def _find_leaflet() -> QuerySet[Leaflet]:
    return Leaflet.objects.filter(pk=_OF_LEAFLET).select_related("medicine")


def _find_revision() -> QuerySet[Revision]:
    found = Revision.objects.filter(leaflet=_OF_LEAFLET, number=_NUMBER).order_by().select_related("by", "origin")
    return found.defer("origin__content_json")


_leaflet, _revision = Prepared(_find_leaflet), Prepared(_find_revision)


def show_as_patients_see(request: HttpRequest, name: str, content: Content, **context) -> HttpResponse:
    """A text that is not published, on the patients' page, compiled as publishing would compile it now.

    ``templates/admin/<name>.html`` says in its banner what it is. Search engines stay out.
    """
    frame = {
        "content": content,
        "clinic": the_clinic(),
        "body": page_preview(content).html,
        "language": content.language,
        "direction": direction(content.language),
        "staff_language": translation.get_language(),
    }
    with translation.override(content.language):
        response = render(request, f"admin/{name}.html", {**frame, **context})
    response["X-Robots-Tag"] = "noindex"
    return response
