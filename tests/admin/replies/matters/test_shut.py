"""A cry for help is met by nobody who has not opened it, whatever page they come by and whatever others decided."""

import pytest
from django.urls import reverse

from monographs.comments.answering.unanswered import set_aside
from monographs.comments.crisis.playbook import open_reply
from monographs.comments.deciding import actions
from monographs.comments.objections import appeals, reports
from tests.makers_desk import CRY, make_cry, make_unlabelled
from tests.people import make_person

pytestmark = pytest.mark.django_db
SOME, NAME = CRY[:20], "Dario Q"


@pytest.fixture
def lena(client):
    """Who has opened nothing."""
    lena = make_person("lena", role="Moderator")
    client.force_login(lena)
    return lena


@pytest.fixture
def shown_cry(carla):
    """Carla has opened it, and shows it."""
    cry = make_cry(name=NAME)
    open_reply(cry, by=carla)
    actions.approve(cry, by=carla)
    cry.refresh_from_db()
    return cry


def has_words(page: str) -> bool:
    return SOME in page or NAME in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_about_it_leads_to_where_it_can_be_opened(client, lena, carla, method):
    cry = make_cry(name=NAME)
    open_reply(cry, by=carla)
    actions.reject(cry, by=carla, reason="Answered by telephone.")
    appeals.ask(cry, words="Please.")
    where = reverse("admin:reply-crisis", args=[cry.pk])
    names = (
        "reply-redact", "reply-reports", "reply-appeal", "reply-original", "reply-case", "reply-answer",
        "reply-change-request", "monographs_comment_change", "monographs_comment_history",
    )  # fmt: skip
    pages = [reverse(f"admin:{name}", args=[cry.pk]) for name in names]
    send = getattr(client, method)
    assert [page for page in pages if send(page).get("Location") != where] == []
    assert not has_words(client.get(where).content.decode())
    open_reply(cry, by=lena)
    assert [page for page in pages if send(page).get("Location") == where] == []


def test_after_a_colleague_opened_and_showed_it_nobody_else_meets_it_unopened(client, lena, shown_cry):
    below = make_unlabelled(shown_cry.publication, body="I am here for you.", parent=shown_cry, shown=True)
    reports.report(shown_cry, why="personal")
    pages = [
        reverse("admin:reply-unanswered"),
        reverse("admin:reply", args=[below.pk]),
        reverse("admin:reply-answer", args=[below.pk]),
        reverse("admin:reply-change-request", args=[below.pk]),
        reverse("admin:reply-queue") + "?state=approved",
        reverse("admin:monographs_comment_changelist"),
        reverse("admin:monographs_comment_change", args=[below.pk]),
        reverse("admin:index"),
    ]
    assert [page for page in pages if has_words(client.get(page).content.decode())] == []
    set_aside(shown_cry, by=lena)
    done = client.get(f"{pages[0]}?done={shown_cry.pk}").content.decode()
    assert "has left this list" in done
    assert not has_words(done)


def test_who_has_opened_it_reads_it_among_those_without_an_answer(client, lena, shown_cry):
    open_reply(shown_cry, by=lena)
    page = client.get(reverse("admin:reply-unanswered")).content.decode()
    assert SOME in page
    assert NAME in page
