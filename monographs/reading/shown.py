"""What a leaflet shows at an instant: its page, looked up in one query, and the words of its article or notice."""

import datetime as dt
from itertools import islice

from django.db.models import DateTimeField, F, QuerySet, SlugField
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from monographs.comments.standing.closing import Closing
from monographs.comments.standing.closing import columns as closing_columns
from monographs.leaflets.editions import is_easy_read, titled
from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared, instance
from monographs.publication.due import is_overdue
from monographs.publication.models import Page, Publication
from monographs.publication.relatives import relatives
from monographs.publication.shown.behind import behind_at
from monographs.reading.behind import about_parts_behind, marked
from monographs.reading.languages.addresses import address_of_slug, permanent_address
from monographs.reading.languages.switch import origin_of
from monographs.reading.public import Site
from monographs.revisions.headings import heading_of
from monographs.revisions.models import Revision
from monographs.templatetags.leaflet_language import class_spoken, in_order, marked_in_order
from monographs.templatetags.leaflet_text import day, day_in
from monographs.text.amounts.dates import in_words

BEHIND = "publication__showing__behind"
SHOWN_LEAFLETS = "publication__showing__leaflet__medicine__shown_leaflets"
_MEDICINE_SLUG = "publication__showing__leaflet__medicine__slug"
IS_MONITORED = "publication__showing__leaflet__medicine__is_under_additional_monitoring"
_FIRST = "1"  # version: nothing to compare it with
BLACK_TRIANGLE = "▼"
"""Of a medicine under additional monitoring, with the sentence of the QRD template (Directive 2001/83/EC, Articles 11
and 59; Regulation (EC) 726/2004, Article 23; Commission Implementing Regulation (EU) 198/2013)."""


def ready(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Pages with all that is shown around them, in the same query.

    Adds ``reviewed_at``, the moment of the approval that the page rests on, ``title``, that of the version
    that patients read last: a notice has none of its own, and the draft's has been approved by nobody; and
    ``is_monitored``, whether the medicine is under additional monitoring now.
    """
    return (
        pages.select_related("publication__leaflet", "publication__revision")
        .defer("plain_text", "contents", "publication__leaflet__key_facts", "publication__why")
        .annotate(
            reviewed_at=F("publication__review__approved_at"),
            title=F("publication__showing__title"),
            is_monitored=F(IS_MONITORED),
        )
    )


_SHOWN = {  # path → model and columns
    "": (Page, ("id", "publication_id", "html")),
    "publication__": (
        Publication,
        ("id", "leaflet_id", "revision_id", "kind", "major", "minor", "effective_from", "next_review_on")
        + ("change_note", "notice", "digest"),
    ),
    "publication__showing__leaflet__": (Leaflet, ("id", "slug", "language", "edition", "medicine_id", "source_id")),
    "publication__revision__": (Revision, ("id", "content_json")),
}


_COLUMNS = tuple(f"{path}{name}" for path, (_model, names) in _SHOWN.items() for name in names)
_LONG_TEXTS = {_COLUMNS.index(name) for name in ("html", "publication__revision__content_json")}


def _find() -> QuerySet:
    at = Given("at", DateTimeField())
    pages = Page.objects.filter(
        publication__showing__leaflet__slug=Given("slug", SlugField()),
        publication__showing__starts_at__lte=at,
        publication__showing__ends_at__gt=at,
        compiled_at__lte=at,
    )
    around = (
        *("publication__review__approved_at", "publication__showing__title", BEHIND, SHOWN_LEAFLETS, IS_MONITORED),
        _MEDICINE_SLUG,
    )
    closing = closing_columns("publication__showing__leaflet")
    return pages.order_by("-pk").values_list(*_COLUMNS, *around, *closing)[:1]  # compiled last


_found = Prepared(_find)


def page_of(slug: str, at: dt.datetime) -> Page:
    """What this leaflet shows at ``at``, a withdrawal's notice included, as `ready` has it, in one query; with
    ``no_replies``, the `Closing` of its replies if they are closed then, else None, ``relatives``, the leaflets of
    its medicine that are shown then, ``behind``, the parts of a translation that are behind its source then,
    ``medicine_slug``, and ``told``, all that was read but the two long texts: the numbers of their rows, which never
    change, stand for them.

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
        revision.heading = heading_of(publication.digest, revision.content_json)
    page.told = [value for place, value in enumerate(row) if place not in _LONG_TEXTS]
    page.reviewed_at, title, behind, shown_leaflets, page.is_monitored, page.medicine_slug, *closing = values
    page.title = titled(title, leaflet.edition, leaflet.language)
    page.behind = behind_at(behind, at)
    page.relatives = relatives(shown_leaflets, at)
    closing = Closing(*closing)
    page.no_replies = closing if closing.is_in_force(publication.effective_from, at) else None
    return page


def article(page: Page, request: HttpRequest, site: Site) -> dict[str, object]:
    """The words of `reading/article.html` for the page of a revision, in the active language, with the clinic's details
    of ``site``."""
    publication = page.publication
    leaflet, heading = publication.leaflet, publication.revision.heading
    language, version, since = get_language(), publication.version, site.day_of(publication.effective_from)
    return {
        "is_easy_read": "yes" if is_easy_read(leaflet.edition) else "",
        "origin": origin_of(request),
        "slug": leaflet.slug,
        "title": in_order(heading.title, leaflet.language),
        "window_title": marked_in_order(titled(heading.title, leaflet.edition, leaflet.language), leaflet.language),
        "brands": in_order(", ".join(heading.medicine.brands)),
        "drug_class": in_order(heading.medicine.drug_class),
        "class_spoken": class_spoken(heading.medicine.class_language, leaflet.language),
        "monitored": BLACK_TRIANGLE if page.is_monitored else "",
        "reviewed": day_in(language, site.day_of(page.reviewed_at)) if page.reviewed_at else "",
        "next_check": day(heading.next_review_on),
        "version": version,
        "changes_at": address_of_slug("leaflet-changes", leaflet.slug) if version != _FIRST else "",
        "since": day_in(language, since),
        "since_in_words": in_words(since),
        "text": marked(site.assembled(page.html, leaflet.language), page),
        "behind": about_parts_behind(page),
        "change_note": in_order(publication.change_note),
    }


def other_edition(page: Page) -> dict[str, str]:
    """Where the leaflet of the same medicine and language in the other edition is, if it is shown now: ``easy_read_at``
    or ``full_leaflet_at``, an address."""
    leaflet = page.publication.leaflet
    name = "full_leaflet_at" if is_easy_read(leaflet.edition) else "easy_read_at"
    for one in page.relatives:
        if one.language == leaflet.language and one.edition != leaflet.edition:
            return {name: permanent_address(one.slug)}
    return {}


def is_late_at(publication: Publication, site: Site) -> bool:
    """Whether readers are told that the leaflet's check is overdue."""
    return site.clinic.tells_patients_overdue and is_overdue(publication, at=site.at)


def notice(page: Page, site: Site) -> dict[str, object]:
    """What `reading/notice.html` needs for the page of a notice."""
    leaflet = page.publication.leaflet
    return {
        "page": page,
        "notice": site.assembled(page.html, leaflet.language),
        "title": page.title,
        "slug": leaflet.slug,
    }
