"""The Atom feed of updates: what was published or withdrawn, and what changed (RFC 4287)."""

import datetime as dt
import re
import uuid
from typing import NamedTuple

from django.conf import settings
from django.db.models import DateTimeField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from monographs.leaflets.editions import titled
from monographs.prepared import Given, Prepared
from monographs.publication.models import Kind, Publication
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


def _find() -> QuerySet:
    """The newest `MOST_ENTRIES` rows in effect."""
    newest = Publication.objects.begun(Given("at", DateTimeField())).order_by("-showing__starts_at", "-pk")
    return newest.values_list(*_COLUMNS)[:MOST_ENTRIES]


_recent = Prepared(_find)


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
    version = Publication(major=row.major, minor=row.minor).version
    return _("%(title)s: version %(version)s") % {"title": title, "version": version}


@public_page
def feed(request: HttpRequest, site: Site) -> HttpResponse:
    """Every link leads to what holds now, so nobody comes from an old entry to old advice."""
    address = request.build_absolute_uri(reverse("feed"))
    with translation.override(settings.LANGUAGE_CODE):
        atom = LanguageAwareFeed(
            title=tidy(_("%(clinic)s: new and changed leaflets") % {"clinic": site.clinic.name}),
            link=request.build_absolute_uri(reverse("home")),
            description=None,
            subtitle=_("Leaflets about medicines that were published, changed or withdrawn."),
            language=settings.LANGUAGE_CODE,
            author_name=tidy(site.clinic.name),
            feed_url=address,
            feed_guid=uuid.uuid5(uuid.NAMESPACE_URL, address).urn,
        )
    for row in map(Row._make, _recent.rows(at=site.at)):
        language = row.language
        with translation.override(language):
            atom.add_item(
                title=tidy(marked(headline(row), direction(language))),
                link=request.build_absolute_uri(reverse("leaflet-read", args=[row.slug])),
                description=escape(
                    marked(tidy(row.change_note or plain(row.notice, language=language)), direction(language))
                ),
                unique_id=entry_id(row),
                pubdate=row.effective_from,
                updateddate=row.effective_from,
                language=language,
            )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


def tidy(text: str) -> str:
    """Without signs that XML has no room for."""
    return _NOT_IN_XML.sub("", text)
