"""Who is on call: an order of people, by weekday, hour and day; and never nobody."""

import datetime as dt

import pytest

from monographs.audit.models import Entry
from monographs.comments.telling.rota import RotaTurn, next_on_rota, on_call, on_rota, save_turn, take_off_rota
from monographs.refusals import NotAllowed
from tests.comments.rota import make_moderator, on
from tests.people import make_person

pytestmark = pytest.mark.django_db
MONDAY, SATURDAY = on(2026, 11, 30), on(2026, 12, 5)


def names(people) -> list[str]:
    return [person.username for person in people]


def test_without_a_rota_all_active_moderators_with_an_address_are_told():
    make_moderator("carla")
    make_moderator("mia")
    make_moderator("gone", position=1)
    gone = make_person("gone")
    gone.is_active = False
    gone.save()
    make_person("silent", role="Moderator")  # without an address
    make_person("ana")
    assert names(on_call(MONDAY)) == ["carla", "mia"]
    assert names(next_on_rota(MONDAY)) == ["carla", "mia"]


def test_the_rota_says_who_by_weekday_hour_and_day_in_its_order():
    make_moderator("wendy", position=2, weekdays="5", first_on=dt.date(2026, 12, 1), last_on=dt.date(2026, 12, 31))
    make_moderator("carla", position=3, weekdays="01234", begins_at=dt.time(9), ends_at=dt.time(17))
    make_moderator("mia", position=1, weekdays="01234", begins_at=dt.time(12), ends_at=dt.time(20))
    assert names(on_call(on(2026, 11, 30, 9))) == ["carla"]
    assert names(on_call(on(2026, 11, 30, 12))) == ["mia", "carla"]
    assert names(on_call(on(2026, 11, 30, 17))) == ["mia"]
    assert names(on_call(SATURDAY)) == ["wendy"]
    assert names(on_rota()) == ["mia", "wendy", "carla"]


def test_hours_past_midnight_belong_to_the_day_on_which_they_begin():
    make_moderator("carla", weekdays="0", begins_at=dt.time(22), ends_at=dt.time(6))
    make_moderator("mia", weekdays="123456", position=2)
    make_moderator("noor", weekdays="0", begins_at=dt.time(0), ends_at=dt.time(22), position=2)
    assert names(on_call(on(2026, 11, 30, 21, 59))) == ["noor"]
    assert names(on_call(on(2026, 11, 30, 22))) == ["carla"]
    assert names(on_call(on(2026, 12, 1, 5, 59))) == ["carla", "mia"]
    assert names(on_call(on(2026, 12, 1, 6))) == ["mia"]


def test_hours_are_those_of_the_clinics_clock_in_summer_too():
    make_moderator("carla", begins_at=dt.time(9), ends_at=dt.time(10))
    make_moderator("mia", begins_at=dt.time(10), ends_at=dt.time(9), position=2)
    assert names(on_call(dt.datetime(2026, 7, 1, 8, 30, tzinfo=dt.UTC))) == ["carla"]
    assert names(on_call(dt.datetime(2026, 12, 1, 9, 30, tzinfo=dt.UTC))) == ["carla"]


def test_a_cry_for_help_falls_into_no_gap_of_the_rota():
    make_moderator("carla", weekdays="0")
    make_moderator("mia")
    assert names(on_call(MONDAY)) == ["carla"]
    assert names(on_call(SATURDAY)) == ["carla", "mia"]


def test_who_may_not_decide_any_more_or_has_no_address_is_not_on_call():
    carla = make_moderator("carla", position=1)
    make_moderator("mia", position=2)
    assert names(on_call(MONDAY)) == ["carla", "mia"]
    carla.groups.clear()
    assert names(on_call(MONDAY)) == ["mia"]


def test_the_next_one_is_the_first_after_those_on_call_and_the_rota_is_a_round():
    make_moderator("carla", position=1, weekdays="0")
    make_moderator("mia", position=2, weekdays="1")
    make_moderator("noor", position=3, weekdays="2")
    assert names(next_on_rota(on(2026, 11, 30))) == ["mia"]
    assert names(next_on_rota(on(2026, 12, 1))) == ["noor"]
    assert names(next_on_rota(on(2026, 12, 2))) == ["carla"]


def test_where_nobody_else_is_on_the_rota_the_same_are_told_again():
    make_moderator("carla", position=1)
    assert names(next_on_rota(MONDAY)) == ["carla"]


def test_turns_are_changed_on_record_by_moderators_and_administrators(carla, ada, ana):
    with pytest.raises(NotAllowed):
        save_turn(RotaTurn(person=carla), by=ana)
    turn = RotaTurn(person=carla, weekdays="3103")
    save_turn(turn, by=carla)
    assert turn.weekdays == "013"
    save_turn(turn, by=ada)
    take_off_rota(turn, by=ada)
    verbs = Entry.objects.filter(verb__startswith="rota.").order_by("position").values_list("verb", "by__username")
    assert list(verbs) == [
        ("rota.turn-added", "carla"),
        ("rota.turn-changed", "ada"),
        ("rota.turn-removed", "ada"),
    ]
    assert not RotaTurn.objects.exists()
