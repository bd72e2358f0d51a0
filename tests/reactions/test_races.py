"""Two people at the same instant: one report of a reply, and what was sent is what stood there."""

import pytest

from monographs.audit.models import Entry
from monographs.operations.verify import check_history
from monographs.reactions.actions import begin, change, send
from monographs.reactions.models import SuspectedReaction
from tests.makers import make_comment
from tests.makers_reactions import COMPLETE, make_reaction
from tests.people import make_person
from tests.races import assert_chain_does_not_fork, race, winners

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_button_pressed_by_three_people_at_once_makes_one_report():
    reply = make_comment()
    people = [make_person(name, role="Moderator") for name in ("carla", "colin", "cora")]
    found = race(*(lambda person=person: begin(reply, by=person).pk for person in people))
    assert found == [SuspectedReaction.objects.get().pk] * 3
    assert Entry.objects.filter(verb="reaction.begun").count() == 1
    assert_chain_does_not_fork()


def test_of_a_sending_and_a_change_at_once_what_was_sent_is_what_stands():
    carla, colin = make_person("carla"), make_person("colin", role="Moderator")
    reaction = make_reaction(**COMPLETE)
    changed = SuspectedReaction.objects.get(pk=reaction.pk)
    changed.narrative = "It went away."
    outcomes = race(lambda: send(reaction, by=carla), lambda: change(changed, by=colin))
    assert not isinstance(outcomes[0], Exception)
    stands = SuspectedReaction.objects.get()
    assert (stands.narrative == "It went away.") == (len(winners(outcomes)) == 2)
    list(check_history())
    assert_chain_does_not_fork()
