"""Where each leaflet stands on the staff's side, written down to be looked up."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from monographs.leaflets.models import Leaflet
from monographs.text.letters.folding import fold

NO_CHANGE = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)  # nothing is to come
FOLDED_LENGTH = 200
VERSION, WITHDRAWAL, EXPIRY = "version", "withdrawal", "expiry"  # what patients meet

# Review's own names for its states; in the order in which one hides those behind it.
_STANDS = Case(
    When(number=0, then=Value("empty")),
    *(When(review_state=state, then=Value(state)) for state in ("waiting", "approved", "sent-back")),
    When(~Q(coming_digest="") & Q(coming_digest=F("digest")), then=Value("scheduled")),
    When(shown=WITHDRAWAL, then=Value("withdrawn")),
    When(shown=EXPIRY, then=Value("expired")),
    When(shown=VERSION, shown_digest=F("digest"), then=Value("published")),
    When(shown=VERSION, then=Value("changed")),
    default=Value("draft"),
)


class Standing(models.Model):
    """The newest revision, its review and what patients meet, in plain columns, for lists, filters and the desk.

    Derived from the leaflet's revisions, reviews and showings: `leaflets.actions.start_leaflet` makes the row,
    `revisions.actions`, `review.actions` and `publication.shown.standing` keep their columns in the transaction of each
    verb, and `verify_history` works them out anew (`review.standing`, `publication.shown.standing`).

    What patients meet is that of the instant of the verb, and holds until ``holds_until``, when a release or an expiry
    that was scheduled comes: from then on it is the showings that say it, until the clock has written it down
    (`publication.shown.standing.catch_up`). ``stands`` and ``due_on`` are made by the database of the other columns.
    """

    leaflet = models.OneToOneField(Leaflet, models.CASCADE, primary_key=True, related_name="standing")
    number = models.PositiveIntegerField(_("newest revision"), default=0, help_text=_("0: nothing is written yet."))
    digest = models.CharField(_("SHA-256 of what it says"), max_length=64, blank=True)
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+",
        verbose_name=_("who saved last"),
    )  # fmt: skip
    saved_at = models.DateTimeField(_("saved"), null=True)
    review_state = models.CharField(
        _("review"), max_length=10, blank=True, help_text=_("Of the one that goes on, else of the last.")
    )
    is_with_author = models.BooleanField(
        _("with its author"), default=True, help_text=_("The newest text is neither in review nor has it been shown.")
    )

    folded = models.CharField(_("title as it is looked for"), max_length=FOLDED_LENGTH, blank=True, db_index=True)
    draft_review_on = models.DateField(_("next review in the draft"), null=True)
    shown = models.CharField(_("what patients meet"), max_length=10, blank=True, help_text=_("Empty: nothing yet."))
    shown_digest = models.CharField(_("SHA-256 of what patients read"), max_length=64, blank=True)
    shown_review_on = models.DateField(_("next review that patients are told"), null=True)
    coming_digest = models.CharField(_("SHA-256 of what is scheduled"), max_length=64, blank=True)
    holds_until = models.DateTimeField(_("until when this holds"), default=NO_CHANGE)
    stands = models.GeneratedField(expression=_STANDS, output_field=models.CharField(max_length=10), db_persist=True)
    due_on = models.GeneratedField(
        expression=Coalesce("shown_review_on", "draft_review_on"), output_field=models.DateField(), db_persist=True
    )

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        indexes = (
            models.Index(fields=("writer", "is_with_author", "-saved_at"), name="standing_writer"),
            # One for each way in which the list of leaflets is filtered or sorted.
            models.Index(fields=("folded", "leaflet"), name="standing_in_order"),
            models.Index(fields=("stands", "folded", "leaflet"), name="standing_stands"),
            models.Index(fields=("-stands", "folded", "leaflet"), name="standing_stands_last"),
            models.Index(fields=("due_on", "folded", "leaflet"), name="standing_due"),
            models.Index(fields=("stands", "due_on", "folded", "leaflet"), name="standing_stands_due"),
            models.Index(fields=("holds_until",), name="standing_holds_until"),
            # What comes due of what patients read: versions of before have their day in the timeline, but not here.
            models.Index(
                fields=("shown_review_on", "leaflet"),
                name="standing_comes_due",
                condition=Q(shown_review_on__isnull=False),
            ),
        )

    def __str__(self):
        return f"{self.leaflet}"


COLUMNS = ("number", "digest", "writer_id", "saved_at", "review_state", "is_with_author", "folded", "draft_review_on")
SHOWN_COLUMNS = ("shown", "shown_digest", "shown_review_on", "coming_digest")


def folded_title(title: str) -> str:
    """A draft's title as the list of leaflets looks for it."""
    return fold(title)[:FOLDED_LENGTH]
