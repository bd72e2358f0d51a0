"""What a reply is held against is looked up at once, and is what each look-up of its own would find."""

import pytest

from monographs.audit.models import Entry
from monographs.comments.arrival.known import Known, known
from monographs.comments.deciding import actions
from monographs.comments.models import CommentDecision
from monographs.comments.triage.word_rules import Action, add_rule, end_rule
from monographs.staff.models import StaffMember
from tests.makers import make_comment

pytestmark = pytest.mark.django_db


def test_a_site_without_staff_knows_nothing():
    assert known() == Known((), (), 0)
    assert Known.of(None, None, None, None) == Known((), (None, None), 0)


def test_it_is_the_names_of_all_staff_the_stamp_of_the_rules_and_the_newest_decision(carla, django_assert_num_queries):
    StaffMember.objects.create(username="odd", first_name='Łucja "Lu"', last_name="O’Neil, \\ 王")
    with django_assert_num_queries(1):
        found = known()
    assert found.staff == tuple(sorted(StaffMember.objects.values_list("first_name", "last_name")))
    assert ('Łucja "Lu"', "O’Neil, \\ 王") in found.staff
    assert (found.stamp, found.decision) == ((None, None), 0)

    rule = add_rule("casino", by=carla, action=Action.REFUSE, why="They write often.")
    actions.approve(make_comment(), by=carla)
    added, decision = Entry.objects.get(verb="wordrule.added").hash, CommentDecision.objects.get().pk
    assert known()[1:] == ((added, None), decision)
    end_rule(rule, by=carla)
    assert known().stamp == (added, Entry.objects.get(verb="wordrule.ended").hash)
