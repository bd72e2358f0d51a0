import datetime as dt
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from django.utils.translation import gettext, override

from monographs.audit.models import Entry
from monographs.audit.public_stamp import newest_public
from monographs.publication import actions
from monographs.publication.actions import cancel_release, publish, release_in_emergency, withdraw
from monographs.publication.models import Kind, Page, Publication
from monographs.publication.recalls import recall
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from monographs.review.models import State
from monographs.revisions.actions import save_draft
from tests.makers import change_leaflet, make_approved, make_content, make_leaflet, make_published, make_review
from tests.people import make_person

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)


def make_scheduled(medicine: str = "Testamol", *, after: dt.timedelta = DAY, leaflet=None, **fields) -> Publication:
    return publish(
        make_approved(leaflet, **({} if leaflet else {"medicine": medicine})),
        by=make_person("priya"),
        change_note="From tomorrow.",
        effective_from=timezone.now() + after,
        **fields,
    )


def test_a_release_happens_on_the_second_by_query():
    publication = make_scheduled()
    at = publication.effective_from
    assert not Publication.objects.live(at - SECOND).exists()
    assert Publication.objects.live(at).get() == publication
    assert Page.objects.current(at).get().publication == publication


def test_expiry_happens_on_the_second_by_query():
    expires_at = timezone.now() + 10 * DAY
    publication = make_scheduled(expires_at=expires_at)
    assert Publication.objects.live(expires_at - SECOND).get() == publication
    assert not Publication.objects.live(expires_at).exists()
    assert "end of its time" in Page.objects.current(expires_at).get().html


def test_scheduling_has_a_permission_of_its_own(bruno, mallory):
    review = make_approved()
    for person in (bruno, mallory):
        with pytest.raises(NotAllowed):
            publish(review, by=person, change_note="Later.", effective_from=timezone.now() + DAY)


def test_who_may_publish_may_not_schedule_by_that():
    paul = make_person("paul")
    paul.user_permissions.add(Permission.objects.get(codename="publish_leaflet"))
    later = timezone.now() + DAY
    review = make_approved()
    with pytest.raises(NotAllowed, match="schedule"):
        publish(review, by=paul, change_note="First.", effective_from=later)
    assert publish(review, by=paul, change_note="First.")


def test_the_next_review_must_lie_after_the_day_on_which_a_release_takes_place(priya):
    day = timezone.localdate() + dt.timedelta(days=3)
    review = make_approved(next_review_on=day.isoformat())
    noon = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
    with pytest.raises(Unacceptable, match="after its release"):
        publish(review, by=priya, change_note="First.", effective_from=noon)
    assert publish(review, by=priya, change_note="First.", effective_from=noon - DAY)


def test_a_change_is_major_or_minor_and_nothing_else(priya):
    with pytest.raises(Unacceptable, match="major or minor"):
        publish(make_approved(), by=priya, change_note="First.", size="huge")


def test_the_notice_of_an_expiry_is_in_the_language_of_its_leaflet(priya):
    end = timezone.now() + DAY
    publish(make_approved(make_leaflet(language="es")), by=priya, change_note="Primera.", expires_at=end)
    notice = Publication.objects.get(kind=Kind.EXPIRY).notice
    english = "This leaflet has come to the end of its time and is being renewed."
    with override("es"):
        assert notice == gettext(english) != english


def test_what_takes_the_place_of_a_notice_is_a_restoration_and_what_follows_it_is_none(priya):
    leaflet = make_published().leaflet
    withdraw(leaflet, by=priya, notice="Ask us.", why="Wrong.")
    kinds = [
        make_published(change_leaflet(leaflet, dosage=f"Take {dose}mg once a day."), change_note="Dose.").kind
        for dose in (6, 7)
    ]
    assert kinds == [Kind.RESTORATION, Kind.NORMAL]


def test_what_takes_the_place_of_the_notice_of_an_expiry_is_a_restoration_too(priya, monkeypatch):
    end = timezone.now() + DAY
    leaflet = make_published_until(end).leaflet
    monkeypatch.setattr(timezone, "now", lambda: end + SECOND)
    assert make_published(change_leaflet(leaflet, dosage="Take 6mg once a day.")).kind == Kind.RESTORATION


def test_a_release_in_the_past_or_after_its_expiry_is_refused(priya):
    review = make_approved()
    with pytest.raises(Unacceptable, match="future"):
        publish(review, by=priya, change_note="Late.", effective_from=timezone.now() - SECOND)
    with pytest.raises(Unacceptable, match="expire before"):
        publish(
            review,
            by=priya,
            change_note="Late.",
            effective_from=timezone.now() + DAY,
            expires_at=timezone.now() + SECOND,
        )


def test_a_cancelled_release_does_not_happen_and_is_on_record(priya):
    publication = make_scheduled(expires_at=timezone.now() + 10 * DAY)
    cancel_release(publication, by=priya, why="The pack changed.")
    assert not Publication.objects.current(publication.effective_from + 20 * DAY).exists()
    assert publication.cancellation.why == "The pack changed."
    publication.review.refresh_from_db()
    assert publication.review.state == State.APPROVED
    with pytest.raises(Conflict):
        cancel_release(publication, by=priya)


def test_a_release_this_very_instant_is_not_scheduled_and_none_expires_as_it_begins(priya, monkeypatch):
    review, now = make_approved(), timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    with pytest.raises(Unacceptable, match="future"):
        publish(review, by=priya, change_note="Now.", effective_from=now)
    with pytest.raises(Unacceptable, match="expire before"):
        publish(review, by=priya, change_note="Now.", expires_at=now)
    assert publish(review, by=priya, change_note="Now.").effective_from == now


def test_the_draft_is_frozen_again_when_its_release_is_cancelled_as_its_approval_stands(priya, ana):
    publication = make_scheduled()
    cancel_release(publication, by=priya)
    with pytest.raises(Conflict, match="in review"):
        save_draft(publication.leaflet, make_content(dosage="Take 500mg once a day."), by=ana)


def test_the_approval_of_a_cancelled_release_has_ended_when_the_draft_has_moved_on(priya, ana):
    publication = make_scheduled()
    change_leaflet(publication.leaflet, dosage="Take 6mg once a day.")
    cancel_release(publication, by=priya)
    publication.review.refresh_from_db()
    assert (publication.review.state, publication.review.released_from) == (State.ENDED, None)  # nobody has read it
    with pytest.raises(Conflict):
        publish(publication.review, by=priya, change_note="After all.")
    change_leaflet(publication.leaflet, dosage="Take 7mg once a day.")


def test_an_emergency_release_calls_off_what_was_scheduled(priya):
    first = make_published()
    scheduled = make_scheduled(leaflet=change_leaflet(first.leaflet, dosage="Take 50mg once a day."))
    leaflet = change_leaflet(first.leaflet, dosage="Take at most 5mg a day.")
    emergency = release_in_emergency(leaflet, by=priya, reason="A recall.", change_note="The dose was wrong.")
    assert Publication.objects.live(scheduled.effective_from + DAY).get() == emergency


def test_the_approval_of_a_cancelled_release_has_ended_where_the_same_text_is_in_review_once_more(priya):
    publication = make_scheduled()
    again = make_review(publication.leaflet)
    cancel_release(publication, by=priya)
    for review, state in ((publication.review, State.ENDED), (again, State.WAITING)):
        review.refresh_from_db()
        assert review.state == state


def test_a_cancelled_release_can_be_published_again(priya):
    publication = make_scheduled()
    cancel_release(publication, by=priya)
    again = publish(publication.review, by=priya, change_note="Now.")
    assert Publication.objects.live(timezone.now()).get() == again


def test_a_release_in_effect_cannot_be_cancelled(priya):
    with pytest.raises(Conflict):
        cancel_release(make_published(), by=priya)


def test_a_release_whose_instant_comes_while_it_is_called_off_stands(priya, monkeypatch):
    release = make_scheduled()
    monkeypatch.setattr(actions, "record", lambda *args, **kwargs: SimpleNamespace(at=release.effective_from))
    with pytest.raises(Conflict, match="can't be cancelled any more"):
        cancel_release(release, by=priya)
    assert Publication.objects.live(release.effective_from).get() == release


def test_a_release_is_void_if_its_approval_is(ana):
    publication = make_scheduled(expires_at=timezone.now() + 10 * DAY)
    recall(publication.review, by=ana, note="Wrong dose.")
    assert not Publication.objects.current(publication.effective_from + 20 * DAY).exists()


def test_a_draft_that_is_in_review_again_stays_frozen_when_the_release_before_it_is_recalled(ana):
    publication = make_scheduled()
    leaflet = publication.leaflet
    make_review(change_leaflet(leaflet, dosage="Take 6mg once a day."))
    recall(publication.review, by=ana, note="Wrong dose.")
    leaflet.refresh_from_db()
    assert leaflet.is_frozen
    with pytest.raises(Conflict, match="in review"):
        save_draft(leaflet, make_content(dosage="Take 7mg once a day."), by=ana)


def test_the_public_stamp_moves_when_an_approval_is_void(ana):
    before = newest_public().get()
    recall(make_scheduled().review, by=ana, note="Wrong dose.")
    assert Entry.objects.get(verb="review.recalled").is_public
    assert newest_public().get() != before


def test_what_changes_for_patients_is_public_in_the_ledger_from_the_instant_at_which_it_does(priya):
    scheduled = make_scheduled(expires_at=timezone.now() + 9 * DAY)
    expiry = Publication.objects.get(kind=Kind.EXPIRY)
    shown = make_published(medicine="Othermol")
    notice = withdraw(shown.leaflet, by=priya, notice="Ask us.", why="Wrong.")
    verbs = ("leaflet.scheduled", "leaflet.expiry-set", "leaflet.published", "leaflet.withdrawn")
    for verb, publication in zip(verbs, (scheduled, expiry, shown, notice), strict=True):
        entry = Entry.objects.get(verb=verb)
        assert (entry.is_public, entry.effective_at) == (True, publication.effective_from), verb
    assert Entry.objects.get(verb="leaflet.withdrawn").why == "Wrong."


def test_the_public_stamp_moves_when_a_release_is_called_off(priya):
    release = make_scheduled()
    before = newest_public().get()
    cancel_release(release, by=priya)
    assert newest_public().get() != before


def test_an_older_schedule_never_overwrites_a_later_decision(priya):
    first = make_published()
    scheduled = make_scheduled(leaflet=change_leaflet(first.leaflet, dosage="Take 6mg once a day."))
    newer = make_published(change_leaflet(first.leaflet, dosage="Take 7mg once a day."), change_note="Safer dose.")
    assert Publication.objects.live(scheduled.effective_from + DAY).get() == newer


def test_a_schedule_never_brings_back_what_was_withdrawn(priya):
    first = make_published()
    scheduled = make_scheduled(leaflet=change_leaflet(first.leaflet, dosage="Take 6mg once a day."))
    withdraw(first.leaflet, by=priya, notice="Being checked.", why="A wrong dose.")
    assert not Publication.objects.live(scheduled.effective_from + DAY).exists()


def test_the_expiry_of_a_version_gives_way_to_the_next_version(priya):
    expires_at = timezone.now() + 10 * DAY
    first = make_published_until(expires_at)
    second = make_scheduled(leaflet=change_leaflet(first.leaflet, dosage="Take 6mg once a day."), after=5 * DAY)
    assert Publication.objects.live(expires_at).get() == second
    cancel_release(second, by=priya)
    assert Publication.objects.live(expires_at - SECOND).get() == first
    assert not Publication.objects.live(expires_at).exists()


def test_the_expiry_of_what_is_shown_stays_when_a_release_after_it_is_called_off(priya):
    expires_at = timezone.now() + 5 * DAY
    first = make_published_until(expires_at)
    later = make_scheduled(
        leaflet=change_leaflet(first.leaflet, dosage="Take 6mg once a day."),
        after=9 * DAY,
        expires_at=expires_at + 9 * DAY,
    )
    cancel_release(later, by=priya)
    assert not Publication.objects.live(expires_at).exists()
    assert Publication.objects.valid().filter(kind=Kind.EXPIRY).get().review == first.review


def test_the_expiry_of_what_is_shown_can_be_called_off(priya):
    expires_at = timezone.now() + 10 * DAY
    first = make_published_until(expires_at)
    expiry = Publication.objects.pending(timezone.now()).get()
    cancel_release(expiry, by=priya, why="It stays.")
    assert Publication.objects.live(expires_at).get() == first
    first.review.refresh_from_db()
    assert first.review.state == State.RELEASED


def test_an_expiry_does_not_end_what_was_published_after_it_was_decided():
    expires_at = timezone.now() + 10 * DAY
    first = make_published_until(expires_at)
    second = make_published(change_leaflet(first.leaflet, dosage="Take 6mg once a day."), change_note="Dose.")
    assert Publication.objects.live(expires_at).get() == second


def test_an_expiry_ends_nothing_that_a_later_decision_releases_at_its_very_instant(priya):
    expires_at = timezone.now() + 10 * DAY
    first = make_published_until(expires_at)
    review = make_approved(change_leaflet(first.leaflet, dosage="Take 6mg once a day."))
    second = publish(review, by=priya, change_note="Dose.", effective_from=expires_at)
    assert Publication.objects.valid().filter(kind=Kind.EXPIRY).count() == 0
    assert Publication.objects.live(expires_at).get() == second
    assert Publication.objects.live(expires_at - SECOND).get() == first


def test_of_two_rows_of_one_instant_the_one_decided_last_is_shown(priya, monkeypatch):
    review, now = make_approved(), timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    first = publish(review, by=priya, change_note="First version.")
    notice = withdraw(first.leaflet, by=priya, notice="Being checked.", why="A wrong dose.")
    assert first.effective_from == notice.effective_from
    assert Publication.objects.current(now).get() == notice
    assert not Publication.objects.live(now).exists()


def make_published_until(expires_at: dt.datetime) -> Publication:
    return publish(make_approved(), by=make_person("priya"), change_note="For now.", expires_at=expires_at)
