"""The Atom feed of safety alerts (RFC 4287): each in each of its languages, also when it is over."""

import datetime as dt
import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from monographs.alerts.models import ActKind, Alert, Words
from monographs.alerts.standing import AlertStanding
from monographs.reading.languages.addresses import address
from monographs.reading.machines.feeds import MOST_ENTRIES, LanguageAwareFeed, as_html, tidy
from monographs.reading.public import Site, public_page
from monographs.text.markup.markdown import direction, plain
from monographs.text.order.isolates import marked


@public_page
def feed(request: HttpRequest, site: Site) -> HttpResponse:
    own_address = request.build_absolute_uri(reverse("alerts-feed"))
    with translation.override(settings.LANGUAGE_CODE):
        atom = LanguageAwareFeed(
            title=tidy(_("%(clinic)s: safety alerts") % {"clinic": site.clinic.name}),
            link=request.build_absolute_uri(reverse("alerts")),
            description=None,
            subtitle=_("Safety alerts about medicines: what is wrong, and what to do."),
            language=settings.LANGUAGE_CODE,
            author_name=tidy(site.clinic.name),
            feed_url=own_address,
            feed_guid=uuid.uuid5(uuid.NAMESPACE_URL, own_address).urn,
        )
    newest = AlertStanding.objects.begun(site.at).order_by("-shown_from", "-alert")
    for standing in newest.select_related("alert").prefetch_related("alert__acts")[:MOST_ENTRIES]:
        for words in standing.alert.in_all_languages:
            with translation.override(words.language):
                link = request.build_absolute_uri(address("alert", standing.alert_id))
                atom.add_item(**_entry(standing, words, site.at), link=link)
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


def _entry(standing: AlertStanding, words: Words, at: dt.datetime) -> dict[str, object]:
    """In the active language, which is that of the words."""
    alert, is_over = standing.alert, standing.shown_until <= at
    title = _("Over: %(title)s") if is_over else "%(severity)s: %(title)s"
    title %= {"severity": alert.get_severity_display(), "title": words.title}
    text = plain(words.text, language=words.language)
    if not standing.is_confirmed and not is_over:
        unconfirmed = _("We show this at once because it is urgent. A second person has not confirmed it yet.")
        text = f"{unconfirmed}\n{text}"
    return {
        "title": tidy(marked(title, direction(words.language))),
        "description": as_html(text, words.language),
        "unique_id": _entry_id(alert, words),
        "pubdate": standing.shown_from,
        "updateddate": _changed_at(standing, at),
        "language": words.language,
    }


def _entry_id(alert: Alert, words: Words) -> str:
    """A name that it keeps for ever, whatever the site's address becomes."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"alert {alert.pk} {alert.at.isoformat()} {words.language}").urn


def _changed_at(standing: AlertStanding, at: dt.datetime) -> dt.datetime:
    """The last instant at which readers met something else: it began, was confirmed, or was over."""
    approved = [one.at for one in standing.alert.acts.all() if one.kind == ActKind.APPROVED]
    return max(instant for instant in (standing.shown_from, *approved, standing.shown_until) if instant <= at)
