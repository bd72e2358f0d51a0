"""Publish, schedule, cancel, withdraw and bring back, at the staff's door."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from monographs.admin.frame.leaflet.state import state_of
from monographs.leaflets.models import Leaflet
from monographs.publication.actions import withdraw
from monographs.publication.models import Kind, Publication
from monographs.publication.recalls import recall
from monographs.review.actions import submit
from monographs.review.models import ChecklistItem, Review, State
from monographs.review.remarks import add_remark
from monographs.revisions.actions import newest_revision
from tests.makers import change_leaflet, make_approved, make_published, make_review, sign
from tests.people import PASSWORD


def url(name: str, leaflet: Leaflet) -> str:
    return reverse(f"admin:leaflet-{name}", args=[leaflet.pk])


def release(review, **changed) -> dict:
    """The publishing form, filled in to publish now."""
    return {"review": review.pk, "when": "now", "size": "major", "change_note": "First version.", **changed}


def last_sunday(month: int) -> str:
    """Of next year: when the clocks change in London."""
    last = dt.date(timezone.localdate().year + 1, month, 31)
    return (last - dt.timedelta(days=(last.weekday() + 1) % 7)).isoformat()


LAST_SUNDAYS = (last_sunday(3), last_sunday(10))


def in_days(count: int) -> str:
    return (timezone.localdate() + dt.timedelta(days=count)).isoformat()


def test_page_says_which_version_it_becomes_and_what_patients_will_see(client, priya):
    leaflet = make_published().leaflet
    review = make_approved(change_leaflet(leaflet, dosage="Take 50mg once a day."))
    client.force_login(priya)
    page = client.get(url("publish", leaflet)).content.decode()
    assert "Major: it becomes version 2" in page
    assert "Minor: it becomes version 1.1" in page
    assert "(Europe/London time)" in page
    assert f"Revision {review.revision.number}" in page
    assert "Take 50mg once a day." in page.replace('<bdi dir="ltr">', "").replace("</bdi>", "")


def test_publishing_now_shows_it_and_says_so(client, priya):
    review = make_approved()
    client.force_login(priya)
    answer = client.post(url("publish", review.leaflet), release(review))
    assert answer.status_code == 302
    assert Publication.objects.live(timezone.now()).get().version == "1"
    assert "Version 1 is published." in client.get(url("history", review.leaflet)).content.decode()


def test_second_click_publishes_nothing_more_and_is_a_clear_page(client, priya):
    review = make_approved()
    client.force_login(priya)
    client.post(url("publish", review.leaflet), release(review))
    again = client.post(url("publish", review.leaflet), release(review))
    assert again.status_code == 409
    assert "Only an approved leaflet can be published; this one is released." in again.content.decode()
    assert "Published: version 1 since" in again.content.decode()
    assert Publication.objects.count() == 1


def test_major_change_without_a_note_keeps_the_form(client, priya):
    review = make_approved()
    client.force_login(priya)
    form = release(review, change_note=" ", when="later", on=in_days(3), at="09:30")
    answer = client.post(url("publish", review.leaflet), form)
    assert answer.status_code == 400
    assert "Say in a sentence what changed; patients read it." in answer.content.decode()
    assert f'value="{in_days(3)}"' in answer.content.decode()
    assert not Publication.objects.exists()


def test_scheduling_is_in_the_sites_time_zone_and_named(client, priya):
    review = make_approved()
    client.force_login(priya)
    client.post(url("publish", review.leaflet), release(review, when="later", on=in_days(3), at="09:30"))
    scheduled = Publication.objects.get()
    assert timezone.localtime(scheduled.effective_from).strftime("%Y-%m-%d %H:%M") == f"{in_days(3)} 09:30"
    page = client.get(url("history", review.leaflet)).content.decode()
    assert "09:30 (Europe/London) as version 1." in page


def test_end_is_kept_with_the_release(client, priya):
    review = make_approved()
    client.force_login(priya)
    client.post(url("publish", review.leaflet), release(review, until_on=in_days(30)))
    assert list(Publication.objects.order_by("pk").values_list("kind", flat=True)) == [Kind.NORMAL, Kind.EXPIRY]
    assert "the leaflet is taken down: its time ends." in client.get(url("history", review.leaflet)).content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"when": "later"}, "Give the date of the release."),
        ({"when": "later", "at": "09:00"}, "You gave a time without a date."),
        ({"when": "later", "on": "2020-01-01"}, "The release must be in the future."),
        ({"when": "later", "on": "0001-01-01"}, "the year must be one from 1900 to 2199."),
        ({"when": "later", "on": "9999-12-31"}, "the year must be one from 1900 to 2199."),
        ({"until_on": "9999-12-31", "until_at": "23:59"}, "the year must be one from 1900 to 2199."),
        ({"when": "later", "on": LAST_SUNDAYS[0], "at": "01:30"}, "There is no such time on that day"),
        ({"when": "later", "on": LAST_SUNDAYS[1], "at": "01:30"}, "This time comes twice that night"),
        ({"until_on": LAST_SUNDAYS[1], "until_at": "01:30"}, "This time comes twice that night"),
        ({"when": "later", "on": "1/6/2028"}, "can be read as 1 June 2028 or as 6 January 2028."),
        ({"until_on": "05-12-28"}, "has no year of four digits"),
        ({"when": "later", "on": "soon"}, "“soon” is not a date. Type it as 2028-06-01 or as 1 June 2028."),
        ({"on": in_days(3)}, "You gave a release date but chose “Now”."),
        ({"until_on": "2020-01-01"}, "The leaflet would expire before it is shown."),
        ({"when": "never"}, "never is not one of the available choices."),
        ({"size": ""}, "This field is required."),
    ],
)
def test_wrong_date_or_choice_is_a_sentence_and_publishes_nothing(client, priya, wrong, sentence):
    review = make_approved()
    client.force_login(priya)
    answer = client.post(url("publish", review.leaflet), release(review, **wrong))
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not Publication.objects.exists()


def test_review_of_another_leaflet_is_not_published_here(client, priya):
    here, elsewhere = make_approved(), make_approved(medicine="Otheramol")
    client.force_login(priya)
    for wrong in (elsewhere.pk, 10**30):
        assert client.post(url("publish", here.leaflet), {**release(here), "review": wrong}).status_code == 409
    assert not Publication.objects.exists()


def test_unapproved_leaflet_has_nothing_to_publish(client, priya):
    review = make_review()
    client.force_login(priya)
    assert client.get(url("publish", review.leaflet)).status_code == 409
    assert client.post(url("publish", review.leaflet), release(review)).status_code == 409
    assert not Publication.objects.exists()


def test_scheduled_release_is_cancelled_with_a_reason_and_can_be_published_after_all(client, priya):
    review = make_approved()
    client.force_login(priya)
    client.post(url("publish", review.leaflet), release(review, when="later", on=in_days(3)))
    form = {"publication": Publication.objects.get().pk, "why": ""}
    assert client.post(url("cancel-release", review.leaflet), form).status_code == 400
    assert client.post(url("cancel-release", review.leaflet), {**form, "why": "Too early."}).status_code == 302
    assert not Publication.objects.pending(timezone.now()).exists()
    again = client.post(url("cancel-release", review.leaflet), {**form, "why": "Too early."})
    assert again.status_code == 409
    review.refresh_from_db()
    assert review.state == State.APPROVED
    client.post(url("publish", review.leaflet), release(review))
    assert Publication.objects.live(timezone.now()).get().version == "2"


def test_nothing_scheduled_is_a_clear_page(client, priya):
    leaflet = make_published().leaflet
    client.force_login(priya)
    answer = client.get(url("cancel-release", leaflet))
    assert (answer.status_code, "Nothing of this leaflet is scheduled." in answer.content.decode()) == (409, True)


def test_notice_is_previewed_without_withdrawing(client, priya):
    published = make_published()
    client.force_login(priya)
    form = {"publication": published.pk, "notice": "Ask **us** first.", "why": "", "do": "preview"}
    answer = client.post(url("withdraw", published.leaflet), form)
    assert answer.status_code == 200
    assert "Ask <strong>us</strong> first." in answer.content.decode()
    assert Publication.objects.live(timezone.now()).exists()


def test_withdrawing_shows_the_notice_once(client, priya):
    published = make_published()
    leaflet = published.leaflet
    client.force_login(priya)
    form = {"publication": published.pk, "notice": "Ask us first.", "why": "Wrong dose."}
    assert client.post(url("withdraw", leaflet), form).status_code == 302
    assert client.post(url("withdraw", leaflet), form).status_code == 409
    withdrawn = Publication.objects.current(timezone.now()).get()
    assert (withdrawn.kind, withdrawn.notice) == (Kind.WITHDRAWAL, "Ask us first.")
    page = client.get(url("history", leaflet)).content.decode()
    assert "Withdrawn since" in page
    assert "To bring it back, send it for review, have it approved and publish it again." in page


@pytest.mark.parametrize("blank", ["notice", "why"])
def test_withdrawal_without_notice_or_reason_keeps_the_form(client, priya, blank):
    published = make_published()
    client.force_login(priya)
    form = {"publication": published.pk, "notice": "Ask us first.", "why": "Wrong dose.", blank: " "}
    answer = client.post(url("withdraw", published.leaflet), form)
    assert answer.status_code == 400
    assert "A withdrawal needs a notice for patients and a reason for the record." in answer.content.decode()
    assert ("Wrong dose." if blank == "notice" else "Ask us first.") in answer.content.decode()
    assert Publication.objects.live(timezone.now()).exists()


def test_version_that_was_not_on_the_screen_is_not_withdrawn(client, priya):
    first = make_published()
    newer = make_published(change_leaflet(first.leaflet, dosage="Take 6mg once a day."), change_note="Dose.")
    client.force_login(priya)
    form = {"publication": first.pk, "notice": "Ask us first.", "why": "Wrong dose."}
    assert client.post(url("withdraw", first.leaflet), form).status_code == 409
    assert Publication.objects.live(timezone.now()).get() == newer


def test_withdrawn_leaflet_comes_back_through_review(client, ana, priya):
    published = make_published()
    client.force_login(priya)
    client.post(url("withdraw", published.leaflet), {"publication": published.pk, "notice": "Ask us.", "why": "Check."})
    review = submit(published.leaflet, by=ana)
    sign(review)
    client.post(url("publish", published.leaflet), release(review, change_note="Checked again."))
    live = Publication.objects.live(timezone.now()).get()
    assert (live.kind, live.version) == (Kind.RESTORATION, "2")


def test_emergency_release_is_flagged_until_approved_in_retrospect(client, priya, bruno):
    leaflet = make_published(dosage="Take 50mg once a day.").leaflet
    change_leaflet(leaflet, dosage="Take 5mg once a day.")
    client.force_login(priya)
    revision = newest_revision(leaflet)
    form = {"revision": revision.pk, "reason": " ", "change_note": "The dose was wrong."}
    blank = client.post(url("emergency", leaflet), form)
    assert blank.status_code == 400
    assert "Say why this can" in blank.content.decode()
    assert client.post(url("emergency", leaflet), {**form, "reason": "Ten times the dose."}).status_code == 302
    assert client.post(url("emergency", leaflet), {**form, "reason": "Ten times the dose."}).status_code == 409
    flagged = Review.objects.emergency(timezone.now()).get()
    client.force_login(bruno)
    assert "somebody who did not write it must still approve it" in client.get(url("history", leaflet)).content.decode()
    page = client.get(url("review", leaflet), {"review": flagged.pk}).content.decode()
    assert ">[added: </span>5mg<" in page
    assert "released in an emergency, without approval" in page
    sign_form = {
        "review": flagged.pk,
        "seen_base": flagged.base_id,
        "seen_candidate": revision.pk,
        "ticked": list(ChecklistItem.objects.values_list("text", flat=True)),
        "password": PASSWORD,
    }
    assert client.post(url("approve", leaflet), sign_form).status_code == 302
    flagged.refresh_from_db()
    assert flagged.state == State.RELEASED


def test_dose_called_a_minor_change_needs_a_sentence_for_patients_and_keeps_the_form(client, priya):
    review = make_approved(change_leaflet(make_published().leaflet, dosage="Take 50mg once a day."))
    client.force_login(priya)
    answer = client.post(url("publish", review.leaflet), release(review, size="minor", change_note=""))
    assert answer.status_code == 400
    assert "that is no mere typing error" in answer.content.decode()
    assert 'value="minor"' in answer.content.decode()
    assert Publication.objects.count() == 1


@pytest.mark.parametrize("note", ["x" * 1_001, "x" * 5_000_000, "a\x00b"])
def test_note_that_is_no_sentence_is_refused_and_publishes_nothing(client, priya, note):
    review = make_approved()
    client.force_login(priya)
    assert client.post(url("publish", review.leaflet), release(review, change_note=note)).status_code == 400
    assert not Publication.objects.exists()


def test_approved_before_a_withdrawal_is_said_before_the_form_is_filled_in(client, priya):
    published = make_published()
    review = make_approved(change_leaflet(published.leaflet, dosage="Take 6mg once a day."))
    withdraw(published.leaflet, by=priya, notice="Ask us.", why="A doubt.")
    client.force_login(priya)
    answer = client.get(url("publish", review.leaflet))
    assert (answer.status_code, "have it approved once more" in answer.content.decode()) == (409, True)
    assert "have it approved once more" in state_of(review.leaflet, priya).blocks[0]


def test_approved_text_on_which_a_blocking_remark_stands_is_not_published(client, priya, bruno):
    review = make_approved()
    add_remark(review.revision, by=bruno, body="For children too?", is_blocking=True)
    client.force_login(priya)
    answer = client.post(url("publish", review.leaflet), release(review))
    assert (answer.status_code, "A remark that must be resolved" in answer.content.decode()) == (409, True)
    assert client.get(url("publish", review.leaflet)).status_code == 409
    assert "A remark that must be resolved" in state_of(review.leaflet, priya).blocks[0]
    assert not Publication.objects.exists()


def test_text_that_was_not_on_the_screen_is_not_released_in_an_emergency(client, priya):
    leaflet = make_published().leaflet
    seen = newest_revision(leaflet)
    change_leaflet(leaflet, dosage="Take 500mg once a day.")
    client.force_login(priya)
    form = {"revision": seen.pk, "reason": "Urgent.", "change_note": "Dose."}
    assert client.post(url("emergency", leaflet), form).status_code == 409
    assert not Review.objects.emergency(timezone.now()).exists()


def test_what_only_the_database_refuses_is_a_sentence_and_in_the_log(client_of, ana, priya, caplog):
    review = make_approved()
    recall(review, by=ana)
    Review.objects.filter(pk=review.pk).update(state=State.APPROVED)  # by hand, behind the verbs
    answer = client_of(priya).post(url("publish", review.leaflet), release(review))
    assert answer.status_code == 409
    assert "This does not fit with what is on record" in answer.text
    assert not Publication.objects.exists()
    assert "no matching approval" in caplog.text
