"""Safety alerts: write, approve, decline, end. Each is on record, and what readers meet changes at once."""

import datetime as dt
from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from monographs.alerts.letters import ask_for_second_person, ask_no_more
from monographs.alerts.models import ActKind, Alert, AlertAct, AlertMedicine, Severity, Words
from monographs.alerts.rules import (
    check_may_decide,
    check_may_end,
    check_may_write,
    check_names_somebody,
    check_period,
    check_severity,
    settled,
    settled_reason,
    settled_words,
)
from monographs.alerts.standing import AlertStanding, rewrite_standing
from monographs.audit.models import row_digest
from monographs.audit.record import act, record
from monographs.medicines.models import Medicine
from monographs.refusals import Conflict, Unacceptable
from monographs.review.models import SignedWith
from monographs.staff.models import StaffMember
from monographs.staff.second_factor.passkeys import Shown
from monographs.staff.signatures import answered_by_passkey, is_signed_by_passkey
from monographs.text.markup.markdown import render

WRITTEN, IN_EMERGENCY = "alert.written", "alert.shown-in-emergency"
BEGINS, EXPIRES = "alert.begins", "alert.comes-to-its-end"


def write_alert(
    *,
    by: StaffMember,
    words: Iterable[tuple[str, str, str]],
    reason: str,
    severity: str = Severity.IMPORTANT,
    medicines: Iterable[Medicine] = (),
    is_for_all: bool = False,
    is_emergency: bool = False,
    starts_at: dt.datetime | None = None,
    ends_at: dt.datetime | None = None,
) -> Alert:
    """Write an alert. It waits for a second person, unless it ``is_emergency``: then readers meet it at once, and are
    told that nobody has confirmed it yet.

    ``words`` are (language, title, text in leaflet Markdown), the main language first. Raises NotAllowed, Unacceptable.
    """
    alert, medicines = compose_alert(
        by=by, words=words, reason=reason, severity=severity, medicines=medicines, is_for_all=is_for_all,
        is_emergency=is_emergency, starts_at=starts_at, ends_at=ends_at,
    )  # fmt: skip
    return _write(alert, medicines)


def compose_alert(
    *,
    by: StaffMember,
    words: Iterable[tuple[str, str, str]],
    reason: str,
    severity: str,
    medicines: Iterable[Medicine],
    is_for_all: bool,
    is_emergency: bool,
    starts_at: dt.datetime | None,
    ends_at: dt.datetime | None,
) -> tuple[Alert, list[int]]:
    """The alert that `write_alert` would write, and the numbers of its medicines: for a preview. Refuses what that
    would refuse, writes nothing."""
    check_may_write(by, is_emergency=is_emergency)
    check_severity(severity)
    made = [Words(language, title, text, alert_html(text, language)) for language, title, text in settled_words(words)]
    reason = settled_reason(reason, _("Say why this alert is needed: it is kept for the record."))
    alert = Alert(
        severity=severity, words=[list(one) for one in made], reason=reason, is_for_all=is_for_all,
        is_emergency=is_emergency, starts_at=starts_at, ends_at=ends_at, by=by,
    )  # fmt: skip
    numbers = sorted({medicine.pk for medicine in medicines})
    check_names_somebody(numbers, is_for_all=is_for_all)
    check_period(starts_at, ends_at, at=timezone.now())
    return alert, numbers


def alert_html(text: str, language: str) -> str:
    """An alert's text as readers get it, with slots for the clinic's own numbers."""
    with translation.override(language):
        return render_to_string("alerts/words.html", {"html": render(text, language=language)}).strip()


@act
def _write(alert: Alert, medicines: list[int]) -> Alert:
    alert.at = timezone.now()
    check_period(alert.starts_at, alert.ends_at, at=alert.at)
    if Medicine.objects.filter(pk__in=medicines).count() != len(medicines):
        raise Unacceptable(_("One of these medicines is not there any more. Choose again."))
    alert.digest = alert.computed_digest(medicines)
    alert.save(force_insert=True)
    AlertMedicine.objects.bulk_create([AlertMedicine(alert=alert, medicine_id=number) for number in medicines])
    record(
        IN_EMERGENCY if alert.is_emergency else WRITTEN,
        by=alert.by,
        about=alert,
        why=alert.reason,
        data={"alert": alert.digest, "row": row_digest(alert), "medicines": medicines},
        is_public=alert.is_emergency,
    )
    rewrite_standing(alert, at=alert.at)
    _announce(alert, by=alert.by)
    if alert.is_emergency:
        ask_for_second_person(alert)
    return alert


def about_approving(alert: Alert, seen: str) -> str:
    """What a passkey is asked about: this alert, and all that was on the screen (``seen`` is its SHA-256)."""
    return f"approve alert {alert.pk} {seen}"


def check_alert_passkey(session, alert: Alert, *, by: StaffMember, seen: str, answer: str) -> Shown:
    """The passkey that answered (JSON, from the browser), for `approve_alert`. Raises WrongAnswer, LockedOut."""
    about = about_approving(alert, seen)
    return answered_by_passkey(session, by=by, about=about, answer=answer, thing=alert, subject=alert)


def approve_alert(
    alert: Alert, *, by: StaffMember, seen: str, password: str = "", passkey: Shown | None = None, note: str = ""
) -> AlertAct:
    """A second person signs exactly what was on the screen (``seen`` is its SHA-256); readers meet it from now on, or
    from its own instant. Raises NotAllowed, WrongPassword, LockedOut, Conflict."""
    check_may_decide(alert, by, at=timezone.now())
    is_passkey = is_signed_by_passkey(
        by=by, about=about_approving(alert, seen), password=password, passkey=passkey, thing=alert, subject=alert
    )
    return _approve(
        alert, by=by, seen=seen, note=note, signed_with=SignedWith.PASSKEY if is_passkey else SignedWith.PASSWORD
    )


@act
def _approve(alert: Alert, *, by: StaffMember, seen: str, note: str, signed_with: SignedWith) -> AlertAct:
    alert, now = Alert.objects.get(pk=alert.pk), timezone.now()
    check_may_decide(alert, by, at=now)
    if seen != alert.digest:
        raise Conflict(_("This is not the alert that you read. Please read it again."))
    note = settled(note, longest=AlertAct._meta.get_field("reason").max_length)
    return _decide(alert, ActKind.APPROVED, by=by, reason=note, signed_with=signed_with, at=now)


@act
def decline_alert(alert: Alert, *, by: StaffMember, reason: str) -> AlertAct:
    """The second person does not want it shown; an emergency's alert goes at once. Raises as `approve_alert`."""
    alert, now = Alert.objects.get(pk=alert.pk), timezone.now()
    check_may_decide(alert, by, at=now)
    reason = settled_reason(reason, _("Say why you decline it, so that its writer knows what to change."))
    return _decide(alert, ActKind.DECLINED, by=by, reason=reason, at=now)


@act
def end_alert(alert: Alert, *, by: StaffMember, reason: str) -> AlertAct:
    """It is shown no longer, or will not be: before its own end, or because it has none. Raises NotAllowed, Conflict,
    Unacceptable without a reason."""
    alert, now = Alert.objects.get(pk=alert.pk), timezone.now()
    check_may_end(alert, by, at=now)
    reason = settled_reason(reason, _("Say why you end it: it is kept for the record."))
    return _decide(alert, ActKind.ENDED, by=by, reason=reason, at=now)


def _decide(
    alert: Alert, kind: ActKind, *, by: StaffMember, reason: str, at: dt.datetime, signed_with: str = ""
) -> AlertAct:
    before = AlertStanding.objects.get(alert=alert)
    decided = AlertAct.objects.create(
        alert=alert, kind=kind, by=by, signer_name=by.name[:200], signed_with=signed_with, digest=alert.digest,
        reason=reason, at=at,
    )  # fmt: skip
    standing = rewrite_standing(alert, at=at)
    record(
        f"alert.{kind.value}",
        by=by,
        about=alert,
        why=reason,
        data={"act": decided.pk, "alert": alert.digest, "row": row_digest(decided)},
        is_public=bool(before.shown_from or standing.shown_from),
    )
    if kind == ActKind.APPROVED and not alert.is_emergency:
        _announce(alert, by=by)
    ask_no_more(alert)
    return decided


def _announce(alert: Alert, *, by: StaffMember) -> None:
    """On record, for the public stamp: the instants at which readers will meet it, and meet it no longer."""
    for verb, instant in instants_of(alert, alert.acts.all()):
        record(verb, by=by, about=alert, is_public=True, effective_at=instant)


def instants_of(alert: Alert, acts: Iterable[AlertAct]) -> list[tuple[str, dt.datetime]]:
    """What is on record of an alert that may be shown, beside what people did: (verb, when it takes effect)."""
    approved_at = next((one.at for one in acts if one.kind == ActKind.APPROVED), None)
    allowed_at = alert.at if alert.is_emergency else approved_at
    if allowed_at is None:
        return []
    begins = [(BEGINS, alert.starts_at)] if alert.starts_at and alert.starts_at > allowed_at else []
    return [*begins, (EXPIRES, alert.ends_at)] if alert.ends_at else begins
