"""A second person approves or declines an alert; it is ended early with a reason."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.db import DatabaseError, transaction
from django.utils import timezone

from monographs.alerts.actions import about_approving, approve_alert, decline_alert, end_alert
from monographs.alerts.models import AlertAct, AlertMedicine
from monographs.alerts.standing import AlertsShown, AlertStanding
from monographs.audit.models import Entry
from monographs.audit.public_stamp import read_stamp
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from monographs.staff.passwords.attempts import LockedOut
from monographs.staff.second_factor.passkeys import Shown
from monographs.staff.signatures import GUESSES
from tests.makers import make_medicine
from tests.makers_alerts import approve, make_alert, make_approved_alert
from tests.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def is_shown(alert, at=None) -> bool:
    return AlertStanding.objects.shown(at or timezone.now()).filter(alert=alert).exists()


def test_once_a_second_person_has_signed_it_everybody_meets_it(bruno):
    alert = make_alert()
    signed = approve(alert, note="Batch checked.")
    assert (signed.by, signed.signer_name, signed.signed_with, signed.reason) == (
        bruno, bruno.name, "password", "Batch checked."
    )  # fmt: skip
    assert is_shown(alert)
    assert AlertStanding.objects.get().is_confirmed
    assert not AlertStanding.objects.waiting(timezone.now()).exists()
    entry = Entry.objects.get(verb="alert.approved")
    assert entry.is_public
    assert entry.by == bruno


def test_its_writer_is_no_second_person_not_even_as_superuser(priya):
    alert = make_alert(by=priya)
    priya.is_superuser = True
    priya.save()
    for verb in (lambda: approve(alert, by=priya), lambda: decline_alert(alert, by=priya, reason="No.")):
        with pytest.raises(NotAllowed, match="You wrote this alert"):
            verb()
    assert not AlertAct.objects.exists()


def test_who_may_not_approve_is_refused(carla):
    alert = make_alert()
    with pytest.raises(NotAllowed, match="may not approve or decline"):
        approve(alert, by=carla)
    with pytest.raises(NotAllowed, match="may not approve or decline"):
        decline_alert(alert, by=carla, reason="No.")


def test_a_wrong_password_signs_nothing_is_on_record_and_locks_after_some():
    alert = make_alert()
    for _number in range(GUESSES):
        with pytest.raises(NotAllowed, match="not your password"):
            approve(alert, password="guess")
    with pytest.raises(LockedOut):
        approve(alert)
    assert Entry.objects.filter(verb="signature.refused", subject=f"alert/{alert.pk}").count() == GUESSES
    assert not is_shown(alert)


def test_a_passkey_signs_what_it_was_asked_about_alone(bruno):
    alert, other = make_alert(), make_alert()
    key = Authenticator(user=bruno, type=Authenticator.Type.WEBAUTHN)
    with pytest.raises(NotAllowed, match="was not asked about this text"):
        approve(alert, password="", passkey=Shown(bruno, key, about_approving(other, other.digest)))
    signed = approve(alert, password="", passkey=Shown(bruno, key, about_approving(alert, alert.digest)))
    assert signed.signed_with == "passkey"


def test_only_what_was_on_the_screen_is_signed():
    alert = make_alert()
    with pytest.raises(Conflict, match="not the alert that you read"):
        approve(alert, seen="0" * 64)


def test_nothing_is_decided_twice(bruno):
    alert = make_approved_alert()
    with pytest.raises(Conflict, match="has approved this alert already"):
        approve(alert, by=make_person("olga", role="Second reader"))
    with pytest.raises(Conflict, match="has approved this alert already"):
        decline_alert(alert, by=bruno, reason="No.")


def test_a_declined_alert_is_never_shown_and_says_why_on_record(bruno):
    alert = make_alert()
    with pytest.raises(Unacceptable, match="Say why you decline it"):
        decline_alert(alert, by=bruno, reason="\u200b")
    decline_alert(alert, by=bruno, reason="It is another batch.")
    assert not is_shown(alert)
    entry = Entry.objects.get(verb="alert.declined")
    assert (entry.why, entry.is_public) == ("It is another batch.", False)
    with pytest.raises(Conflict, match="has declined this alert"):
        approve(alert)


def test_an_emergency_that_is_declined_goes_at_once_and_one_that_is_approved_is_confirmed(bruno):
    one, other = make_alert(is_emergency=True), make_alert(is_emergency=True)
    approve(one)
    decline_alert(other, by=bruno, reason="It is another batch.")
    assert (is_shown(one), is_shown(other)) == (True, False)
    assert [shown["is_confirmed"] for shown in AlertsShown.objects.get().alerts] == [True]
    assert Entry.objects.get(verb="alert.declined").is_public


def test_an_alert_is_ended_early_with_a_reason(priya, ana):
    alert = make_approved_alert(ends_at=timezone.now() + HOUR)
    with pytest.raises(NotAllowed, match="may not end"):
        end_alert(alert, by=ana, reason="Over.")
    with pytest.raises(Unacceptable, match="Say why you end it"):
        end_alert(alert, by=priya, reason="")
    end_alert(alert, by=priya, reason="The recall is over.")
    assert not is_shown(alert)
    assert AlertsShown.objects.get().alerts == []
    assert Entry.objects.get(verb="alert.ended").is_public
    with pytest.raises(Conflict, match="ended already"):
        end_alert(alert, by=priya, reason="Again.")


def test_one_that_is_ended_before_it_begins_moves_the_stamp_as_another_clock_may_have_begun_it(priya):
    alert = make_approved_alert(starts_at=timezone.now() + HOUR)
    before = read_stamp(timezone.now()).value
    end_alert(alert, by=priya, reason="The recall was withdrawn.")
    assert not is_shown(alert, timezone.now() + 2 * HOUR)
    assert read_stamp(timezone.now()).value != before


def test_its_writer_takes_it_back_as_long_as_nobody_has_met_it(ana):
    alert = make_alert()
    with pytest.raises(NotAllowed, match="may not end"):
        end_alert(alert, by=make_person("other", role="Author"), reason="Not mine.")
    end_alert(alert, by=ana, reason="A typing error.")
    assert not Entry.objects.get(verb="alert.ended").is_public
    with pytest.raises(Conflict, match="ended already"):
        approve(alert)


def test_it_is_shown_from_its_instant_until_its_end_and_nothing_has_to_run():
    begins, ends = timezone.now() + HOUR, timezone.now() + 2 * HOUR
    alert = make_approved_alert(starts_at=begins, ends_at=ends)
    moment = dt.timedelta(microseconds=1)
    assert [is_shown(alert, at) for at in (begins - moment, begins, ends - moment, ends)] == [False, True, True, False]


def test_the_public_stamp_moves_at_its_instant_and_at_its_end():
    begins, ends = timezone.now() + HOUR, timezone.now() + 2 * HOUR
    make_approved_alert(starts_at=begins, ends_at=ends)
    now, shown, over = (read_stamp(at) for at in (timezone.now(), begins, ends))
    assert (now.changes_at, shown.changes_at) == (begins, ends)
    assert len({now.value, shown.value, over.value}) == 3


def test_an_emergency_of_later_moves_the_stamp_at_its_instants_too():
    begins, ends = timezone.now() + HOUR, timezone.now() + 2 * HOUR
    alert = make_alert(is_emergency=True, starts_at=begins, ends_at=ends)
    approve(alert)
    assert read_stamp(timezone.now()).changes_at == begins
    assert Entry.objects.filter(verb="alert.begins").count() == 1


def test_what_is_approved_after_its_first_instant_is_shown_from_then_on(ana):
    alert = make_alert(starts_at=timezone.now() - HOUR)
    signed = approve(alert)
    assert AlertStanding.objects.get(alert=alert).shown_from == signed.at


def test_nothing_is_decided_once_its_time_is_over(monkeypatch, priya):
    alert = make_alert(ends_at=timezone.now() + HOUR)
    later = timezone.now() + HOUR
    monkeypatch.setattr(timezone, "now", lambda: later)
    for verb in (approve_alert, decline_alert):
        given = {"seen": alert.digest, "password": PASSWORD} if verb is approve_alert else {"reason": "Late."}
        with pytest.raises(Conflict, match="time of this alert is over"):
            verb(alert, by=make_person("bruno"), **given)
    with pytest.raises(Conflict, match="time of this alert is over"):
        end_alert(alert, by=priya, reason="Late.")


# --- The database's own second look ---


def refused_by_the_database(sentence: str):
    return pytest.raises(DatabaseError, match=sentence)


def test_the_database_lets_nobody_approve_their_own_alert(ana):
    alert = make_alert()
    with refused_by_the_database("not by its writer"), transaction.atomic():
        AlertAct.objects.create(
            alert=alert, kind="approved", by=ana, signer_name="Ana", signed_with="password", digest=alert.digest
        )


def test_the_database_takes_no_decision_on_other_words_or_after_the_end(bruno, priya):
    alert = make_alert()
    given = {"alert": alert, "kind": "approved", "by": bruno, "signer_name": "Bruno", "signed_with": "password"}
    with refused_by_the_database("cannot be decided"), transaction.atomic():
        AlertAct.objects.create(**given, digest="0" * 64)
    end_alert(alert, by=priya, reason="Over.")
    with refused_by_the_database("cannot be decided"), transaction.atomic():
        AlertAct.objects.create(**given, digest=alert.digest)


def test_the_database_shows_no_alert_that_may_not_be_shown(priya):
    waiting, begins = make_alert(), timezone.now() + HOUR
    ended, later = make_approved_alert(), make_approved_alert(starts_at=begins, ends_at=begins + HOUR)
    end_alert(ended, by=priya, reason="Over.")
    now = timezone.now()
    for alert, since, until in (
        (waiting, now, begins), (ended, now, begins), (later, now, begins + HOUR), (later, begins, begins + 2 * HOUR),
    ):  # fmt: skip
        with refused_by_the_database("may not be shown"), transaction.atomic():
            AlertStanding.objects.filter(alert=alert).update(shown_from=since, shown_until=until)


def test_the_database_adds_no_medicine_to_an_alert():
    alert = make_alert()
    with refused_by_the_database("keeps the medicines"), transaction.atomic():
        AlertMedicine.objects.create(alert=alert, medicine=make_medicine("Othermol"))
