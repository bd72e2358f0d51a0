"""The checklist that second readers tick."""

from django.contrib import admin

from monographs.admin.cells import NamedCells
from monographs.admin.stale import AsOpenedForm, OneAtATime
from monographs.review.checklist import save_checklist_item
from monographs.review.models import ChecklistItem


@admin.register(ChecklistItem)
class ChecklistItemAdmin(NamedCells, OneAtATime):
    """Items are put in order and taken out of use; none is deleted, so that the ledger's words keep their meaning."""

    form = AsOpenedForm
    list_display = ("text", "position", "is_active")
    list_editable = ("position", "is_active")
    fields = ("text", "position", "is_active")
    ordering = ("position", "pk")
    actions = None

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        save_checklist_item(obj, by=request.user)
