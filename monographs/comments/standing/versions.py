"""Which version of a leaflet a reply is about: the one that stood in its writer's window."""

import datetime as dt
from typing import NamedTuple

from django.db.models import BigIntegerField, DateTimeField
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.comments.standing.closing import Closing, columns
from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared
from monographs.publication.shown.showings import Showing
from monographs.refusals import Conflict

FORM_GOOD_FOR = dt.timedelta(hours=25)  # a form's day (`reading.replies.form`), and the hour that it was made in


class Shown(NamedTuple):
    """A version that was shown lately, until ``ends_at``, and what says whether replies are closed (`Closing`)."""

    publication: int
    ends_at: dt.datetime
    effective_from: dt.datetime
    choice: str | None
    is_closed: bool | None
    closes_after_days: int | None
    ask_instead: str | None


def version_read(leaflet: Leaflet, read: int | None, *, at: dt.datetime) -> int:
    """The version that a reply is about: what its writer had open, shown within a form's age, else what is shown.

    Raises Conflict where that was not shown, where the leaflet shows nothing now, or where its replies are closed.
    One look-up.
    """
    shown = [Shown(*row) for row in _SHOWN.rows(leaflet=leaflet.pk, at=at, since=at - FORM_GOOD_FOR)]
    now = next((one for one in shown if one.ends_at > at), None)
    if not now:
        raise Conflict(_("This leaflet is not shown any more, so replies are closed."))
    if read and all(read != one.publication for one in shown):
        raise Conflict(
            _("The version of the leaflet that you had open is not shown any more. Please look at it again, and send.")
        )
    closing = Closing(now.choice, now.is_closed, now.closes_after_days, now.ask_instead)
    if closing.is_in_force(now.effective_from, at):
        raise Conflict(closing.sentence())
    return read or now.publication


def shown_now(leaflet: Leaflet) -> int | None:
    """The publication that patients read at this moment."""
    at = timezone.now()
    return next((row[0] for row in _SHOWN.rows(leaflet=leaflet.pk, at=at, since=at)), None)


_SHOWN = Prepared(
    lambda: (
        Showing.objects.filter(
            leaflet=Given("leaflet", BigIntegerField()),
            starts_at__lte=Given("at", DateTimeField()),
            ends_at__gt=Given("since", DateTimeField()),
            publication__revision__isnull=False,
        )
        .order_by("-starts_at")
        .values_list("publication_id", "ends_at", "publication__effective_from", *columns("leaflet"))
    )
)
