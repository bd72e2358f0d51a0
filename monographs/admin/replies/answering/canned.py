"""Answers that are prepared beforehand."""

from django.contrib import admin
from django.http import HttpRequest

from monographs.admin.frame.forms.stale import AsOpenedForm, OneAtATime
from monographs.comments.answering.canned import CannedAnswer, delete_canned_answer, save_canned_answer


@admin.register(CannedAnswer)
class CannedAnswerAdmin(OneAtATime):
    """Each change goes through a verb and on record. A place that nothing fills is refused beside the text."""

    form = AsOpenedForm
    list_display = ("title", "language", "is_active")
    list_filter = ("language", "is_active")
    search_fields = ("title",)
    fields = ("title", "language", "body", "is_active")
    ordering = ("language", "title", "pk")
    actions = None

    def save_model(self, request: HttpRequest, obj: CannedAnswer, form: AsOpenedForm, change: bool) -> None:
        save_canned_answer(obj, by=request.user)

    def delete_model(self, request: HttpRequest, obj: CannedAnswer) -> None:
        delete_canned_answer(obj, by=request.user)
