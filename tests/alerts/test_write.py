"""Writing an alert: what makes one, who may, and what waits for a second person."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from monographs.alerts.models import Alert
from monographs.alerts.standing import AlertsShown, AlertStanding
from monographs.audit.models import Entry
from monographs.refusals import NotAllowed, Unacceptable
from tests.makers import make_medicine
from tests.makers_alerts import ARABIC, ENGLISH, make_alert
from tests.people import make_person

pytestmark = pytest.mark.django_db


def shown_now() -> list[int]:
    now = timezone.now()
    return list(AlertStanding.objects.shown(now).values_list("alert", flat=True))


def test_an_alert_waits_for_a_second_person_and_nobody_meets_it():
    alert = make_alert()
    assert shown_now() == []
    assert [row.alert for row in AlertStanding.objects.waiting(timezone.now())] == [alert]
    entry = Entry.objects.get(verb="alert.written")
    assert (entry.by, entry.why, entry.about, entry.is_public) == (alert.by, "A recall.", f"alert/{alert.pk}", False)
    assert AlertsShown.objects.get().alerts == []


def test_an_emergency_is_shown_at_once_and_still_waits_for_a_second_person():
    alert = make_alert(is_emergency=True)
    assert shown_now() == [alert.pk]
    assert not alert.standing.is_confirmed
    assert AlertStanding.objects.waiting(timezone.now()).exists()
    assert Entry.objects.get(verb="alert.shown-in-emergency").is_public
    [shown] = AlertsShown.objects.get().alerts
    assert (shown["number"], shown["is_confirmed"]) == (alert.pk, False)


def test_who_may_not_write_is_refused():
    for name in ("bruno", "carla", "mallory"):
        with pytest.raises(NotAllowed, match="You may not write safety alerts"):
            make_alert(by=make_person(name))
    with pytest.raises(NotAllowed, match="before a second person"):
        make_alert(by=make_person("ana"), is_emergency=True)
    assert not Alert.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"words": []}, "says nothing yet"),
        ({"words": [("en", "A title", " ")]}, "a title of one line and a text in English"),
        ({"words": [("en", "", "A text.")]}, "a title of one line and a text in English"),
        ({"words": [("en", "One\ntwo", "A text.")]}, "a title of one line"),
        ({"words": [ENGLISH, ENGLISH]}, "Choose a language once"),
        ({"words": [("xx", "A title", "A text.")]}, "Choose a language once"),
        ({"words": [("en", "T" * 201, "A text.")]}, "201 characters, and at most 200"),
        ({"words": [("en", "Dose 5\u202emg", "A text.")]}, "a sign here that nobody sees"),
        ({"reason": " "}, "Say why this alert is needed"),
        ({"severity": "red"}, "how serious"),
        ({"medicines": []}, "Choose the medicines"),
        ({"is_for_all": True, "medicines": "some"}, "not both"),
        ({"ends_at": dt.timedelta(0)}, "over already"),
        ({"starts_at": dt.timedelta(2), "ends_at": dt.timedelta(1)}, "before it begins"),
    ],
)
def test_what_makes_no_alert_is_told_in_a_sentence(fields, sentence):
    now = timezone.now()
    fields = {name: now + value if isinstance(value, dt.timedelta) else value for name, value in fields.items()}
    if fields.get("medicines") == "some":
        fields["medicines"] = [make_medicine()]
    with pytest.raises(Unacceptable, match=sentence):
        make_alert(**fields)
    assert not Alert.objects.exists()
    assert not Entry.objects.filter(verb__startswith="alert.").exists()


def test_its_text_is_leaflet_markdown_in_each_language_and_empty_ones_are_left_out():
    alert = make_alert(words=[("en", "Stop", "- **Stop** it.\n- Call us."), ARABIC, ("es", "", "")])
    english, arabic = alert.in_all_languages
    assert "<strong>Stop</strong>" in english.html
    assert (arabic.language, arabic.title) == (ARABIC[0], ARABIC[1])
    assert alert.main == english


def test_no_html_that_was_typed_becomes_any():
    alert = make_alert(words=[("en", "<b>Stop</b>", "<script>alert(1)</script> **Stop**")])
    assert "<script" not in alert.main.html
    assert "&lt;script&gt;" in alert.main.html


def test_each_medicine_is_named_once_and_on_record():
    one, other = make_medicine("Baclofen"), make_medicine("Metformin")
    alert = make_alert(medicines=[other, one, other])
    assert sorted(alert.medicines.values_list("name", flat=True)) == ["Baclofen", "Metformin"]
    assert json.loads(Entry.objects.get(verb="alert.written").data)["medicines"] == sorted([one.pk, other.pk])


def test_an_alert_whose_time_is_over_waits_no_longer():
    make_alert(ends_at=timezone.now() + dt.timedelta(hours=1))
    assert AlertStanding.objects.waiting(timezone.now()).exists()
    assert not AlertStanding.objects.waiting(timezone.now() + dt.timedelta(hours=1)).exists()
