"""Days from now as people count them."""

import datetime as dt

from django.utils import timezone


def in_days(days: int) -> dt.datetime:
    """This hour of the clock so many days later. At night a day of 24 hours may end on another day than the next, where
    summer time begins or ends in between."""
    return (timezone.localtime() + dt.timedelta(days=days)).astimezone(dt.UTC)
