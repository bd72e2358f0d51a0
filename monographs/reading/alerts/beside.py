"""Safety alerts in lists: beside each medicine that they are about, in a few words that lead to the alert."""

from collections import defaultdict

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from monographs.alerts.shown import Shown, shown_alerts
from monographs.reading.languages.addresses import address
from monographs.reading.patterns import pattern
from monographs.reading.public import Site
from monographs.templatetags.leaflet_language import in_order, spoken


class AlertsBeside:
    """What is shown of alerts about medicines on one page, in the active language. No query.

    What is for everybody is not among them: it is said of no medicine, and stands above each leaflet.
    """

    def __init__(self, site: Site):
        self._of: dict[int, list[Shown]] = defaultdict(list)
        for alert in shown_alerts(site.alerts, site.at, get_language()):
            for medicine in alert.medicines or ():
                self._of[medicine].append(alert)

    def tags(self, medicine: int) -> SafeString:
        """How serious they are, behind a name; "" for none."""
        return self._as_html("alerts/tag.html", medicine)

    def lines(self, medicine: int) -> SafeString:
        """A line with the title of each, below a name; "" for none."""
        return self._as_html("alerts/line.html", medicine)

    def _as_html(self, template: str, medicine: int) -> SafeString:
        alerts = self._of.get(medicine)
        if not alerts:
            return mark_safe("")
        filler = pattern(template)
        return mark_safe("".join(filler.filled(_words(alert), _shape(alert)) for alert in alerts))  # noqa: S308 - the template's output


def _words(alert: Shown) -> dict[str, object]:
    return {
        "address": address("alert", alert.number),
        "title": in_order(alert.title, alert.language),
        "speaks": spoken(alert.language, get_language()),
    }


def _shape(alert: Shown) -> dict[str, str | bool]:
    return {"severity": str(alert.severity.label), "look": alert.look, "is_confirmed": alert.is_confirmed}
