"""Atom feeds of updates, of all leaflets and of one medicine's: what was published or withdrawn (RFC 4287)."""

import datetime as dt
import re
import uuid
from collections.abc import Collection
from typing import NamedTuple

from django.conf import settings
from django.db.models import DateTimeField, QuerySet, SlugField
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from monographs.leaflets.editions import titled
from monographs.prepared import Given, Prepared
from monographs.publication.models import Kind, Publication, version_of
from monographs.reading.behind import hidden_now
from monographs.reading.public import Site, public_page
from monographs.text.markup.markdown import direction, plain
from monographs.text.order.isolates import marked

MOST_ENTRIES = 50
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0, section 2.2


class LanguageAwareFeed(Atom1Feed):
    """Atom whose entries name their own language."""

    def item_attributes(self, item: dict) -> dict[str, str]:
        return {"xml:lang": item["language"]}


class Row(NamedTuple):
    """A publication in effect, as far as the feed tells of it, with the ``title`` it bore."""

    pk: int
    slug: str
    language: str
    edition: str
    kind: str
    major: int | None
    minor: int | None
    at: dt.datetime
    effective_from: dt.datetime
    change_note: str
    notice: str
    title: str


_COLUMNS = (
    "pk", "leaflet__slug", "leaflet__language", "leaflet__edition", "kind", "major", "minor", "at", "effective_from",
    "change_note", "notice", "showing__title",
)  # fmt: skip


def _newest() -> QuerySet:
    return Publication.objects.begun(Given("at", DateTimeField())).order_by("-showing__starts_at", "-pk")


def _find() -> QuerySet:
    """The newest `MOST_ENTRIES` rows in effect."""
    return _newest().values_list(*_COLUMNS)[:MOST_ENTRIES]


def _find_of_medicine() -> QuerySet:
    """The same of one medicine's leaflets, in all languages and editions."""
    of_medicine = _newest().filter(leaflet__medicine__slug=Given("slug", SlugField()))
    return of_medicine.values_list(*_COLUMNS)[:MOST_ENTRIES]


_recent, _recent_of_medicine = Prepared(_find), Prepared(_find_of_medicine)


def entry_id(row: Row) -> str:
    """A name that this row keeps for ever, whatever the site's address becomes."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{row.slug} {row.pk} {row.at.isoformat()}").urn


def headline(row: Row) -> str:
    """What happened, in the leaflet's language: ``"Baclofen: version 2"``."""
    title = titled(row.title, row.edition, row.language)
    if row.kind == Kind.WITHDRAWAL:
        return _("%(title)s: withdrawn") % {"title": title}
    if row.kind == Kind.EXPIRY:
        return _("%(title)s: not available at the moment") % {"title": title}
    version = version_of(row.major, row.minor)
    return _("%(title)s: version %(version)s") % {"title": title, "version": version}


@public_page
def feed(request: HttpRequest, site: Site) -> HttpResponse:
    with translation.override(settings.LANGUAGE_CODE):
        atom = _begin(
            request,
            site,
            title=_("%(clinic)s: new and changed leaflets") % {"clinic": site.clinic.name},
            subtitle=_("Leaflets about medicines that were published, changed or withdrawn."),
            about=reverse("home"),
            address=reverse("feed"),
        )
    return _answer(request, site, atom, [Row._make(row) for row in _recent.rows(at=site.at)])


@public_page
def medicine_feed(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """Of one medicine, named by the title under which patients know its newest leaflet. Raises Http404 where none was
    ever shown."""
    rows = [Row._make(row) for row in _recent_of_medicine.rows(at=site.at, slug=slug)]
    if not rows:
        raise Http404
    newest = rows[0]
    with translation.override(newest.language):
        atom = _begin(
            request,
            site,
            title=f"{newest.title} – {site.clinic.name}",
            subtitle=_("What was published, changed or withdrawn about this medicine."),
            about=reverse("leaflet-read", args=[newest.slug]),
            address=reverse("medicine-feed", args=[slug]),
        )
    return _answer(request, site, atom, rows)


def _begin(
    request: HttpRequest, site: Site, *, title: str, subtitle: str, about: str, address: str
) -> LanguageAwareFeed:
    """A feed without entries, in the active language; ``about`` and ``address`` are paths."""
    whole = request.build_absolute_uri(address)
    return LanguageAwareFeed(
        title=tidy(title),
        link=request.build_absolute_uri(about),
        description=None,
        subtitle=subtitle,
        language=translation.get_language(),
        author_name=tidy(site.clinic.name),
        feed_url=whole,
        feed_guid=uuid.uuid5(uuid.NAMESPACE_URL, whole).urn,
    )


def _answer(request: HttpRequest, site: Site, atom: LanguageAwareFeed, rows: Collection[Row]) -> HttpResponse:
    """Every link leads to what holds now, so nobody comes from an old entry to old advice; to a translation that the
    clinic hides none leads."""
    hidden = hidden_now(site, {row.slug for row in rows})
    for row in rows:
        if row.slug in hidden:
            continue
        language = row.language
        with translation.override(language):
            atom.add_item(
                title=tidy(marked(headline(row), direction(language))),
                link=request.build_absolute_uri(reverse("leaflet-read", args=[row.slug])),
                description=as_html(row.change_note or plain(row.notice, language=language), language),
                unique_id=entry_id(row),
                pubdate=row.effective_from,
                updateddate=row.effective_from,
                language=language,
            )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


def as_html(text: str, language: str) -> str:
    """A plain text as the summary of an entry, which programs read as HTML: its lines stay lines, or the number that
    ends one and the number that begins the next would be read as one."""
    return escape(marked(tidy(text), direction(language))).replace("\n", "<br>")


def tidy(text: str) -> str:
    """Without signs that XML has no room for."""
    return _NOT_IN_XML.sub("", text)
