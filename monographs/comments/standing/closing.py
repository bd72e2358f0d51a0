"""Replies are closed: of one leaflet, of all, or some days after a leaflet's latest version. What was written stays."""

import datetime as dt
from typing import NamedTuple

from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import BigIntegerField, DateTimeField, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.audit.record import act, record
from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared
from monographs.publication.shown.showings import Showing
from monographs.refusals import Conflict, Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission
from monographs.text.letters.signs import cleaned

MOST_DAYS = 3_650
MAX_LENGTH = 500  # characters of where to ask instead


class ReplyRules(models.Model):
    """When replies are closed on the whole site: one row. Change it by `change_rules`."""

    is_closed = models.BooleanField(
        gettext_lazy("no replies at all"),
        default=False,
        help_text=gettext_lazy("Under no leaflet, whatever is said of it. What is shown stays."),
    )
    closes_after_days = models.PositiveSmallIntegerField(
        gettext_lazy("days after a leaflet’s latest version"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
        help_text=gettext_lazy("So many days after it was published, a leaflet takes no more replies. Empty: it does."),
    )
    ask_instead = models.TextField(
        gettext_lazy("where to ask instead"),
        blank=True,
        validators=[MaxLengthValidator(MAX_LENGTH)],
        help_text=gettext_lazy(
            "Readers find it where the form stood, above the clinic’s telephone and e-mail. A sentence or two, in the "
            "site’s language; empty: our own words, in the language of the leaflet."
        ),
    )

    class Meta:
        verbose_name = gettext_lazy("rules for closing replies")
        verbose_name_plural = gettext_lazy("closing replies")
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="only_one_set_of_reply_rules"),)

    def __str__(self):
        return str(_("When replies are closed"))


class LeafletReplies(models.Model):
    """What is said of one leaflet's replies. Without a row they are closed as the rules of all say."""

    class Choice(models.TextChoices):
        OPEN = "open", gettext_lazy("They stay open, however old the version is")
        CLOSED = "closed", gettext_lazy("They are closed")

    leaflet = models.OneToOneField(Leaflet, models.CASCADE, primary_key=True, related_name="replies_rule")
    choice = models.CharField(gettext_lazy("replies"), max_length=6, choices=Choice)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=gettext_lazy("by"))
    at = models.DateTimeField(gettext_lazy("since"), default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("replies of a leaflet")
        verbose_name_plural = gettext_lazy("replies of leaflets")

    def __str__(self):
        return f"{self.leaflet}: {self.get_choice_display()}"


AS_USUAL = ""  # of `choose`: no row of its own


class Closing(NamedTuple):
    """All that says whether a leaflet's replies are closed, as it was looked up with `columns`."""

    choice: str | None = None
    is_closed: bool | None = None
    closes_after_days: int | None = None
    ask_instead: str | None = None

    def is_in_force(self, shown_since: dt.datetime, at: dt.datetime) -> bool:
        """Whether replies are closed at ``at`` under a version shown since ``shown_since``.

        Days are those of the site's time zone, so that a page that is kept until the hour or the day ends tells no
        reader otherwise.
        """
        if self.is_closed or self.choice == LeafletReplies.Choice.CLOSED:
            return True
        if self.choice == LeafletReplies.Choice.OPEN or not self.closes_after_days:
            return False
        last_day = timezone.localdate(shown_since) + dt.timedelta(days=self.closes_after_days)
        return timezone.localdate(at) >= last_day

    def sentence(self) -> str:
        """What stands where the form was, in the active language."""
        return self.ask_instead or _(
            "Replies to this leaflet are closed. If you have a question, please ask us in another way."
        )


def columns(leaflet: str) -> tuple[Subquery, ...]:
    """What a look-up selects to make a `Closing`; ``leaflet`` is the path to the leaflet, such as ``"leaflet"``."""
    rules = ReplyRules.objects.filter(pk=1)
    said = LeafletReplies.objects.filter(leaflet=OuterRef(leaflet)).values("choice")
    return (
        Subquery(said[:1]),
        *(Subquery(rules.values(name)[:1]) for name in ("is_closed", "closes_after_days", "ask_instead")),
    )


def _find() -> QuerySet:
    """With since when the leaflet's version is shown."""
    at = Given("at", DateTimeField())
    showing = Showing.objects.live(at).filter(leaflet=Given("leaflet", BigIntegerField()))
    return showing.values_list("publication__effective_from", *columns("leaflet"))[:1]


_found = Prepared(_find)


def closing_of(leaflet: Leaflet, *, at: dt.datetime) -> Closing | None:
    """The closing of a leaflet's replies if they are closed at ``at``, else None. One look-up, for whoever makes none
    that could hold its `columns`. Of a leaflet that shows nothing nothing is said."""
    for shown_since, *found in _found.rows(leaflet=leaflet.pk, at=at):
        closing = Closing(*found)
        return closing if closing.is_in_force(shown_since, at) else None
    return None


def is_closed(leaflet: Leaflet, *, at: dt.datetime) -> bool:
    """Whether this leaflet takes no replies at ``at``. One look-up."""
    return closing_of(leaflet, at=at) is not None


def check_open(leaflet: Leaflet, *, at: dt.datetime) -> None:
    """Raise Conflict if the leaflet takes no replies; the sentence says where to ask."""
    if closing := closing_of(leaflet, at=at):
        raise Conflict(closing.sentence())


def the_rules() -> ReplyRules:
    """The one row; its defaults, not saved, as long as nobody has changed them."""
    return ReplyRules.objects.filter(pk=1).first() or ReplyRules(pk=1)


_FIELDS = ("is_closed", "closes_after_days", "ask_instead")


@act
def change_rules(rules: ReplyRules, *, by: StaffMember) -> bool:
    """Save when replies are closed on the whole site, from the next request on; whether anything changed.

    Raises NotAllowed, or Unacceptable for a number of days or a text that can't be.
    """
    check_permission(by, "moderate_comment", _("You may not close replies."))
    rules.ask_instead = cleaned(rules.ask_instead).strip()
    if rules.closes_after_days is not None and not 1 <= rules.closes_after_days <= MOST_DAYS:
        raise Unacceptable(_("The number of days lies between 1 and %(most)s.") % {"most": f"{MOST_DAYS:,}"})
    if len(rules.ask_instead) > MAX_LENGTH:
        raise Unacceptable(_("At most %(limit)s characters fit. Please shorten it.") % {"limit": MAX_LENGTH})
    were = ReplyRules.objects.filter(pk=1).values(*_FIELDS).first() or {
        name: getattr(ReplyRules(), name) for name in _FIELDS
    }
    are = {name: getattr(rules, name) for name in _FIELDS}
    if were == are:
        return False
    rules.pk = 1
    rules.save()
    data = {name: {"was": were[name], "is": are[name]} for name in _FIELDS if were[name] != are[name]}
    record("replies.rules-changed", by=by, about=rules, data=data, is_public=True)
    return True


@act
def choose(leaflet: Leaflet, choice: str, *, by: StaffMember, reason: str = "") -> bool:
    """Close one leaflet's replies, keep them open whatever their age, or let the rules of all decide (`AS_USUAL`);
    whether anything changed. Raises NotAllowed or Unacceptable."""
    check_permission(by, "moderate_comment", _("You may not close replies."))
    if choice not in (AS_USUAL, *LeafletReplies.Choice.values):
        raise Unacceptable(_("Choose what is to become of the replies."))
    there = LeafletReplies.objects.filter(leaflet=leaflet).first()
    was = there.choice if there else AS_USUAL
    if was == choice:
        return False
    if choice == AS_USUAL:
        there.delete()
    else:
        LeafletReplies.objects.update_or_create(
            leaflet=leaflet, defaults={"choice": choice, "by": by, "at": timezone.now()}
        )
    record(
        "replies.closed" if choice == LeafletReplies.Choice.CLOSED else "replies.opened",
        by=by,
        about=leaflet,
        why=reason.strip(),
        data={"before": was, "choice": choice},
        is_public=True,
    )
    return True
