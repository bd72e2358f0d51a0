"""The clinic changes its own playbook."""

from django.utils.translation import gettext as _

from monographs.audit.chain import sha256
from monographs.audit.record import act, record
from monographs.comments.crisis.playbook import LONGEST_STEP, MOST_STEPS, Playbook
from monographs.refusals import Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission


@act
def change_playbook(playbook: Playbook, *, by: StaffMember) -> Playbook:
    """Keep the text as it is in ``playbook``. Raises Unacceptable without a step, or with too many."""
    check_permission(by, "change_playbook", _("You may not change the playbook."))
    if not playbook.lines:
        raise Unacceptable(_("The playbook needs at least one step."))
    if len(playbook.lines) > MOST_STEPS or any(len(line) > LONGEST_STEP for line in playbook.lines):
        raise Unacceptable(
            _("At most %(steps)s steps of %(length)s characters: somebody must be able to follow them in a hurry.")
            % {"steps": MOST_STEPS, "length": LONGEST_STEP}
        )
    playbook.save()
    record(
        "playbook.changed",
        by=by,
        about=playbook,
        data={"steps": sha256(playbook.steps), "words": sha256(playbook.words), "when": sha256(playbook.when_to_call)},
    )
    return playbook
