"""Who needs a second factor: one rule, one page."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from monographs.admin.frame.forms.stale import AsOpenedForm, OneAtATime
from monographs.staff.second_factor.rule import SecondFactorRule, change_rule, the_rule, usual_roles


class RuleForm(AsOpenedForm):
    """The roles and the days of grace."""

    class Meta:
        model = SecondFactorRule
        fields = ("roles", "days_of_grace")
        widgets = {"roles": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "roles" in self.fields and not self.instance.is_decided:
            self.initial["roles"] = list(usual_roles())


@admin.register(SecondFactorRule)
class SecondFactorRuleAdmin(OneAtATime):
    """It holds from each person's next log-in on."""

    form = RuleForm
    fields = ("roles", "days_of_grace")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        """There is one rule, so the list is its page."""
        return redirect("admin:monographs_secondfactorrule_change", the_rule().pk)

    def save_model(self, request, obj, form, change):
        if not change_rule(obj, by=request.user, roles=list(form.cleaned_data["roles"])):
            messages.info(request, _("Nothing was changed."))

    def save_related(self, request, form, formsets, change):
        """The verb has saved the roles."""
