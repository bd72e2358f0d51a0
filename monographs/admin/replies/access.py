"""Who may do what with replies, and what every page about them is given."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from monographs.comments.deciding.escalation import PERMISSION
from monographs.comments.models import MAX_LENGTH
from monographs.staff.roles import permission


def may(request: HttpRequest, codename: str) -> bool:
    return request.user.has_perm(permission(codename))


def check_may_see(request: HttpRequest) -> None:
    if not may(request, "view_comment"):
        raise PermissionDenied


def check_may_moderate(request: HttpRequest) -> None:
    if not may(request, "moderate_comment"):
        raise PermissionDenied


def context_of(request: HttpRequest, **context: object) -> dict:
    return {
        **admin.site.each_context(request),
        "may_moderate": may(request, "moderate_comment"),
        "may_erase": may(request, "erase_comment"),
        "may_decide_escalated": may(request, PERMISSION),
        "may_report_reactions": may(request, "change_suspectedreaction"),
        "may_compare": may(request, "view_revision"),
        "may_change_reasons": may(request, "change_rejectionreason"),
        "max_length": MAX_LENGTH,
        **context,
    }
