"""A report is begun from a reply, or typed; whoever presses twice makes one."""

import datetime as dt

import pytest

from monographs.audit.models import Entry
from monographs.comments.afterwards.erasure import erase
from monographs.comments.deciding.actions import answer
from monographs.operations.verify import check_history
from monographs.reactions.actions import begin, change, write
from monographs.reactions.models import WORDS, State, SuspectedReaction
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from tests.makers import make_comment, make_leaflet, make_published
from tests.makers_reactions import make_reaction

pytestmark = pytest.mark.django_db


def test_a_moderator_begins_a_report_from_a_reply_and_nothing_of_its_text_is_copied(carla):
    spanish = make_published(make_leaflet("Testamol", language="es"))
    reply = make_comment(spanish, body="Testamol gave me hives.", name="Bea")
    reaction = begin(reply, by=carla)
    assert (reaction.comment, reaction.medicine.name, reaction.state) == (reply, "Testamol", State.DRAFT)
    assert (reaction.reporter_language, reaction.reporter_country, reaction.made_by) == ("spa", "GB", carla)
    assert {getattr(reaction, name) for name in WORDS} == {"", None}


def test_a_second_press_by_anybody_opens_the_same_report(carla):
    reply = make_comment()
    assert begin(reply, by=carla) == begin(reply, by=carla)
    assert Entry.objects.filter(verb="reaction.begun").count() == 1


def test_staff_type_a_report_without_a_reply_and_the_same_form_sent_twice_is_one(carla):
    def typed():
        return SuspectedReaction(received_on=dt.date(2026, 11, 3), form_key="0" * 32, product="Brandol")

    first = write(typed(), by=carla)
    assert write(typed(), by=carla) == first
    assert (first.comment, first.state) == (None, State.DRAFT)


def test_what_has_no_words_or_is_the_clinics_own_is_not_reported(carla):
    reply = make_comment()
    with pytest.raises(Unacceptable, match="answer of the clinic"):
        begin(answer(reply, by=carla, body="Please call us."), by=carla)
    erase(reply, by=carla)
    with pytest.raises(Conflict, match="erased"):
        begin(reply, by=carla)


@pytest.mark.parametrize("verb", [begin, write, change])
def test_only_who_may_writes_reports(verb, ana):
    thing = make_comment() if verb == begin else make_reaction()
    with pytest.raises(NotAllowed):
        verb(thing, by=ana)


def test_the_ledger_says_who_did_what_and_which_fields_without_a_word_of_them(carla):
    reaction = make_reaction(make_comment())
    reaction.reaction, reaction.patient_initials = "hives", "Q.Z."
    assert change(reaction, by=carla)
    assert not change(reaction, by=carla)
    entry = Entry.objects.about(reaction).last()
    assert (entry.verb, entry.by, entry.about_label) == ("reaction.changed", carla, f"suspected reaction {reaction.pk}")
    assert entry.data == '{"fields":["patient_initials","reaction"]}'
    list(check_history())
