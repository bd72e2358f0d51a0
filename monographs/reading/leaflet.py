"""The leaflet as patients read it now: three queries, however long it is."""

import datetime as dt
from dataclasses import dataclass
from itertools import islice

from django.db.models import DateTimeField, F, QuerySet, SlugField
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from monographs.leaflets.content import Content
from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared, instance
from monographs.publication.due import is_overdue
from monographs.publication.models import Page, Publication
from monographs.reading.public import Site, public_page, show
from monographs.reading.reply_form import ReplyForm
from monographs.reading.thread import as_html, find_shown, read_thread
from monographs.revisions.models import Revision


@dataclass(frozen=True)
class ShownLeaflet:
    """What stands above, around and in a leaflet.

    ``reviewed_at`` is when the second reader signed it, None after an emergency release; ``is_overdue`` is whether
    patients are to be told that its next check is late.
    """

    content: Content
    publication: Publication
    html: str
    reviewed_at: dt.datetime | None
    is_overdue: bool
    permanent_url: str
    current_url: str


def ready(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Pages with all that is shown around them, in the same query.

    Adds ``reviewed_at``, the moment of the approval that the page rests on, and ``title``, that of the version
    that patients read last: a notice has none of its own, and the draft's has been approved by nobody.
    """
    return (
        pages.select_related("publication__leaflet", "publication__revision")
        .defer("plain_text", "contents", "publication__leaflet__key_facts", "publication__why")
        .annotate(reviewed_at=F("publication__review__approved_at"), title=F("publication__showing__title"))
    )


_SHOWN = {  # path → model and columns
    "": (Page, ("id", "publication_id", "html")),
    "publication__": (
        Publication,
        ("id", "leaflet_id", "revision_id", "kind", "major", "minor", "effective_from", "next_review_on")
        + ("change_note", "notice"),
    ),
    "publication__showing__leaflet__": (Leaflet, ("id", "slug", "language")),
    "publication__revision__": (Revision, ("id", "content_json")),
}


def _find() -> QuerySet:
    at = Given("at", DateTimeField())
    pages = Page.objects.filter(
        publication__showing__leaflet__slug=Given("slug", SlugField()),
        publication__showing__starts_at__lte=at,
        publication__showing__ends_at__gt=at,
        compiled_at__lte=at,
    )
    columns = [f"{path}{name}" for path, (_model, names) in _SHOWN.items() for name in names]
    around = "publication__review__approved_at", "publication__showing__title"
    return pages.order_by("-pk").values_list(*columns, *around)[:1]  # compiled last


_found = Prepared(_find)


def page_of(slug: str, at: dt.datetime) -> Page:
    """What this leaflet shows at ``at``, a withdrawal's notice included, as `ready` has it, in one query.

    Raises Http404.
    """
    row = next(_found.rows(slug=slug, at=at), None)
    if not row:
        raise Http404
    values = iter(row)
    page, publication, leaflet, revision = (
        instance(model, names, islice(values, len(names))) for model, names in _SHOWN.values()
    )
    page.publication, publication.leaflet = publication, leaflet
    if revision.pk:
        publication.revision = revision
    page.reviewed_at, page.title = values
    return page


def shown(page: Page, request: HttpRequest, site: Site, *, is_overdue: bool = False) -> ShownLeaflet:
    """A page of a revision, ready for `reading/article.html`, with the clinic's details of ``site``."""
    publication, slug = page.publication, page.publication.leaflet.slug
    return ShownLeaflet(
        content=publication.revision.content,
        publication=publication,
        html=site.assembled(page.html, publication.leaflet.language),
        reviewed_at=page.reviewed_at,
        is_overdue=is_overdue,
        permanent_url=request.build_absolute_uri(reverse("leaflet-version", args=[slug, publication.version])),
        current_url=request.build_absolute_uri(reverse("leaflet-read", args=[slug])),
    )


@public_page(uses=["answer"])
def leaflet(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    page = page_of(slug, site.at)
    if not page.publication.revision_id:
        return withdrawn(request, site, page)
    language = page.publication.leaflet.language
    replies = read_thread(page.publication)
    answer_to = find_shown(replies, request.GET.get("answer", ""))
    tells_overdue = site.clinic.tells_patients_overdue and is_overdue(page.publication, at=site.at)
    context = {
        "leaflet": shown(page, request, site, is_overdue=tells_overdue),
        "slug": slug,
        "replies": as_html(replies, language=language, clinic_name=site.clinic.name),
        "form": ReplyForm.fresh(page.publication.leaflet, site.hour, answer_to=answer_to),
    }
    return show("reading/leaflet.html", context, site=site, language=language)


def withdrawn(request: HttpRequest, site: Site, page: Page) -> HttpResponse:
    """The notice, under the leaflet's own address.

    The status is 200, not 410 Gone: the address has something to say that a patient must read, some phones
    and proxies put their own error page over a 410, and the leaflet may come back. ``noindex`` keeps the
    notice out of search engines; the earlier versions stay reachable, each under a warning.
    """
    leaflet = page.publication.leaflet
    context = {
        "page": page,
        "notice": site.assembled(page.html, leaflet.language),
        "title": page.title,
        "slug": leaflet.slug,
    }
    return show("reading/withdrawn.html", context, site=site, language=leaflet.language)
