"""What of the queue one wants to see: by label, leaflet, language, age, reason and reporter."""

import copy
import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from monographs.admin.replies.deciding import filters
from monographs.audit.context import current_address
from monographs.comments.deciding import actions
from monographs.comments.deciding.judging import judge
from monographs.comments.deciding.reasons import RejectionReason
from monographs.comments.deciding.seen import as_seen
from monographs.comments.labels import Label
from monographs.comments.models import Comment
from monographs.comments.objections import reports
from tests.makers import make_leaflet, make_published
from tests.makers_desk import make_label, make_unlabelled
from tests.people import make_person


@pytest.fixture(scope="module")
def replies_for_all(rows_of_the_file):
    english, spanish = make_published(), make_published(make_leaflet("Otramol", language="es"))
    return [
        make_unlabelled(english, body="May I swim?"),
        make_unlabelled(english, body="Buy gold."),
        make_unlabelled(spanish, body="¿Puedo nadar?"),
    ]


@pytest.fixture
def replies(replies_for_all):
    return copy.deepcopy(replies_for_all)


@pytest.fixture
def found(client, carla):
    client.force_login(carla)

    def ask(**asked):
        response = client.get(reverse("admin:reply-queue"), asked)
        assert response.status_code == 200
        return {reply.pk for reply in response.context["replies"]}

    return ask


def test_by_label_that_nobody_called_wrong(found, replies, carla):
    swim, gold, _nadar = replies
    make_label(gold, Label.SPAM)
    wrong = make_label(swim, Label.SPAM)
    judge(wrong, by=carla, is_wrong=True)
    assert found(label="spam") == {gold.pk}
    assert found(label="crisis") == set()


def test_by_leaflet_by_the_first_letters_of_any_of_its_names(found, replies):
    swim, gold, nadar = replies
    assert found(leaflet="testa") == {swim.pk, gold.pk}
    assert found(leaflet="OTRA") == {nadar.pk}
    assert found(leaflet="nothing") == set()


def test_by_language(found, replies):
    assert found(language="es") == {replies[2].pk}


def test_by_age_of_the_wait_and_of_decided_ones_since_they_came(found, replies, carla, behind_the_back):
    swim, gold, nadar = replies
    ago = timezone.now() - dt.timedelta(days=8)
    Comment.objects.filter(pk=swim.pk).update(waits_since=ago)
    assert found(age="over-week") == {swim.pk}
    assert found(age="up-to-hour") == {gold.pk, nadar.pk}
    for reply in (swim, nadar):
        actions.approve(reply, by=carla)
    with behind_the_back():
        Comment.objects.filter(pk=nadar.pk).update(at=ago)
    assert found(state="approved", age="over-week") == {nadar.pk}


def test_rejected_ones_by_the_reason_that_was_chosen(found, replies, carla):
    first, second = RejectionReason.objects.all()[:2]
    actions.reject(replies[0], by=carla, reason="Changed words.", chosen=first)
    actions.reject(replies[1], by=carla, reason=second.text, chosen=second)
    assert found(state="rejected", reason=first.pk) == {replies[0].pk}
    assert found(state="rejected", reason=second.pk) == {replies[1].pk}


@pytest.fixture
def reported(replies, carla):
    """The first by three readers, one of whom reported the second as well."""
    made = []
    for reply in replies[:2]:
        actions.approve(reply, by=carla)
    for number, why in enumerate(("false", "false", "illegal")):
        address = current_address.set(f"192.0.2.{number}")
        made.append(reports.report(replies[0], why=why))
        if number == 2:
            made.append(reports.report(replies[1], why="personal"))
        current_address.reset(address)
    return made


def test_by_the_reason_for_which_it_was_reported(found, replies, reported):
    assert found(state="pending", reason="illegal") == {replies[0].pk}
    assert found(state="approved", reason="personal") == {replies[1].pk}
    assert found(state="approved", reason="other") == set()


def test_by_reporter_as_far_as_the_hidden_address_tells(found, replies, reported):
    both = {replies[0].pk, replies[1].pk}
    assert found(state="approved", reporter="any") == both
    assert found(state="approved", reporter=reported[0].pk) == {replies[0].pk}
    assert found(state="approved", reporter=reported[2].pk) == both
    assert found(state="pending", reporter="any") == {replies[0].pk}
    assert found(state="approved", reporter=999_999) == set()


def test_filters_are_put_together_and_go_along_to_the_next_page_and_back_from_a_decision(client, found, replies, carla):
    make_label(replies[0], Label.QUESTION)
    make_label(replies[2], Label.QUESTION)
    assert found(label="question", leaflet="testa") == {replies[0].pk}
    page = client.get(reverse("admin:reply-queue"), {"label": "question", "leaflet": "testa"}).content.decode()
    assert 'name="filters" value="label=question&amp;leaflet=testa"' in page
    sent = {
        "verb": "approve",
        "seen": as_seen(replies[0]),
        "filters": "label=question&leaflet=testa&next=//elsewhere.example",
    }
    back = client.post(reverse("admin:reply", args=[replies[0].pk]), sent)["Location"]
    assert "label=question" in back
    assert "leaflet=testa" in back
    assert "elsewhere" not in back


@pytest.mark.parametrize(
    "asked",
    [
        {"label": "nothing"},
        {"language": "xx"},
        {"age": "yesterday"},
        {"reason": "99999999999999999999"},
        {"reporter": "somebody"},
        {"reporter": "9" * 18},
        {"leaflet": "x" * 300},
        {"leaflet": "%_\\"},
    ],
)
def test_what_nobody_can_ask_for_is_said_and_is_no_error(client, replies, carla, asked):
    client.force_login(carla)
    for state in ("pending", "rejected"):
        assert client.get(reverse("admin:reply-queue"), {**asked, "state": state}).status_code == 200


def test_of_decided_ones_so_many_are_looked_through_and_no_more(found, replies, carla, monkeypatch):
    monkeypatch.setattr(filters, "LOOKED_THROUGH", 1)
    for reply in replies:
        make_label(reply, Label.QUESTION)
        actions.approve(reply, by=carla)
    assert found(state="approved", label="question") == {replies[2].pk}
    assert found(state="approved") == {reply.pk for reply in replies}


def test_the_queue_of_what_waits_stays_within_eleven_queries_with_every_filter(
    client, replies, reported, carla, django_assert_max_num_queries
):
    client.force_login(carla)
    make_label(replies[0], Label.QUESTION)
    asked = {
        "label": "question", "leaflet": "testa", "language": "en", "age": "up-to-hour", "reason": "false",
        "reporter": reported[0].pk,
    }  # fmt: skip
    # The leaflets are found first, for themselves; of decided replies, which never end, replies and page, too.
    for state, queries in (("pending", 11), ("approved", 12)):
        with django_assert_max_num_queries(queries):
            response = client.get(reverse("admin:reply-queue"), {**asked, "state": state})
        assert [reply.pk for reply in response.context["replies"]] == [replies[0].pk]


def test_what_was_passed_on_has_a_tab_of_its_own(client, found, replies, carla):
    lead = make_person("lena", role="Lead moderator")
    from_carla = {"verb": "escalate", "reason": "A lawyer writes.", "seen": as_seen(replies[1])}
    client.post(reverse("admin:reply", args=[replies[1].pk]), from_carla)
    assert found() == {replies[0].pk, replies[2].pk}
    assert found(state="passed-on") == {replies[1].pk}
    client.force_login(lead)
    listed = client.get(reverse("admin:reply-queue")).context["replies"]
    assert [reply.pk for reply in listed] == [replies[1].pk, replies[0].pk, replies[2].pk]
