"""What one act brings with it: answers to reports, all versions of a reply, and a limit that no cry for help meets."""

import pytest

from monographs.comments import writers
from monographs.comments.arrival import actions as arrival
from monographs.comments.arrival.intake import look_at
from monographs.comments.deciding import actions
from monographs.comments.erasure import erase_own
from monographs.comments.models import Comment
from monographs.comments.reports import Report, report
from monographs.operations.verify import check_history
from monographs.refusals import TooMany
from tests.addresses import sent_from
from tests.makers import make_comment, make_published
from tests.reading.parts import make_clinic

pytestmark = pytest.mark.django_db


def test_a_reply_that_is_rejected_in_the_queue_answers_those_who_reported_it(carla):
    reply = make_comment(shown=True)
    report(reply, why="false")
    actions.reject(reply, by=carla, reason="The leaflet says otherwise.")
    told = Report.objects.get()
    assert (told.is_upheld, told.grounds, told.decided_by) == (True, "The leaflet says otherwise.", carla)
    check_history()


def test_whoever_erases_a_reply_erases_all_versions_of_it():
    first = make_comment(body="My number is 943 476 5919.")
    second = writers.rewrite(first, look_at("Without my number.", language="en", clinic=make_clinic()))
    erase_own(second)
    assert set(Comment.objects.values_list("body", flat=True)) == {""}
    check_history()


def test_nobody_in_need_is_told_to_come_back_because_of_their_neighbours():
    leaflet = make_published().leaflet
    with sent_from():
        for number in range(5):
            arrival.submit(leaflet, body=f"Hello, number {number}.")
        with pytest.raises(TooMany):
            arrival.submit(leaflet, body="Hello again.")
        assert arrival.submit(leaflet, body="I took all of the tablets and I want to die.").pk
