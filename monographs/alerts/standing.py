"""From when until when each alert is shown, and for whom it waits: what follows from the acts, to be looked up."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from monographs.alerts.models import GRAVEST_FIRST, ActKind, Alert, AlertAct
from monographs.audit.record import act
from monographs.publication.shown.showings import FOREVER

_CLOSING = (ActKind.DECLINED, ActKind.ENDED)


class AlertStandingQuerySet(models.QuerySet):
    def shown(self, at: dt.datetime) -> "AlertStandingQuerySet":
        """What readers meet at an instant."""
        return self.filter(shown_from__lte=at, shown_until__gt=at)

    def begun(self, at: dt.datetime) -> "AlertStandingQuerySet":
        """What readers have met by an instant, whether it is over or not."""
        return self.filter(shown_from__lte=at)

    def waiting(self, at: dt.datetime) -> "AlertStandingQuerySet":
        """What waits for a second person: shown already if it is an emergency."""
        return self.filter(waits_until__gt=at)

    def in_order_of_haste(self) -> "AlertStandingQuerySet":
        """What readers see already first, then what would be over first."""
        return self.order_by("-alert__is_emergency", "waits_until", "alert")


class AlertStanding(models.Model):
    """Derived: one row for each alert, from it and its acts (`worked_out`), by the verbs in `alerts.actions`.

    A trigger refuses one that shows what nobody but its writer has seen, unless it is an emergency (`alerts.guards`);
    `verify_history` works all of them out anew.
    """

    alert = models.OneToOneField(Alert, models.PROTECT, primary_key=True, related_name="standing")
    shown_from = models.DateTimeField(_("shown from"), null=True, help_text=_("Empty: it is not shown, and was not."))
    shown_until = models.DateTimeField(_("shown until"), null=True)
    is_confirmed = models.BooleanField(_("confirmed by a second person"), default=False)
    waits_until = models.DateTimeField(_("waits for a second person until"), null=True)

    objects = AlertStandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing of a safety alert")
        verbose_name_plural = _("standings of safety alerts")
        default_permissions = ()
        indexes = (
            models.Index(fields=("-shown_from", "-alert"), name="alert_newest"),
            models.Index(fields=("shown_until", "shown_from"), name="alert_shown_now"),
            models.Index(fields=("waits_until",), condition=Q(waits_until__isnull=False), name="alert_waiting"),
        )
        constraints = (
            models.CheckConstraint(
                name="alert_shown_from_until",
                condition=Q(shown_from__isnull=True, shown_until__isnull=True) | Q(shown_until__gt=F("shown_from")),
            ),
        )

    def __str__(self):
        return f"{self.alert}"

    def is_shown(self, at: dt.datetime) -> bool:
        return bool(self.shown_from) and self.shown_from <= at < self.shown_until


class AlertsShown(models.Model):
    """All that pages show, in one row, so that a page reads it within a query that it has anyway (`alerts.shown`).

    Derived, from the standings that are not over: by the same verbs, and held by the same check.
    """

    alerts = models.JSONField(default=list)

    class Meta:
        verbose_name = _("what is shown of safety alerts")
        verbose_name_plural = _("what is shown of safety alerts")
        default_permissions = ()
        constraints = (models.CheckConstraint(condition=Q(pk=1), name="only_one_row_of_alerts_shown"),)

    def __str__(self):
        return f"{len(self.alerts)}"


class Columns(NamedTuple):
    """A standing as it must be."""

    shown_from: dt.datetime | None
    shown_until: dt.datetime | None
    is_confirmed: bool
    waits_until: dt.datetime | None


def worked_out(alert: Alert, acts: Iterable[AlertAct]) -> Columns:
    """What follows from an alert and what was decided on it."""
    at = {one.kind: one.at for one in acts}
    approved_at = at.get(ActKind.APPROVED)
    closed_at = min((at[kind] for kind in _CLOSING if kind in at), default=None)
    over_at = alert.ends_at or FOREVER
    waits_until = None if approved_at or closed_at else over_at
    allowed_at = alert.at if alert.is_emergency else approved_at
    if allowed_at is None:
        return Columns(None, None, False, waits_until)
    shown_from = max(allowed_at, alert.starts_at or allowed_at)
    shown_until = min(over_at, closed_at or over_at)
    if shown_from >= shown_until:
        return Columns(None, None, bool(approved_at), waits_until)
    return Columns(shown_from, shown_until, bool(approved_at), waits_until)


def as_shown(alert: Alert, medicines: list[int], columns: Columns) -> dict:
    """What the one row says of an alert, as JSON."""
    return {
        "number": alert.pk,
        "severity": str(alert.severity),
        "from": columns.shown_from.astimezone(dt.UTC).isoformat(),
        "until": columns.shown_until.astimezone(dt.UTC).isoformat(),
        "is_confirmed": columns.is_confirmed,
        "medicines": None if alert.is_for_all else medicines,
        "words": [[words.language, words.title, words.html] for words in alert.in_all_languages],
    }


@act
def rewrite_standing(alert: Alert, *, at: dt.datetime) -> AlertStanding:
    """Make an alert's row follow from its acts as they are now, and then the one row of all that is shown at ``at`` or
    will be."""
    columns = worked_out(alert, alert.acts.all())
    standing, _is_new = AlertStanding.objects.update_or_create(alert=alert, defaults=columns._asdict())
    AlertsShown.objects.update_or_create(pk=1, defaults={"alerts": list_shown(at)})
    return standing


def list_shown(at: dt.datetime) -> list[dict]:
    """What is shown at ``at`` or will be, the gravest first, then the newest."""
    standings = (
        AlertStanding.objects.filter(shown_until__gt=at).select_related("alert").prefetch_related("alert__named")
    )
    found = [
        as_shown(
            row.alert,
            sorted(named.medicine_id for named in row.alert.named.all()),
            Columns(row.shown_from, row.shown_until, row.is_confirmed, row.waits_until),
        )
        for row in standings
    ]
    return sorted(found, key=_order)


def _order(shown: dict) -> tuple:
    return (
        GRAVEST_FIRST.index(shown["severity"]),
        -dt.datetime.fromisoformat(shown["from"]).timestamp(),
        shown["number"],
    )
