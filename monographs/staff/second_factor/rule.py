"""Who must have a second factor, and from when on: the clinic's rule, and what follows from it for one person."""

import datetime as dt
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.audit.record import act, record
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission
from monographs.staff.rules import check_permission

# Whoever may do one of these decides what patients read, or who else may: they must have one, unless a clinic's rule
# says otherwise.
_WEIGHTY = (
    "approve_leaflet", "publish_leaflet", "release_in_emergency", "moderate_comment", "erase_comment",
    "change_staffmember", "add_staffmember", "change_secondfactorrule",
)  # fmt: skip
DAYS_OF_GRACE = 14
_SESSION = "second_factor_until"


class SecondFactorRule(models.Model):
    """The clinic's rule: one row. While the clinic has not decided, `_WEIGHTY` counts and not ``roles``."""

    roles = models.ManyToManyField(
        Group,
        blank=True,
        verbose_name=gettext_lazy("Roles that need a second factor"),
        help_text=gettext_lazy("Superusers always need one."),
    )
    days_of_grace = models.PositiveSmallIntegerField(
        gettext_lazy("Days of grace"),
        default=DAYS_OF_GRACE,
        validators=[MaxValueValidator(90)],
        help_text=gettext_lazy("How long after the first log-in somebody may still come in without one."),
    )

    is_decided = models.BooleanField(default=False, editable=False)

    class Meta:
        default_permissions = ("view", "change")
        verbose_name = gettext_lazy("second factor")
        verbose_name_plural = gettext_lazy("second factor")

    def __str__(self):
        return _("Who needs a second factor")


@dataclass(frozen=True)
class Asked:
    """Somebody must set up a second factor: at once, or by ``until``."""

    until: dt.datetime
    at_once: bool


def the_rule() -> SecondFactorRule:
    """The clinic's; in a database without it, one that is not saved."""
    return SecondFactorRule.objects.order_by("pk").first() or SecondFactorRule()


def ensure_rule() -> None:
    """Make the row, so that there is a page for it. Safe to repeat."""
    if not SecondFactorRule.objects.exists():
        SecondFactorRule.objects.create()


def usual_roles() -> models.QuerySet[Group]:
    """The roles that need one where the clinic has not decided."""
    return Group.objects.filter(permissions__codename__in=_WEIGHTY).distinct().order_by("name")


def must_have_one(person: StaffMember) -> bool:
    """Whether the rule asks it of this person; never where the site is only tried (``ASKS_SECOND_FACTOR``)."""
    if not settings.ASKS_SECOND_FACTOR or not (person.is_active and person.is_staff):
        return False
    rule = the_rule()
    if person.is_superuser:
        return True
    if not rule.is_decided:
        return any(person.has_perm(permission(codename)) for codename in _WEIGHTY)
    return rule.roles.filter(user=person).exists()


def has_one(person: StaffMember) -> bool:
    """Whether a second factor is asked of this person at each log-in. Recovery codes alone are none."""
    return Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def note_what_is_asked(session, person: StaffMember, *, at: dt.datetime | None = None) -> None:
    """At log-in: work out whether a second factor has to be set up, and by when, and keep it for this session.

    The days begin with the first log-in at which one was asked for. A session that began within them is not cut short.
    """
    session.pop(_SESSION, None)
    if not must_have_one(person) or has_one(person):
        return
    at = at or timezone.now()
    if person.second_factor_asked_at is None:
        person.second_factor_asked_at = at
        person.save(update_fields=("second_factor_asked_at",))
    until = person.second_factor_asked_at + dt.timedelta(days=the_rule().days_of_grace)
    session[_SESSION] = {"until": until.isoformat(), "at_once": until <= at}


def asked_in(session) -> Asked | None:
    """What was worked out when this session began; None if nothing is to be set up (any more)."""
    found = session.get(_SESSION)
    return Asked(dt.datetime.fromisoformat(found["until"]), found["at_once"]) if found else None


def forget_what_was_asked(session) -> None:
    """It is set up."""
    session.pop(_SESSION, None)


@act
def change_rule(rule: SecondFactorRule, *, by: StaffMember, roles: list[Group]) -> bool:
    """Save who must have one; whether there was anything to record. It holds from each person's next log-in on.

    Raises NotAllowed.
    """
    check_permission(by, "change_secondfactorrule", _("You may not change who needs a second factor."))
    was = the_rule()
    were = _facts(was, list(was.roles.all() if was.is_decided else usual_roles()))
    are = _facts(rule, roles)
    if were == are:
        return False
    rule.pk, rule.is_decided = was.pk, True
    rule.save()
    rule.roles.set(roles)
    data = {name: {"was": were[name], "is": are[name]} for name in are if were[name] != are[name]}
    record("second-factor-rule.changed", by=by, about=rule, data=data)
    return True


def _facts(rule: SecondFactorRule, roles: list[Group]) -> dict:
    return {"roles": sorted(role.name for role in roles), "days_of_grace": rule.days_of_grace}
