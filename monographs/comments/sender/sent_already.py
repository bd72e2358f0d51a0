"""What came from one network address lately: a reply that is sent a second time, by a second click, the back button or
a page loaded again, is one reply; and too many in a short time are nobody's questions (`rate`)."""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Q, TextField

from monographs.comments.models import Comment, State
from monographs.comments.sender.consent import Contact
from monographs.comments.sender.rate import check_moments, most_counted, newest_from_address
from monographs.prepared import Given, Prepared

SECOND_CLICK = dt.timedelta(seconds=30)  # many share one address: later it is another's "Thank you"


class Earlier(NamedTuple):
    """A reply that came from the same address before; ``email``: of its writer, None where there is none;
    ``is_same``: it has the very same text."""

    at: dt.datetime
    pk: int
    leaflet: int
    publication: int
    parent: int | None
    name: str
    state: str
    email: str | None
    is_same: bool


def sent_already(words: dict, contact: Contact | None, *, at: dt.datetime, kind: str) -> Comment | None:
    """The same words from the same network address to the same place, which wait: sent by a second click, or again.

    From another address they are another's, who must not be led to the first one's page. ``words`` are the columns of
    the reply at hand, ``kind`` what it is to `rate`. Raises TooMany where it is another one, and too much came from
    the address. One query along the index of addresses; none where no address is known: it may be anybody's.
    """
    if not words["hidden_address"]:
        return None
    rows = _sent(most_counted(kind)).rows(hidden=words["hidden_address"], body=words["body"])
    earlier = [Earlier(*row) for row in rows]
    if (pk := _second_click(earlier, words, contact, at)) is not None:
        return Comment.objects.get(pk=pk)
    check_moments([one.at for one in earlier], at, kind=kind)
    return None


def _second_click(earlier: Sequence[Earlier], words: dict, contact: Contact | None, at: dt.datetime) -> int | None:
    parent = words["parent"] and words["parent"].pk
    place = (words["leaflet"].pk, words["publication_id"], parent, words["name"])
    email = contact.email if contact else None
    for one in earlier:
        is_there = (one.leaflet, one.publication, one.parent, one.name) == place
        is_recent = one.at >= at - SECOND_CLICK and one.state == State.PENDING
        if one.is_same and is_there and is_recent and one.email == email:
            return one.pk
    return None


@cache
def _sent(most: int) -> Prepared:
    """The newest from an address. Told up to when, SQLite might take an index of moments, and read all there are."""
    columns = ("at", "pk", "leaflet_id", "publication_id", "parent_id", "name", "state", "writer__email")
    is_same = ExpressionWrapper(Q(body=Given("body", TextField())), BooleanField())
    return Prepared(lambda: newest_from_address(Comment).values_list(*columns, is_same)[:most])
