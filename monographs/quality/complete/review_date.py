"""When will it be checked again? A day to come, and not so far away that nobody will be there to do it.

What is due is judged by today's date in the site's time zone, as the publisher's refusal is: the author hears of it
while writing.
"""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content
from monographs.quality.findings import Observation, Rule, Severity
from monographs.text.amounts.dates import NotADay, in_words, read_day

FARTHEST_YEARS = 5
"""PIF TICK asks for a review at least every three years; with two more nobody is asked in vain."""


def _observe(written: str, message: str, instead: str) -> Observation:
    return Observation("next_review_on", _("Next review date"), written, message, instead)


def _day(content: Content) -> dt.date | None:
    try:
        return dt.date.fromisoformat(content.next_review_on.strip())
    except ValueError:
        return None


def next_review_date(content: Content) -> Iterator[Observation]:
    """A leaflet says when it will be reviewed next, as a date of the calendar (ISO 8601, YYYY-MM-DD)."""
    written = content.next_review_on.strip()
    such_as = _("Give a date, such as %(date)s.") % {"date": "2027-05-31"}
    if not written:
        yield _observe(written, _("The leaflet has no date for its next review."), such_as)
    elif not _day(content):
        try:
            read_day(written)
        except NotADay as problem:  # whose words say what to type, and name what was typed
            yield _observe(written, str(problem), "")
        else:  # a date that only people read
            yield _observe(written, _("The date of the next review is not a date of the calendar."), such_as)


def review_has_passed(content: Content) -> Iterator[Observation]:
    """The next review lies after today: patients would read of a check that is overdue from the first day."""
    day = _day(content)
    if day and day <= timezone.localdate():
        yield _observe(
            content.next_review_on.strip(),
            _("The next review, %(day)s, is not a day to come.") % {"day": in_words(day)},
            _("Give the day when the leaflet will be checked again."),
        )


def review_is_far(content: Content) -> Iterator[Observation]:
    """The next review lies at most five years ahead."""
    day, today = _day(content), timezone.localdate()
    if day and day.year - today.year > FARTHEST_YEARS:
        yield _observe(
            content.next_review_on.strip(),
            _("The next review, %(day)s, is more than %(years)d years away.")
            % {"day": in_words(day), "years": FARTHEST_YEARS},
            _("Check the year. Leaflets are checked again within three years."),
        )


_PIF = "Patient Information Forum, PIF TICK criteria: review date shown"

RULES = (
    Rule("next-review-date", Severity.BLOCKS, gettext_lazy("The next review has no date"), _PIF, next_review_date),
    Rule("next-review-passed", Severity.BLOCKS, gettext_lazy("The next review has passed"), _PIF, review_has_passed),
    Rule("next-review-far", Severity.WARNS, gettext_lazy("The next review is years away"), _PIF, review_is_far),
)
