"""Draft, sent, with a reference number: what was sent stays as it was sent."""

import pytest

from monographs.audit.models import Entry
from monographs.audit.verify import Altered
from monographs.operations.verify import check_history
from monographs.reactions.actions import change, keep_number, send
from monographs.reactions.models import State, SuspectedReaction
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from tests.makers import make_medicine
from tests.makers_reactions import COMPLETE, make_reaction, make_sent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("without", "named"),
    [
        ("patient_initials", "an identifiable patient"),
        ("reporter_qualification", "an identifiable reporter"),
        ("reaction", "a suspected reaction"),
    ],
)
def test_nothing_is_sent_without_all_four_items_and_the_refusal_names_what_is_missing(without, named, carla):
    reaction = make_reaction(**{**COMPLETE, without: ""})
    with pytest.raises(Unacceptable, match=f"Missing: {named}."):
        send(reaction, by=carla)
    reaction.refresh_from_db()
    assert reaction.state == State.DRAFT


def test_a_black_triangle_medicine_is_sent_with_brand_and_batch_or_the_word_that_they_were_asked_for(carla):
    watched = make_medicine("Newmol")
    watched.is_under_additional_monitoring = True
    watched.save()
    reaction = make_reaction(medicine="Newmol", **COMPLETE, product="Brandol")
    with pytest.raises(Unacceptable, match="additional monitoring .*Missing: the batch number"):
        send(reaction, by=carla)
    assert send(reaction, by=carla, is_asked_for=True).state == State.SENT


def test_what_was_sent_is_neither_changed_nor_sent_again(carla):
    reaction = make_sent()
    reaction.reaction = "hives"
    for verb in (change, send):
        with pytest.raises(Conflict, match="Carla Moderator.* sent this report"):
            verb(reaction, by=carla)
    list(check_history())


def test_the_reference_number_comes_after_the_sending_and_may_be_corrected(carla):
    draft = make_reaction(**COMPLETE)
    with pytest.raises(Conflict, match="not sent yet"):
        keep_number(draft, by=carla, number="GB-1")
    sent = send(draft, by=carla)
    for wrong in (" ", "x" * 101):
        with pytest.raises(Unacceptable):
            keep_number(sent, by=carla, number=wrong)
    for number in ("GB-MHRA-1", "GB-MHRA-2", "GB-MHRA-2"):
        sent = keep_number(sent, by=carla, number=number)
    assert (sent.state, sent.reference_number) == (State.WITH_NUMBER, "GB-MHRA-2")
    assert Entry.objects.about(sent).filter(verb="reaction.numbered").count() == 2
    list(check_history())


def test_only_who_may_sends(priya):
    with pytest.raises(NotAllowed):
        send(make_reaction(**COMPLETE), by=priya)


def test_verify_history_finds_a_report_that_was_changed_behind_the_back(behind_the_back):
    reaction = make_sent()
    with behind_the_back():
        SuspectedReaction.objects.filter(pk=reaction.pk).update(batch="L2")
    with pytest.raises(Altered, match="the seal of what was sent"):
        list(check_history())


def test_verify_history_finds_a_report_that_nobody_began_and_one_that_is_gone(behind_the_back):
    reaction = make_sent()
    with behind_the_back():
        SuspectedReaction.objects.filter(pk=reaction.pk).update(id=reaction.pk + 7)
    with pytest.raises(Altered, match="says nothing of it"):
        list(check_history())
    with behind_the_back():
        SuspectedReaction.objects.filter(pk=reaction.pk + 7).delete()
    with pytest.raises(Altered, match="missing"):
        list(check_history())
