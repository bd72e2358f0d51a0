"""The clock erases words when they have been kept for the clinic's time; threads stay."""

import datetime as dt

import pytest
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.comments.deciding.actions import answer, approve, mark_spam, reject, undo
from monographs.comments.models import Comment, ReplyWriter, State
from monographs.comments.objections import appeals
from monographs.comments.objections.reports import Report, decide, report
from monographs.data_life.periods import DAYS, Kept, RetentionPeriod, change_period
from monographs.data_life.retention import erase_due
from monographs.operations.clock import tick
from monographs.operations.verify import check_history
from monographs.refusals import NotAllowed, Unacceptable
from tests.comments.rota import make_waiting
from tests.makers import make_comment, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def publication():
    return make_published()


def in_days(days: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=days)


def test_a_new_site_begins_with_a_period_for_each_state():
    assert {Kept(period.what): period.days for period in RetentionPeriod.objects.all()} == DAYS


@pytest.mark.parametrize(("verb", "what"), [(reject, Kept.REJECTED), (mark_spam, Kept.SPAM)])
def test_words_go_when_their_time_is_over_and_not_a_day_before(publication, carla, verb, what):
    reply = make_comment(publication, name="Zora")
    verb(reply, by=carla, reason="Not about it.")
    assert what not in erase_due(at=in_days(DAYS[what] - 1))
    assert erase_due(at=in_days(DAYS[what] + 1))[what] == 1
    reply.refresh_from_db()
    assert (reply.name, reply.body) == ("", "")
    assert Entry.objects.filter(verb="reply.erased", by=None).count() == 1
    check_history()


def test_the_time_runs_from_the_last_decision_and_not_for_what_waits(publication, carla):
    reply = make_comment(publication)
    reject(reply, by=carla, reason="Not about it.")
    undo(reply, by=carla)
    assert erase_due(at=in_days(5_000)).get(Kept.REJECTED) is None
    mark_spam(reply, by=carla)
    assert erase_due(at=in_days(DAYS[Kept.SPAM] + 1))[Kept.SPAM] == 1


def test_a_reply_that_waited_for_long_is_kept_for_its_time_after_the_decision(publication, carla):
    reply = make_waiting(publication=publication, at=in_days(-DAYS[Kept.REJECTED]))
    reject(reply, by=carla, reason="Not about it.")
    assert Kept.REJECTED not in erase_due(at=in_days(DAYS[Kept.REJECTED] - 1))
    assert erase_due(at=in_days(DAYS[Kept.REJECTED] + 1))[Kept.REJECTED] == 1


def test_while_its_writer_waits_for_another_look_nothing_is_erased(publication, carla):
    reply = make_comment(publication)
    reject(reply, by=carla, reason="Not about it.")
    appeal = appeals.ask(reply, words="It is.")
    assert Kept.REJECTED not in erase_due(at=in_days(5_000))
    appeals.decide(appeal, by=make_person("cora", role="Moderator"), is_upheld=False, grounds="It is not.")
    assert erase_due(at=in_days(5_000))[Kept.REJECTED] == 1


def test_what_is_shown_stays_until_a_clinic_says_otherwise_and_keeps_its_answers(publication, carla, ada):
    reply = make_comment(publication, shown=True)
    answer(reply, by=carla, body="Yes, you may.")
    later = in_days(400)
    assert Kept.APPROVED not in erase_due(at=later)
    change_period(RetentionPeriod.objects.get(what=Kept.APPROVED), by=ada, days=365)
    assert erase_due(at=later) == {Kept.APPROVED: 1}
    reply.refresh_from_db()
    assert (reply.body, reply.state, bool(reply.place)) == ("", State.APPROVED, True)
    assert Comment.objects.exclude(staff=None).get().body == "Yes, you may."
    check_history()


def test_addresses_of_writers_and_words_of_reports_go_in_their_own_time(publication, carla):
    reply = make_comment(publication, shown=True)
    ReplyWriter.objects.create(comment=reply, email="zora@reader.example")
    report(reply, why="other", words="That is me.")
    decide(reply, by=carla, is_upheld=False, grounds="It is not.")
    assert Kept.ADDRESS not in erase_due(at=in_days(179))
    assert erase_due(at=in_days(181))[Kept.ADDRESS] == 1
    assert erase_due(at=in_days(366))[Kept.REPORT] == 1
    assert Report.objects.get().words == ""
    assert not ReplyWriter.objects.exists()


def test_one_round_takes_no_more_than_its_part(publication, carla):
    for number in range(3):
        mark_spam(make_comment(publication, body=f"Buy {number}"), by=carla)
    at = in_days(100)
    assert [erase_due(at=at, most=2).get(Kept.SPAM) for _round in range(3)] == [2, 1, None]


def test_the_clock_does_it_and_says_so(publication, carla):
    mark_spam(make_comment(publication), by=carla)
    assert any("kept for its time: 1 × spam" in line for line in tick(at=in_days(100)))


def test_a_period_is_changed_on_record_by_who_may_and_never_below_the_time_of_undoing(ada):
    period = RetentionPeriod.objects.get(what=Kept.SPAM)
    with pytest.raises(Unacceptable, match="30 days"):
        change_period(period, by=ada, days=29)
    with pytest.raises(NotAllowed):
        change_period(period, by=make_person("ana"), days=60)
    change_period(period, by=ada, days=None)
    assert RetentionPeriod.objects.get(what=Kept.SPAM).days is None
    assert Entry.objects.filter(verb="retention.changed", by=ada).count() == 1


def test_a_reply_that_was_approved_after_all_is_judged_by_its_state(publication, carla):
    reply = make_comment(publication)
    reject(reply, by=carla, reason="Not about it.")
    undo(reply, by=carla)
    approve(reply, by=carla)
    assert not {Kept.REJECTED, Kept.APPROVED} & set(erase_due(at=in_days(5_000)))
