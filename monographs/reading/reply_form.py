"""The reply form without cookies: a signed word instead says which leaflet it was for, and when it was shown."""

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from monographs.comments.models import Comment
from monographs.leaflets.models import Leaflet
from monographs.quality.excerpts import beginning
from monographs.reading.thread import whom
from monographs.refusals import Conflict, Unacceptable
from monographs.templatetags.leaflet_language import in_order
from monographs.templatetags.readers_words import readable

HOURS = 24  # a form stays good this long
_QUOTED = 200  # characters of what is answered
_SIGNER = Signer(salt="monographs.reading.reply")


def form_words(
    leaflet: Leaflet, hour: int, *, body: str = "", name: str = "", answer_to: Comment | None = None
) -> dict[str, object]:
    """What `comments/form.html` shows: a token for this leaflet, signed for this hour; the reader's words as they sent
    them; whom they answer."""
    words = {"token": make_token(leaflet, hour), "typed_body": body, "typed_name": name}
    if answer_to:
        words |= {"answers": answer_to.pk, "answers_whom": whom(answer_to.name)}
        words["quoted"] = in_order(beginning(readable(answer_to.body), _QUOTED))
    return words


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
