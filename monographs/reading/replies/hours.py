"""What stands beside the reply form about when somebody reads, and whether replies are taken at all."""

import datetime as dt

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from monographs.clinics import days_off
from monographs.clinics.days_off import DaysOff
from monographs.clinics.hours import Hours, clock, is_staffed, opens_next, told
from monographs.comments.standing.closing import Closing
from monographs.reading.public import Site
from monographs.templatetags.leaflet_language import in_order
from monographs.text.amounts.dates import in_words

_HOUR, _MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)
_DAYS_AHEAD, _A_WEEK = 14, 7  # days: off days that are told before they come; a weekday alone names one of these


def hours_words(site: Site) -> dict[str, object]:
    """For `comments/safety.html`, in the active language: ``closed`` (where nobody reads now), ``reads_again`` (when
    that is, if it is known) and ``hours``.

    Somebody is there only if that is so for the whole hour in which the page is made: it is kept for so long.
    """
    hours, off = site.clinic.hours, site.clinic.off
    since = timezone.localtime(dt.datetime.fromtimestamp(site.hour * 3600, dt.UTC))
    if not hours and since.date() not in off:
        return {"closed": _("Replies are not read day and night. It may take some days.")}
    words: dict[str, object] = {"hours": _lines([*told(hours), *days_off.told(off, since.date(), ahead=_DAYS_AHEAD)])}
    if not is_staffed(hours, since, since + _HOUR, off=off):
        words["closed"] = _nobody_reads(off.get(since.date(), ""))
        again = opens_next(hours, since, off=off)
        if again and not _is_staffed_for_a_part(hours, since, off):
            words["reads_again"] = _day_and_time(*again, since)
    return words


def _nobody_reads(reason: str) -> SafeString | str:
    """``reason``: of a day off, in the clinic's own words."""
    if reason:
        return in_order(_("Nobody reads replies today: %(reason)s.") % {"reason": reason.rstrip(".")})
    return _("Nobody reads replies at this moment.")


def _is_staffed_for_a_part(hours: Hours, since: dt.datetime, off: DaysOff) -> bool:
    """Whether somebody reads in some minutes of the hour: then no moment that is named would be right for all of it."""
    minutes = (since + _MINUTE * part for part in range(60))
    return any(is_staffed(hours, minute, minute + _MINUTE, off=off) for minute in minutes)


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
    """``today, 09:00``, ``tomorrow, 09:00``, ``Monday, 09:00``, after a week ``4 January 2027, 09:00``."""
    day = {0: _("today"), 1: _("tomorrow")}.get(ahead, str(WEEKDAYS[(since.weekday() + ahead) % 7]))
    if ahead >= _A_WEEK:
        day = in_words(since.date() + dt.timedelta(days=ahead))
    return in_order(_("%(day)s, %(time)s") % {"day": day, "time": clock(minute)})
