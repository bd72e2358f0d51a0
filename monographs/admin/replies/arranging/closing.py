"""Closing replies: the rules of the whole site, and what is said of one leaflet."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.admin.frame.forms.stale import AsOpenedForm, OneAtATime
from monographs.admin.frame.leaflet.page import leaflet_screens, show, to_screen
from monographs.comments.standing.closing import (
    AS_USUAL,
    LeafletReplies,
    ReplyRules,
    change_rules,
    choose,
    closing_of,
    the_rules,
)
from monographs.leaflets.models import Leaflet
from monographs.refusals import Refused
from monographs.staff.rules import check_permission


def urls(site: AdminSite) -> list[URLPattern]:
    return leaflet_screens(site, {"replies": replies_of_leaflet})


class LeafletRepliesForm(forms.Form):
    choice = forms.ChoiceField(
        label=gettext_lazy("Replies to this leaflet"),
        required=False,
        widget=forms.RadioSelect,
        choices=[(AS_USUAL, gettext_lazy("As the rules for all leaflets say")), *LeafletReplies.Choice.choices],
    )
    why = forms.CharField(label=gettext_lazy("Reason, for colleagues"), required=False, max_length=500)


def replies_of_leaflet(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """Whether one leaflet takes replies, and why; a POST changes what is said of it."""
    check_permission(request.user, "moderate_comment", _("You may not close replies."))
    refused = None
    form = LeafletRepliesForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        try:
            if choose(leaflet, form.cleaned_data["choice"], by=request.user, reason=form.cleaned_data["why"]):
                messages.success(request, _("This holds for readers from now on. It is on record."))
            return to_screen("leaflet-replies", leaflet)
        except Refused as refusal:
            refused = refusal
    said = LeafletReplies.objects.filter(leaflet=leaflet).select_related("by").first()
    rules = the_rules()
    return show(
        request,
        "replies/closing",
        leaflet,
        _("Replies to this leaflet"),
        refused=refused,
        form=form or LeafletRepliesForm(initial={"choice": said.choice if said else AS_USUAL}),
        said=said,
        rules=rules,
        closing=closing_of(leaflet, at=timezone.now()),
    )


@admin.register(ReplyRules)
class ReplyRulesAdmin(OneAtATime):
    """One row, one page. What is closed says where to ask instead, from the moment this is saved."""

    form = AsOpenedForm
    fields = ("is_closed", "closes_after_days", "ask_instead")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ReplyRules | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return redirect("admin:monographs_replyrules_change", the_rules().pk)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> ReplyRules | None:
        return the_rules() if str(object_id) == "1" else None

    def save_model(self, request: HttpRequest, obj: ReplyRules, form: AsOpenedForm, change: bool) -> None:
        change_rules(obj, by=request.user)
