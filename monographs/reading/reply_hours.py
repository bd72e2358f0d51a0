"""What stands beside the reply form about when somebody reads, and whether replies are taken at all."""

import datetime as dt

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from monographs.clinics.hours import Hours, clock, is_staffed, opens_next, told
from monographs.comments.closing import Closing
from monographs.reading.public import Site
from monographs.templatetags.leaflet_language import in_order

_HOUR, _MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)


def hours_words(site: Site) -> dict[str, object]:
    """For `comments/safety.html`, in the active language: ``closed`` (where nobody reads now), ``reads_again`` (when
    that is, if it is known) and ``hours``.

    Somebody is there only if that is so for the whole hour in which the page is made: it is kept for so long.
    """
    hours = site.clinic.hours
    since = timezone.localtime(dt.datetime.fromtimestamp(site.hour * 3600, dt.UTC))
    if not hours:
        return {"closed": _("Replies are not read day and night. It may take some days.")}
    words: dict[str, object] = {"hours": _lines(told(hours))}
    if not is_staffed(hours, since, since + _HOUR):
        words["closed"] = _("Nobody reads replies at this moment.")
        again = opens_next(hours, since)
        if again and not _is_staffed_for_a_part(hours, since):
            words["reads_again"] = _day_and_time(*again, since)
    return words


def _is_staffed_for_a_part(hours: Hours, since: dt.datetime) -> bool:
    """Whether somebody reads in some minutes of the hour: then no moment that is named would be right for all of it."""
    return any(is_staffed(hours, since + _MINUTE * part, since + _MINUTE * (part + 1)) for part in range(60))


def why_closed(site: Site, closing: Closing | None = None) -> str:
    """Why no reply is taken, "" if they are: ``closing`` is what is in force, and nobody may write in need without
    being told whom to call."""
    if closing:
        return closing.sentence()
    if site.clinic.missing:
        return _("We do not take replies at the moment. Please ask us in another way.")
    return ""


def _lines(lines: list[str]) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((in_order(line),) for line in lines))


def _day_and_time(ahead: int, minute: int, since: dt.datetime) -> SafeString:
    """``today, 09:00``, ``tomorrow, 09:00``, ``Monday, 09:00``."""
    day = {0: _("today"), 1: _("tomorrow")}.get(ahead, str(WEEKDAYS[(since.weekday() + ahead) % 7]))
    return in_order(_("%(day)s, %(time)s") % {"day": day, "time": clock(minute)})
