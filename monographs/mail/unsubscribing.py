"""No more letters of a kind to an address: asked for by a link in the letter, without a log-in (RFC 8058)."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monographs.mail.addresses import mark, marks, on_this_site
from monographs.mail.models import Unsubscribed

_SALT = "monographs.mail.unsubscribing"
ABOUT_REPLIES = "reply"
KINDS = {ABOUT_REPLIES: _("letters about what you wrote under a leaflet")}
"""What can be unsubscribed, in words that complete “you get no more …”. A letter of no kind can not be."""


@dataclass(frozen=True)
class Wish:
    """What a link asks for: of which address (by its mark) no more letters of which kind, in which language."""

    mark: str
    kind: str
    language: str


def token_of(address: str, kind: str, language: str) -> str:
    """The last part of the link's address, which only this site can make."""
    return signing.dumps([mark(address), kind, language], salt=_SALT)


def find(token: str) -> Wish | None:
    """What the link asks for; None where we did not make it."""
    try:
        found, kind, language = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if kind not in KINDS:
        return None
    return Wish(found, kind, language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)


def unsubscribe(wish: Wish) -> None:
    """From now on, for letters that wait already as well. Asked twice, it is the same."""
    Unsubscribed.objects.get_or_create(mark=wish.mark, kind=wish.kind)


def subscribe_again(wish: Wish) -> None:
    """It was a mistake."""
    Unsubscribed.objects.filter(mark=wish.mark, kind=wish.kind).delete()


def has_unsubscribed(wish: Wish) -> bool:
    """Whether it holds now."""
    return Unsubscribed.objects.filter(mark=wish.mark, kind=wish.kind).exists()


def is_unsubscribed(address: str, kind: str) -> bool:
    """Whether letters of this kind are unwanted there. A mark under an older key is made anew under the key of now."""
    if not kind:
        return False
    current = mark(address)
    found = list(Unsubscribed.objects.filter(mark__in=list(marks(address)), kind=kind).values_list("mark", flat=True))
    if found and current not in found:
        Unsubscribed.objects.get_or_create(mark=current, kind=kind)
    return bool(found)


def link(address: str, kind: str, language: str) -> str:
    """The full address of the page behind the letter's link."""
    return on_this_site(reverse("unsubscribe", args=[token_of(address, kind, language)]))
