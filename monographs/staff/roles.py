"""Roles are Django groups; each transition has a permission of its own.

A role may be narrowed or widened by a clinic in the admin: `ensure_roles` adds what a new version of the
program brings, takes nothing away, and gives nothing back that the clinic took away.
"""

import json

from django.contrib.auth.models import Group, Permission

from monographs.audit.models import Entry

AUTHOR = "Author"
SECOND_READER = "Second reader"
PUBLISHER = "Publisher"
MODERATOR = "Moderator"
LEAD_MODERATOR = "Lead moderator"
AUDITOR = "Auditor"
ADMINISTRATOR = "Administrator"

_SEE_LEAFLETS = (
    "view_leaflet", "view_section", "view_source", "view_revision", "view_review", "view_decision", "view_remark",
    "view_factcheck", "view_publication", "view_medicine", "view_medicinename", "view_medicinecode", "view_alert",
)  # fmt: skip
_WRITE_LEAFLETS = (
    "add_leaflet", "change_leaflet", "add_section", "change_section", "delete_section",
    "add_source", "change_source", "delete_source",
)  # fmt: skip

_MODERATE = (
    "view_leaflet", "view_comment", "view_commentdecision", "moderate_comment", "answer_comment", "erase_comment",
    "view_original_comment", "view_playbook", "change_playbook", "view_rejectionreason", "add_rejectionreason",
    "change_rejectionreason", "view_suspectedreaction", "change_suspectedreaction", "export_suspectedreaction",
    "view_rotaturn", "add_rotaturn", "change_rotaturn", "delete_rotaturn", "view_wordrule", "change_wordrule",
    "view_cannedanswer", "add_cannedanswer", "change_cannedanswer", "delete_cannedanswer",
    "view_replyrules", "change_replyrules", "view_retentionperiod", "export_person",
)  # fmt: skip

ROLES: dict[str, tuple[str, ...]] = {
    AUTHOR: (
        *_SEE_LEAFLETS, *_WRITE_LEAFLETS, "add_medicine", "change_medicine", "add_medicinename", "change_medicinename",
        "delete_medicinename", "add_medicinecode", "change_medicinecode", "delete_medicinecode",
        "submit_leaflet", "recall_leaflet", "restore_revision", "remark_leaflet", "ask_factcheck",
        "view_missedsearch", "delete_missedsearch", "write_alert",
    ),
    SECOND_READER: (
        *_SEE_LEAFLETS, "approve_leaflet", "send_back_leaflet", "remark_leaflet", "ask_factcheck", "approve_alert",
    ),
    PUBLISHER: (
        *_SEE_LEAFLETS, "publish_leaflet", "schedule_leaflet", "cancel_release", "withdraw_leaflet",
        "send_back_leaflet", "release_in_emergency", "remark_leaflet", "write_alert", "approve_alert",
        "show_alert_in_emergency", "end_alert",
    ),
    MODERATOR: _MODERATE,
    LEAD_MODERATOR: (*_MODERATE, "decide_escalated_reply"),
    AUDITOR: (
        *_SEE_LEAFLETS, "view_entry", "view_comment", "view_commentdecision", "view_clinic", "view_staffmember",
        "view_approvalrule", "view_checklistitem", "view_group", "view_missedsearch", "view_secondfactorrule",
        "view_wordrule",
        "view_letter", "view_rotaturn", "view_retentionperiod",
    ),
    ADMINISTRATOR: (
        "view_leaflet", "view_clinic", "change_clinic", "view_staffmember", "add_staffmember", "change_staffmember",
        "view_group", "view_entry", "view_checklistitem", "add_checklistitem", "change_checklistitem",
        "view_approvalrule", "add_approvalrule", "change_approvalrule", "delete_approvalrule",
        "view_secondfactorrule", "change_secondfactorrule", "view_letter", "change_letter",
        "view_retentionperiod", "change_retentionperiod", "export_person",
        "view_rotaturn", "add_rotaturn", "change_rotaturn", "delete_rotaturn",
    ),
}  # fmt: skip


def ensure_roles() -> None:
    """Make the roles and give each its permissions, but those that the clinic took away (the ledger knows).

    Raises KeyError for a permission that does not exist.
    """
    found = {
        permission.codename: permission
        for permission in Permission.objects.filter(content_type__app_label="monographs")
        | Permission.objects.filter(content_type__app_label="auth")
    }
    for name, codenames in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        taken = taken_from(group)
        group.permissions.add(*(found[codename] for codename in codenames if codename not in taken))


def taken_from(group: Group) -> set[str]:
    """Codenames of the permissions that people removed from a role and did not give back."""
    taken: set[str] = set()
    for data in Entry.objects.about(group).filter(verb="role.changed").values_list("data", flat=True):
        changes = json.loads(data).get("permissions", {})
        taken = (taken | set(changes.get("removed", ()))) - set(changes.get("added", ()))
    return taken


def permission(codename: str) -> str:
    """The full name Django asks for: ``permission("approve_leaflet") == "monographs.approve_leaflet"``."""
    return f"monographs.{codename}"
