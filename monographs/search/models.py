"""What readers look for in vain."""

import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monographs.medicines.models import MedicineName

TOLD_FROM = 2  # searches; what was looked for once may be about the one person who typed it
KEPT_FOR = dt.timedelta(days=90)  # since it was last looked for
MOST = 1_000  # rows; nobody can fill the disk by searching


class MissedSearchQuerySet(models.QuerySet):
    def to_see_to(self, at: dt.datetime, *, since: dt.datetime | None = None) -> "MissedSearchQuerySet":
        """What was looked for more than once and is no name of a medicine with a leaflet by now, most wanted first.

        ``since``: looked for after that, usually `KEPT_FOR` ago.
        """
        shown = {"medicine__leaflets__showings__starts_at__lte": at, "medicine__leaflets__showings__ends_at__gt": at}
        answered = MedicineName.objects.filter(folded=OuterRef("folded"), **shown)
        wanted = self.filter(count__gte=TOLD_FROM, last_at__gt=since or at - KEPT_FOR).exclude(Exists(answered))
        return wanted.order_by("-count", "-last_at")

    def forgotten(self, at: dt.datetime) -> "MissedSearchQuerySet":
        """Those that nobody has looked for in a long time."""
        return self.filter(last_at__lte=at - KEPT_FOR)


class MissedSearch(models.Model):
    """Words that the search found nothing for, how often and when last; nothing about who looked."""

    folded = models.CharField(max_length=60, unique=True)
    query = models.CharField(_("looked for"), max_length=60, help_text=_("As it was typed last."))
    count = models.PositiveIntegerField(_("how often"), default=1)
    last_at = models.DateTimeField(_("last"), default=timezone.now, db_index=True)

    objects = MissedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")
        ordering = ("-count", "-last_at")

    def __str__(self):
        return self.query
