"""Wrong labels: on record, and the precision of each rule from them; what may be a cry for help is never spam."""

import copy

import pytest

from monographs.audit.models import Entry
from monographs.comments.crisis.playbook import open_reply
from monographs.comments.deciding import actions
from monographs.comments.deciding.judging import judge, records_of_rules
from monographs.comments.labels import Label
from monographs.comments.models import Comment, ReplyLabel, State
from monographs.refusals import Conflict, NotAllowed
from tests.makers import make_published
from tests.makers_desk import make_cry, make_label, make_unlabelled


@pytest.fixture(scope="module")
def published_for_all(rows_of_the_file):
    return make_published()


@pytest.fixture
def published(published_for_all):
    return copy.deepcopy(published_for_all)


def test_a_wrong_label_is_on_record_with_its_rule_and_without_the_words(published, carla):
    label = make_label(make_unlabelled(published), words="milk")
    judge(label, by=carla, is_wrong=True)
    label.refresh_from_db()
    assert (label.is_wrong, label.judged_by) == (True, carla)
    entry = Entry.objects.get(verb="reply.label-wrong")
    assert entry.by == carla
    assert '"rule":"en.question.test"' in entry.data
    assert "milk" not in entry.data + entry.why + entry.about_label


def test_it_can_be_right_after_all_and_the_same_is_not_said_twice(published, carla):
    label = make_label(make_unlabelled(published))
    judge(label, by=carla, is_wrong=True)
    with pytest.raises(Conflict, match="already"):
        judge(label, by=carla, is_wrong=True)
    judge(label, by=carla, is_wrong=False)
    assert ReplyLabel.objects.get().is_wrong is False


def test_what_was_urgent_by_a_wrong_label_alone_takes_its_turn_again(published, carla):
    earlier, cry = make_unlabelled(published, body="May I swim?"), make_cry(published)
    assert list(Comment.objects.waiting()) == [cry, earlier]
    with pytest.raises(Conflict, match="Open it first"):
        judge(cry.labels.get(), by=carla, is_wrong=True)
    open_reply(cry, by=carla)
    judge(cry.labels.get(), by=carla, is_wrong=True)
    assert list(Comment.objects.waiting()) == [earlier, cry]
    judge(cry.labels.get(), by=carla, is_wrong=False)
    assert list(Comment.objects.waiting()) == [cry, earlier]


def test_only_moderators_judge_labels(published, ana, amir):
    label = make_label(make_unlabelled(published))
    for person in (ana, amir):
        with pytest.raises(NotAllowed):
            judge(label, by=person, is_wrong=True)


@pytest.mark.parametrize("label", [Label.CRISIS, Label.REACTION])
def test_crisis_and_reaction_are_never_binned_as_spam_while_nobody_called_the_label_wrong(published, carla, label):
    reply = make_unlabelled(published)
    made = make_label(reply, label)
    with pytest.raises(Conflict, match="call the label wrong first"):
        actions.mark_spam(reply, by=carla)
    assert not reply.decisions.exists()
    if label == Label.CRISIS:
        open_reply(reply, by=carla)
    judge(made, by=carla, is_wrong=True)
    assert actions.mark_spam(reply, by=carla).became == State.SPAM


def test_precision_of_a_rule_is_right_of_right_and_wrong(published, carla):
    replies = [make_unlabelled(published, body=f"Question {number}?") for number in range(5)]
    labels = [make_label(reply, Label.QUESTION, rule="en.question.may-i") for reply in replies]
    judge(labels[0], by=carla, is_wrong=True)  # wrong, although it waits
    actions.approve(replies[1], by=carla)  # let stand
    actions.reject(replies[2], by=carla, reason="Said already.")  # let stand
    judge(labels[3], by=carla, is_wrong=False)  # called right
    [rule] = records_of_rules()  # the fifth waits
    assert (rule.label, rule.rule, rule.seen, rule.right, rule.wrong) == ("question", "en.question.may-i", 5, 3, 1)
    assert rule.precision == 0.75


def test_spam_on_a_reply_that_is_shown_counts_against_its_rule_and_the_worst_rule_is_first(published, carla):
    good, bad, new = (make_unlabelled(published, body=f"Question {number}?") for number in range(3))
    make_label(bad, Label.SPAM, rule="spam.links")
    make_label(good, Label.SPAM, rule="spam.casino")
    make_label(new, Label.QUESTION, rule="en.question.new")
    actions.approve(bad, by=carla)
    actions.mark_spam(good, by=carla)
    found = [(one.rule, one.precision) for one in records_of_rules()]
    assert found[0] == ("spam.links", 0.0)
    assert set(found[1:]) == {("spam.casino", 1.0), ("en.question.new", None)}
