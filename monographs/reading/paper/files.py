"""The leaflet as a file: PDF, large print, plain text, EPUB; what is shown now, or one version at its permanent
address.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from monographs.files.digests import Checked, NotWhole
from monographs.files.kept import Kept
from monographs.files.pictures import PictureName
from monographs.leaflets.editions import is_easy_read, titled
from monographs.paper.articles.article import Article
from monographs.paper.articles.beside import Beside
from monographs.paper.articles.cover import Cover
from monographs.paper.epub import make_epub
from monographs.paper.pdf import TooMany, make_pdf
from monographs.paper.pictures.pictures import ReadPicture
from monographs.paper.pictures.qr import qr_svg
from monographs.paper.plain import plain_text
from monographs.paper.setting.typefaces import can_set
from monographs.paper.sheet import SIZES
from monographs.paper.shelf import Shelf
from monographs.publication.models import Page, Publication
from monographs.reading.alerts.pages import alerts_above
from monographs.reading.behind import hidden_context, is_hidden
from monographs.reading.patterns import pattern
from monographs.reading.public import PRIVATE, Site, public_page, show
from monographs.reading.shown import article, is_late_at, notice, page_of
from monographs.reading.versions.archive import changed_since, find_version
from monographs.refusals import Busy
from monographs.text.amounts.dates import in_words
from monographs.text.markup.markdown import direction
from monographs.text.order.isolates import marked

USUAL, *LARGE = SIZES
_SHELF_BYTES = 12 * 1024 * 1024  # some 150 leaflets; a page of the page cache is kept there once more

_shelf = Shelf(_SHELF_BYTES)
_checked = Checked()
logger = logging.getLogger(__name__)


@public_page
def leaflet_pdf(request: HttpRequest, site: Site, slug: str, number: str = "") -> HttpResponse:
    return _pdf(request, site, slug, number, USUAL)


@public_page(uses=["size"])
def large_print(request: HttpRequest, site: Site, slug: str, number: str = "") -> HttpResponse:
    """In 16, 20, 24 or 28 pt (``?size=``)."""
    size = request.GET.get("size", str(LARGE[0]))
    if size not in map(str, LARGE):
        raise Http404
    return _pdf(request, site, slug, number, int(size))


@public_page
def leaflet_text(request: HttpRequest, site: Site, slug: str, number: str = "") -> HttpResponse:
    found = article_as_file(request, site, slug, number)
    return file(Printed(plain_text(found).encode()), "text/plain; charset=utf-8", f"{slug}.txt", found.language)


@public_page
def leaflet_epub(request: HttpRequest, site: Site, slug: str, number: str = "") -> HttpResponse:
    found = article_as_file(request, site, slug, number)
    with translation.override(found.language):
        contents = _("In this leaflet")
    pictures = Pictures()
    book = _shelf.get(
        found.digest("epub"),
        lambda: make_epub(found, read_picture=pictures, contents=contents),
        keeps=pictures.are_there,
    )
    made = Printed(book, is_whole=pictures.are_there())
    return file(made, "application/epub+zip", f"{slug}.epub", found.language)


@public_page
def address_code(request: HttpRequest, site: Site, slug: str, number: str) -> HttpResponse:
    """The QR code that stands on a printed page, as on the PDF: the address of exactly this version."""
    version = find_version(site, slug, number).page.publication.version
    address = request.build_absolute_uri(reverse("leaflet-version", args=[slug, version]))
    return HttpResponse(qr_svg(address), content_type="image/svg+xml", headers={"X-Robots-Tag": "noindex"})


def _pdf(request: HttpRequest, site: Site, slug: str, number: str, size: int) -> HttpResponse:
    """In ``size`` pt; an easy-read leaflet is never smaller than large print."""
    found = article_as_file(request, site, slug, number)
    if found.is_easy_read:
        size = max(size, LARGE[0])
    if not can_set(found.language):
        context = {"slug": slug, "title": found.title}
        return show("reading/no_pdf.html", context, site=site, language=found.language, status=404)
    made = printed(
        _shelf, found, f"pdf {size}", lambda picture: make_pdf(found, size=size, read_picture=picture),
        kept=kept_files(),
    )  # fmt: skip
    return file(made, "application/pdf", f"{slug}.pdf", found.language)


def printed(
    shelf: Shelf,
    of: Article | Cover | Beside,
    kind: str,
    make: Callable[[ReadPicture], bytes],
    *,
    kept: Kept | None = None,
) -> "Printed":
    """The PDF from the shelf; from what the clock ``kept``; made now if it is in neither. Raises Busy."""
    digest, pictures = of.digest(kind), Pictures()

    def made_now() -> bytes:
        return (kept and kept.get(digest)) or _made(of.title, make, pictures)

    try:
        data = shelf.get(digest, made_now, keeps=pictures.are_there)
    except TooMany as error:
        raise Busy(_("Many leaflets are being printed. Please ask again in a while.")) from error
    return Printed(data, is_whole=pictures.are_there())


def kept_files() -> Kept:
    """The PDFs that the clock made before anybody asked (`reading.paper.ahead`)."""
    return Kept(settings.PAPER_FOLDER, settings.PAPER_BYTES)


def keep_standard_pdf(found: Article, kept: Kept) -> bool:
    """What `leaflet_pdf` will look for is kept, if it wasn't; whether it was made now.

    Not where one of its pictures isn't there, or can't be set: what is made without must not outlive the want.
    Raises RuntimeError (of typst), OSError, TooMany.
    """
    size = LARGE[0] if found.is_easy_read else USUAL
    digest = found.digest(f"pdf {size}")
    if not can_set(found.language):
        return False
    if kept.get(digest):
        kept.is_still_wanted(digest)
        return False
    pictures = Pictures()
    made = make_pdf(found, size=size, read_picture=pictures)
    if pictures.are_there():
        kept.put(digest, made)
    return pictures.are_there()


def _made(title: str, make: Callable[[ReadPicture], bytes], pictures: "Pictures") -> bytes:
    """The PDF; without its pictures, whose words stand in for them, where one of them can't be set.

    What typst says is a RuntimeError.
    """
    try:
        return make(pictures)
    except RuntimeError as error:
        logger.error("“%s” has a PDF without pictures: %s", title, error)
        return make(lambda _address: None)


class Printed(NamedTuple):
    """A file; not whole where a picture was not there, so that nobody keeps it."""

    data: bytes
    is_whole: bool = True


class Pictures:
    """Reads pictures as `ReadPicture` does, and knows whether all of them were there."""

    def __init__(self):
        self._is_one_missing = False

    def __call__(self, address: str) -> bytes | None:
        data = _picture(address)
        self._is_one_missing |= not data
        return data

    def are_there(self) -> bool:
        return not self._is_one_missing


def _picture(address: str) -> bytes | None:
    """A picture of our own, whole; None for any other."""
    path = address.partition("/media/")[2]
    name = PictureName.parse(path)
    if not name:
        return None
    try:
        return _checked.read(Path(default_storage.path(path)), name.digest)
    except (FileNotFoundError, NotWhole):
        return None


def file(printed: Printed, kind: str, name: str, language: str) -> HttpResponse:
    """``noindex``: search engines show the page."""
    headers = {
        "Content-Disposition": f'inline; filename="{name}"', "Content-Language": language, "X-Robots-Tag": "noindex",
    }  # fmt: skip
    if not printed.is_whole:
        headers["Cache-Control"] = PRIVATE
    return HttpResponse(printed.data, content_type=kind, headers=headers)


# --- What stands in it ---


def article_as_file(request: HttpRequest, site: Site, slug: str, number: str) -> Article:
    """What is shown now, a notice included; or the version ``number``, under what it is now. Raises Http404."""
    if number:
        version = find_version(site, slug, number)
        with translation.override(version.page.publication.leaflet.language):
            context = {**version.about, "slug": slug}
            context |= {"title": _title(version.page.publication)}
            context |= {"version": version.page.publication.version}
            context |= {"changed_since": changed_since(version)}
            is_shown = version.period.until is None and not version.period.is_hidden
            above = "" if is_shown else render_to_string("reading/about_version.html", context)
            above = _alerts(site, version.page) + above
            return _leaflet(request, version.site, version.page, above=above, is_overdue=False)
    page = page_of(slug, site.at)
    with translation.override(page.publication.leaflet.language):
        if not page.publication.revision_id:
            return _notice(request, site, page)
        if is_hidden(page, site):
            return _notice(request, site, page, template="reading/behind_notice.html", context=hidden_context(page))
        above = _alerts(site, page)
        return _leaflet(request, site, page, above=above, is_overdue=is_late_at(page.publication, site))


def _alerts(site: Site, page: Page) -> str:
    """The safety alerts of now, also above a version of years ago. Their titles stand beside the leaflet's: the first
    heading on paper is the highest, and others would hang under it."""
    return alerts_above(site, page.publication.leaflet.medicine_id, heading="h1")


def _leaflet(request: HttpRequest, site: Site, page: Page, *, is_overdue: bool, above: str = "") -> Article:
    publication, language = page.publication, page.publication.leaflet.language
    words = article(page, request, site)
    shape = {"is_overdue": is_overdue, "has_tools": False, "same_clinic": site.same_clinic, "language": language}
    html = pattern("reading/article.html").filled(words, shape, clinic=site.clinic)
    html += whom_to_call(site, language)
    title = _title(publication)
    return Article(
        html=alone(request, above + html),
        title=title,
        **version_of(publication, title, request),
        is_easy_read=is_easy_read(publication.leaflet.edition),
        **_around(site, publication),
    )


def version_of(publication: Publication, title: str, request: HttpRequest) -> dict[str, str]:
    """Which version a sheet is of, in the active language: its ``foot``, ``address`` and ``qr_alt``."""
    leaflet = publication.leaflet
    when = in_words(timezone.localdate(publication.effective_from))
    parts = {"title": title, "version": publication.version, "when": when}
    address = request.build_absolute_uri(reverse("leaflet-version", args=[leaflet.slug, publication.version]))
    return {
        "foot": marked(_("%(title)s, version %(version)s of %(when)s") % parts, direction(leaflet.language)),
        "address": address,
        "qr_alt": _("QR code with the address of this version: %(address)s") % {"address": address},
    }


def whom_to_call(site: Site, language: str) -> str:
    """What stands at the foot of each page: a sheet lies on a table where no page is."""
    shape = {"same_clinic": site.same_clinic, "language": language}
    return pattern("reading/help.html").filled({}, shape, clinic=site.clinic)


def _title(publication: Publication) -> str:
    leaflet = publication.leaflet
    return titled(publication.revision.heading.title, leaflet.edition, leaflet.language)


def _notice(
    request: HttpRequest,
    site: Site,
    page: Page,
    *,
    template: str = "reading/notice.html",
    context: dict[str, object] | None = None,
) -> Article:
    """The notice in place of a leaflet: whoever has the PDF's address must read it, too."""
    title = page.title
    since = in_words(timezone.localdate(page.publication.effective_from))
    context = {**(context or notice(page, site)), "clinic": site.clinic, "language": page.publication.leaflet.language}
    return Article(
        html=alone(request, _alerts(site, page) + render_to_string(template, context)),
        title=_("%(title)s: not available") % {"title": title},
        foot=marked(f"{title}, {since}", direction(page.publication.leaflet.language)),
        **_around(site, page.publication),
    )


def alone(request: HttpRequest, html: str) -> str:
    """With whole addresses: a file has none of its own."""
    return html.replace('href="/', f'href="{request.scheme}://{request.get_host()}/')


def _around(site: Site, publication: Publication) -> dict[str, object]:
    return {
        "language": publication.leaflet.language,
        "author": site.clinic.name,
        "logo": site.clinic.logo_url,
        "page_of": _("Page {page} of {pages}"),
        "on": timezone.localdate(publication.effective_from),
    }
