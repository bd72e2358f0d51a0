"""Who is told of replies, and when: a rota in an order, and how each moderator wants to hear of what waits.

The rota is asked at an instant, in the site's time zone. Nobody has to fill it in: where it says nobody, all moderators
are told, because a cry for help must not fall into a gap.
"""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.audit.record import act, record
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission, holders

_ONE_DAY = dt.timedelta(days=1)


class Weekday(models.TextChoices):
    """Monday is 0, as in Python."""

    MONDAY = "0", gettext_lazy("Monday")
    TUESDAY = "1", gettext_lazy("Tuesday")
    WEDNESDAY = "2", gettext_lazy("Wednesday")
    THURSDAY = "3", gettext_lazy("Thursday")
    FRIDAY = "4", gettext_lazy("Friday")
    SATURDAY = "5", gettext_lazy("Saturday")
    SUNDAY = "6", gettext_lazy("Sunday")


class RotaTurn(models.Model):
    """One person is on call: on these weekdays, between these hours, from this day to that one. What is empty sets no
    limit. Hours that end before they begin end on the next day."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=gettext_lazy("who")
    )
    position = models.PositiveSmallIntegerField(
        gettext_lazy("place in the order"),
        default=1,
        help_text=gettext_lazy("If nobody sees to a reply, the next one after those on call is told."),
    )
    weekdays = models.CharField(
        gettext_lazy("weekdays"), max_length=7, blank=True, help_text=gettext_lazy("None ticked: every day.")
    )
    begins_at = models.TimeField(
        gettext_lazy("from"), null=True, blank=True, help_text=gettext_lazy("Empty: midnight.")
    )
    ends_at = models.TimeField(
        gettext_lazy("until"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Empty: midnight. A time before the first one is on the next day."),
    )
    first_on = models.DateField(gettext_lazy("first day"), null=True, blank=True)
    last_on = models.DateField(gettext_lazy("last day"), null=True, blank=True)

    class Meta:
        verbose_name = gettext_lazy("turn on call")
        verbose_name_plural = gettext_lazy("turns on call")
        ordering = ("position", "pk")

    def __str__(self):
        return f"{self.position}. {self.person}"

    def clean(self):
        if self.first_on and self.last_on and self.last_on < self.first_on:
            raise ValidationError({"last_on": _("The last day is before the first.")})

    def covers(self, at: dt.datetime) -> bool:
        """Whether the person is on call at this instant."""
        moment = timezone.make_naive(at)
        return any(self._covers_from(day, moment) for day in (moment.date(), moment.date() - _ONE_DAY))

    def _covers_from(self, day: dt.date, moment: dt.datetime) -> bool:
        """Whether the turn that begins on this day covers the moment."""
        if self.weekdays and str(day.weekday()) not in self.weekdays:
            return False
        if (self.first_on and day < self.first_on) or (self.last_on and day > self.last_on):
            return False
        begins = dt.datetime.combine(day, self.begins_at or dt.time())
        ends = dt.datetime.combine(day, self.ends_at or dt.time())
        return begins <= moment < (ends if ends > begins else ends + _ONE_DAY)


class ReplyNews(models.Model):
    """How one moderator wants to hear of replies that wait, and when they last did. Of a cry for help everybody on call
    hears at once."""

    class How(models.TextChoices):
        DAILY = "daily", gettext_lazy("once a day, if anything waits")
        AT_ONCE = "at-once", gettext_lazy("at once, while I am on call")
        NEVER = "never", gettext_lazy("only of cries for help, and of what is overdue")

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reply_news")
    how = models.CharField(gettext_lazy("Letters about replies"), max_length=10, choices=How, default=How.DAILY)
    at_hour = models.PositiveSmallIntegerField(
        gettext_lazy("At which hour"), default=8, validators=[MaxValueValidator(23)]
    )
    told_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = gettext_lazy("letters about replies")
        verbose_name_plural = gettext_lazy("letters about replies")

    def __str__(self):
        return self.get_how_display()


def on_call(at: dt.datetime) -> list[StaffMember]:
    """Whom to write to at an instant, in the order of the rota; where it has nobody who can be written to, everybody
    who may decide on replies and can be."""
    moderators = _moderators()
    told = _in_order(turn.person_id for turn in _turns() if turn.covers(at))
    return [moderators[pk] for pk in told if pk in moderators] or list(moderators.values())


def next_on_rota(at: dt.datetime) -> list[StaffMember]:
    """Whom to write to where those on call did nothing: the first after them who is not on call, the rota being a
    round. All of them again where there is nobody else."""
    moderators, turns = _moderators(), _turns()
    everybody = [pk for pk in _in_order(turn.person_id for turn in turns) if pk in moderators]
    told = {turn.person_id for turn in turns if turn.covers(at)}
    last = max((place for place, pk in enumerate(everybody) if pk in told), default=-1)
    after = [pk for pk in everybody[last + 1 :] + everybody[: last + 1] if pk not in told]
    return [moderators[after[0]]] if after and told & set(everybody) else on_call(at)


def on_rota() -> list[StaffMember]:
    """Everybody who has a turn, and may decide on replies; without a rota all who may."""
    moderators = _moderators()
    having_turns = _in_order(turn.person_id for turn in _turns())
    return [moderators[pk] for pk in having_turns if pk in moderators] or list(moderators.values())


def _turns() -> list[RotaTurn]:
    return list(RotaTurn.objects.order_by("position", "pk"))


def _moderators() -> dict[int, StaffMember]:
    """Those with an address, by their key."""
    return {person.pk: person for person in holders("moderate_comment").exclude(email="").order_by("pk")}


def _in_order(people: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(people))


@act
def save_turn(turn: RotaTurn, *, by: StaffMember) -> None:
    """Put somebody on the rota, or change a turn. Raises NotAllowed."""
    codename, verb = ("change_rotaturn", "changed") if turn.pk else ("add_rotaturn", "added")
    check_permission(by, codename, _("You may not change who is on call."))
    turn.weekdays = "".join(sorted(set(turn.weekdays)))
    turn.save()
    record(f"rota.turn-{verb}", by=by, about=turn)


@act
def take_off_rota(turn: RotaTurn, *, by: StaffMember) -> None:
    """Raises NotAllowed."""
    check_permission(by, "delete_rotaturn", _("You may not change who is on call."))
    record("rota.turn-removed", by=by, about=turn)
    turn.delete()


def news_of(person: StaffMember) -> ReplyNews:
    """The person's own wish, or the usual one, which is not saved."""
    return ReplyNews.objects.filter(person=person).first() or ReplyNews(person=person)


def choose_news(person: StaffMember, *, how: str, at_hour: int) -> None:
    """The person wants to hear of replies in this way from now on."""
    ReplyNews.objects.update_or_create(person=person, defaults={"how": how, "at_hour": at_hour})
