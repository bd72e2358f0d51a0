"""A reply that is sent a second time, by a second click, the back button or a page loaded again, is one reply."""

from django.db.models import BigIntegerField, TextField

from monographs.comments.consent import Contact, keep_contact
from monographs.comments.letters import tell_of_arrival
from monographs.comments.models import Comment, State
from monographs.prepared import Given, Prepared


def sent_already(words: dict, contact: Contact | None) -> Comment | None:
    """The same words from the same network address to the same place, which wait: sent by a second click, or again.

    From another address they are another's, who must not be led to the first one's page. What waits at this leaflet is
    looked through, and nothing else: told where it was to stand ("under no other reply"), a database looks through
    all replies there are.
    """
    waiting = _WAITING.rows(leaflet=words["leaflet"].pk, body=words["body"])
    parent = words["parent"] and words["parent"].pk
    sought = (words["publication_id"], parent, words["name"], words["hidden_address"])
    for pk, email, *place in waiting:
        if tuple(place) == sought and (not contact or email in (None, contact.email)):
            comment = Comment.objects.get(pk=pk)
            if contact and not email:
                tell_of_arrival(comment, (), keep_contact(comment, contact))
            return comment
    return None


_WAITING = Prepared(
    lambda: (
        Comment.objects.filter(leaflet=Given("leaflet", BigIntegerField()), state=State.PENDING)
        .filter(body=Given("body", TextField()))
        .order_by()
        .values_list("pk", "writer__email", "publication_id", "parent_id", "name", "hidden_address")
    )
)
