"""Letters about alerts: that readers meet, or will meet, one that nobody but its writer has seen."""

from django.urls import reverse

from monographs.alerts.models import Alert
from monographs.mail.addresses import on_this_site
from monographs.mail.outbox import post, take_back
from monographs.staff.models import StaffMember
from monographs.staff.rules import holders

NAME = "alert-unconfirmed"


def ask_for_second_person(alert: Alert) -> None:
    """Write at once to everybody who may approve an emergency's alert, but its writer; to each once."""
    words = {"title": alert.main.title, "language": alert.main.language, "alert": alert}
    words["address"] = on_this_site(reverse("admin:monographs_alert_change", args=[alert.pk]))
    for person in _asked(alert):
        context = {**words, "name": person.name, "writer": alert.by.name}
        post(NAME, to=person.email, context=context, key=_key(alert, person), is_urgent=True)


def ask_no_more(alert: Alert) -> None:
    """It was decided: letters that have not gone out yet do not."""
    take_back(*(_key(alert, person) for person in _asked(alert)))


def _asked(alert: Alert) -> list[StaffMember]:
    return list(holders("approve_alert").exclude(pk=alert.by_id).exclude(email=""))


def _key(alert: Alert, person: StaffMember) -> str:
    return f"{NAME} {alert.pk} for {person.pk}"
