"""Who is told of a review date, at which distances, from when on, and when a letter is late."""

import datetime as dt

import pytest
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from monographs.mail.models import Letter
from monographs.publication import due
from monographs.publication.actions import publish
from monographs.publication.due import LATE_AFTER, is_overdue, late_notices, post_letters, told_as_of
from monographs.publication.models import Publication, Reminder
from tests.days import in_days
from tests.makers import make_approved, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db
DAY, TICK = dt.timedelta(days=1), dt.timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def _addresses(ana, priya):
    for person in (ana, priya):
        person.email = f"{person.username}@clinic.example"
        person.save()


def on(days: int) -> str:
    """The day so many days after today."""
    return (timezone.localdate() + days * DAY).isoformat()


def make_due(days: int, medicine: str = "Testamol") -> Publication:
    return make_published(medicine=medicine, next_review_on=on(days))


def told(*, at: dt.datetime | None = None, **fields) -> list[tuple[str, int]]:
    letters = post_letters(at=at or timezone.now(), **fields)
    return sorted((notice.person.username, notice.days) for letter in letters for notice in letter)


@pytest.mark.parametrize(
    ("days", "distances"),
    [(91, set()), (90, {90}), (31, {90}), (30, {30}), (1, {30})],
)
def test_the_nearest_distance_that_has_come_is_told(days, distances):
    make_due(days)
    assert set(told()) == {(who, distance) for who in ("ana", "priya") for distance in distances}


@pytest.mark.parametrize("later", [3, 9])
def test_what_is_overdue_is_told_as_on_the_day(later):
    make_due(3)
    assert told(at=in_days(later)) == [("ana", 0), ("priya", 0)]


@pytest.mark.parametrize("gone", [{"is_active": False}, {"email": ""}])
@pytest.mark.parametrize("who", ["ana", "priya"])
def test_who_left_or_has_no_address_is_told_nothing(who, gone):
    make_due(20)
    person = make_person(who)
    for name, value in gone.items():
        setattr(person, name, value)
    person.save()
    assert [name for name, _days in told()] == [name for name in ("ana", "priya") if name != who]


def test_who_wrote_it_and_may_publish_is_told_once():
    make_due(20)
    make_person("ana", role="Publisher")
    assert told() == [("ana", 30), ("priya", 30)]


def test_a_letter_that_was_begun_and_never_written_is_no_letter():
    make_due(20)
    told()
    assert told() == []
    Reminder.objects.filter(person__username="ana").update(sent_at=None)
    assert told() == [("ana", 30)]
    assert told() == []


def test_where_very_much_is_due_to_one_person_several_letters_tell_all_of_it(monkeypatch):
    monkeypatch.setattr(due, "IN_A_LETTER", 2)
    titles = [make_due(20, f"Medol {number}").leaflet.title for number in range(5)]
    letters = [[notice.publication.leaflet.title for notice in letter] for letter in post_letters(at=timezone.now())]
    assert sorted(map(len, letters)) == [1, 1, 2, 2, 2, 2]
    assert sorted(title for letter in letters for title in letter) == sorted(2 * titles)
    assert Letter.objects.count() == len(letters)


def test_of_two_who_post_at_once_each_letter_is_posted_by_one():
    """What was open when it was looked at is looked at again in the turn to write."""
    make_due(20)
    now = timezone.now()
    one, other = post_letters(at=now), post_letters(at=now)
    letters = [next(one), *other, *one]
    assert sorted(letter[0].person.username for letter in letters) == ["ana", "priya"]
    assert Letter.objects.count() == 2


@pytest.mark.parametrize(("days", "is_late"), [(3, False), (4, True)])
def test_a_letter_calls_overdue_what_was_due_before_its_day(days, is_late):
    make_due(3)
    list(post_letters(at=in_days(days)))
    assert {"overdue since" in letter.body for letter in Letter.objects.all()} == {is_late}


def test_of_a_version_that_comes_late_one_is_to_be_told_since_its_release():
    publication = make_due(20)
    assert late_notices(at=publication.effective_from + LATE_AFTER) == []
    late = late_notices(at=publication.effective_from + LATE_AFTER + TICK)
    assert {notice.since() for notice in late} == {publication.effective_from}
    assert len(late) == 2


def test_of_any_other_since_the_beginning_of_the_day():
    publication = make_due(100)
    (since,) = {notice.since() for notice in late_notices(at=publication.effective_from + 30 * DAY)}
    assert since == timezone.make_aware(dt.datetime.combine(timezone.localdate() + 10 * DAY, dt.time()))


def test_not_everywhere_is_among_what_patients_read_since_less_than_a_day():
    begun = make_due(20).effective_from
    assert told(at=begun + DAY, everywhere=False) == []
    assert told(at=begun + DAY - TICK, everywhere=False) == [("ana", 30), ("priya", 30)]


@pytest.mark.parametrize(
    "change",
    [
        lambda: make_person("ana", role="Publisher"),
        lambda: make_person("paul", email="paul@clinic.example"),
        lambda: type(make_person("ana")).objects.filter(username="ana").update(email=""),
        lambda: type(make_person("ana")).objects.filter(username="ana").update(is_active=False),
    ],
)
def test_letters_are_due_to_others_when_people_change(change):
    now = timezone.now()
    before = told_as_of(now)
    assert told_as_of(now) == before
    change()
    assert told_as_of(now) != before


def test_letters_are_due_anew_on_another_day():
    midnight = timezone.make_aware(dt.datetime.combine(timezone.localdate() + DAY, dt.time()))
    assert told_as_of(midnight - TICK) != told_as_of(midnight) == told_as_of(midnight + DAY - TICK)


def test_without_a_day_nothing_is_overdue():
    publication = make_due(3)
    at = in_days(9)
    assert is_overdue(publication, at=at)
    publication.next_review_on = None
    assert not is_overdue(publication, at=at)


def test_what_began_since_a_day_hides_no_letter_that_is_late(monkeypatch, priya):
    """Where much is due the newest of a distance are asked, and of these nobody can have been late yet."""
    monkeypatch.setattr(due, "_FEW", 0)
    monkeypatch.setattr(due, "_NEWEST", 1)
    late = make_due(20)
    coming = make_approved(medicine="Newermol", next_review_on=on(25))
    begins = timezone.now() + 3 * DAY
    publish(coming, by=priya, change_note="First version.", effective_from=begins)
    assert {notice.publication for notice in late_notices(at=begins + DAY / 2)} == {late}


def test_what_came_to_its_distance_today_hides_no_letter_that_is_late_either(monkeypatch):
    monkeypatch.setattr(due, "_FEW", 0)
    monkeypatch.setattr(due, "_NEWEST", 1)
    late, _today = make_due(31), make_due(32, "Todayol")
    after_tomorrow = timezone.localdate() + 2 * DAY
    at = timezone.make_aware(dt.datetime.combine(after_tomorrow, dt.time(1)))
    assert {notice.publication for notice in late_notices(at=at)} == {late}


@pytest.mark.parametrize("few", [1, 2])
def test_few_are_all_looked_at(monkeypatch, few):
    """As many as that, too; of more only the newest of each distance are asked first."""
    monkeypatch.setattr(due, "_FEW", few)
    monkeypatch.setattr(due, "_NEWEST", 1)
    older, newer = make_due(20), make_due(25, "Newermol")
    told()
    Reminder.objects.filter(leaflet=older.leaflet).delete()
    at = newer.effective_from + LATE_AFTER + TICK
    assert {notice.publication for notice in late_notices(at=at)} == ({older} if few == 2 else set())


def test_the_sql_that_finds_what_is_late_is_made_once(monkeypatch):
    monkeypatch.setattr(due, "_FEW", 0)
    at = make_due(20).effective_from + 2 * LATE_AFTER
    late_notices(at=at)
    told(at=at)
    made, make = [], SQLCompiler.as_sql

    def as_sql(compiler, *args, **kwargs):
        made.append(compiler.query.model)
        return make(compiler, *args, **kwargs)

    monkeypatch.setattr(SQLCompiler, "as_sql", as_sql)
    assert late_notices(at=at) == []
    assert made == []
