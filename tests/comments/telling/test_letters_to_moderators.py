"""Moderators hear of cries for help at once, of what waits as they wish, and of what is overdue once; never with a word
of the reader."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from monographs.clinics.models import Clinic
from monographs.comments.deciding import actions
from monographs.comments.models import Comment, ReplyLabel, State, Urgency
from monographs.comments.telling.letters import tell_of_crisis
from monographs.comments.telling.news import tell_of_waiting
from monographs.comments.telling.overdue import URGENT_AFTER, OverdueAlarm, sound_alarms
from monographs.comments.telling.rota import choose_news
from monographs.mail.models import Letter
from monographs.mail.outbox import send_due
from monographs.operations import sending
from tests.comments.rota import make_cry, make_moderator, make_waiting, on
from tests.makers import make_published
from tests.races import race

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
WORDS = "Quagmarked: I took twenty."


def nine_o_clock(days: int = 1) -> dt.datetime:
    """On one of the next days, by the clinic's clock."""
    morning = timezone.localtime().replace(hour=9, minute=0)
    return morning + dt.timedelta(days=days)


def letters(name: str) -> list[tuple[str, str]]:
    return list(Letter.objects.filter(name=name).order_by("pk").values_list("to", "subject"))


# --- A cry for help ---


def test_a_cry_for_help_is_told_at_once_to_everybody_on_call_with_rule_leaflet_and_age_and_without_its_words():
    make_moderator("carla", position=1)
    make_moderator("mia", position=2)
    comment = make_cry(WORDS, name="Beatrix", at=timezone.now() - 3 * MINUTE)
    tell_of_crisis(comment, comment.labels.all())
    sent = list(Letter.objects.filter(name="reply-crisis").order_by("pk"))
    assert [letter.to for letter in sent] == ["carla@clinic.example", "mia@clinic.example"]
    for letter in sent:
        assert letter.is_urgent
        assert not letter.kind  # it can't be unsubscribed
        said = f"{letter.subject} {letter.body}"
        assert "Testamol" in letter.body
        assert "en.crisis.test" in letter.body
        assert "3\xa0minutes" in letter.body
        assert f"/admin/replies/{comment.pk}/" in letter.body
        assert not any(mark in said for mark in ("Quagmarked", "twenty", "Beatrix"))


def test_the_rules_of_a_label_stand_in_one_line():
    make_moderator("carla")
    comment = make_cry(WORDS)
    ReplyLabel.objects.create(comment=comment, label="crisis", rule="en.crisis.other", words="twenty")
    with translation.override("pl"):  # of the leaflet under which it was written
        tell_of_crisis(comment, comment.labels.all())
    assert "\n  somebody may be in danger (rule en.crisis.test, en.crisis.other)\n" in Letter.objects.get().body


def test_a_cry_for_help_is_told_once():
    make_moderator("carla", position=1)
    comment = make_cry()
    for _time in range(3):
        tell_of_crisis(comment, comment.labels.all())
    assert len(letters("reply-crisis")) == 1


def test_a_cry_for_help_leaves_within_a_minute_and_before_all_other_letters(mailoutbox):
    for number in range(5):
        make_moderator(f"mod{number}")
    assert sending.EVERY <= 10
    publication = make_published()
    make_waiting(publication=publication)
    assert len(list(tell_of_waiting(at=nine_o_clock()))) == 5
    cry = make_cry(publication=publication)
    tell_of_crisis(cry, cry.labels.all())
    list(send_due(at=timezone.now() + sending.EVERY * dt.timedelta(seconds=1)))
    assert [letter.subject for letter in mailoutbox[:5]] == ["Urgent: a reply may be a cry for help"] * 5


# --- What waits ---


def test_once_a_day_each_moderator_is_told_what_waits_if_anything_does(carla):
    make_moderator("carla")
    morning = on(2026, 12, 1, 8)
    assert list(tell_of_waiting(at=morning)) == []
    make_waiting(WORDS, label="question", at=on(2026, 12, 1, 6))
    assert list(tell_of_waiting(at=morning - MINUTE)) == []
    assert list(tell_of_waiting(at=morning)) == [carla]
    assert list(tell_of_waiting(at=morning + MINUTE)) == []
    assert list(tell_of_waiting(at=morning + dt.timedelta(days=1))) == [carla]
    letter = Letter.objects.first()
    assert letter.subject == "1 reply waits for somebody"
    assert "Testamol" in letter.body
    assert "question (rule en.question.test)" in letter.body
    assert "Quagmarked" not in letter.body


def test_at_once_is_one_letter_for_all_that_came_since_the_last_and_only_while_on_call():
    carla = make_moderator("carla", weekdays="1")
    make_moderator("mia", weekdays="23", position=2)
    choose_news(carla, how="at-once", at_hour=8)
    publication, tuesday = make_published(), on(2026, 12, 1, 7)
    for minute in range(3):
        make_waiting(publication=publication, at=tuesday + minute * MINUTE)
    assert list(tell_of_waiting(at=tuesday + 5 * MINUTE)) == [carla]
    assert list(tell_of_waiting(at=tuesday + 6 * MINUTE)) == []
    make_waiting(publication=publication, at=tuesday + 7 * MINUTE)
    assert list(tell_of_waiting(at=tuesday + 8 * MINUTE)) == [carla]
    assert letters("replies-waiting") == [
        (carla.email, "3 replies wait for somebody"),
        (carla.email, "1 reply waits for somebody"),
    ]
    make_waiting(publication=publication, at=on(2026, 12, 2, 6))
    assert carla not in list(tell_of_waiting(at=on(2026, 12, 2, 7)))


def test_who_wants_none_hears_of_cries_for_help_all_the_same():
    carla = make_moderator("carla")
    choose_news(carla, how="never", at_hour=8)
    comment = make_cry()
    assert list(tell_of_waiting(at=nine_o_clock())) == []
    assert tell_of_crisis(comment, comment.labels.all()) == [carla]


def test_a_flood_of_replies_is_one_letter_and_as_many_queries():
    choose_news(make_moderator("carla"), how="daily", at_hour=8)
    publication, seen = make_published(), []
    for day, count in ((1, 3), (2, 60)):
        make_waiting(publication=publication)
        Comment.objects.bulk_create(
            Comment(leaflet=publication.leaflet, publication=publication, body=f"{day} {number}")
            for number in range(count)
        )
        with CaptureQueriesContext(connection) as queries:
            list(tell_of_waiting(at=nine_o_clock(day)))
        seen.append(len(queries))
    assert Letter.objects.count() == 2
    assert seen[0] == seen[1]
    assert Letter.objects.first().body.count("- Reply ") == 20


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_tell_once():
    make_moderator("carla", position=1)
    make_cry(at=timezone.now() - dt.timedelta(hours=1))
    at = nine_o_clock()
    race(*[lambda: list(tell_of_waiting(at=at))] * 3)
    race(*[lambda: sound_alarms(at=at)] * 3)
    assert [len(letters(name)) for name in ("replies-waiting", "replies-overdue")] == [1, 1]


# --- The alarm ---


def test_an_urgent_reply_that_nobody_takes_for_15_minutes_is_told_to_the_next_on_the_rota_once():
    make_moderator("carla", position=1, weekdays="1")
    make_moderator("mia", position=2, weekdays="2")
    came = on(2026, 12, 1, 3)
    comment = make_cry(WORDS, at=came)
    assert sound_alarms(at=came + URGENT_AFTER - MINUTE) == []
    [(person, count)] = sound_alarms(at=came + URGENT_AFTER)
    assert (person.username, count) == ("mia", 1)
    assert sound_alarms(at=came + 2 * URGENT_AFTER) == []
    letter = Letter.objects.get(name="replies-overdue")
    assert letter.is_urgent
    assert letter.to == "mia@clinic.example"
    assert f"/admin/replies/{comment.pk}/" in letter.body
    assert "Quagmarked" not in letter.body


def test_a_reply_whose_decision_was_taken_back_is_told_anew(carla):
    make_moderator("mia", position=1)
    comment = make_cry(at=timezone.now() - 20 * MINUTE)
    at = timezone.now()
    assert len(sound_alarms(at=at)) == 1
    actions.settle(comment, State.APPROVED, by=carla, verb="reply.approved")
    actions.settle(comment, State.PENDING, by=carla, verb="reply.pending")
    assert len(sound_alarms(at=at)) == 1


def test_no_alarm_while_somebody_has_it_and_one_when_they_let_it_lie(carla):
    make_moderator("carla", position=1)
    now = timezone.now()
    comment = make_cry(at=now - 20 * MINUTE)
    Comment.objects.filter(pk=comment.pk).update(claimed_by=carla, claimed_until=now + 15 * MINUTE)
    assert sound_alarms(at=now) == []
    assert len(sound_alarms(at=now + 16 * MINUTE)) == 1


def test_other_replies_are_overdue_after_the_clinics_hours():
    make_moderator("carla", position=1)
    Clinic.objects.update(replies_overdue_hours=30)
    came, limit = on(2026, 12, 1), dt.timedelta(hours=30)
    publication = make_published()
    make_waiting(at=came, publication=publication)
    make_waiting(at=came, publication=publication, urgency=Urgency.SOON)
    assert sound_alarms(at=came + limit - MINUTE) == []
    assert [count for _person, count in sound_alarms(at=came + limit)] == [2]
    letter = Letter.objects.get()
    assert not letter.is_urgent
    assert letter.subject == "Replies wait for too long"


def test_days_off_do_not_count_for_other_replies_but_for_cries_for_help_they_do():
    make_moderator("carla", position=1)
    Clinic.objects.update(replies_overdue_hours=30, days_off="2026-12-02 to 2026-12-03: Holidays")
    came, limit = on(2026, 12, 1), dt.timedelta(hours=30)
    publication = make_published()
    make_waiting(at=came, publication=publication)
    assert sound_alarms(at=came + limit) == []
    assert sound_alarms(at=came + limit + dt.timedelta(days=2) - MINUTE) == []
    assert [count for _person, count in sound_alarms(at=came + limit + dt.timedelta(days=2))] == [1]
    cry = on(2026, 12, 2)
    make_cry(publication=publication, at=cry)
    assert [count for _person, count in sound_alarms(at=cry + URGENT_AFTER)] == [1]


def test_the_letter_of_the_day_does_not_go_out_on_a_day_off():
    make_moderator("carla", position=1)
    make_waiting(at=nine_o_clock(0))
    today = timezone.localdate(nine_o_clock())
    Clinic.objects.update(days_off=f"{today}: Holiday")
    assert list(tell_of_waiting(at=nine_o_clock())) == []
    assert len(list(tell_of_waiting(at=nine_o_clock(2)))) == 1


def test_what_waits_anew_is_told_anew_and_what_is_decided_is_not_told():
    make_moderator("carla", position=1)
    came = on(2026, 12, 1)
    comment = make_cry(at=came)
    sound_alarms(at=came + URGENT_AFTER)
    again = came + dt.timedelta(days=3)
    Comment.objects.filter(pk=comment.pk).update(waits_since=again)
    assert sound_alarms(at=again + MINUTE) == []
    assert len(sound_alarms(at=again + URGENT_AFTER)) == 1
    assert OverdueAlarm.objects.count() == 2


def test_where_nobody_can_be_told_it_is_told_as_soon_as_somebody_can_be():
    comment = make_cry(at=on(2026, 12, 1))
    assert sound_alarms(at=on(2026, 12, 2)) == []
    assert not OverdueAlarm.objects.exists()
    make_moderator("carla")
    assert len(sound_alarms(at=on(2026, 12, 2))) == 1
    assert ReplyLabel.objects.get().comment == comment
