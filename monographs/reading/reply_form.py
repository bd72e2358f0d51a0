"""The reply form without cookies: a signed word instead says which leaflet it was for, and when it was shown."""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from monographs.comments.models import Comment
from monographs.leaflets.models import Leaflet
from monographs.refusals import Conflict, Unacceptable

HOURS = 24  # a form stays good this long
_SIGNER = Signer(salt="monographs.reading.reply")


@dataclass(frozen=True)
class ReplyForm:
    """What the form shows: the reader's words as they sent them, and a fresh token."""

    token: str
    body: str = ""
    name: str = ""
    answer_to: Comment | None = None

    @classmethod
    def fresh(cls, leaflet: Leaflet, hour: int, **fields) -> "ReplyForm":
        """A form for this leaflet, signed for this hour."""
        return cls(token=make_token(leaflet, hour), **fields)


def make_token(leaflet: Leaflet, hour: int) -> str:
    """Which leaflet, which hour, and our signature. The same for every reader, so pages can be cached."""
    return _SIGNER.sign(f"{leaflet.pk}-{hour}")


def check_token(token: str, leaflet: Leaflet, hour: int) -> None:
    """Raise Unacceptable unless we made it for this leaflet, Conflict if it is older than `HOURS`."""
    try:
        leaflet_pk, made = _SIGNER.unsign(token).split("-")
    except BadSignature as error:
        raise Unacceptable(_not_ours()) from error
    if leaflet_pk != str(leaflet.pk):
        raise Unacceptable(_not_ours())
    if not 0 <= hour - int(made) <= HOURS:
        raise Conflict(
            _(
                "This form was open for more than a day, and the leaflet may have changed since. "
                "Your text is still here. Please send it again."
            )
        )


def _not_ours() -> str:
    return _("We could not tell where this form came from. Your text is still here. Please send it again.")
