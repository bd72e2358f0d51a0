"""A translation of which the source has changed since: what says so, at the top and at each part that is behind.

An easy-read leaflet of which the full one has changed says so at the top alone: its parts are others, and what changed
may well be what it leaves out.

The marks are put into the finished page; one of which nothing is behind is not touched. Which parts are behind stands
in the row that says what is shown (`publication.shown.behind`), so it costs no query, and holds to the second.
"""

import re
from collections.abc import Collection

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from monographs.leaflets.models import Edition, Leaflet
from monographs.publication.models import Page
from monographs.publication.relatives import Relative
from monographs.publication.shown.behind import KEY_FACTS, NOT_SHOWN, behind_at
from monographs.publication.shown.showings import Showing
from monographs.reading.public import Site, show


def parts_behind(page: Page) -> tuple[str, ...]:
    """Which parts are behind now, of what `leaflet.page_of` has found; of an old version none, as it was replaced."""
    return getattr(page, "behind", ())


def is_hidden(page: Page, site: Site) -> bool:
    """Whether the clinic shows no translation that is behind, and this is one."""
    return hides(page.publication.leaflet, parts_behind(page), site)


def hides(leaflet: Leaflet, behind: tuple[str, ...], site: Site) -> bool:
    """Whether the clinic does not show a leaflet of which these parts are behind: of translations alone it may say so
    (`publication.shown.behind.behind_where_hidden` says the same in look-ups)."""
    return bool(behind) and leaflet.source_id is not None and site.clinic.hides_stale_translations


def hidden_now(site: Site, slugs: Collection[str] | None = None) -> frozenset[str]:
    """Which of these translations, or of all, the clinic hides now: their addresses. One query where it hides any."""
    if not site.clinic.hides_stale_translations:
        return frozenset()
    rows = Showing.objects.at(site.at).filter(behind_from__lte=site.at, leaflet__source__isnull=False)
    if slugs is not None:
        rows = rows.filter(leaflet__slug__in=slugs)
    found = rows.order_by().values_list("leaflet__slug", "behind")
    return frozenset(slug for slug, behind in found if behind_at(behind, site.at))


def without_hidden(leaflets: tuple[Relative, ...], site: Site, *, but: str = "") -> tuple[Relative, ...]:
    """The leaflets of a medicine to which its readers are led; ``but`` is the address of one that stays among them, as
    its own page asks. No query where nothing can be hidden."""
    others = [each.slug for each in leaflets if each.slug != but]
    hidden = hidden_now(site, others) if others else frozenset()
    return tuple(each for each in leaflets if each.slug not in hidden)


def about_parts_behind(page: Page) -> SafeString | str:
    """What stands at the top of a translation, or an easy-read leaflet, that is behind; "" of any other leaflet."""
    return render_to_string("reading/behind.html", source_words(page)) if parts_behind(page) else ""


def marked(html: str, page: Page) -> SafeString:
    """The text of a translation with a note below the heading of each part that is behind."""
    for part in parts_behind(page) if _is_translation(page) else ():
        anchor = "key-facts" if part == KEY_FACTS else f"part-{part}"
        note = render_to_string("reading/behind_part.html", {**source_words(page), "anchor": anchor})
        heading = re.search(rf'<h2 id="{re.escape(anchor)}"[^>]*>.*?</h2>', html, re.DOTALL)
        if heading:
            html = f"{html[: heading.end()]}\n{note.strip()}{html[heading.end() :]}"
    return SafeString(html)  # a compiled page, and templates


def hidden_context(page: Page) -> dict[str, object]:
    """What `reading/behind_notice.html` needs."""
    return {**source_words(page), "title": page.title, "slug": page.publication.leaflet.slug}


def hidden(page: Page, site: Site) -> HttpResponse:
    """In place of the translation: where to read the source, and whom to ask."""
    return show(
        "reading/behind_hidden.html", hidden_context(page), site=site, language=page.publication.leaflet.language
    )


def _is_translation(page: Page) -> bool:
    return page.publication.leaflet.source_id is not None


def _source(page: Page) -> Relative | None:
    """What it was translated from, or the full leaflet beside it, if that is shown."""
    made_from, language = page.publication.revision.heading.made_from, page.publication.leaflet.language
    if made_from:
        return next((one for one in page.relatives if one.slug == made_from.leaflet), None)
    full = (language, Edition.STANDARD)
    return next((one for one in page.relatives if (one.language, one.edition) == full), None)


def source_words(page: Page) -> dict[str, object]:
    """The way to the source, as `reading/behind_source.html` needs it, and whether that is gone (``is_gone``)."""
    source = _source(page)
    return {
        "is_translation": _is_translation(page),
        "is_gone": NOT_SHOWN in parts_behind(page) or not source,
        "source": source,
        "source_address": reverse("leaflet-read", args=[source.slug]) if source else "",
        "source_language": get_language_info(source.language)["name_local"] if source else "",
    }
