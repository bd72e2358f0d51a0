"""The staff's answer to a finding: not one, because…"""

from django.utils.translation import gettext as _

from monographs.audit.models import row_digest
from monographs.audit.record import act, record
from monographs.refusals import Conflict, Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission
from monographs.text.letters.signs import cleaned, is_blank
from monographs.together.models import Finding, Judgement

LONGEST_WHY = 1_000  # characters
MAY_JUDGE = "remark_leaflet"


@act
def judge(digest: str, *, by: StaffMember, why: str) -> Judgement:
    """This finding is none, and why. It comes back when one of its sentences changes. Raises NotAllowed, Unacceptable,
    or Conflict where there is no such finding any more, or somebody was faster."""
    check_permission(by, MAY_JUDGE, _("You may not judge what leaflets say against each other."))
    why = cleaned(why).strip()
    if is_blank(why):
        raise Unacceptable(_("Say why it is none: the reason goes on record."))
    if len(why) > LONGEST_WHY:
        raise Unacceptable(_("Please say it in at most %(most)s characters.") % {"most": LONGEST_WHY})
    finding = Finding.objects.filter(digest=digest).select_related("leaflet").first()
    if not finding:
        raise Conflict(_("One of the leaflets has changed since. Look at the list again."))
    if finding.judgement_id:
        raise Conflict(_("Somebody has judged this already."))
    judgement = Judgement(
        kind=finding.kind, leaflet_id=finding.leaflet_id, other_id=finding.other_id, digest=digest, why=why, by=by
    )
    judgement.save(force_insert=True)
    record(
        "together.judged",
        by=by,
        about=judgement,
        subject=finding.leaflet,
        why=why,
        data={"row": row_digest(judgement)},
    )
    finding.judgement = judgement
    finding.save(update_fields=("judgement",))
    return judgement
