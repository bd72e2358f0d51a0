"""Safety alerts for readers: above the leaflets they are about, on the home page, and at addresses of their own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from monographs.alerts.models import ActKind, Alert, AlertMedicine, Words
from monographs.alerts.shown import as_html, look_of, shown_alerts
from monographs.alerts.standing import AlertStanding
from monographs.medicines.models import Medicine
from monographs.publication.relatives import relatives
from monographs.reading.behind import without_hidden
from monographs.reading.languages.addresses import address
from monographs.reading.languages.switch import InLanguage, alternates, origin_of, own_page, own_page_words, switch
from monographs.reading.public import Site, public_page, show

_HIGHEST = 2**63 - 1  # number that a row can have
_MOST_EARLIER = 50  # on the page of all alerts


def alerts_above(site: Site, medicine: int, *, heading: str = "h2") -> SafeString:
    """The alerts about a medicine and those for everybody, in the active language; "" for none. No query."""
    shown = shown_alerts(site.alerts, site.at, get_language(), medicines=[medicine])
    return as_html(shown, site.assembled, heading=heading)


def alerts_above_several(site: Site, names: dict[int, str]) -> SafeString:
    """The same for a page about several medicines, of which ``names`` has the numbers and names: each alert once, and
    which of them it is about. "" without medicines."""
    shown = shown_alerts(site.alerts, site.at, get_language(), medicines=names) if names else []
    return as_html(shown, site.assembled, names=names)


def alerts_above_columns(
    site: Site, medicine: int, *, languages: tuple[str, str], heading: str = "h2"
) -> list[SafeString]:
    """The same above two columns, each in its language; what has no words in one of them stands in the other alone."""
    first, second = (shown_alerts(site.alerts, site.at, language, medicines=[medicine]) for language in languages)
    columns = (
        [alert for alert in first if alert.language != languages[1]],
        [alert for alert in second if alert.language == languages[1]],
    )
    html = []
    for language, alerts in zip(languages, columns, strict=True):
        with translation.override(language):
            html.append(as_html(alerts, site.assembled, heading=heading))
    return html


def alerts_on_home(site: Site) -> SafeString:
    """Those for everybody in full, then the others by title, with their medicines' names; "" for none."""
    shown = shown_alerts(site.alerts, site.at, get_language())
    others = [alert for alert in shown if alert.medicines is not None]
    html = as_html([alert for alert in shown if alert.medicines is None], site.assembled)
    if not others:
        return html
    named = {number for alert in others for number in alert.medicines}
    names = dict(Medicine.objects.filter(pk__in=named).values_list("pk", "name"))
    listed = [
        {"it": alert, "names": ", ".join(sorted(names[number] for number in alert.medicines))} for alert in others
    ]
    context = {"alerts": listed, "language": get_language()}
    return html + mark_safe(render_to_string("alerts/on_home.html", context))  # noqa: S308 - the template's output


@public_page
def alerts(request: HttpRequest, site: Site) -> HttpResponse:
    """All that are shown now, in full, and the last of those that are over."""
    now = as_html(shown_alerts(site.alerts, site.at, get_language()), site.assembled)
    over = AlertStanding.objects.begun(site.at).filter(shown_until__lte=site.at).select_related("alert")
    earlier = [
        {"number": row.alert_id, "standing": row, "words": min(row.alert.in_all_languages, key=_is_another_language)}
        for row in over.order_by("-shown_from", "-alert")[:_MOST_EARLIER]
    ]
    context = {"now": now, "earlier": earlier, "canonical": request.build_absolute_uri(request.path)}
    context |= own_page_words(request, "alerts")
    return show("alerts/list.html", context, site=site)


@public_page
def alert(request: HttpRequest, site: Site, number: int) -> HttpResponse:
    """One alert in all its languages, that of the page first, for ever; what is over says so first. 404 for one that
    nobody has met yet."""
    # "02" is 2 as well: one address for each alert, or each spelling of it would be kept.
    if number > _HIGHEST or request.path != address("alert", number):
        raise Http404
    standing = AlertStanding.objects.begun(site.at).filter(alert=number).select_related("alert").first()
    if not standing:
        raise Http404
    found, is_over = standing.alert, standing.shown_until <= site.at
    medicines = [named.medicine for named in AlertMedicine.objects.filter(alert=found).select_related("medicine")]
    shown = tuple(one for medicine in medicines for one in relatives(medicine.shown_leaflets, site.at))
    context = {
        "alert": found,
        "look": look_of(found.severity),
        "standing": standing,
        "texts": [_text(site, words) for words in sorted(found.in_all_languages, key=_is_another_language)],
        "is_over": is_over,
        "is_taken_back": is_over and found.acts.filter(kind=ActKind.DECLINED).exists(),
        "medicines": sorted(medicine.name for medicine in medicines),
        "leaflets": without_hidden(shown, site),
        **_languages_words(request, found, is_over=is_over),
    }
    return show("alerts/alert.html", context, site=site)


def _is_another_language(words: Words) -> bool:
    return words.language != get_language()


def _languages_words(request: HttpRequest, alert: Alert, *, is_over: bool) -> dict[str, str]:
    """``languages``, ``alternates``, ``canonical`` and ``origin`` of an alert's page: it is the same page in the
    languages in which the alert has words; elsewhere it is told around words in another."""
    here = get_language()
    spoken = {words.language for words in alert.in_all_languages}
    pages = [page for page in own_page("alert", alert.pk) if page.language in spoken]
    known = dict(pages)
    canonical = known.get(here) or known.get(alert.main.language) or request.path
    offered = pages if here in known else [InLanguage(here, request.path), *pages]
    is_told = len(pages) > 1 and here in known and not is_over
    return {
        "languages": switch(offered) if len(offered) > 1 else "",
        "alternates": alternates(request, pages) if is_told else "",
        "canonical": request.build_absolute_uri(canonical),
        "origin": origin_of(request),
    }


def _text(site: Site, words) -> dict[str, str]:
    html = mark_safe(site.assembled(words.html, words.language))  # noqa: S308 - sanitised when it was written
    return {"language": words.language, "title": words.title, "html": html}
