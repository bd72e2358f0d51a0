"""What is the same on the page of another hour is not worked out anew, and the page is what it would have been."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from monographs.reading import leaflet as view
from monographs.remembered import forget_all
from tests.makers import make_comment, make_published
from tests.makers_alerts import make_approved_alert

pytestmark = pytest.mark.django_db
PAGE = "/leaflets/testamol/"
NOON = dt.datetime(2026, 11, 2, 12, 10, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def at(monkeypatch):
    """Lets it be another moment."""

    def at(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    at(NOON)
    return at


@pytest.fixture
def shown(at):
    forget_all()
    return make_comment(make_published(), body="May I take it with milk?", name="Tomasina", shown=True)


@pytest.fixture
def worked_out(monkeypatch):
    """The addresses of the pages whose words were worked out from here on."""
    origins, work_out = [], view.article
    monkeypatch.setattr(
        view, "article", lambda page, request, site: origins.append(request.get_host()) or work_out(page, request, site)
    )
    return origins


def made_anew() -> bytes:
    forget_all()
    return Client().get(PAGE).content


def test_next_hour_is_told_in_the_words_of_this_one_under_a_token_of_its_own(shown, worked_out, at):
    first = Client().get(PAGE).content
    at(NOON + HOUR)
    second = Client().get(PAGE).content
    assert len(worked_out) == 1
    assert first != second == made_anew()


@pytest.mark.parametrize(
    "change",
    [
        lambda shown: make_comment(shown.publication, body="And with tea?", shown=True),
        lambda shown: make_approved_alert(),
    ],
    ids=["a reply", "an alert"],
)
def test_another_thing_on_the_page_is_shown_at_once(shown, worked_out, change):
    before = Client().get(PAGE).content
    change(shown)
    after = Client().get(PAGE).content
    assert len(worked_out) == 2
    assert before != after == made_anew()


def test_another_day_and_another_host_have_their_own(shown, worked_out, at, settings):
    settings.ALLOWED_HOSTS = ["*"]
    Client().get(PAGE)
    at(NOON + DAY)
    Client().get(PAGE)
    assert "https://other.example/leaflets/testamol/" in Client().get(PAGE, HTTP_HOST="other.example", secure=True).text
    assert worked_out == ["testserver", "testserver", "other.example"]


def test_page_asked_for_to_answer_a_reply_shows_what_is_answered(shown):
    Client().get(PAGE)
    answering = Client().get(PAGE, {"answer": shown.pk}).content
    forget_all()
    assert answering == Client().get(PAGE, {"answer": shown.pk}).content != made_anew()
