"""The queue renders once what is alike in its replies, and its look-ups are good for any reply."""

import copy
import datetime as dt
import re

import pytest
from django.db import connection
from django.template import Context, Template
from django.urls import reverse

from monographs.admin.replies.deciding import queue
from monographs.admin.replies.deciding.drawn import moment
from monographs.admin.replies.deciding.listed import all_that_is_shown
from monographs.comments.afterwards.erasure import erase
from monographs.comments.deciding.actions import answer, approve
from monographs.comments.deciding.claims import claim
from monographs.comments.deciding.escalation import escalate
from monographs.comments.labels import Label
from monographs.comments.models import Comment
from monographs.staff import roles
from tests.effort import calls
from tests.makers import make_published
from tests.makers_desk import make_cry, make_label, make_unlabelled
from tests.people import make_person

pytestmark = pytest.mark.django_db
QUEUE, TOKEN = "admin:reply-queue", re.compile(r'(name="csrfmiddlewaretoken" value=")\w+')


@pytest.fixture(scope="module")
def published_for_all(rows_of_the_file):
    return make_published()


@pytest.fixture
def published(published_for_all):
    return copy.deepcopy(published_for_all)


@pytest.fixture
def replies_of_all_kinds(published, carla):
    """Waiting: plain, held by one and another, passed on, a cry, a label called wrong. Shown: answered, erased."""
    make_person("lina", role=roles.LEAD_MODERATOR)
    colleague = make_person("carlos", role="Moderator")
    plain = [make_unlabelled(published, body=f"May I swim? {number}", name="<b>Dario</b>") for number in range(3)]
    for reply, holder in zip(plain, (carla, colleague), strict=False):
        claim(reply, by=holder)
    escalate(make_unlabelled(published, body="Pass this on."), by=carla, reason="Look at <this>.")
    make_cry(published)
    several = make_unlabelled(published, body="Milk <b>or</b> water? I feel sick.")
    for number in (1, 2):
        make_label(several, Label.QUESTION, rule=f"en.question.{number}<b>", words="Milk … <b>or</b>")
    make_label(several, Label.REACTION, words="sick", is_wrong=True)
    shown = make_unlabelled(published, body="Shown.", shown=True)
    answer(shown, by=carla, body="Yes.")
    make_unlabelled(published, body="Below.", parent=shown, shown=True)
    erase(make_unlabelled(published, body="Erased.", shown=True), by=make_person("root", is_superuser=True))


def of(client, state: str) -> str:
    return TOKEN.sub(r"\1", client.get(reverse(QUEUE), {"state": state}).text)


@pytest.mark.parametrize("who", ["carla", "lina", "amir", "root"])
@pytest.mark.parametrize("state", ["pending", "passed-on", "approved"])
def test_the_page_is_that_of_each_reply_by_itself(client, replies_of_all_kinds, monkeypatch, who, state):
    client.force_login(make_person(who))
    drawn = of(client, state)
    monkeypatch.setattr(queue, "draw_once", lambda _replies: None)
    assert drawn == of(client, state)
    assert drawn.count("<article") > 0


def test_replies_that_are_alike_are_drawn_once(client, published, carla, monkeypatch):
    for number in range(10):
        make_unlabelled(published, body=f"May I swim? {number}")
    client.force_login(carla)

    def ask():
        return of(client, "pending")

    ask()
    drawn = calls(ask)
    monkeypatch.setattr(queue, "draw_once", lambda _replies: None)
    assert drawn < 0.75 * calls(ask)


def test_heads_labels_and_decisions_that_are_alike_are_drawn_once(client, published, carla, monkeypatch):
    """Of replies that are shown these are most of the page."""
    for number in range(10):
        reply = make_unlabelled(published, body=f"May I swim? {number}")
        for rule in ("en.question.1", "en.question.2"):
            make_label(reply, Label.QUESTION, rule=rule, words="swim")
        approve(reply, by=carla)
    client.force_login(carla)

    def ask():
        return of(client, "approved")

    assert ask().count("1 decision<") == 10
    drawn = calls(ask)
    monkeypatch.setattr(queue, "draw_once", lambda _replies: None)
    assert drawn < 0.6 * calls(ask)


@pytest.mark.parametrize("zone", ["Europe/London", "Asia/Kathmandu"])
def test_moments_are_those_of_a_template(settings, zone):
    settings.TIME_ZONE = zone
    at = dt.datetime(2026, 7, 3, 22, 5, 0, 120, dt.UTC)
    by_template = Template('{{ at|date:"c" }}|{{ at|date:"j M Y, H:i" }}').render(Context({"at": at}))
    assert "|".join(moment(at)) == by_template


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans for no values")
def test_other_replies_from_an_address_are_found_by_it_where_hardly_any_has_one(published):
    """By one plan for all replies, too."""
    first = make_unlabelled(published)
    fields = {"leaflet": first.leaflet, "publication": first.publication, "body": "May I swim?"}
    Comment.objects.bulk_create([Comment(**fields) for _number in range(400)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE monographs_comment")
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")

    def read() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'monographs_comment'"
            )
            return cursor.fetchone()[0]

    for _time in range(6):  # the driver has a statement kept from the third time on
        before = read()
        assert all_that_is_shown([first.pk])[0].others_that_day == 0
    assert read() - before < 50
