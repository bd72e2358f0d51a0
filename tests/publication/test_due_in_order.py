"""What comes due is found among what is shown, in its order, however many versions there were before."""

import datetime as dt

import pytest
from django.utils import timezone

from monographs.admin.desk import things
from monographs.leaflets.standing import Standing
from monographs.publication import due
from monographs.publication.actions import publish, withdraw
from monographs.publication.due import IN_ROWS, IN_TIMELINE, day_read_at, due_by, due_within, post_letters
from monographs.publication.models import Publication, Reminder
from tests.days import in_days
from tests.effort import database_effort
from tests.makers import change_leaflet, make_approved, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _priya_has_an_address(priya):
    priya.email = "priya@clinic.example"
    priya.save()


def on(days: int) -> str:
    return (timezone.localdate() + dt.timedelta(days=days)).isoformat()


def make_due(days: int, medicine: str = "Testamol") -> Publication:
    return make_published(medicine=medicine, next_review_on=on(days))


def told(letters) -> list[tuple[str, int]]:
    return [(notice.publication.leaflet.title, notice.days) for letter in letters for notice in letter]


def test_both_ways_find_the_same_and_only_what_is_shown():
    make_due(200, "Farmol")
    make_published(medicine="Nodatamol")
    late, soon, last = make_due(80, "Latermol"), make_due(3, "Soonermol"), make_due(85, "Lastmol")
    withdraw(make_due(5, "Goneamol").leaflet, by=make_person("priya"), notice="Ask us.", why="Wrong.")
    now, last_day = timezone.now(), timezone.localdate() + dt.timedelta(days=90)
    assert day_read_at(now) == IN_ROWS
    for day in (IN_ROWS, IN_TIMELINE):
        assert list(due_by(last_day, at=now, day=day)) == [soon, late, last]


def test_what_a_scheduled_release_brought_counts_before_the_clock_has_written_it_down(priya):
    shown = make_due(20)
    change_leaflet(shown.leaflet, next_review_on=on(300))
    review = make_approved(shown.leaflet)
    publish(review, by=priya, change_note="Later.", effective_from=in_days(1))
    later = in_days(2)
    assert list(due_within(90, at=timezone.now())) == [shown]
    assert day_read_at(later) == IN_TIMELINE
    assert list(due_within(90, at=later)) == []


def test_a_version_that_came_meanwhile_is_not_taken_for_the_one_before(priya):
    shown = make_due(300)
    before = timezone.now()
    change_leaflet(shown.leaflet, next_review_on=on(20))
    new = publish(make_approved(shown.leaflet), by=priya, change_note="Sooner.")
    assert list(due_within(90, at=before)) == []
    assert told(post_letters(at=before)) == []
    assert list(due_within(90, at=timezone.now())) == [new]


@pytest.mark.parametrize("day", [IN_ROWS, IN_TIMELINE])
def test_of_each_distance_the_last_of_an_instant_is_found_behind_all_that_came_since(day, monkeypatch):
    monkeypatch.setattr(due, "_NEWEST", 1)
    shown, then = make_due(20), timezone.now()
    for number in range(4):  # as many as are looked at first
        make_due(25, f"Newer {number}")
    assert list(due._newest_due(then, at=timezone.now(), day=day)) == [[], [shown], [shown]]


@pytest.mark.parametrize("day", [IN_ROWS, IN_TIMELINE])
def test_what_is_due_after_a_day_is_not_what_is_due_on_it(day):
    on_the_day, later = make_due(3, "Soonermol"), make_due(4, "Latermol")
    after, last_day = (timezone.localdate() + dt.timedelta(days=days) for days in (3, 90))
    found = due_by(last_day, at=timezone.now(), day=day, after=after)
    assert list(found) == [later]
    assert on_the_day in due_by(last_day, at=timezone.now(), day=day, after=after - dt.timedelta(days=1))


@pytest.mark.parametrize("at_once", [1, 2, 3, 100])
def test_what_is_read_in_turns_is_read_once_whatever_falls_on_one_day(at_once, monkeypatch):
    monkeypatch.setattr(due, "_AT_ONCE", at_once)
    days = (3, 3, 3, 20, 21, 21, 80)
    for number, days_left in enumerate(days):
        make_due(days_left, f"Medicine {number}")
    named = sorted((title, days) for title, days in told(post_letters(at=timezone.now())))
    distances = [30, 30, 30, 30, 30, 30, 90]
    assert named == [(f"Medicine {number}", distance) for number, distance in enumerate(distances)]


@pytest.mark.once  # in which way PostgreSQL reads a dozen rows hangs on when it last counted them
def test_on_a_new_day_what_was_told_before_is_not_looked_at():
    day_before, later = timezone.localdate() + dt.timedelta(days=3), in_days(4)
    efforts = []
    for number in range(12):
        make_due(25, f"Medicine {number}")
        if number in (3, 11):
            list(post_letters(at=timezone.now()))
            efforts.append(database_effort(lambda: list(post_letters(at=later, everywhere=False, since=day_before))))
    assert efforts[1] <= efforts[0] * 1.02


def test_on_a_new_day_what_came_to_its_distance_is_told():
    today, tomorrow = timezone.localdate(), in_days(1)
    for days in (1, 31, 91, 30, 92):
        make_due(days, f"In {days} days")
    list(post_letters(at=timezone.now()))
    told_tomorrow = told(post_letters(at=tomorrow, everywhere=False, since=today))
    assert sorted(told_tomorrow) == [("In 1 days", 0), ("In 31 days", 30), ("In 91 days", 90)]


def test_what_a_clock_missed_for_days_is_told_by_its_next_round():
    today, later = timezone.localdate(), in_days(4)
    make_due(33, "Nearer")
    make_due(94, "Nearermol")
    list(post_letters(at=timezone.now()))
    assert Reminder.objects.count() == 1
    assert sorted(told(post_letters(at=later, everywhere=False, since=today))) == [("Nearer", 30), ("Nearermol", 90)]


@pytest.mark.once  # in which way PostgreSQL reads a dozen rows hangs on when it last counted them
def test_the_desk_reads_no_more_for_more_that_is_due_on_one_day_nor_for_versions_of_before(priya, monkeypatch):
    monkeypatch.setattr(things, "COUNTED_AT_MOST", 11)
    pile = things.DueInRows()
    for number in range(12):
        publication = make_due(20, f"Medicine {number}")
    few = _effort_of(pile)
    for number in range(8):
        make_due(20, f"More {number}")
    change_leaflet(publication.leaflet, next_review_on=on(300))
    publish(make_approved(publication.leaflet), by=priya, change_note="Later.")
    assert Standing.objects.filter(shown_review_on=on(20)).count() == 12 + 8 - 1
    assert _effort_of(pile) <= few * 1.02


def _effort_of(pile: things.DueInRows) -> int:
    given = {"now": timezone.now(), "last_day": timezone.localdate() + dt.timedelta(days=90)}
    found = []
    effort = database_effort(lambda: found.extend(pile.found(**given)))
    rows, count = found
    assert (len(rows), count) == (10, 11)
    return effort
