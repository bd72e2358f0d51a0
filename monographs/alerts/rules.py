"""Who may do what with a safety alert, and what makes one: in sentences."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from monographs.alerts.models import (
    LONGEST_REASON,
    LONGEST_TEXT,
    LONGEST_TITLE,
    ActKind,
    Alert,
    Severity,
)
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission
from monographs.staff.rules import check_permission
from monographs.text.letters.settling import settle
from monographs.text.letters.signs import complaint, is_blank


def settled(text: str, *, longest: int) -> str:
    """Words as they are kept. Raises Unacceptable for too many, and for a sign that hides."""
    text = "" if is_blank(text) else settle(text).strip()
    if wrong := complaint(text):
        raise Unacceptable(wrong)
    if len(text) > longest:
        raise Unacceptable(
            _("That is too long: %(count)s characters, and at most %(most)s are kept.")
            % {"count": len(text), "most": longest}
        )
    return text


def settled_reason(reason: str, refusal: str) -> str:
    """A reason as it is kept. Raises Unacceptable, with ``refusal``, without one."""
    reason = settled(reason, longest=LONGEST_REASON)
    if not reason:
        raise Unacceptable(refusal)
    return reason


def settled_words(words: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """(language, title, text) in each language as they are kept, in the order given. Raises Unacceptable."""
    names, found = dict(settings.LANGUAGES), {}
    for language, title, text in words:
        title, text = settled(title, longest=LONGEST_TITLE), settled(text, longest=LONGEST_TEXT)
        if not title and not text:
            continue
        if language not in names or language in found:
            raise Unacceptable(_("Choose a language once, and one that this site has."))
        if not title or not text or "\n" in title:
            raise Unacceptable(
                _("The alert needs a title of one line and a text in %(language)s.") % {"language": names[language]}
            )
        found[language] = (language, title, text)
    if not found:
        raise Unacceptable(_("The alert says nothing yet: give it a title and a text."))
    return list(found.values())


def check_period(starts_at: dt.datetime | None, ends_at: dt.datetime | None, *, at: dt.datetime) -> None:
    """Raise Unacceptable for a period that is none, or over."""
    if ends_at and ends_at <= at:
        raise Unacceptable(_("The alert would be over already. Give it a later end."))
    if starts_at and ends_at and ends_at <= starts_at:
        raise Unacceptable(_("The alert would end before it begins."))


def check_severity(severity: str) -> None:
    if severity not in Severity.values:
        raise Unacceptable(_("Say how serious it is."))


def check_names_somebody(medicines: list[int], *, is_for_all: bool) -> None:
    """Raise Unacceptable unless it is said whom the alert is for: nobody is meant by leaving the list empty."""
    if is_for_all and medicines:
        raise Unacceptable(_("Choose medicines, or “the whole site”, not both."))
    if not is_for_all and not medicines:
        raise Unacceptable(_("Choose the medicines that the alert is about, or “the whole site”."))


def check_may_write(by: StaffMember, *, is_emergency: bool) -> None:
    check_permission(by, "write_alert", _("You may not write safety alerts."))
    if is_emergency:
        check_permission(
            by, "show_alert_in_emergency", _("You may not show a safety alert before a second person approved it.")
        )


def check_may_decide(alert: Alert, by: StaffMember, *, at: dt.datetime) -> None:
    """Raise NotAllowed or Conflict unless ``by`` may approve or decline it now. Superusers are no exception."""
    check_permission(by, "approve_alert", _("You may not approve or decline safety alerts."))
    _check_is_open(alert)
    if alert.acts.filter(kind=ActKind.APPROVED).exists():
        raise Conflict(_("A colleague has approved this alert already."))
    if alert.ends_at and alert.ends_at <= at:
        raise Conflict(_("The time of this alert is over: nothing is left to decide."))
    if by.pk == alert.by_id:
        raise NotAllowed(_("You wrote this alert. Somebody else must be the second person."))


def may_decide(alert: Alert, by: StaffMember, *, at: dt.datetime) -> bool:
    """The same as a question, for showing or hiding buttons."""
    return _holds(check_may_decide, alert, by, at=at)


def check_may_end(alert: Alert, by: StaffMember, *, at: dt.datetime) -> None:
    """Raise NotAllowed or Conflict unless ``by`` may end it now. Its writer may as long as nobody has met it."""
    _check_is_open(alert)
    if alert.ends_at and alert.ends_at <= at:
        raise Conflict(_("The time of this alert is over: it is not shown any more."))
    was_met = alert.is_emergency or alert.acts.filter(kind=ActKind.APPROVED).exists()
    if was_met or by.pk != alert.by_id or not by.has_perm(permission("write_alert")):
        check_permission(by, "end_alert", _("You may not end safety alerts."))


def may_end(alert: Alert, by: StaffMember, *, at: dt.datetime) -> bool:
    return _holds(check_may_end, alert, by, at=at)


def _check_is_open(alert: Alert) -> None:
    closed = alert.acts.exclude(kind=ActKind.APPROVED).first()
    if closed and closed.kind == ActKind.DECLINED:
        raise Conflict(_("A colleague has declined this alert. Write another one."))
    if closed:
        raise Conflict(_("This alert was ended already."))


def _holds(check, *what, **how) -> bool:
    try:
        check(*what, **how)
    except (NotAllowed, Conflict):
        return False
    return True
