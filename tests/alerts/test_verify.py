"""`verify_history`: what was changed of an alert behind the application's back is found and named."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from monographs.alerts.actions import end_alert
from monographs.alerts.models import Alert, AlertAct, AlertMedicine
from monographs.alerts.standing import AlertsShown, AlertStanding
from monographs.audit.models import Entry
from monographs.audit.verify import Altered
from monographs.operations.verify.alerts import check_alerts
from tests.makers import make_medicine
from tests.makers_alerts import make_alert, make_approved_alert

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(priya):
    make_alert()
    end_alert(make_approved_alert(), by=priya, reason="Over.")
    return make_approved_alert(ends_at=timezone.now() + dt.timedelta(hours=1))


def named() -> tuple[str, int]:
    with pytest.raises(Altered) as error:
        check_alerts()
    return error.value.table, error.value.number


def test_alerts_as_they_were_written_are_whole(alert, monkeypatch):
    check_alerts()
    later = timezone.now() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    check_alerts()


@pytest.mark.parametrize("model", [Alert, AlertAct])
def test_a_row_taken_away_or_put_in_is_named(alert, behind_the_back, model):
    row = model.objects.order_by("pk").last()
    row.pk += 1
    if model is AlertAct:
        row.kind, row.reason = "ended", "No verb wrote this."
    with behind_the_back():
        row.save(force_insert=True)
    assert named() == (model._meta.db_table, row.pk)
    with behind_the_back():
        model.objects.filter(pk=row.pk).delete()
        AlertAct.objects.filter(alert=alert).delete()
        if model is Alert:
            AlertMedicine.objects.filter(alert=alert).delete()
            AlertStanding.objects.filter(alert=alert).delete()
            Alert.objects.filter(pk=alert.pk).delete()
    assert named()[0] == "monographs_alert"


@pytest.mark.parametrize("change", ["emptied", "added"])
def test_medicines_taken_off_or_put_on_are_named(alert, behind_the_back, change):
    with behind_the_back():
        if change == "emptied":
            AlertMedicine.objects.filter(alert=alert).delete()
        else:
            AlertMedicine.objects.create(alert=alert, medicine=make_medicine("Othermol"))
    assert named() == ("monographs_alert", alert.pk)


@pytest.mark.parametrize("column", ["shown_from", "shown_until", "is_confirmed", "waits_until"])
def test_a_standing_that_does_not_follow_is_named(alert, behind_the_back, column):
    standing = AlertStanding.objects.get(alert=alert)
    value = not standing.is_confirmed if column == "is_confirmed" else timezone.now()
    with behind_the_back():
        AlertStanding.objects.filter(pk=alert.pk).update(**{column: value})
    assert named() == ("monographs_alertstanding", alert.pk)


@pytest.mark.parametrize("change", ["gone", "another", "nowhere", "none"])
def test_what_pages_show_is_held_to_the_record(alert, behind_the_back, change):
    row = AlertsShown.objects.get()
    if change == "gone":
        row.alerts = []
    elif change == "another":
        row.alerts = json.loads(json.dumps(row.alerts).replace("batch 123", "batch 124"))
    elif change == "nowhere":
        row.alerts.append({**row.alerts[0], "number": 999_999})
    with behind_the_back():
        row.delete() if change == "none" else row.save()
    assert named() == ("monographs_alertsshown", 1)


def test_instants_that_are_not_on_record_any_more_are_named(alert, behind_the_back):
    with behind_the_back():
        Entry.objects.filter(verb="alert.comes-to-its-end", about=f"alert/{alert.pk}").delete()
    assert named() == ("monographs_alert", alert.pk)
