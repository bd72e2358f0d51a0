"""Beside the form and in the thanks: whom to call, where to report, and when somebody reads."""

import datetime as dt

import pytest
from django.utils import timezone

from monographs.comments.models import Comment
from monographs.comments.sender.secret import secret_of
from tests.makers import make_published
from tests.reading.parts import make_clinic, send, token_on, words
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db

HOURS = "Mon-Fri 09:00-17:30"
MONDAY = dt.datetime(2037, 11, 30, tzinfo=dt.UTC)  # when the leaflet has been published for long


@pytest.fixture(autouse=True)
def _published(db):
    make_published()
    make_clinic(staffed_hours=HOURS, reporting_name="Yellow Card scheme")


@pytest.fixture
def at(monkeypatch):
    def set_clock(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_clock


def form_of(client) -> str:
    form = words(client.get("/leaflets/testamol/")).partition("Leave a reply")[2].partition("If you need help")[0]
    assert form
    return form


def test_form_and_thanks_say_whom_to_call_where_to_report_and_that_nobody_advises_here(client):
    form = form_of(client)
    send(client, "testamol", body="Is there a leaflet in Welsh?")
    own = client.get(f"/replies/{secret_of(Comment.objects.get())}/sent/")
    for page in (form, words(client.get("/leaflets/testamol/reply/sent/")), words(own)):
        for said in ("999", "116 123", "Yellow Card scheme", "We cannot give personal medical advice here"):
            assert said in page
        assert "Monday to Friday 09:00–17:30" in page


@pytest.mark.parametrize(
    ("hours", "again"),
    [(8, "They are read again: today, 09:00."), (20, "They are read again: tomorrow, 09:00."), (9, ""), (16, "")],
)
def test_outside_the_clinics_hours_the_form_says_so_first(client, at, hours, again):
    at(MONDAY + dt.timedelta(hours=hours))
    form = form_of(client)
    assert ("Nobody reads replies at this moment." in form) is bool(again)
    if again:
        assert form.index("Nobody reads") < form.index(again) < form.index("Do not wait") < form.index("Your reply")


def test_on_a_weekend_the_next_day_is_named(client, at):
    at(MONDAY + dt.timedelta(days=5, hours=12))
    assert "They are read again: Monday, 09:00." in form_of(client)


def test_the_hour_in_which_they_close_counts_as_closed_because_the_page_is_kept_for_an_hour(client, at):
    at(MONDAY + dt.timedelta(hours=17, minutes=5))
    assert "Nobody reads replies at this moment." in form_of(client)


CLOSED = "2037-11-30 to 2037-12-01: St Andrew’s <Day>\n2037-12-02 to 2037-12-08: Holidays."


def test_on_a_day_off_the_form_says_why_and_when_they_are_read_again(client, at):
    make_clinic(days_off=CLOSED)
    at(MONDAY + dt.timedelta(hours=10))
    form = form_of(client)
    assert "Nobody reads replies today: St Andrew’s <Day>. They are read again: 9 December 2037, 09:00." in form
    assert "Not on 30 November 2037 to 1 December 2037: St Andrew’s <Day>" in form
    assert "Not on 2 December 2037 to 8 December 2037: Holidays." in form
    page = client.get("/leaflets/testamol/").content.decode()
    assert "<Day>" not in page
    at(MONDAY + dt.timedelta(days=4, hours=20))
    assert "Nobody reads replies today: Holidays. They are read again: Wednesday, 09:00." in form_of(client)
    at(MONDAY + dt.timedelta(days=9, hours=10))
    assert "Nobody reads" not in form_of(client)


def test_days_off_are_told_before_they_come_and_in_the_readers_language(client, at):
    make_clinic(days_off="2037-12-25: Christmas Day")
    at(MONDAY + dt.timedelta(hours=10))
    assert "Christmas" not in form_of(client)
    at(MONDAY + dt.timedelta(days=15, hours=10))
    assert "Not on 25 December 2037: Christmas Day" in form_of(client)
    assert "Nobody reads" not in form_of(client)


def test_a_clinic_without_hours_has_days_off_as_well(client, at):
    make_clinic(staffed_hours="", days_off=CLOSED)
    at(MONDAY + dt.timedelta(hours=10))
    assert "Nobody reads replies today: St Andrew’s <Day>." in form_of(client)


def test_a_kept_page_is_made_anew_when_a_day_off_begins(at):
    make_clinic(staffed_hours="Mon-Sun 00:00-24:00", days_off="2037-12-01: Holiday")
    reader = Reader()
    at(MONDAY + dt.timedelta(hours=22, minutes=30))
    assert b"Nobody reads replies" not in reader.get("/leaflets/testamol/").content
    at(MONDAY + dt.timedelta(days=1, minutes=1))
    assert b"Nobody reads replies today: Holiday" in reader.get("/leaflets/testamol/").content


def test_a_kept_page_is_made_anew_when_the_hour_ends(at):
    reader = Reader()
    at(MONDAY + dt.timedelta(hours=8, minutes=59))
    assert b"Nobody reads replies" in reader.get("/leaflets/testamol/").content
    at(MONDAY + dt.timedelta(hours=9, minutes=1))
    assert b"Nobody reads replies" not in reader.get("/leaflets/testamol/").content


def test_hours_are_those_of_the_clinics_time_zone(client, at):
    at(dt.datetime(2037, 7, 6, 8, 30, tzinfo=dt.UTC))  # 9.30 in London's summer
    assert "Nobody reads replies" not in form_of(client)


def test_a_clinic_that_has_not_said_when_promises_nothing(client):
    make_clinic(staffed_hours="")
    form = form_of(client)
    assert "Replies are not read day and night. It may take some days." in form
    assert "When somebody reads" not in form


def test_a_refused_form_has_the_box_too(client):
    response = client.post("/leaflets/testamol/reply/", {"token": token_on(client, "testamol"), "body": ""})
    assert response.status_code == 400
    assert "We cannot give personal medical advice here" in words(response)
