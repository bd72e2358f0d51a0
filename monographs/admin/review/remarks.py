"""Remarks on a leaflet's text: made, answered, resolved, reopened, on one page."""

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.admin.frame.leaflet.page import Missing, leaflet_screen, show, to_screen
from monographs.leaflets.content import Content
from monographs.leaflets.models import Leaflet
from monographs.publication.page.assemble import page_preview
from monographs.refusals import Refused, Unacceptable
from monographs.review.models import Remark
from monographs.review.remarks import add_remark, answer_remark, placed_remarks, reopen, resolve
from monographs.revisions.actions import newest_revision
from monographs.staff.roles import permission
from monographs.staff.rules import check_permission
from monographs.text.markup.markdown import direction


class RemarkForm(forms.Form):
    section_key = forms.ChoiceField(required=False, label=gettext_lazy("About"))
    quote = forms.CharField(
        required=False,
        label=gettext_lazy("Passage (mark or copy it in the text; empty: all of it)"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    body = forms.CharField(
        required=False, label=gettext_lazy("Remark"), widget=forms.Textarea(attrs={"rows": 4, "required": True})
    )
    is_blocking = forms.BooleanField(
        required=False, label=gettext_lazy("It must be resolved before anybody approves the text")
    )

    def __init__(self, *args, content: Content, **kwargs):
        super().__init__(*args, **kwargs)
        sections = [(section.key, section.heading) for section in content.sections]
        self.fields["section_key"].choices = [("", _("The whole leaflet")), *sections]


_DONE = {
    "answer": gettext_lazy("Your answer is recorded."),
    "resolve": gettext_lazy("The remark is resolved. It stays listed, and can be opened again."),
    "reopen": gettext_lazy("The remark is open again."),
}


def urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of these screens."""
    at = "leaflets/<int:pk>/remarks/"
    return [
        path(at, leaflet_screen(site, remarks_page), name="leaflet-remarks"),
        path(f"{at}<int:remark>/<str:do>/", leaflet_screen(site, remark_view), name="leaflet-remark"),
    ]


def remarks_page(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """All threads of a leaflet beside its newest text; POST makes a new remark."""
    check_permission(request.user, "view_remark", _("You may not see remarks."))
    revision = newest_revision(leaflet)
    if not revision:
        raise Unacceptable(_("There is nothing to remark on yet: save the leaflet first."))
    revision.leaflet = leaflet
    form = RemarkForm(request.POST if request.method == "POST" else None, content=revision.content)
    refused = None
    if request.method == "POST":
        check_permission(request.user, "remark_leaflet", _("You may not remark on leaflets."))
        try:
            if not form.is_valid():
                raise Unacceptable(_("Choose a section of the leaflet as it is now."))
            add_remark(revision, by=request.user, **form.cleaned_data)
        except Unacceptable as unacceptable:
            refused = unacceptable
        else:
            messages.success(request, _("Your remark is recorded."))
            return to_screen("leaflet-remarks", leaflet)
    return _show_remarks(request, leaflet, revision.content, form, refused)


def remark_view(request: HttpRequest, leaflet: Leaflet, remark: int, do: str) -> HttpResponse:
    """Answer, resolve (with what was typed as an answer) or reopen one remark, by POST; a refusal keeps the answer."""
    check_permission(request.user, "remark_leaflet", _("You may not remark on leaflets."))
    found = Remark.objects.filter(leaflet=leaflet, parent=None, pk=remark).first()
    if not found or do not in _DONE:
        raise Missing(_("This leaflet has no such remark."))
    if request.method == "POST":
        body = request.POST.get("body", "")
        try:
            if do == "answer":
                answer_remark(found, by=request.user, body=body)
            elif do == "resolve":
                resolve(found, by=request.user, answer=body)
            else:
                reopen(found, by=request.user)
        except Refused as refused:
            content = newest_revision(leaflet).content
            return _show_remarks(request, leaflet, content, RemarkForm(content=content), refused, answered=found)
        messages.success(request, _DONE[do])
    return to_screen("leaflet-remarks", leaflet)


def _show_remarks(
    request: HttpRequest,
    leaflet: Leaflet,
    content: Content,
    form: RemarkForm,
    refused: Refused | None,
    answered: Remark | None = None,
) -> HttpResponse:
    return show(
        request,
        "review/remarks",
        leaflet,
        _("Remarks: %(leaflet)s") % {"leaflet": leaflet},
        refused=refused,
        remarks=placed_remarks(leaflet, content),
        content=content,
        compiled=page_preview(content),
        direction=direction(content.language),
        form=form,
        answered=answered,
        kept_answer=request.POST.get("body", "") if answered else "",
        may_remark=request.user.has_perm(permission("remark_leaflet")),
    )
