"""What readers look for in vain."""

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monographs.medicines.models import MedicineName
from monographs.prepared import Given, Prepared
from monographs.publication.models import Publication

TOLD_FROM = 2  # searches; what was looked for once may be about the one person who typed it
KEPT_FOR = dt.timedelta(days=90)  # since it was last looked for
MOST = 1_000  # rows; nobody can fill the disk by searching


class MissedSearchQuerySet(models.QuerySet):
    def to_see_to(self, at: dt.datetime) -> "MissedSearchQuerySet":
        """What was looked for more than once and is no name of a medicine with a leaflet by now, most wanted first."""
        return self.to_see_to_but(names_wanted(at), at)

    def to_see_to_but(self, of_medicine: list[tuple[int, str]], at: dt.datetime) -> "MissedSearchQuerySet":
        """The same where `names_wanted` has been asked already."""
        wanted = self.wanted(at - KEPT_FOR)
        if not of_medicine:
            return wanted
        shown = Publication.objects.shown(at).filter(
            leaflet__medicine__in={medicine for medicine, _name in of_medicine}
        )
        with_leaflet = set(shown.order_by().values_list("leaflet__medicine", flat=True))
        answered = [folded for medicine, folded in of_medicine if medicine in with_leaflet]
        return wanted.exclude(folded__in=answered)

    def wanted(self, since: dt.datetime | Given) -> "MissedSearchQuerySet":
        """What was looked for more than once and not only before ``since``, most wanted first."""
        return self.filter(count__gte=TOLD_FROM, last_at__gt=since).order_by("-count", "-last_at")

    def forgotten(self, at: dt.datetime) -> "MissedSearchQuerySet":
        """Those that nobody has looked for in a long time."""
        return self.filter(last_at__lte=at - KEPT_FOR)


def names_wanted(at: dt.datetime) -> list[tuple[int, str]]:
    """Names of medicines, folded, that were looked for in vain and are known by now, each with its medicine's number.

    Asked for by themselves, from the few that are wanted on: not every name that has a leaflet is read.
    """
    return [(medicine, name) for medicine, name in _NAMES.rows(since=at - KEPT_FOR)]


def _find_names() -> models.QuerySet:
    wanted = MissedSearch.objects.wanted(Given("since", models.DateTimeField())).order_by().values("folded")
    return MedicineName.objects.filter(folded__in=wanted).order_by().values_list("medicine", "folded")


_NAMES = Prepared(_find_names)


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
