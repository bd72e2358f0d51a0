"""Safety alerts are what was written and decided, and what pages show of them follows from that."""

import datetime as dt
import json

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.alerts.actions import BEGINS, EXPIRES, IN_EMERGENCY, WRITTEN, instants_of
from monographs.alerts.models import Alert, AlertAct, AlertMedicine
from monographs.alerts.standing import AlertsShown, AlertStanding, Columns, as_shown, worked_out
from monographs.audit.models import Entry, reference, row_digest
from monographs.audit.verify import Altered
from monographs.operations.verify.recorded import CHUNK, number_in
from monographs.operations.verify.rows import altered, none_missing, same

_SAYS = {
    "shown_from": gettext_lazy("the instant from which it is shown"),
    "shown_until": gettext_lazy("the instant until which it is shown"),
    "is_confirmed": gettext_lazy("whether a second person confirmed it"),
    "waits_until": gettext_lazy("until when it waits for a second person"),
}


def check_alerts() -> None:
    """Each alert with its medicines and each decision is what the ledger says; each standing and the row of all that is
    shown are what follows. Raises `Altered`."""
    written = {number_in(about): (verb, by, why, json.loads(data)) for about, verb, by, why, data in _entries()}
    decided, announced = _decided(), _announced()
    there = {named: [] for named in written}
    for named in AlertMedicine.objects.order_by("pk").values_list("alert", "medicine"):
        there.setdefault(named[0], []).append(named[1])
    alerts, acts, expected = set(), set(), {}
    for alert in Alert.objects.order_by("pk").prefetch_related("acts").iterator(chunk_size=CHUNK):
        alerts.add(alert.pk)
        if alert.pk not in written:
            raise altered(alert, _("the ledger says nothing of it."))
        _check_alert(alert, sorted(there[alert.pk]), *written[alert.pk])
        for one in sorted(alert.acts.all(), key=lambda one: one.pk):
            acts.add(one.pk)
            _check_act(one, alert, decided)
        _check_instants(alert, announced.get(reference(alert), []))
        expected[alert.pk] = _check_standing(alert, there[alert.pk])
    none_missing(Alert, written, alerts)
    none_missing(AlertAct, decided, acts)
    _check_shown(expected)


def _entries():
    about_alerts = Entry.objects.filter(verb__in=(WRITTEN, IN_EMERGENCY)).order_by("position")
    return about_alerts.values_list("about", "verb", "by", "why", "data")


def _decided() -> dict[int, tuple]:
    entries = Entry.objects.filter(verb__in=[f"alert.{kind}" for kind in ("approved", "declined", "ended")])
    found = {}
    for about, verb, by, name, why, data in entries.values_list("about", "verb", "by", "by_name", "why", "data"):
        data = json.loads(data)
        found[data["act"]] = (about, verb, by, name, why, data)
    return found


def _announced() -> dict[str, list[tuple]]:
    entries = Entry.objects.filter(verb__in=(BEGINS, EXPIRES)).order_by("position")
    found = {}
    for about, *instant in entries.values_list("about", "verb", "effective_at"):
        found.setdefault(about, []).append(tuple(instant))
    return found


def _check_instants(alert: Alert, announced: list[tuple]) -> None:
    """Without these entries no page would be made anew when its time comes."""
    same(alert, _("what the ledger has of its instants"), instants_of(alert, alert.acts.all()), announced)


def _check_alert(alert: Alert, medicines: list[int], verb: str, by: int, why: str, data: dict) -> None:
    same(alert, _("the writer in the ledger"), by, alert.by_id)
    same(alert, _("the reason in the ledger"), why, alert.reason)
    same(alert, _("whether it is an emergency in the ledger"), verb == IN_EMERGENCY, alert.is_emergency)
    same(alert, _("the SHA-256 of its columns in the ledger"), data["row"], row_digest(alert))
    same(alert, _("the SHA-256 in the ledger"), data["alert"], alert.digest)
    same(alert, _("the medicines in the ledger"), data["medicines"], medicines)
    same(alert, _("the SHA-256 of what readers meet"), alert.computed_digest(medicines), alert.digest)


def _check_act(one: AlertAct, alert: Alert, decided: dict[int, tuple]) -> None:
    if one.pk not in decided:
        raise altered(one, _("the ledger says nothing of it."))
    about, verb, by, name, why, data = decided[one.pk]
    same(one, _("the alert"), about, reference(alert))
    same(one, _("the decision in the ledger"), verb, f"alert.{one.kind}")
    same(one, _("the person in the ledger"), (by, name), (one.by_id, one.signer_name))
    same(one, _("the reason in the ledger"), why, one.reason)
    same(one, _("the SHA-256 in the ledger"), data["alert"], one.digest)
    same(one, _("the SHA-256 of its columns in the ledger"), data["row"], row_digest(one))


def _check_standing(alert: Alert, medicines: list[int]) -> dict | None:
    """What the row of all that is shown must say of it; None if it was never shown, and is not to be."""
    columns = worked_out(alert, alert.acts.all())
    standing = AlertStanding.objects.filter(alert=alert).first()
    if not standing:
        raise Altered(AlertStanding._meta.db_table, alert.pk, _("the alert is there, but not where it stands."))
    for name in Columns._fields:
        same(standing, str(_SAYS[name]), getattr(columns, name), getattr(standing, name))
    return as_shown(alert, sorted(medicines), columns) if columns.shown_from else None


def _check_shown(expected: dict[int, dict | None]) -> None:
    """All that is not over is in the one row, and nothing that should not be."""
    row = AlertsShown.objects.filter(pk=1).first()
    said = {one["number"]: one for one in row.alerts} if row else {}
    now = timezone.now().astimezone(dt.UTC).isoformat()
    for number, one in expected.items():
        if number in said or (one and one["until"] > now):
            problem = _("what it says of alert %s is not what follows from the record.")
            if said.pop(number, None) != one:
                raise Altered(AlertsShown._meta.db_table, 1, problem % number)
    if said:
        raise Altered(AlertsShown._meta.db_table, 1, _("it shows an alert that is not there."))
