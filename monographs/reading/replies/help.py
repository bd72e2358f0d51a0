"""Where help is, first of all, at an address of its own."""

from django.http import HttpRequest, HttpResponse

from monographs.reading.public import Site, public_page, show
from monographs.reading.shown import page_of


@public_page
def reply_help(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """Where help is, first of all. It says nothing of any reply, so it is the same page for everybody."""
    page = page_of(slug, site.at)
    language = page.publication.leaflet.language
    return show("comments/help.html", {"title": page.title, "slug": slug}, site=site, language=language)
