"""What changed, for patients: the last change of a leaflet, and any version held against what is shown now."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from monographs.reading.alerts.pages import alerts_above
from monographs.reading.behind import without_hidden
from monographs.reading.languages.switch import switch_beside
from monographs.reading.public import Site, public_page, show
from monographs.reading.versions.archive import Period, find_periods, period, shown_by
from monographs.reading.versions.compared import differences
from monographs.revisions.models import Revision

NEWEST = 10  # versions listed below the last change; all of them have a page


@public_page
def changes(request: HttpRequest, site: Site, slug: str) -> HttpResponse:
    """The text that is shown now against the one before it; below, the newest versions and what was said of each."""
    periods = [period(row, site) for row in shown_by(slug, site.at)[:NEWEST]]
    if not periods:
        raise Http404
    current, *earlier = periods
    before = next((one for one in earlier if one.publication.revision_id), None)
    texts = Revision.objects.in_bulk([one.publication.revision_id for one in (current, before) if one and before])
    for one in (current, before):
        if one and one.publication.revision_id in texts:
            one.publication.revision = texts[one.publication.revision_id]
    return _show(site, slug, before, current, elsewhere="leaflet-changes", periods=periods)


@public_page
def changes_since(request: HttpRequest, site: Site, slug: str, number: str) -> HttpResponse:
    """One version against what is shown now; another language has other versions."""
    found, current = find_periods(slug, number, site)
    return _show(site, slug, found, current, elsewhere="leaflet-read")


def _show(
    site: Site, slug: str, before: Period | None, current: Period, *, elsewhere: str, **context: object
) -> HttpResponse:
    """Nothing is compared where a notice stands in place of the leaflet, or the clinic hides it: nobody shall follow
    either text."""
    leaflet = current.publication.leaflet
    is_compared = before and before.publication != current.publication and current.is_readable
    with translation.override(leaflet.language):
        alerts = alerts_above(site, leaflet.medicine_id)
        languages = switch_beside(without_hidden(current.relatives, site, but=slug), slug, elsewhere)
        whole = differences(before.publication.revision, current.publication.revision).whole if is_compared else ""
    context |= {"title": current.title, "slug": slug, "before": before, "current": current, "whole": whole}
    context |= {"alerts": alerts, "languages": languages, "is_readable": current.is_readable}
    return show("reading/changes.html", context, site=site, language=leaflet.language)
