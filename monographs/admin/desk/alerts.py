"""Safety alerts on the desk: those that wait for this person, and this person's own that wait for somebody else."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from monographs.admin.desk.pile import Pile, Row, day_of, make_pile, may
from monographs.admin.desk.things import NOW, PERSON, Things
from monographs.admin.frame.leaflet.addresses import page_url
from monographs.alerts.standing import AlertStanding
from monographs.staff.models import StaffMember


def _waiting() -> QuerySet[AlertStanding]:
    return AlertStanding.objects.waiting(NOW).in_order_of_haste().select_related("alert__by")


_FOR_OTHERS = Things(lambda: _waiting().exclude(alert__by=PERSON))
_OWN = Things(lambda: _waiting().filter(alert__by=PERSON))


def alerts_to_confirm(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    """Written by somebody else; an emergency is late from its first moment, because patients see it."""
    if may(person, "approve_alert"):
        title = _("Safety alerts waiting for a second person")
        yield make_pile("alerts-to-confirm", title, _FOR_OTHERS, _list(), _row, person=person.pk, now=now)


def own_alerts(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    """Somebody else must look at them."""
    if may(person, "write_alert"):
        title = _("My safety alerts, waiting for somebody else")
        yield make_pile("own-alerts", title, _OWN, _list(), _row, person=person.pk, now=now)


def _list() -> str:
    return reverse("admin:monographs_alert_changelist")


def _row(standing: AlertStanding) -> Row:
    alert = standing.alert
    sentence = (
        _("Emergency by %(name)s on %(day)s: nobody has confirmed it yet.")
        if alert.is_emergency
        else _("%(name)s wrote it on %(day)s. It is not shown yet.")
    )
    about = sentence % {"name": alert.by.name, "day": day_of(alert.at)}
    return Row(page_url("monographs_alert_change", alert.pk), str(alert), about, alert.is_emergency)
