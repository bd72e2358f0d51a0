"""What readers look for in vain."""

import datetime as dt
from functools import cache

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
        return self.wanted(at - KEPT_FOR).exclude(folded__in=_answered(at))

    def wanted(self, since: dt.datetime | Given) -> "MissedSearchQuerySet":
        """What was looked for more than once and not only before ``since``, most wanted first."""
        return self.filter(count__gte=TOLD_FROM, last_at__gt=since).order_by("-count", "-last_at")

    def forgotten(self, at: dt.datetime) -> "MissedSearchQuerySet":
        """Those that nobody has looked for in a long time."""
        return self.filter(last_at__lte=at - KEPT_FOR)


def first_to_see_to(at: dt.datetime, *, most: int) -> tuple[list["MissedSearch"], int]:
    """The first of `to_see_to`, at most so many, and how many there are."""
    answered, since = _answered(at), at - KEPT_FOR
    first = _first_wanted(1 << (most + len(answered)).bit_length()).things(since=since)
    left = [search for search in first if search.folded not in answered]
    return left[:most], _wanted.count(since=since) - len(answered) if len(left) > most else len(left)


def _answered(at: dt.datetime) -> set[str]:
    """What was looked for in vain, folded, and is the name of a medicine with a leaflet by now."""
    return {name for name, shown in _names.rows(since=at - KEPT_FOR, at=at) if shown}


def _find_wanted() -> models.QuerySet:
    return MissedSearch.objects.wanted(Given("since", models.DateTimeField()))


def _find_names() -> models.QuerySet:
    """With one leaflet that is shown of each one's medicine: asked for each of the few, so that not every name that has
    a leaflet is read."""
    wanted = _find_wanted().order_by().values("folded")
    shown = Publication.objects.shown(Given("at", models.DateTimeField())).filter(
        leaflet__medicine=models.OuterRef("medicine")
    )
    names = MedicineName.objects.filter(folded__in=wanted).order_by()
    return names.annotate(shown=models.Subquery(shown.order_by().values("pk")[:1])).values_list("folded", "shown")


@cache
def _first_wanted(length: int) -> Prepared:
    return Prepared(lambda: _find_wanted()[:length])


_names = Prepared(_find_names)
_wanted = Prepared(lambda: _find_wanted().order_by().values_list("pk"))


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
