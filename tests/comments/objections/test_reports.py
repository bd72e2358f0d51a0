"""Readers report a reply; three of them bring it back into the queue; each is told what was decided and why."""

import pytest
from django.utils import timezone

from monographs.audit.context import current_address
from monographs.comments.deciding.actions import reject
from monographs.comments.models import Comment, State, Urgency
from monographs.comments.objections.reports import Report, Why, case_of, decide, report
from monographs.operations.verify import check_history
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from tests.makers import make_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def reply():
    return make_comment(shown=True)


def report_from(reply, address, **fields):
    token = current_address.set(address)
    try:
        return report(reply, **{"why": Why.FALSE, **fields})
    finally:
        current_address.reset(token)


def test_three_different_people_bring_a_reply_back_into_the_queue_and_it_stays_shown(reply):
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        report_from(reply, address)
    assert not Comment.objects.waiting().exists()
    report_from(reply, "192.0.2.3")
    waiting = Comment.objects.waiting().get()
    assert (waiting.state, waiting.urgency) == (State.APPROVED, Urgency.SOON)
    assert waiting.place
    check_history()


def test_what_was_urgent_is_no_less_so_for_being_reported(reply):
    Comment.objects.filter(pk=reply.pk).update(urgency=Urgency.URGENT)
    for number in range(3):
        report_from(reply, f"192.0.2.{number}")
    assert Comment.objects.waiting().get().urgency == Urgency.URGENT


def test_one_customer_with_many_addresses_is_one_person(reply):
    for number in range(1, 5):
        report_from(reply, f"2001:db8:1:2::{number}")
    assert Report.objects.count() == 1
    report_from(reply, "2001:db8:1:3::1")
    assert Report.objects.count() == 2


def test_no_address_of_who_reports_is_kept_in_the_clear(reply):
    report_from(reply, "192.0.2.1", words="It is wrong.")
    assert "192.0.2.1" not in str(list(Report.objects.values()))


@pytest.mark.parametrize("is_upheld", [True, False])
def test_what_is_decided_goes_to_all_who_reported_with_its_grounds(reply, carla, is_upheld):
    made = [report_from(reply, f"192.0.2.{number}") for number in range(3)]
    with pytest.raises(Unacceptable, match="Say why"):
        decide(reply, by=carla, is_upheld=is_upheld, grounds=" ")
    assert decide(reply, by=carla, is_upheld=is_upheld, grounds="The leaflet says otherwise.") == 3
    reply.refresh_from_db()
    assert reply.state == (State.REJECTED if is_upheld else State.APPROVED)
    assert reply.waits_since is None
    told = Report.objects.get(key=made[0].key)
    assert (told.is_upheld, told.grounds) == (is_upheld, "The leaflet says otherwise.")
    with pytest.raises(Conflict, match="already"):
        decide(reply, by=carla, is_upheld=is_upheld, grounds="Again.")
    check_history()


def test_a_report_that_came_while_the_page_was_open_is_read_before_any_is_answered(reply, carla):
    first, second = (report_from(reply, f"192.0.2.{number}") for number in range(2))
    with pytest.raises(Conflict, match="Another report came in"):
        decide(reply, by=carla, is_upheld=False, grounds="It stays.", seen=first.pk)
    assert decide(reply, by=carla, is_upheld=False, grounds="It stays.", seen=second.pk) == 2


def test_a_report_needs_a_reason_and_a_reply_that_is_shown(reply, carla, ana):
    with pytest.raises(Unacceptable):
        report(reply, why="because")
    with pytest.raises(Unacceptable, match="1,000"):
        report(reply, why=Why.OTHER, words="x" * 1_001)
    report(reply, why=Why.OTHER, words="It names me.")
    with pytest.raises(NotAllowed):
        decide(reply, by=ana, is_upheld=True, grounds="So it does.")
    decide(reply, by=carla, is_upheld=True, grounds="So it does.")
    with pytest.raises(Conflict):
        report(reply, why=Why.OTHER)


def test_a_case_can_be_downloaded_whole(reply, carla):
    report(reply, why=Why.PERSONAL, words="That is my street.")
    decide(reply, by=carla, is_upheld=True, grounds="It names a street.")
    case = case_of(Comment.objects.get(pk=reply.pk))
    assert case["reply"]["text"] == reply.body
    assert case["reports"][0]["words"] == "That is my street."
    assert case["reports"][0]["grounds"] == "It names a street."
    assert [step["to"] for step in case["decisions"]] == [State.APPROVED, State.REJECTED]
    assert timezone.datetime.fromisoformat(case["reports"][0]["received"])


def test_a_reply_that_is_rejected_in_the_queue_answers_those_who_reported_it(reply, carla):
    report(reply, why=Why.FALSE)
    reject(reply, by=carla, reason="The leaflet says otherwise.")
    told = Report.objects.get()
    assert (told.is_upheld, told.grounds, told.decided_by) == (True, "The leaflet says otherwise.", carla)
    check_history()
