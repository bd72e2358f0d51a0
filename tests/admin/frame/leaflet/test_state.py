"""Where a leaflet stands, in words, and the buttons that each person gets."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from monographs.admin.desk.piles import desk_of
from monographs.admin.frame.leaflet.state import state_of
from monographs.leaflets.actions import start_leaflet
from monographs.publication.actions import publish, release_in_emergency, withdraw
from monographs.publication.recalls import recall, send_back
from monographs.review.models import Review, State
from monographs.review.remarks import add_remark
from tests.days import in_days
from tests.makers import (
    change_leaflet,
    make_approved,
    make_leaflet,
    make_medicine,
    make_published,
    make_review,
    sign,
)
from tests.people import make_person

pytestmark = pytest.mark.django_db


def scheduled():
    later = timezone.now() + dt.timedelta(days=3)
    by = make_person("priya")
    return publish(make_approved(), by=by, change_note="First version.", effective_from=later).leaflet


def sent_back():
    review = make_review()
    send_back(review, by=make_person("bruno"), reason="The maximum dose is missing.")
    return review.leaflet


def recalled():
    review = make_review()
    recall(review, by=make_person("ana"))
    return review.leaflet


def withdrawn():
    leaflet = make_published().leaflet
    withdraw(leaflet, by=make_person("priya"), notice="Ask us first.", why="Wrong dose.")
    return leaflet


STATES = {
    "empty": (lambda: start_leaflet(make_medicine(), by=None), "Nothing has been written yet."),
    "draft": (make_leaflet, "Draft. It has not been sent for review."),
    "waiting": (lambda: make_review().leaflet, "Ana Author sent revision 1."),
    "sent-back": (sent_back, "Sent back by Bruno Reader on"),
    "recalled": (recalled, "Recalled from review by Ana Author on"),
    "approved": (lambda: make_approved().leaflet, "Approved by Bruno Reader on"),
    "scheduled": (scheduled, "(Europe/London) as version 1."),
    "published": (lambda: make_published().leaflet, "Published: version 1 since"),
    "withdrawn": (withdrawn, "Withdrawn since"),
}


def labels(leaflet, username: str) -> list[str]:
    return [button.label for button in state_of(leaflet, make_person(username)).buttons]


@pytest.mark.parametrize("name", STATES)
def test_each_state_is_told_in_words(name):
    maker, words = STATES[name]
    state = state_of(maker(), make_person("ana"))
    assert state.name == name
    assert words in state.sentence


@pytest.mark.parametrize("name", STATES)
def test_main_button_comes_first_and_alone_and_opens_a_page(client, name):
    leaflet = STATES[name][0]()
    chief = make_person("chief", is_superuser=True)
    client.force_login(chief)
    buttons = state_of(leaflet, chief).buttons
    assert sum(button.is_main for button in buttons) <= 1
    assert not any(button.is_main for button in buttons[1:])
    if name != "empty":
        assert [client.get(button.url).status_code for button in buttons] == [200] * len(buttons)


def test_each_person_gets_the_buttons_of_their_part():
    review = make_review()
    assert labels(review.leaflet, "ana") == [
        "See the review", "Recall from review", "Remarks", "Ask an expert", "History",
    ]  # fmt: skip
    assert labels(review.leaflet, "bruno") == ["Read and approve", "Remarks", "Ask an expert", "History"]
    assert labels(review.leaflet, "amir") == ["See the review", "Remarks", "History"]
    assert labels(review.leaflet, "carla") == []


def test_change_of_a_published_leaflet_is_a_draft_that_patients_do_not_see():
    leaflet = make_published().leaflet
    change_leaflet(leaflet, dosage="Take 6mg once a day.")
    state = state_of(leaflet, make_person("ana"))
    assert (state.name, state.buttons[0].label) == ("draft", "Send for review")
    assert "The draft has changes that patients do not see." in state.sentence
    assert state.public[0].startswith("Patients read version 1, since")


def test_what_blocks_is_named(monkeypatch):
    state = state_of(make_leaflet(key_facts=()), make_person("ana"))
    assert [placed.finding.rule for placed in state.findings] == ["key-facts"]
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    overdue = make_approved(make_leaflet("Otheramol", next_review_on=tomorrow.isoformat()))
    monkeypatch.setattr(timezone, "localdate", lambda *_moment: tomorrow)  # it waited for a publisher too long
    assert "needs a next-review date" in state_of(overdue.leaflet, make_person("priya")).blocks[0]


def test_approved_text_that_a_remark_holds_up_is_not_called_ready_to_publish(client):
    review, priya = make_approved(), make_person("priya")
    assert state_of(review.leaflet, priya).sentence.endswith("Ready to publish.")
    add_remark(review.revision, by=make_person("bruno"), body="Which maximum?", is_blocking=True)
    state = state_of(review.leaflet, priya)
    assert "Ready to publish" not in state.sentence
    assert "A remark that must be resolved first is still open." in state.blocks[0]
    assert "Publish" not in [button.label for button in state.buttons]
    client.force_login(priya)
    assert state.blocks[0] in client.get(reverse("admin:leaflet-review", args=[review.leaflet_id])).content.decode()
    assert "A remark must be resolved first." in client.get(reverse("admin:index")).content.decode()


def test_reason_of_sending_back_is_gone_once_it_is_submitted_again():
    leaflet = sent_back()
    assert state_of(leaflet, make_person("ana")).sent_back.note == "The maximum dose is missing."
    make_review(leaflet)
    assert state_of(leaflet, make_person("ana")).sent_back is None


def test_release_and_its_end_are_both_announced():
    later = timezone.now() + dt.timedelta(days=3)
    publication = publish(
        make_approved(),
        by=make_person("priya"),
        change_note="First version.",
        effective_from=later,
        expires_at=later + dt.timedelta(days=30),
    )
    public = state_of(publication.leaflet, make_person("priya")).public
    assert public[0] == "Patients can't read this leaflet yet."
    assert "they read version 1." in public[1]
    assert "the leaflet is taken down: its time ends." in public[2]


def test_emergency_release_asks_for_an_approval_in_retrospect():
    leaflet = make_published().leaflet
    change_leaflet(leaflet, dosage="Take 6mg once a day.")
    release_in_emergency(leaflet, by=make_person("priya"), reason="Ten times the dose.", change_note="Dose.")
    state = state_of(leaflet, make_person("bruno"))
    [button] = [button for button in state.buttons if button.label == "Approve in retrospect"]
    review = Review.objects.emergency(timezone.now()).get()
    assert button.url == f"{reverse('admin:leaflet-review', args=[leaflet.pk])}?review={review.pk}"
    assert "Approve in retrospect" not in labels(leaflet, "ana")


def make_emergency(title: str = "Testamol"):
    leaflet = make_published(make_leaflet(title)).leaflet
    change_leaflet(leaflet, dosage="Take 6mg once a day.")
    return release_in_emergency(leaflet, by=make_person("priya"), reason="Ten times the dose.", change_note="Dose.")


def test_emergency_release_stays_flagged_on_every_screen_until_approved_in_retrospect(client, amir):
    release = make_emergency()
    leaflet, review = release.leaflet, release.review
    client.force_login(amir)
    flag = "Revision 2 was released in an emergency on"
    assert state_of(leaflet, amir).holder == "A second reader who wrote none of it"
    screens = [reverse(f"admin:leaflet-{name}", args=[leaflet.pk]) for name in ("history", "review")]
    change_leaflet(leaflet, dosage="Take 7mg once a day.")
    assert flag in state_of(leaflet, amir).warnings[0]
    assert "released in an emergency, without approval" in client.get(screens[1]).content.decode()
    newer = make_review(leaflet)
    for screen in screens:
        assert flag in client.get(screen).content.decode()
    for person in ("ana", "priya"):
        [pile] = [pile for pile in desk_of(make_person(person)) if pile.key == "emergencies"]
        assert pile.rows[0].address == f"{screens[1]}?review={review.pk}"
        assert pile.rows[0].is_late
    waiting = {row.address for pile in desk_of(make_person("bruno")) if pile.key == "to-review" for row in pile.rows}
    assert waiting == {screens[1], f"{screens[1]}?review={review.pk}"}
    sign(review, seen=(review.base_id, review.revision_id))
    assert state_of(leaflet, amir).warnings == ()
    assert newer.state == State.WAITING
    assert flag not in client.get(screens[0]).content.decode()
    assert "emergencies" not in [pile.key for pile in desk_of(make_person("priya"))]


def test_overdue_review_is_told_to_staff_on_the_day(monkeypatch, amir):
    due = timezone.localdate() + dt.timedelta(days=10)
    leaflet = make_published(next_review_on=due.isoformat()).leaflet
    change_leaflet(leaflet, next_review_on=(due + dt.timedelta(days=400)).isoformat())

    def warnings_in(days: int) -> tuple[str, ...]:
        at = in_days(days)
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda: at)
            return state_of(leaflet, amir).warnings

    assert warnings_in(9) == ()
    [sentence] = warnings_in(10)
    assert state_of(leaflet, amir).holder == "Ana Author"
    assert sentence == f"Overdue: what patients read was to be checked again by {date_format(due, 'j F Y')}."


def test_state_does_not_grow_in_queries(django_assert_max_num_queries):
    small, large = make_published().leaflet, make_leaflet("Otheramol")
    for number in range(15):
        change_leaflet(large, dosage=f"Take {number + 2}mg once a day.")
        recall(make_review(large), by=make_person("ana"))
    ana = make_person("ana")
    ana.get_all_permissions()
    with django_assert_max_num_queries(12):
        state_of(small, ana)
    with django_assert_max_num_queries(12):
        state_of(large, ana)
