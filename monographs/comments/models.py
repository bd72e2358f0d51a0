"""Readers' replies, threaded; their state; every moderator's decision."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monographs.audit.chain import canonical_json, sha256
from monographs.audit.readers import new_seal, sealed
from monographs.leaflets.models import Leaflet
from monographs.publication.models import Publication
from monographs.quality.pieces.excerpts import LONGEST_LABEL, beginning
from monographs.text.letters.signs import cleaned

MAX_LENGTH = 5_000  # characters of one reply
MAX_NAME = 80  # characters of the name above it
PLACE_DIGITS, MOST_LEVELS = (
    12,
    10,
)  # of a place (`comments.standing.places`): digits of a number; levels that it tells apart


class State(models.TextChoices):
    PENDING = "pending", _("waiting")
    APPROVED = "approved", _("shown")
    REJECTED = "rejected", _("rejected")
    SPAM = "spam", _("spam")
    WITHDRAWN = "withdrawn", _("withdrawn by its writer")


class Urgency(models.IntegerChoices):
    """How soon somebody must look. It orders the queue and decides nothing."""

    ORDINARY = 0, _("in its turn")
    SOON = 1, _("soon")
    URGENT = 2, _("urgent")


class CommentQuerySet(models.QuerySet):
    def shown(self) -> "CommentQuerySet":
        return self.filter(state=State.APPROVED)

    def on_pages(self) -> "CommentQuerySet":
        """With a place (`standing.places`): shown and not under one without, or kept empty above one that is shown."""
        return self.filter(place__gt="")

    def waiting(self) -> "CommentQuerySet":
        """For a moderator: urgent first, then whichever waits longest. Along an index that has these alone."""
        return self.filter(waits_since__isnull=False).order_by("-urgency", "waits_since", "pk")

    def waiting_for(self, *, lead: bool) -> "CommentQuerySet":
        """The same for one person: among equally urgent ones what was passed on comes first for those who may decide on
        it (``lead``), and with no other. Nothing comes before a cry for help. Along an index, too."""
        if lead:
            return self.waiting().order_by("-urgency", "-is_escalated", "waits_since", "pk")
        return self.waiting().filter(is_escalated=False)


class Comment(models.Model):
    """A reader's question or remark, or the clinic's answer to one. Nothing shows before somebody decides so, and
    triggers see to it (`comments.guards`)."""

    # Several indexes begin with it; one more, of it alone, would be taken for that of the queue.
    leaflet = models.ForeignKey(Leaflet, models.PROTECT, related_name="comments", db_index=False)
    publication = models.ForeignKey(
        Publication,
        models.PROTECT,
        related_name="+",
        help_text=_("The version that the reader had open."),
        verbose_name=_("version"),
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies", verbose_name=_("reply to")
    )
    name = models.CharField(_("name"), max_length=MAX_NAME, blank=True)
    body = models.TextField(_("text"), blank=True)
    seal = models.CharField(
        _("key of the seal of its words"), max_length=64, default=new_seal, blank=True, editable=False
    )
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    at = models.DateTimeField(_("received"), default=timezone.now)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    waits_since = models.DateTimeField(
        _("waits since"),
        default=timezone.now,
        null=True,
        blank=True,
        editable=False,
        help_text=_("Since when a moderator must look at it; empty once somebody did."),
    )
    urgency = models.SmallIntegerField(_("urgency"), choices=Urgency, default=Urgency.ORDINARY, editable=False)
    is_escalated = models.BooleanField(_("passed on to somebody with more to say"), default=False, editable=False)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("taken by"),
    )
    claimed_until = models.DateTimeField(_("taken until"), null=True, blank=True, editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("in place of")
    )
    hidden_address = models.CharField(
        _("hidden network address"),
        max_length=64,
        blank=True,
        db_index=True,
        editable=False,
        help_text=_("Under the key of its day; taken away after thirty days."),
    )
    place = models.CharField(
        max_length=PLACE_DIGITS * MOST_LEVELS,
        blank=True,
        editable=False,
        help_text=_("Where it stands under the leaflet; empty where it is not shown."),
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ("at", "pk")
        permissions = (
            ("moderate_comment", _("Can approve, reject and mark replies as spam")),
            ("answer_comment", _("Can answer replies for the clinic")),
            ("erase_comment", _("Can erase the words of replies for good")),
            ("view_original_comment", _("Can see what was taken out of replies")),
        )
        indexes = (
            models.Index(fields=("leaflet", "state", "at"), name="comment_page"),
            models.Index(fields=("leaflet", "place"), name="comment_place"),
            models.Index(fields=("state", "at", "id"), name="comment_by_state"),
            models.Index(
                fields=("state", "at", "id"), name="comment_to_erase", condition=models.Q(erased_at=None, staff=None)
            ),
            models.Index(
                fields=("-urgency", "waits_since", "id"),
                name="comment_queue",
                condition=models.Q(waits_since__isnull=False),
            ),
            models.Index(
                fields=("-urgency", "-is_escalated", "waits_since", "id"),
                name="comment_queue_of_lead",
                condition=models.Q(waits_since__isnull=False),
            ),
            models.Index(
                fields=("leaflet", "-urgency", "waits_since", "id"),
                name="comment_queue_of_leaflet",
                condition=models.Q(waits_since__isnull=False),
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="comment_pending_waits",
                condition=~models.Q(state=State.PENDING) | models.Q(waits_since__isnull=False),
            ),
            models.CheckConstraint(
                name="comment_has_text_or_is_erased",
                condition=models.Q(erased_at=None) & ~models.Q(body="")
                | models.Q(erased_at__isnull=False, body="", name="", seal=""),
            ),
        )

    def __str__(self):
        """Its first sentences, for lists; none of them where the first is too long for a line."""
        if self.erased_at:
            return str(_("an erased reply"))
        said = beginning(cleaned(self.body), 60)
        return said if len(said) <= LONGEST_LABEL else str(_("a long reply"))

    @property
    def in_the_record(self) -> str:
        """What the ledger calls it, which is kept for ever: no word of a reader's, who may regret it."""
        return _("reply %(number)s to %(leaflet)s") % {"number": self.pk, "leaflet": self.leaflet}

    def computed_digest(self) -> str:
        """What the ledger keeps of what was said, and to what: worth nothing once words and key are erased."""
        return self.digest_of(self.name, self.body)

    def digest_of(self, name: str, body: str) -> str:
        """The same of these words in its place."""
        said = [self.parent_id, name, body]
        return sealed(self.seal, *said) if self.seal else sha256(canonical_json(said))  # before there were seals

    @property
    def is_staff_answer(self) -> bool:
        return self.staff_id is not None


class ReplyLabel(models.Model):
    """What a rule saw in a reply (`comments.triage.labelling`): it orders and warns, and decides nothing."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="labels")
    label = models.CharField(_("label"), max_length=20)
    rule = models.CharField(_("rule"), max_length=120)
    words = models.TextField(_("words that it saw"), blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    is_wrong = models.BooleanField(_("called wrong"), null=True, help_text=_("Empty: nobody said."))
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("judged by")
    )

    class Meta:
        verbose_name = _("label of a reply")
        verbose_name_plural = _("labels of replies")
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("rule", "is_wrong"), name="label_precision"),
            models.Index(fields=("label", "-at"), name="label_newest"),
        )

    def __str__(self):
        return f"{self.label}: {self.rule}"


class ReplyWriter(models.Model):
    """Who can be written to about a reply, if its writer left an address; gone with the words."""

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="writer")
    email = models.EmailField(_("e-mail"), blank=True)
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    consent_version = models.CharField(_("wording agreed to"), max_length=40, blank=True)
    consented_at = models.DateTimeField(_("agreed"), null=True, blank=True)

    class Meta:
        verbose_name = _("writer of a reply")
        verbose_name_plural = _("writers of replies")
        indexes = (models.Index(fields=("email",), name="reply_writer_email"),)

    def __str__(self):
        return str(self.comment.in_the_record)


class CommentDecision(models.Model):
    """A moderator, or its writer, moved a reply from one state to another. Triggers refuse UPDATE and DELETE."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="decisions")
    was = models.CharField(_("from"), max_length=10, choices=State)
    became = models.CharField(_("to"), max_length=10, choices=State)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("Empty where its writer withdrew it."),
    )
    publication = models.ForeignKey(
        Publication,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("version shown then"),
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("moderator's decision")
        verbose_name_plural = _("moderators' decisions")
        ordering = ("at", "pk")

    def __str__(self):
        return f"{self.get_was_display()} → {self.get_became_display()}"
