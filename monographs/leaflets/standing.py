"""Where each leaflet stands on the staff's side, written down to be looked up."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from monographs.leaflets.models import Leaflet


class Standing(models.Model):
    """The draft's newest revision and its review, in plain columns, for lists, filters and the desk.

    Derived from the leaflet's revisions and reviews: `leaflets.actions.start_leaflet` makes the row,
    `revisions.actions` and `review.actions` keep their columns in the transaction of each verb, and `verify_history`
    works them out anew (`review.standing`). What depends on the clock is no part of it: `publication.showings`.
    """

    leaflet = models.OneToOneField(Leaflet, models.CASCADE, primary_key=True, related_name="standing")
    number = models.PositiveIntegerField(_("newest revision"), default=0, help_text=_("0: nothing is written yet."))
    digest = models.CharField(_("SHA-256 of what it says"), max_length=64, blank=True)
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who saved last")
    )
    saved_at = models.DateTimeField(_("saved"), null=True)
    review_state = models.CharField(
        _("review"), max_length=10, blank=True, help_text=_("Of the one that goes on, else of the last.")
    )
    is_with_author = models.BooleanField(
        _("with its author"), default=True, help_text=_("The newest text is neither in review nor has it been shown.")
    )

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        indexes = (
            models.Index(fields=("review_state",), name="standing_review"),
            models.Index(fields=("writer", "is_with_author", "-saved_at"), name="standing_writer"),
        )

    def __str__(self):
        return f"{self.leaflet}"


COLUMNS = ("number", "digest", "writer_id", "saved_at", "review_state", "is_with_author")
