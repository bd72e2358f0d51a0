"""A translation of which the source has changed since: what says so, at the top and at each part that is behind.

The marks are put into the finished page; one of which nothing is behind is not touched. Which parts are behind stands
in the row that says what is shown (`publication.behind`), so it costs no query, and holds to the second.
"""

import re
from collections.abc import Collection

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info

from monographs.publication.behind import KEY_FACTS, NOT_SHOWN, behind_at
from monographs.publication.models import Page
from monographs.publication.relatives import Relative
from monographs.publication.showings import Showing
from monographs.reading.public import Site, show


def parts_behind(page: Page) -> tuple[str, ...]:
    """Which parts are behind now, of what `leaflet.page_of` has found; of an old version none, as it was replaced."""
    return getattr(page, "behind", ())


def is_hidden(page: Page, site: Site) -> bool:
    """Whether the clinic shows no translation that is behind, and this is one."""
    return hides(parts_behind(page), site)


def hides(behind: tuple[str, ...], site: Site) -> bool:
    """Whether the clinic does not show a translation of which these parts are behind."""
    return bool(behind) and site.clinic.hides_stale_translations


def hidden_now(site: Site, slugs: Collection[str] | None = None) -> frozenset[str]:
    """Which of these translations, or of all, the clinic hides now: their addresses. One query where it hides any."""
    if not site.clinic.hides_stale_translations:
        return frozenset()
    rows = Showing.objects.at(site.at).filter(behind_from__lte=site.at)
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
    """What stands at the top of a translation that is behind; "" of any other leaflet."""
    return render_to_string("reading/behind.html", source_words(page)) if parts_behind(page) else ""


def marked(html: str, page: Page) -> SafeString:
    """The text of a leaflet with a note below the heading of each part that is behind."""
    for part in parts_behind(page):
        anchor = "key-facts" if part == KEY_FACTS else f"part-{part}"
        note = render_to_string("reading/behind_part.html", {**source_words(page), "anchor": anchor})
        heading = re.search(rf'<h2 id="{re.escape(anchor)}"[^>]*>.*?</h2>', html, re.DOTALL)
        if heading:
            html = f"{html[: heading.end()]}\n{note.strip()}{html[heading.end() :]}"
    return mark_safe(html)  # noqa: S308 - a compiled page, and templates


def hidden_context(page: Page) -> dict[str, object]:
    """What `reading/behind_notice.html` needs."""
    return {**source_words(page), "title": page.title, "slug": page.publication.leaflet.slug}


def hidden(page: Page, site: Site) -> HttpResponse:
    """In place of the translation: where to read the source, and whom to ask."""
    return show(
        "reading/behind_hidden.html", hidden_context(page), site=site, language=page.publication.leaflet.language
    )


def source_words(page: Page) -> dict[str, object]:
    """The way to the source, as `reading/behind_source.html` needs it, and whether that is gone (``is_gone``)."""
    made_from = page.publication.revision.heading.made_from
    source = next((one for one in page.relatives if one.slug == made_from.leaflet), None)
    return {
        "is_gone": NOT_SHOWN in parts_behind(page) or not source,
        "source": source,
        "source_address": reverse("leaflet-read", args=[source.slug]) if source else "",
        "source_language": get_language_info(source.language)["name_local"] if source else "",
    }
