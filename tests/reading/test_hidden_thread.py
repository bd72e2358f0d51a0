"""A reply that is taken back takes with it what was written under it, and nothing else."""

from django.test import Client

from monographs.comments import actions as comments
from tests.makers import make_comment, make_published

PAGE = "/leaflets/testamol/"


def shown(*texts: str) -> list[str]:
    page = Client().get(PAGE).content.decode()
    return [text for text in texts if text in page]


def test_answers_under_a_reply_that_is_taken_back_do_not_show(db, carla):
    publication = make_published()
    question = make_comment(publication, body="Can I double it?", shown=True)
    comments.answer(question, by=carla, body="No. Take one a day.")
    deeper = make_comment(publication, body="And at night?", parent=question, shown=True)
    comments.answer(deeper, by=carla, body="Not at night either.")
    make_comment(publication, body="A question of its own.", shown=True)
    thread = ("Can I double it?", "No. Take one a day.", "And at night?", "Not at night either.")
    assert shown(*thread, "A question of its own.") == [*thread, "A question of its own."]
    comments.undo(question, by=carla)
    assert shown(*thread, "A question of its own.") == ["A question of its own."]
    comments.approve(question, by=carla)
    assert shown(*thread) == list(thread)


def test_taking_back_an_answer_in_the_middle_hides_what_stands_under_it_only(db, carla):
    publication = make_published()
    question = make_comment(publication, body="Can I double it?", shown=True)
    middle = make_comment(publication, body="I always do.", parent=question, shown=True)
    make_comment(publication, body="Me too.", parent=middle, shown=True)
    comments.undo(middle, by=carla)
    assert shown("Can I double it?", "I always do.", "Me too.") == ["Can I double it?"]


def test_answer_under_a_hidden_reply_is_not_offered_for_a_reply(db, carla):
    publication = make_published()
    question = make_comment(publication, body="Can I double it?", shown=True)
    answer = comments.answer(question, by=carla, body="No. Take one a day.")
    comments.undo(question, by=carla)
    page = Client().get(PAGE, {"answer": str(answer.pk)}).content.decode()
    assert f"answer={answer.pk}" not in page
    assert "No. Take one a day." not in page
    refused = Client().post(f"{PAGE}reply/", {"parent": str(answer.pk), "body": ""})
    assert refused.status_code in (400, 403)
    assert "No. Take one a day." not in refused.content.decode()
