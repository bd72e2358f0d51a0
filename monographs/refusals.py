"""How a verb says no: one sentence for the person, one HTTP status for the door they came through.

A door (admin, site, command) lets these pass; `operations.requests.refusals` or the command turns them into
a page or a line of text. Whatever was begun is rolled back, so nothing is half done.
"""

from django.db import OperationalError


class Refused(Exception):
    """Base of every refusal. ``str(error)`` is the sentence to show; ``status`` the HTTP status (RFC 9110)."""

    status = 400

    def __init__(self, sentence: str, **details):
        super().__init__(sentence)
        self.details = details


class Unacceptable(Refused):
    """What was sent can't be used as it is (400): something is missing, too long or malformed."""


class NotAllowed(Refused):
    """This person may not do this to this thing (403)."""

    status = 403


class Conflict(Refused):
    """The thing is not in the state this was meant for (409): somebody was faster, or it is frozen."""

    status = 409


class TooMany(Refused):
    """More came from one place than one person writes (429, RFC 6585 section 4); to be sent again in a while.

    ``retry_after`` is in seconds.
    """

    status = 429

    def __init__(self, sentence: str, *, retry_after: int = 600, **details):
        super().__init__(sentence, **details)
        self.retry_after = retry_after


class Busy(Refused, OperationalError):
    """Somebody else was writing for longer than a person can be kept waiting (503); to be sent again in a while.

    Also an error of the database, for programs that try again by themselves.
    """

    status = 503
    retry_after = 10  # seconds


class NoRoom(Refused, OperationalError):
    """The disk is full, or does not take what is written (507, RFC 4918 section 11.5): nothing was kept.

    No time to try again is named: it needs somebody who makes room.
    """

    status = 507
