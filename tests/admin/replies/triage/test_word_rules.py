"""The moderators' page of word rules: tried out before it is saved, without a script, and nothing typed is lost."""

import pytest
from django.urls import reverse

from monographs.admin.replies.triage.word_rules import seen_of
from monographs.comments.triage.word_rules import WordRule
from tests.makers import make_comment

pytestmark = pytest.mark.django_db

ADD, LIST = reverse("admin:word-rule-add"), reverse("admin:word-rules")
TYPED = {
    "words": "miracle bracelet",
    "action": "label",
    "label": "spam",
    "language": "",
    "expires_on": "",
    "why": "Sold under every leaflet.",
}
CRY = "I bought the Miracle Bracelet and I want to die"


@pytest.fixture
def moderator(client, carla):
    client.force_login(carla)
    return client


def test_rule_is_saved_only_after_its_words_were_tried_out(moderator):
    make_comment(body=CRY)
    page = moderator.post(ADD, {**TYPED, "save": "1", "seen": ""})
    words = page.content.decode()
    assert page.status_code == 200
    assert not WordRule.objects.exists()
    assert "It would have met 1 of the last 1 replies" in words
    assert "Miracle Bracelet" in words
    assert "want to die" not in words  # nobody has opened it yet
    assert 'value="miracle bracelet"' in words
    saved = moderator.post(ADD, {**TYPED, "save": "1", "seen": page.context["seen"]}, follow=True)
    assert "The rule for “miracle bracelet” holds from now on." in saved.content.decode()
    assert WordRule.objects.get().by.username == "carla"


def test_other_words_than_were_tried_out_are_tried_out_first(moderator):
    page = moderator.post(ADD, {**TYPED, "words": "magic ring", "save": "1", "seen": seen_of("miracle bracelet", "")})
    assert page.status_code == 200
    assert page.context["tried"].count == 0
    assert not WordRule.objects.exists()


def test_preview_warns_of_replies_that_were_shown(moderator):
    make_comment(body="Does the miracle bracelet help?", shown=True)
    page = moderator.post(ADD, {**TYPED, "preview": "1"}).content.decode()
    assert "Some of them were shown to readers" in page
    assert "Shown: 1" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"why": ""}, "colleagues will want to know"),
        ({"expires_on": "1/6/2028"}, "can be read as"),
        ({"words": "…"}, "Type the words that the rule is about."),
        ({"label": ""}, "Choose the label"),
        ({"action": "burn"}, "burn is not one of the available choices"),
        ({"expires_on": "2020-01-01"}, "Its last day has passed already."),
    ],
)
def test_mistake_is_told_and_nothing_typed_is_lost(moderator, wrong, sentence):
    page = moderator.post(ADD, {**TYPED, **wrong, "preview": "1"})
    assert page.status_code == 400
    assert sentence in page.content.decode()
    assert wrong.get("why", TYPED["why"]) in page.content.decode()
    assert not WordRule.objects.exists()


def test_second_click_on_save_makes_no_second_rule(moderator):
    sent = {**TYPED, "save": "1", "seen": seen_of(TYPED["words"], "")}
    assert moderator.post(ADD, sent).status_code == 302
    again = moderator.post(ADD, sent)
    assert again.status_code == 409
    assert "There is a rule for “miracle bracelet” already" in again.content.decode()
    assert WordRule.objects.count() == 1


def test_rule_is_ended_from_the_list_and_a_second_click_says_so(moderator, django_assert_max_num_queries):
    moderator.post(ADD, {**TYPED, "save": "1", "seen": seen_of(TYPED["words"], "")})
    rule = WordRule.objects.get()
    address = reverse("admin:word-rule-end", args=[rule.pk])
    with django_assert_max_num_queries(10):
        assert "End the rule for “miracle bracelet”" in moderator.get(LIST).content.decode()
    page = moderator.post(address, {"why": "They stopped."}, follow=True).content.decode()
    assert "The rule for “miracle bracelet” holds no more." in page
    assert "Ended by <bdi>Carla Moderator</bdi>" in page
    assert "ended already" in moderator.post(address, {}, follow=True).content.decode()
    assert moderator.get(address).status_code == 405


def test_expired_rule_stands_among_those_that_hold_no_more(moderator, carla):
    WordRule.objects.create(words="old ring", action="label", label="spam", why="x", by=carla, expires_on="2020-01-01")
    page = moderator.get(LIST)
    assert list(page.context["rules"]) == []
    assert "Its last day was 1 January 2020." in page.content.decode()


def test_auditor_reads_the_list_and_changes_nothing(client, moderator, amir):
    moderator.post(ADD, {**TYPED, "save": "1", "seen": seen_of(TYPED["words"], "")})
    client.force_login(amir)
    page = client.get(LIST).content.decode()
    assert "miracle bracelet" in page
    assert "End the rule" not in page
    assert client.get(ADD).status_code == 403
    assert client.post(reverse("admin:word-rule-end", args=[WordRule.objects.get().pk])).status_code == 403


def test_who_has_nothing_to_do_with_replies_sees_none_of_it(client, ana):
    client.force_login(ana)
    assert [client.get(address).status_code for address in (LIST, ADD)] == [403, 403]


def test_words_of_a_rule_are_escaped(moderator):
    moderator.post(ADD, {**TYPED, "words": "<b>magic</b> ring", "save": "1", "seen": seen_of("<b>magic</b> ring", "")})
    assert "<b>magic" not in moderator.get(LIST).content.decode()
