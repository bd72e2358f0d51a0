"""Letters that were given up: sent again by somebody, on record."""

from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.mail import outbox
from monographs.mail.models import Letter
from monographs.refusals import Conflict
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission


@act
def send_again(letter: Letter, *, by: StaffMember) -> None:
    """Try it anew, from the beginning. Raises NotAllowed; Conflict where it waits, was sent or has lost its words."""
    check_permission(by, "change_letter", _("You may not send letters again."))
    if not outbox.send_again(letter):
        raise Conflict(_("This letter can’t be sent again."))
    record("letter.sent-again", by=by, about=letter)
