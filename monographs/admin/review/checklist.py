"""The checklist that second readers tick."""

from django.contrib import admin

from monographs.admin.frame.forms.cells import NamedCells
from monographs.admin.frame.forms.stale import AsOpenedForm, OneAtATime
from monographs.review.checklist import save_checklist_item
from monographs.review.models import ChecklistItem


@admin.register(ChecklistItem)
class ChecklistItemAdmin(NamedCells, OneAtATime):
    """Items are put in order and taken out of use; none is deleted, so that the ledger's words keep their meaning.

    On the list, too, nobody overwrites unseen what a colleague saved: ``change_list_results.html`` of this model
    puts each row's fingerprint beside it.
    """

    form = AsOpenedForm
    list_display = ("text", "position", "is_active")
    list_editable = ("position", "is_active")
    fields = ("text", "position", "is_active")
    ordering = ("position", "pk")
    actions = None

    def has_delete_permission(self, request, obj=None):
        return False

    def get_changelist_form(self, request, **kwargs):
        return super().get_changelist_form(request, form=AsOpenedForm, **kwargs)

    def save_model(self, request, obj, form, change):
        save_checklist_item(obj, by=request.user)
