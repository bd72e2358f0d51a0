"""What staff and outside experts write beside a leaflet turns and hides nothing either."""

import pytest

from monographs.publication.actions import publish, withdraw
from monographs.refusals import Unacceptable
from monographs.review.actions import send_back
from monographs.review.fact_check import answer, ask
from monographs.review.remarks import add_remark
from monographs.revisions.actions import newest_revision
from tests.makers import make_approved, make_leaflet, make_published, make_review

pytestmark = pytest.mark.django_db

NOTHING = "\u200b\u2800\u3164"


def test_remark_and_answer_are_cleaned_and_nothing_to_see_is_none(ana):
    revision = newest_revision(make_leaflet())
    assert add_remark(revision, by=ana, body="Is it 5\u202emg?\u202c").body == "Is it 5mg?"
    with pytest.raises(Unacceptable, match="Please write the remark"):
        add_remark(revision, by=ana, body=NOTHING)


def test_fact_check_and_its_answer_are_cleaned_and_nothing_to_see_is_none(ana):
    check = ask(newest_revision(make_leaflet()), by=ana, expert="Dr \u202eWho\u200b", question="5\u202e mg?")
    assert (check.expert, check.question) == ("Dr Who", "5 mg?")
    with pytest.raises(Unacceptable, match="say what should be changed"):
        answer(check, verdict="remarks", answer=NOTHING)
    assert answer(check, verdict="remarks", answer="No\u202e: 5 mg\u2069").answer == "No: 5 mg"
    with pytest.raises(Unacceptable, match="Name the expert"):
        ask(check.revision, by=ana, expert=NOTHING)


def test_reason_of_signs_that_nobody_sees_is_no_reason(bruno):
    with pytest.raises(Unacceptable, match="Say why you send it back"):
        send_back(make_review(), by=bruno, reason=NOTHING)


def test_notice_for_patients_is_settled_and_refused_where_a_sign_turns_it(priya):
    leaflet = make_published().leaflet
    with pytest.raises(Unacceptable, match="U\\+202E RIGHT-TO-LEFT OVERRIDE"):
        withdraw(leaflet, by=priya, notice="Take 5\u202emg", why="Wrong.")
    with pytest.raises(Unacceptable, match="needs a notice"):
        withdraw(leaflet, by=priya, notice=NOTHING[1:2] + " ", why=NOTHING)
    withdrawn = withdraw(leaflet, by=priya, notice="Until then:\n•\tTake ５ mg\n•\tAsk us", why="Wrong.")
    assert withdrawn.notice == "Until then:\n- Take 5 mg\n- Ask us"


def test_change_note_is_settled_and_refused_where_a_letter_imitates(priya):
    review = make_approved()
    with pytest.raises(Unacceptable, match="CYRILLIC SMALL LETTER A"):
        publish(review, by=priya, change_note="T\u0430ke less.")
    assert publish(review, by=priya, change_note="The ﬁrst\u00a0version.").change_note == "The first\u00a0version."
