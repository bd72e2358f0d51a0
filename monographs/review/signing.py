"""What the signature under a review takes (`staff.signatures`): it is about this review, and the two texts compared."""

from monographs.leaflets.models import Leaflet
from monographs.review.models import Review, SignedWith
from monographs.staff.models import StaffMember
from monographs.staff.second_factor.passkeys import Shown
from monographs.staff.signatures import GUESSES, LOCKED_FOR, WrongPassword, answered_by_passkey, is_signed_by_passkey

__all__ = ["GUESSES", "LOCKED_FOR", "WrongPassword", "about_signing", "check_passkey", "check_signature"]
Seen = tuple[int | None, int]  # the ids of the revisions that were compared: last released or None, candidate


def about_signing(review: Review, seen: Seen) -> str:
    """What a passkey is asked about: this review, and the two texts that were on the screen."""
    return f"sign {review.pk} {seen[0]} {seen[1]}"


def check_passkey(session, review: Review, *, by: StaffMember, seen: Seen, answer: str) -> Shown:
    """The passkey that answered (JSON, from the browser), for `check_signature`. Raises WrongAnswer, LockedOut."""
    about = about_signing(review, seen)
    return answered_by_passkey(session, by=by, about=about, answer=answer, thing=review, subject=review.leaflet)


def check_signature(
    review: Review, *, by: StaffMember, seen: Seen, password: str = "", passkey: Shown | None = None
) -> SignedWith:
    """What was signed with. Raises WrongPassword, NotAllowed without one or for a passkey that answered to something
    else, LockedOut after too many wrong ones."""
    about = about_signing(review, seen)
    leaflet = Leaflet(pk=review.leaflet_id)  # not looked up: what was refused belongs to its history, by its number
    is_passkey = is_signed_by_passkey(
        by=by, about=about, password=password, passkey=passkey, thing=review, subject=leaflet
    )
    return SignedWith.PASSKEY if is_passkey else SignedWith.PASSWORD
