"""What tells of a person goes for good; that there was a report, and its number, stays."""

import pytest

from monographs.audit.models import Entry
from monographs.comments.afterwards.erasure import erase as erase_reply
from monographs.operations.verify import check_history
from monographs.reactions.actions import change, erase, erase_with_reply, keep_number, send
from monographs.reactions.models import WORDS, State
from monographs.refusals import Conflict, NotAllowed
from tests.makers import make_comment
from tests.makers_reactions import COMPLETE, make_reaction
from tests.operations.test_no_word_of_a_reader import BODY, MARKS, NAME, places_of_marks

pytestmark = pytest.mark.django_db
MARKED = {
    **COMPLETE, "local_number": "Quagmarked-1", "product": "Quagmarkedol", "batch": "Quagmarked 7",
    "dose": "Quagmarked 5 mg", "reaction": "Quagmarked rash", "reaction_in_english": "Quagmarked rash",
    "narrative": f"{BODY} {NAME}",
}  # fmt: skip


@pytest.mark.parametrize("steps", [0, 1, 2], ids=["draft", "sent", "with a number"])
def test_the_words_of_a_report_go_in_every_state_and_the_record_holds(steps, carla):
    reaction = make_reaction(patient_age=44, patient_age_unit="a", **MARKED)
    if steps > 0:
        reaction = send(reaction, by=carla)
    if steps > 1:
        keep_number(reaction, by=carla, number="GB-MHRA-1")
    erase(reaction, by=carla)
    reaction.refresh_from_db()
    assert {getattr(reaction, name) for name in WORDS} | {reaction.seal} == {"", None}
    assert reaction.reference_number == ("GB-MHRA-1" if steps > 1 else "")
    assert (reaction.state, reaction.medicine.name, reaction.outcome) == (list(State)[steps], "Testamol", "0")
    with pytest.raises(Conflict, match="erased already"):
        erase(reaction, by=carla)
    for verb in (send, change):
        with pytest.raises(Conflict, match="erased"):
            verb(reaction, by=carla)
    list(check_history())


def test_no_word_of_a_report_stands_anywhere_but_in_its_row_and_none_once_it_is_erased_with_its_reply(carla):
    reply = make_comment(body=BODY, name=NAME)
    reaction = make_reaction(reply, **MARKED)
    keep_number(send(reaction, by=carla), by=carla, number="GB-MHRA-1")
    tables = {place.partition(".")[0] for place in places_of_marks()}
    assert tables == {"monographs_comment", "monographs_suspectedreaction"}
    assert not any(mark in str(row) for row in Entry.objects.values_list() for mark in MARKS)
    erase_with_reply(reply, by=carla)
    assert places_of_marks() == set()
    reply.refresh_from_db()
    assert reply.erased_at
    list(check_history())


def test_a_reply_whose_report_is_erased_is_erased_all_the_same(carla):
    reply = make_comment()
    erase(make_reaction(reply), by=carla)
    assert erase_with_reply(reply, by=carla).erased_at
    with pytest.raises(Conflict, match="erased already"):
        erase_with_reply(reply, by=carla)


def test_a_report_can_be_erased_after_its_reply(carla):
    reply = make_comment()
    reaction = make_reaction(reply, **COMPLETE)
    erase_reply(reply, by=carla)
    assert erase(reaction, by=carla).erased_at


def test_only_who_may_erases(bruno):
    with pytest.raises(NotAllowed):
        erase(make_reaction(), by=bruno)
