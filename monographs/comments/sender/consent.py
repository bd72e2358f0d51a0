"""Whom we may write to about a reply: an address, and the wording that somebody agreed to (GDPR, articles 6(1)(a) and
7).

The reply itself needs no address. One is kept only with a tick of its own, which nobody set beforehand; which wording
stood beside it, and when it was agreed to, is kept with the address, as the clinic must be able to show it (article
7(1)).
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.comments.models import Comment, ReplyWriter
from monographs.refusals import Unacceptable
from monographs.text.letters.signs import cleaned

WORDINGS = {
    "1": gettext_lazy(
        "You may write to me at this address about my reply. You delete the address when I say so, and with my reply."
    ),
}
"""By version. A wording that was ever shown stays as it is: what changes is another version."""

VERSION = "1"
"""What forms show now."""

_LONGEST = 254  # characters of an address (RFC 5321, section 4.5.3.1.3)


@dataclass(frozen=True)
class Contact:
    """An address that may be written to, and the version of the wording that was agreed to."""

    email: str
    version: str


def contact_of(email: str, agreed: str) -> Contact | None:
    """Who can be written to; None where nobody wants that. ``agreed`` is the version beside the tick, "" without one.

    Raises Unacceptable for an address without a tick, a tick without an address, and what is no address.
    """
    email = cleaned(email).strip()
    if not email and not agreed:
        return None
    if not email:
        raise Unacceptable(
            _("You ticked that we may write to you. Please give an e-mail address, or take the tick off."),
            field="email",
        )
    try:
        validate_email(email)
    except ValidationError as error:
        raise Unacceptable(
            _("This does not look like an e-mail address. Please check it, or leave it empty."), field="email"
        ) from error
    if len(email) > _LONGEST:
        raise Unacceptable(_("Please use a shorter e-mail address, or leave it empty."), field="email")
    if agreed not in WORDINGS:
        raise Unacceptable(
            _(
                "Please tick that we may write to you at this e-mail address, or leave the address empty. "
                "We keep it only with your tick."
            ),
            field="consent",
        )
    return Contact(email, agreed)


def keep_contact(comment: Comment, contact: Contact) -> ReplyWriter:
    """Write it down beside a reply, within the verb that keeps that."""
    return ReplyWriter.objects.create(
        comment=comment, email=contact.email, consent_version=contact.version, consented_at=timezone.now()
    )
