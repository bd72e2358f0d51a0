import datetime as dt

import pytest
from django.utils import timezone

from monographs.audit.models import Entry
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from monographs.review.fact_check import LinkExpired, answer, ask, check_is_open, close, find, token_of
from monographs.review.models import FactCheck, State
from tests.makers import make_leaflet, make_review
from tests.races import race, winners

pytestmark = pytest.mark.django_db


def make_check(by, revision=None, **fields) -> FactCheck:
    return ask(revision or make_leaflet().revisions.get(), by=by, expert="Dr Outside", **fields)


def test_a_link_leads_to_its_own_check_and_cannot_be_altered(ana):
    check = make_check(ana)
    token = token_of(check)
    assert find(token) == check
    for forged in (str(check.pk), token[:-1], f"{check.pk + 1}{token[len(str(check.pk)) :]}", "", "x:y", "\x00"):
        assert find(forged) is None


def test_the_answer_is_recorded_once(ana):
    check = make_check(ana)
    answer(check, verdict="agrees")
    with pytest.raises(Conflict):
        answer(check, verdict="remarks", answer="Wait.")
    check.refresh_from_db()
    assert check.verdict == "agrees"
    assert Entry.objects.filter(verb="fact-check.answered").count() == 1


def test_asked_twice_it_is_one_check_while_that_is_open(ana, bruno):
    check = make_check(ana, question="Is the dose right?")
    again = {"expert": "Dr Outside", "question": "Is the dose right?"}
    assert ask(check.revision, by=ana, **again) == check
    assert Entry.objects.filter(verb="fact-check.asked").count() == 1
    others = [
        ask(check.revision, by=bruno, **again),
        ask(check.revision, by=ana, **again, open_for=dt.timedelta(days=3)),
        ask(check.revision, by=ana, **{**again, "question": "And the route?"}),
    ]
    answer(check, verdict="agrees")
    others.append(ask(check.revision, by=ana, **again))
    assert len({check, *others}) == 5


def test_an_expired_link_is_refused(ana):
    check = make_check(ana)
    FactCheck.objects.filter(pk=check.pk).update(expires_at=timezone.now())
    with pytest.raises(LinkExpired):
        answer(check, verdict="agrees")


def test_an_answer_never_counts_as_an_approval(ana):
    review = make_review()
    answer(make_check(ana, review.revision), verdict="agrees")
    review.refresh_from_db()
    assert review.state == State.WAITING
    assert not review.decisions.exists()


@pytest.mark.parametrize(("verdict", "words"), [("", "Fine."), ("yes", ""), ("remarks", " "), ("agrees", "x" * 10_001)])
def test_an_answer_that_says_nothing_is_refused(ana, verdict, words):
    with pytest.raises(Unacceptable):
        answer(make_check(ana), verdict=verdict, answer=words)


def test_only_authors_and_second_readers_ask(bruno, priya, carla, mallory):
    assert make_check(bruno)
    for person in (priya, carla, mallory):
        with pytest.raises(NotAllowed):
            make_check(person, make_leaflet(f"Med {person.pk}").revisions.get())


@pytest.mark.parametrize("days", [0, -1, 91])
def test_a_link_is_open_for_a_while_and_not_for_ever(ana, days):
    with pytest.raises(Unacceptable):
        make_check(ana, open_for=dt.timedelta(days=days))


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_is_recorded(ana):
    check = make_check(ana)
    outcomes = race(lambda: answer(check, verdict="agrees"), lambda: answer(check, verdict="remarks", answer="Wait."))
    assert len(winners(outcomes)) == 1


def test_a_question_too_long_for_an_expert_is_refused(ana):
    with pytest.raises(Unacceptable, match="2,000"):
        make_check(ana, question="x" * 2_001)


def test_a_link_can_be_ended_before_its_time_on_record(ana, bruno, mallory):
    check = make_check(ana)
    with pytest.raises(NotAllowed):
        close(check, by=mallory)
    close(check, by=bruno)
    with pytest.raises(LinkExpired):
        answer(check, verdict="agrees")
    with pytest.raises(Conflict):
        close(check, by=bruno)
    assert [entry.by for entry in Entry.objects.filter(verb="fact-check.closed")] == [bruno]


def test_what_was_answered_cannot_be_ended(ana):
    check = make_check(ana)
    answer(check, verdict="agrees")
    with pytest.raises(Conflict):
        close(check, by=ana)


def test_asked_for_as_long_as_before_it_is_that_check_whatever_was_asked_between(ana):
    check = make_check(ana, question="Is the dose right?")
    again = {"by": ana, "expert": "Dr Outside", "question": "Is the dose right?"}
    shorter = ask(check.revision, **again, open_for=dt.timedelta(days=3))
    assert ask(check.revision, **again) == check
    assert ask(check.revision, **again, open_for=dt.timedelta(days=3)) == shorter
    assert FactCheck.objects.count() == 2


def test_a_link_is_over_at_its_very_instant_and_the_same_question_is_a_new_one_from_then_on(ana, monkeypatch):
    check = make_check(ana)
    end, tick = check.expires_at, dt.timedelta(microseconds=1)
    monkeypatch.setattr(timezone, "now", lambda: end - tick)
    assert make_check(ana, check.revision) == check
    check_is_open(check)
    monkeypatch.setattr(timezone, "now", lambda: end)
    with pytest.raises(LinkExpired):
        check_is_open(check)
    with pytest.raises(Conflict):
        close(check, by=ana)
    assert make_check(ana, check.revision) != check


def test_the_longest_words_and_the_longest_while_are_taken(ana):
    revision = make_leaflet().revisions.get()
    check = ask(revision, by=ana, expert="E" * 200, question="Q" * 2_000, open_for=dt.timedelta(days=90))
    assert answer(check, verdict="remarks", answer="A" * 10_000).answer == "A" * 10_000


@pytest.mark.parametrize("expert", ["", " \n", "E" * 201])
def test_an_expert_has_a_name_that_fits(ana, expert):
    with pytest.raises(Unacceptable, match="Name the expert"):
        ask(make_leaflet().revisions.get(), by=ana, expert=expert)
