"""Moderators' own words: tried out on the last thousand replies, on record, whole, and nothing after their end."""

import copy
import datetime as dt

import pytest

from monographs.audit.models import Entry
from monographs.comments.labels import Found, Label
from monographs.comments.models import Comment, CommentDecision, State
from monographs.comments.triage.word_rules import (
    LOOKED_THROUGH,
    MOST_LISTED,
    MOST_RULES,
    Action,
    WordRule,
    add_rule,
    check_not_refused,
    end_rule,
    judge,
    preview,
)
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from tests.makers import make_medicine, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 29)


@pytest.fixture(scope="module")
def publication_of_all(rows_of_the_file):
    return make_published()


@pytest.fixture
def publication(publication_of_all):
    return copy.deepcopy(publication_of_all)


def make_rule(words="miracle bracelet", **fields) -> WordRule:
    usual = {"action": Action.LABEL, "label": Label.SPAM, "why": "Sold under every leaflet.", "today": TODAY}
    return add_rule(words, by=make_person("carla"), **{**usual, **fields})


def send(publication, *bodies, state=State.PENDING) -> list[Comment]:
    replies = Comment.objects.bulk_create(
        Comment(leaflet=publication.leaflet, publication=publication, body=body) for body in bodies
    )
    if state != State.PENDING:
        carla = make_person("carla")
        CommentDecision.objects.bulk_create(
            CommentDecision(comment=reply, was=State.PENDING, became=state, by=carla) for reply in replies
        )
        Comment.objects.filter(pk__in=[reply.pk for reply in replies]).update(state=state, waits_since=None)
    return replies


# --- What they match ---


@pytest.mark.parametrize(
    "text",
    ["Buy the miracle bracelet", "MIRACLE BRACELET!", "a mîracle\nbracelet.", "miracle-bracelet", "“Miracle” bracelet"],
)
def test_words_are_matched_whole_however_they_are_written(text):
    rule = make_rule()
    (found,) = judge(text, "en", on=TODAY).found
    assert (found.label, found.rule) == (Label.SPAM, f"word-rule.{rule.pk}")
    assert found.words in text


@pytest.mark.parametrize(
    "text", ["miracle", "bracelet miracle", "miracles bracelet", "miracle bracelets", "a miracle. A bracelet"]
)
def test_parts_of_words_and_other_orders_are_not_matched(text):
    make_rule()
    assert judge(text, "en", on=TODAY).found == ()


@pytest.mark.parametrize(
    ("words", "text", "typed"),
    [
        ("زائف", "هذا زائِف جدا", "زائِف"),
        ("代购", "加我代购药", "代购"),
        ("cudowny lek", "To CUDOWNY LEK.", "CUDOWNY LEK"),
    ],
)
def test_words_are_matched_in_every_script(words, text, typed):
    make_rule(words)
    assert [found.words for found in judge(text, "en", on=TODAY).found] == [typed]


def test_name_above_a_reply_is_looked_at_too():
    make_rule()
    assert judge("Thank you.", "en", name="Miracle Bracelet", on=TODAY).found[0].words == "Miracle Bracelet"


def test_signs_of_patterns_mean_nothing():
    make_rule("miracle.* bracelet#")
    assert judge("miracle pink bracelet 5", "en", on=TODAY).found == ()
    assert judge("miracle bracelet", "en", on=TODAY).found


def test_rule_for_one_language_leaves_the_others_alone():
    make_rule(language="pl")
    assert judge("miracle bracelet", "en", on=TODAY).found == ()
    assert judge("miracle bracelet", "pl", on=TODAY).found


# --- What becomes of a reply ---


def test_held_reply_is_put_forward_and_labelled():
    rule = make_rule(action=Action.HOLD, label=Label.ABUSE)
    judged = judge("a miracle bracelet", "en", on=TODAY)
    assert judged.is_held
    assert judged.found == (Found(Label.ABUSE, f"word-rule.{rule.pk}", "miracle bracelet"),)
    check_not_refused(judged)


def test_refused_reply_is_told_for_which_words():
    make_rule(action=Action.REFUSE, label="")
    judged = judge("a Miracle Bracelet", "en", on=TODAY)
    assert (judged.found, judged.is_held) == ((), False)
    with pytest.raises(Unacceptable, match="We can’t take replies with “Miracle Bracelet” here"):
        check_not_refused(judged)


# --- Until when ---


def test_expired_rule_matches_nothing_without_any_clock():
    make_rule(expires_on=TODAY)
    assert judge("miracle bracelet", "en", on=TODAY).found
    assert judge("miracle bracelet", "en", on=TODAY + dt.timedelta(days=1)).found == ()
    assert judge("miracle bracelet", "en", on=TODAY).found


def test_ended_rule_matches_nothing_from_then_on():
    rule = make_rule()
    assert judge("miracle bracelet", "en", on=TODAY).found
    end_rule(rule, by=make_person("carla"), why="They stopped.")
    assert judge("miracle bracelet", "en", on=TODAY).found == ()
    with pytest.raises(Conflict, match="ended already"):
        end_rule(rule, by=make_person("carla"))


def test_look_up_is_made_once_and_again_only_when_a_rule_was_added(django_assert_num_queries):
    make_rule()
    judge("x", "en", on=TODAY)
    with django_assert_num_queries(1):
        assert judge("miracle bracelet", "en", on=TODAY).found
    make_rule("magic ring")
    with django_assert_num_queries(2):
        assert judge("magic ring", "en", on=TODAY).found


def test_a_thousand_rules_cost_no_more_queries(django_assert_num_queries):
    carla = make_person("carla")
    WordRule.objects.bulk_create(
        WordRule(words=f"word{number} and", action=Action.LABEL, label=Label.SPAM, why="x", by=carla)
        for number in range(MOST_RULES - 1)
    )
    make_rule()
    judge("x", "en", on=TODAY)
    with django_assert_num_queries(1):
        assert len(judge("word7 and the miracle bracelet " * 1_000, "en", on=TODAY).found) == 2
    with pytest.raises(Conflict, match="End some first"):
        make_rule("one more")


# --- Who, why, on record ---


def test_rule_is_on_record_with_who_and_without_its_words():
    rule = make_rule("Zora Quill")
    end_rule(rule, by=make_person("carla"), why="They moved away.")
    added, ended = Entry.objects.filter(verb__startswith="wordrule.").order_by("position")
    assert (added.verb, added.by_name) == ("wordrule.added", "Carla Moderator")
    assert (ended.verb, ended.why) == ("wordrule.ended", "They moved away.")
    assert "Quill" not in "".join(f"{one.about_label}{one.data}" for one in (added, ended))


@pytest.mark.parametrize("username", ["ana", "bruno", "priya", "ada", "amir", "mallory"])
def test_only_who_moderates_changes_rules(username):
    person = make_person(username)
    with pytest.raises(NotAllowed):
        add_rule("magic ring", by=person, action=Action.LABEL, label=Label.SPAM, why="x")
    rule = make_rule()
    with pytest.raises(NotAllowed):
        end_rule(rule, by=person)
    assert not WordRule.objects.exclude(ended_at=None).exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"words": " … "}, "Type the words"),
        ({"words": "\u200b"}, "Type the words"),
        ({"words": "a b c d e f g h i"}, "at most 8 words"),
        ({"words": "a"}, "One letter"),
        ({"action": "burn"}, "Choose what becomes"),
        ({"label": ""}, "Choose the label"),
        ({"label": "nonsense"}, "Choose what becomes"),
        ({"language": "tlh"}, "Choose a language"),
        ({"why": "  "}, "Say why"),
        ({"expires_on": TODAY - dt.timedelta(days=1)}, "has passed"),
    ],
)
def test_rule_that_makes_no_sense_is_refused_with_a_sentence(fields, sentence):
    with pytest.raises(Unacceptable, match=sentence):
        make_rule(**{"words": "miracle bracelet", **fields})
    assert not WordRule.objects.exists()


def test_same_words_are_no_second_rule_until_the_first_is_over():
    rule = make_rule()
    with pytest.raises(Conflict, match="already"):
        make_rule("MIRACLE  Bracelet")
    make_rule(language="pl")
    end_rule(rule, by=make_person("carla"))
    make_rule()


def test_medicines_name_is_never_refused():
    make_medicine("Testamol")
    with pytest.raises(Unacceptable, match="people must be able to ask about it"):
        make_rule("TESTAMOL", action=Action.REFUSE)
    make_rule("Testamol", action=Action.LABEL)


# --- Preview ---


def test_preview_tells_what_it_would_have_met_in_the_last_thousand_replies(publication, django_assert_num_queries):
    send(publication, *["A miracle bracelet, long ago"] * 3)
    send(publication, *["Is it safe?"] * (LOOKED_THROUGH - 6))
    send(publication, "MIRACLE bracelet!", "the miracle bracelet", state=State.SPAM)
    (shown,) = send(publication, "Does the miracle bracelet help?", state=State.APPROVED)
    send(publication, "Miracles", "bracelet", "no")
    with django_assert_num_queries(1):
        tried = preview("miracle bracelet")
    assert (tried.looked, tried.count) == (LOOKED_THROUGH, 3)
    assert tried.by_state == {State.SPAM: 2, State.APPROVED: 1}
    assert tried.newest[0].comment == shown
    assert [seen.words for seen in tried.newest] == ["miracle bracelet", "miracle bracelet", "MIRACLE bracelet"]
    assert preview("miracle bracelet", language="pl").count == 0


def test_preview_lists_the_newest_and_counts_all(publication):
    send(publication, *["miracle bracelet"] * (MOST_LISTED + 5))
    tried = preview("miracle bracelet")
    assert (len(tried.newest), tried.count) == (MOST_LISTED, MOST_LISTED + 5)
    assert preview("…").count == 0
