"""The reply form without cookies: signed words instead say which leaflet it was for, which version stood around it,
when it was shown, and that its writer was asked to look once more."""

import datetime as dt
from typing import NamedTuple

from django.core.signing import BadSignature, Signer
from django.http import HttpResponse, QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from monographs.comments.models import Comment
from monographs.comments.sender import consent
from monographs.leaflets.models import Leaflet
from monographs.quality.pieces.excerpts import beginning
from monographs.reading.replies.thread import whom
from monographs.refusals import Conflict, Refused, Unacceptable
from monographs.templatetags.leaflet_language import in_order
from monographs.templatetags.readers_words import readable

HOURS = 24  # a form stays good this long
FASTEST = dt.timedelta(seconds=2)
"""Between the page that asks to look once more and the answer. Of the form on the leaflet's page nobody knows when it
was shown: that page is the same for all readers of an hour, and kept."""

_QUOTED = 200  # characters of what is answered
_SIGNER = Signer(salt="monographs.reading.replies.sending")
_LOOKED = Signer(salt="monographs.reading.replies.sending.looked")


class Typed(NamedTuple):
    """What a reader sent in the form, as it came."""

    body: str = ""
    name: str = ""
    email: str = ""
    agreed: str = ""

    @classmethod
    def of(cls, sent: QueryDict) -> "Typed":
        return cls(*(sent.get(name, "") for name in ("body", "name", "email", "consent")))


def form_words(
    leaflet: Leaflet, publication: int, hour: int, *, typed: Typed | None = None, answer_to: Comment | None = None
) -> dict[str, object]:
    """What `comments/form.html` shows: a token for this leaflet and version, signed for this hour; the reader's words
    as they sent them; whom they answer."""
    words = {"token": make_token(leaflet, publication, hour), **typed_words(typed or Typed())}
    if answer_to:
        words |= {"answers": answer_to.pk, "answers_whom": whom(answer_to.name)}
        words["quoted"] = in_order(beginning(readable(answer_to.body), _QUOTED))
    return words


def typed_words(typed: Typed) -> dict[str, object]:
    """The same as far as a reader typed it."""
    words = {"typed_body": typed.body, "typed_name": typed.name, "typed_email": typed.email}
    words |= {"consent_version": consent.VERSION, "wording": consent.WORDINGS[consent.VERSION]}
    return words | ({"has_agreed": SafeString(" checked")} if typed.agreed == consent.VERSION else {})


def make_token(leaflet: Leaflet, publication: int, hour: int) -> str:
    """Which leaflet, which version, which hour, and our signature. The same for every reader, so pages can be
    cached."""
    return _SIGNER.sign(f"{leaflet.pk}-{publication}-{hour}")


def check_token(token: str, leaflet: Leaflet, hour: int) -> int:
    """The number of the publication that the form stood under. Raises Unacceptable unless we made it for this leaflet,
    Conflict if it is older than `HOURS`."""
    try:
        leaflet_pk, publication, made = _SIGNER.unsign(token).split("-")
    except (BadSignature, ValueError) as error:  # the second: made by the program before
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
    return int(publication)


def looked_at(at: dt.datetime) -> str:
    """Says that its writer was asked to look once more, and when."""
    return _LOOKED.sign(f"{at.timestamp():.1f}")


def when_looked(signed: str) -> dt.datetime | None:
    """When that was; None if it was not, or not by us."""
    try:
        return dt.datetime.fromtimestamp(float(_LOOKED.unsign(signed)), dt.UTC)
    except (BadSignature, ValueError, OverflowError):
        return None


def wrong_field(refusal: Refused | None) -> dict[str, bool]:
    """Which field of the form the sentence of a refusal is about, if it is about one: ``email_is_wrong``."""
    field = refusal.details.get("field") if refusal else None
    return {f"{field}_is_wrong": True} if field else {}


def with_time_to_wait(response: HttpResponse, refusal: Refused) -> HttpResponse:
    """Where a refusal says after which time to try again, the answer does (RFC 9110 section 10.2.3)."""
    if wait := getattr(refusal, "retry_after", None):
        response["Retry-After"] = str(wait)
    return response


def _not_ours() -> str:
    return _("We could not tell where this form came from. Your text is still here. Please send it again.")
