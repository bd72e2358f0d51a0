"""A passkey instead of the password under an approval: the question on the page, and the answer in the form."""

from django.http import HttpRequest

from monographs.review.models import Review
from monographs.review.signing import Seen, about_signing, check_passkey
from monographs.staff.second_factor.passkeys import Shown, ask, has_passkey


def passkey_options(request: HttpRequest, review: Review, shown: dict) -> str:
    """What the browser needs to ask for the signer's passkey, as JSON; empty for whoever has none.

    ``shown`` has the ids of the two texts that the page shows, as the form has them.
    """
    if not has_passkey(request.user):
        return ""
    seen = (shown["seen_base"] or None, shown["seen_candidate"])
    return ask(request.session, request.user, about_signing(review, seen))


def passkey_in(request: HttpRequest, review: Review, seen: Seen, answer: str) -> Shown | None:
    """The passkey that has answered, if one did. Raises WrongAnswer, LockedOut."""
    return check_passkey(request.session, review, by=request.user, seen=seen, answer=answer) if answer else None
