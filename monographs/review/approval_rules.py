"""The clinic's rules on how many second readers, and with which role: in words, and every change of them on record."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monographs.audit.record import act, record
from monographs.leaflets.sections import BY_KEY
from monographs.refusals import Conflict, Unacceptable
from monographs.review.following import follow_changed_rules
from monographs.review.models import ApprovalRule
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission, holders


@act
def save_approval_rule(rule: ApprovalRule, *, by: StaffMember) -> bool:
    """Save a new or changed rule; whether there was anything to record.

    Signatures given already stand: a review that has what the rules ask now is approved, and one that was approved
    and lacks something waits for it (`following`). Raises NotAllowed, or Unacceptable for a rule that asks for
    nothing or is there already.
    """
    is_new = rule.pk is None
    codename = "add_approvalrule" if is_new else "change_approvalrule"
    check_permission(by, codename, _("You may not change the approval rules."))
    check_makes_sense(rule)
    were = {} if is_new else _facts(_stored(rule))
    are = _facts(rule)
    if were == are:
        return False
    rule.save()
    data = {name: {"was": were.get(name), "is": are[name]} for name in are if were.get(name) != are[name]}
    record("approval-rule.added" if is_new else "approval-rule.changed", by=by, about=rule, data=data)
    follow_changed_rules(by=by)
    return True


@act
def delete_approval_rule(rule: ApprovalRule, *, by: StaffMember) -> None:
    """Remove a rule; what it asked for stays on record. Raises NotAllowed, or Conflict if it is gone already."""
    check_permission(by, "delete_approvalrule", _("You may not delete approval rules."))
    stored = _stored(rule)
    data = {name: {"was": value, "is": None} for name, value in _facts(stored).items()}
    record("approval-rule.deleted", by=by, about=stored, data=data)
    stored.delete()
    follow_changed_rules(by=by)


def check_makes_sense(rule: ApprovalRule) -> None:
    """Raise Unacceptable for a rule that asks no more than what always holds, or that is there already."""
    if rule.approvals <= 1 and not rule.role:
        raise Unacceptable(
            _("One second reader is needed always. Ask for two or more, or for one with a certain role.")
        )
    same = ApprovalRule.objects.filter(
        medicine=rule.medicine, section_kind=rule.section_kind, approvals=rule.approvals, role=rule.role
    )
    if same.exclude(pk=rule.pk).exists():
        raise Unacceptable(_("There is such a rule already."))


def rule_in_words(rule: ApprovalRule) -> str:
    """``"Methadone: 2 second readers, one of them with the role “Pharmacist”."``"""
    where = rule.medicine.name if rule.medicine else _("Every medicine")
    if rule.section_kind:
        heading = BY_KEY[rule.section_kind].heading if rule.section_kind in BY_KEY else rule.section_kind
        where = _("%(where)s, if “%(section)s” is new or changed") % {"where": where, "section": heading}
    count = ngettext("%(count)s second reader", "%(count)s second readers", rule.approvals) % {"count": rule.approvals}
    words = {"where": where, "count": count, "role": rule.role.name if rule.role else ""}
    if rule.role and rule.approvals == 1:
        return _("%(where)s: %(count)s with the role “%(role)s”.") % words
    if rule.role:
        return _("%(where)s: %(count)s, one of them with the role “%(role)s”.") % words
    return _("%(where)s: %(count)s.") % words


def warnings_about(rule: ApprovalRule) -> list[str]:
    """Why nothing could be approved under this rule now, a sentence each: too few people, or none with its role."""
    readers = holders("approve_leaflet")
    warnings = []
    if readers.count() < rule.approvals:
        warnings.append(
            _("The rule asks for more second readers than there are. Give more people a role that may approve.")
        )
    if rule.role and not readers.filter(groups=rule.role).exists():
        warnings.append(
            _("Nobody who may approve has the role “%(role)s”. Until somebody does, such leaflets can't be approved.")
            % {"role": rule.role.name}
        )
    return warnings


def _stored(rule: ApprovalRule) -> ApprovalRule:
    stored = ApprovalRule.objects.select_related("medicine", "role").filter(pk=rule.pk).first()
    if not stored:
        raise Conflict(_("This rule was deleted meanwhile."))
    return stored


def _facts(rule: ApprovalRule) -> dict:
    """What the ledger keeps of a rule: names, so that it can be read when medicine or role have gone."""
    return {
        "medicine": rule.medicine.name if rule.medicine else None,
        "section": rule.section_kind or None,
        "second_readers": rule.approvals,
        "role": rule.role.name if rule.role else None,
    }
