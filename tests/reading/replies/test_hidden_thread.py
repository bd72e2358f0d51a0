"""What hangs under a reply that is taken away is told and not lost, and goes only if somebody says so."""

import pytest
from django.test import Client

from monographs.audit.verify import Altered
from monographs.comments.deciding import actions as comments
from monographs.comments.standing.places import EmptyPlace
from monographs.comments.standing.threads import bring_answers_back, hanging_under, take_answers_away
from monographs.operations.verify import check_history
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from tests.makers import make_comment, make_published

PAGE = "/leaflets/testamol/"


def shown(*texts: str) -> list[str]:
    page = Client().get(PAGE).content.decode()
    return [text for text in texts if text in page]


GONE = "This reply was taken away. What was answered stays."


def test_answers_under_a_reply_that_is_taken_away_stay_under_its_empty_place(db, carla):
    publication = make_published()
    question = make_comment(publication, body="Can I double it?", shown=True)
    comments.answer(question, by=carla, body="No. Take one a day.")
    deeper = make_comment(publication, body="And at night?", parent=question, shown=True)
    comments.answer(deeper, by=carla, body="Not at night either.")
    make_comment(publication, body="A question of its own.", shown=True)
    thread = ("Can I double it?", "No. Take one a day.", "And at night?", "Not at night either.")
    assert shown(*thread, "A question of its own.") == [*thread, "A question of its own."]
    comments.undo(question, by=carla)
    assert shown(*thread, GONE, "A question of its own.") == [*thread[1:], GONE, "A question of its own."]
    comments.approve(question, by=carla)
    assert shown(*thread, GONE) == list(thread)


def test_an_empty_place_tells_no_name_and_is_not_offered_for_a_reply_but_keeps_its_address(db, carla):
    publication = make_published()
    question = make_comment(publication, body="Can I double it?", name="Beatrix", shown=True)
    comments.answer(question, by=carla, body="No. Take one a day.")
    comments.reject(question, by=carla, reason="It tells who somebody is.")
    page = Client().get(PAGE).content.decode()
    assert "Beatrix" not in page
    assert f"?answer={question.pk}" not in page
    assert "Can I double it?" not in Client().get(PAGE, {"answer": str(question.pk)}).content.decode()
    assert Client().get(f"{PAGE}replies/{question.pk}/").status_code == 302
    with pytest.raises(Unacceptable, match="not here any more"):
        make_comment(publication, body="Me too.", parent=question)
    list(check_history())


def test_an_answer_to_one_that_was_taken_away_names_nobody(db, carla):
    publication = make_published()
    question = make_comment(publication, body="Question", shown=True)
    for name in ("Beatrix", "Cornelius"):
        question = make_comment(publication, body=f"By {name}", name=name, parent=question, shown=True)
    make_comment(publication, body="Last", parent=question, shown=True)
    assert "Cornelius" in Client().get(PAGE).content.decode()
    comments.mark_spam(question, by=carla)
    page = Client().get(PAGE).content.decode()
    assert "Last" in page
    assert "Cornelius" not in page


def test_the_clinics_answer_that_is_taken_back_names_no_member_of_staff(db, carla):
    question = make_comment(make_published(), body="Can I double it?", shown=True)
    answer = comments.answer(question, by=carla, body="No. Take one a day.")
    make_comment(question.publication, body="Thank you", parent=answer, shown=True)
    comments.undo(answer, by=carla)
    page = Client().get(PAGE).content.decode()
    assert "Thank you" in page
    assert GONE in page
    assert "Carla" not in page


def test_what_hangs_under_a_reply_is_counted_before_and_goes_as_well_if_a_moderator_says_so(db, carla):
    publication = make_published()
    question = make_comment(publication, body="Can I double it?", shown=True)
    comments.answer(question, by=carla, body="No. Take one a day.")
    make_comment(publication, body="And at night?", parent=question, shown=True)
    other = make_comment(publication, body="A question of its own.", shown=True)
    waiting = make_comment(publication, body="It waits.")
    assert [hanging_under(reply) for reply in (question, other, waiting)] == [2, 0, 0]
    with pytest.raises(Conflict, match="is shown"):
        take_answers_away(question, by=carla)
    comments.undo(question, by=carla)
    take_answers_away(question, by=carla, reason="They quote it.")
    with pytest.raises(Conflict, match="already"):
        take_answers_away(question, by=carla)
    thread = ("No. Take one a day.", "And at night?", GONE)
    assert shown(*thread, "A question of its own.") == ["A question of its own."]
    list(check_history())
    bring_answers_back(question, by=carla)
    assert shown(*thread) == list(thread)
    take_answers_away(question, by=carla)
    comments.approve(question, by=carla)
    assert shown("Can I double it?", *thread) == ["Can I double it?", *thread[:2]]
    list(check_history())


def test_only_who_may_decides_on_what_hangs_under_a_reply(db, carla, ana):
    question = make_comment(make_published(), body="Can I double it?", shown=True)
    comments.answer(question, by=carla, body="No. Take one a day.")
    comments.undo(question, by=carla)
    with pytest.raises(NotAllowed):
        take_answers_away(question, by=ana)


def test_verify_history_finds_a_place_that_nobody_kept(db, carla, behind_the_back):
    question = make_comment(make_published(), body="Can I double it?", shown=True)
    comments.answer(question, by=carla, body="No. Take one a day.")
    comments.undo(question, by=carla)
    take_answers_away(question, by=carla)
    with behind_the_back():
        EmptyPlace.objects.create(comment=question)
    with pytest.raises(Altered, match="whether its empty place is kept"):
        list(check_history())


def test_taking_back_an_answer_in_the_middle_leaves_the_others_where_they_are(db, carla):
    publication = make_published()
    question = make_comment(publication, body="Can I double it?", shown=True)
    middle = make_comment(publication, body="I always do.", parent=question, shown=True)
    make_comment(publication, body="Me too.", parent=middle, shown=True)
    comments.undo(middle, by=carla)
    assert shown("Can I double it?", "I always do.", "Me too.") == ["Can I double it?", "Me too."]


def test_answer_under_a_hidden_reply_is_not_offered_for_a_reply(db, carla):
    publication = make_published()
    question = make_comment(publication, body="Can I double it?", shown=True)
    answer = comments.answer(question, by=carla, body="No. Take one a day.")
    comments.undo(question, by=carla)
    take_answers_away(question, by=carla)
    page = Client().get(PAGE, {"answer": str(answer.pk)}).content.decode()
    assert f"answer={answer.pk}" not in page
    assert "No. Take one a day." not in page
    refused = Client().post(f"{PAGE}reply/", {"parent": str(answer.pk), "body": ""})
    assert refused.status_code in (400, 403)
    assert "No. Take one a day." not in refused.content.decode()
