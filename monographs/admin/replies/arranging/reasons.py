"""The texts to choose from when a reply is rejected."""

from django.contrib import admin

from monographs.admin.frame.forms.cells import NamedCells
from monographs.admin.frame.forms.stale import AsOpenedForm, OneAtATime
from monographs.comments.deciding.reasons import RejectionReason, save_reason


@admin.register(RejectionReason)
class RejectionReasonAdmin(NamedCells, OneAtATime):
    """Put in order and taken out of use; none is deleted, so that what was given before keeps its name."""

    form = AsOpenedForm
    list_display = ("title", "text", "position", "is_active")
    fields = ("title", "text", "position", "is_active")
    ordering = ("position", "pk")
    actions = None

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        save_reason(obj, by=request.user)
