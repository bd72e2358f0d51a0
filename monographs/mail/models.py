"""Letters: what is to be sent, what was sent, and who wants no more of them. A person is an address here."""

import datetime as dt
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monographs.mail.addresses import LONGEST, shortened

LATE_AFTER, URGENT_LATE_AFTER = dt.timedelta(hours=1), dt.timedelta(minutes=5)
UNSUBSCRIBED = "unsubscribed"  # why a letter was given up that nobody wants
_WAITS = models.Q(sent_at=None, given_up_at=None)
_IS_GIVEN_UP = models.Q(given_up_at__isnull=False)
_HAS_WORDS = ~models.Q(to="")


def new_message_id() -> str:
    """A Message-ID (RFC 5322, section 3.6.4) in the sender's domain: that of the machine is nobody's business."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return make_msgid(domain=domain or "localhost")


def late_before(at: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """What was due before the first and still waits is late; an urgent letter already before the second."""
    return at - LATE_AFTER, at - URGENT_LATE_AFTER


class LetterQuerySet(models.QuerySet):
    def waiting(self) -> "LetterQuerySet":
        """Neither sent nor given up."""
        return self.filter(_WAITS)

    def due(self, at: dt.datetime) -> "LetterQuerySet":
        """Those that may be sent now and that nobody has in hand, in the order of sending."""
        return self.waiting().filter(next_at__lte=at).order_by("-is_urgent", "next_at", "pk")

    def given_up(self) -> "LetterQuerySet":
        return self.filter(_IS_GIVEN_UP)

    def late(self, at: dt.datetime) -> "LetterQuerySet":
        """Those that should have been sent long ago, and wait: no sender runs, or the mail server takes none."""
        moment, urgent = late_before(at)
        return self.due_before(moment, urgent=urgent)

    def due_before(
        self, moment: dt.datetime | models.Expression, *, urgent: dt.datetime | models.Expression
    ) -> "LetterQuerySet":
        """Those that wait and were due before a moment, or before another where they are urgent."""
        return self.waiting().filter(models.Q(due_at__lt=moment) | models.Q(is_urgent=True, due_at__lt=urgent))

    def to_see_to(self) -> "LetterQuerySet":
        """Given up, and can be sent again."""
        return self.given_up().filter(_HAS_WORDS).exclude(last_error=UNSUBSCRIBED)


class Letter(models.Model):
    """One letter to one address, with all its words. It waits until the mail server has taken it (`mail.outbox`)."""

    name = models.CharField(_("which letter"), max_length=60)
    to = models.CharField(_("to whom"), max_length=LONGEST, blank=True)
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    body = models.TextField(_("text"), blank=True)
    message_id = models.CharField(
        max_length=250,
        unique=True,
        default=new_message_id,
        editable=False,
        help_text=_("Made once: sent a second time, it is the same letter to every mail program."),
    )
    key = models.CharField(
        max_length=150,
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text=_("What is told to whom, once and for all."),
    )
    kind = models.CharField(
        max_length=30, blank=True, help_text=_("What of can be unsubscribed; empty where it can not.")
    )
    language = models.CharField(_("language"), max_length=10)
    is_urgent = models.BooleanField(_("goes before others"), default=False)
    posted_at = models.DateTimeField(_("written"), default=timezone.now)
    due_at = models.DateTimeField(_("not before"), default=timezone.now)
    next_at = models.DateTimeField(_("tried next"), default=timezone.now)
    tries = models.PositiveIntegerField(_("tries"), default=0)
    last_error = models.CharField(_("what kept it"), max_length=120, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("-posted_at", "-pk")
        default_permissions = ("view", "change")
        indexes = (
            models.Index(fields=("-is_urgent", "next_at", "id"), name="letter_next", condition=_WAITS),
            models.Index(fields=("due_at",), name="letter_late", condition=_WAITS),
            models.Index(fields=("given_up_at",), name="letter_given_up", condition=_IS_GIVEN_UP),
            models.Index(fields=("-posted_at", "-id"), name="letter_list"),
            models.Index(fields=("posted_at",), name="letter_words", condition=_HAS_WORDS),
            models.Index(fields=("to",), name="letter_to", condition=_HAS_WORDS),
        )
        constraints = (
            models.CheckConstraint(
                name="letter_sent_or_given_up", condition=models.Q(sent_at=None) | models.Q(given_up_at=None)
            ),
        )

    def __str__(self):
        return f"{self.name} {self.pk}"

    @property
    def to_whom(self) -> str:
        """The address, shortened."""
        return shortened(self.to)


class Unsubscribed(models.Model):
    """Somebody wants no more letters of a kind. Kept is what knows the address again (`mail.addresses.mark`), not the
    address."""

    mark = models.CharField(max_length=64)
    kind = models.CharField(max_length=30)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("unsubscribed address")
        verbose_name_plural = _("unsubscribed addresses")
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("mark", "kind"), name="unsubscribed_once"),)

    def __str__(self):
        return self.kind
