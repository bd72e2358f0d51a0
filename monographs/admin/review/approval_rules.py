"""The clinic's rules on how many second readers a leaflet needs, and with which role."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from monographs.admin.frame.forms.medicine_field import MedicineField
from monographs.admin.frame.forms.stale import AsOpenedForm, OneAtATime
from monographs.refusals import Unacceptable
from monographs.review.approval_rules import (
    check_makes_sense,
    delete_approval_rule,
    rule_in_words,
    save_approval_rule,
    warnings_about,
)
from monographs.review.models import ApprovalRule

_FIELDS = ("medicine", "section_kind", "approvals", "role")


class ApprovalRuleForm(AsOpenedForm):
    """A rule that asks for nothing or is there already is refused beside its fields, so that nothing chosen is lost."""

    class Meta:
        model = ApprovalRule
        fields = _FIELDS
        field_classes = {"medicine": MedicineField}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("approvals"):
            try:
                check_makes_sense(ApprovalRule(pk=self.instance.pk, **{name: cleaned.get(name) for name in _FIELDS}))
            except Unacceptable as refused:
                self.add_error("approvals", str(refused))
        return cleaned


@admin.register(ApprovalRule)
class ApprovalRuleAdmin(OneAtATime):
    """Each change goes through a verb and on record; nothing is done to rules in bulk."""

    form = ApprovalRuleForm
    list_display = ("in_words",)
    list_filter = ("role",)
    search_fields = ("medicine__name",)
    ordering = ("medicine__name", "section_kind", "pk")
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApprovalRule]:
        return super().get_queryset(request).select_related("medicine", "role")

    def save_model(self, request: HttpRequest, obj: ApprovalRule, form: ApprovalRuleForm, change: bool) -> None:
        save_approval_rule(obj, by=request.user)
        for sentence in warnings_about(obj):
            messages.warning(request, sentence)

    def delete_model(self, request: HttpRequest, obj: ApprovalRule) -> None:
        delete_approval_rule(obj, by=request.user)

    @admin.display(description=_("rule"), ordering="medicine__name")
    def in_words(self, rule: ApprovalRule) -> str:
        return rule_in_words(rule)
