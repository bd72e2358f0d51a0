"""A reply that is sent a second time, by a second click, the back button or a page loaded again, is one reply."""

import datetime as dt

from django.db.models import BigIntegerField, DateTimeField, TextField
from django.utils import timezone

from monographs.comments.consent import Contact
from monographs.comments.models import Comment, State
from monographs.prepared import Given, Prepared

SECOND_CLICK = dt.timedelta(seconds=30)  # many share one address: later it is another's "Thank you"


def sent_already(words: dict, contact: Contact | None) -> Comment | None:
    """The same words from the same network address to the same place, which wait: sent by a second click, or again.

    From another address they are another's, who must not be led to the first one's page. What waits at this leaflet is
    looked through, and nothing else: told where it was to stand ("under no other reply"), a database looks through
    all replies there are.
    """
    if not words["hidden_address"]:
        return None  # nobody knows from where: it may be anybody's
    since, address = timezone.now() - SECOND_CLICK, contact.email if contact else None
    waiting = _WAITING.rows(since=since, leaflet=words["leaflet"].pk, body=words["body"])
    parent = words["parent"] and words["parent"].pk
    sought = (words["publication_id"], parent, words["name"], words["hidden_address"])
    for pk, email, *place in waiting:
        if tuple(place) == sought and email == address:
            return Comment.objects.get(pk=pk)
    return None


_WAITING = Prepared(
    lambda: (
        Comment.objects.filter(
            leaflet=Given("leaflet", BigIntegerField()), state=State.PENDING, at__gte=Given("since", DateTimeField())
        )
        .filter(body=Given("body", TextField()))
        .order_by()
        .values_list("pk", "writer__email", "publication_id", "parent_id", "name", "hidden_address")
    )
)
