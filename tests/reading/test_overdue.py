import datetime as dt

import pytest
from django.utils import timezone

from monographs.clinics.actions import change_clinic
from monographs.clinics.models import the_clinic
from monographs.publication.actions import release_in_emergency
from monographs.reading import public
from tests.days import in_days
from tests.makers import change_leaflet, make_published

pytestmark = pytest.mark.django_db
LATE = "was to be checked again by"


@pytest.fixture
def leaflet():
    due = timezone.localdate() + dt.timedelta(days=10)
    return make_published(next_review_on=due.isoformat()).leaflet


def tell_patients(by):
    clinic = the_clinic()
    clinic.tells_patients_overdue = True
    change_clinic(clinic, by=by)


def read_in(days, client, leaflet, monkeypatch):
    at = in_days(days)
    with monkeypatch.context() as patch:
        patch.setattr(public.timezone, "now", lambda: at)
        return client.get(f"/leaflets/{leaflet.slug}/").text


def test_patients_are_told_on_the_day_if_the_clinic_wants_it(client, leaflet, ada, monkeypatch):
    tell_patients(ada)
    assert LATE not in read_in(9, client, leaflet, monkeypatch)
    assert LATE in read_in(10, client, leaflet, monkeypatch)


def test_patients_are_not_told_unless_the_clinic_wants_it(client, leaflet, monkeypatch):
    assert LATE not in read_in(11, client, leaflet, monkeypatch)


def test_after_an_emergency_release_the_page_does_not_claim_a_check(client, leaflet, priya):
    change_leaflet(leaflet, dosage="Take at most 5mg.")
    release_in_emergency(leaflet, by=priya, reason="Recall.", change_note="The dose was wrong.")
    text = client.get(f"/leaflets/{leaflet.slug}/").text
    assert "released urgently" in text
