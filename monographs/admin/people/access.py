"""What an administrator does for a colleague's log-in: end all sessions, take away a second factor that is lost."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.refusals import Refused
from monographs.staff.models import StaffMember
from monographs.staff.passwords.attempts import is_locked
from monographs.staff.rules import check_may_change_person
from monographs.staff.second_factor.factors import take_away
from monographs.staff.second_factor.rule import has_one
from monographs.staff.sessions.open import end_all_sessions, open_sessions


class ReasonForm(forms.Form):
    """Why a second factor is taken away."""

    reason = forms.CharField(
        label=gettext_lazy("Why, and how you made sure who asked for it"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def urls(site: AdminSite) -> list[URLPattern]:
    """Addresses below those of the staff's pages."""
    return [
        path("<int:pk>/sessions/", site.admin_view(sessions_view), name="staff-sessions"),
        path("<int:pk>/second-factor/", site.admin_view(second_factor_page), name="staff-second-factor"),
    ]


def context_of(person: StaffMember, *, by: StaffMember) -> dict:
    """What the page of a person says of the log-in, to somebody who may change it."""
    return {
        "is_locked": is_locked(person),
        "session_count": len(open_sessions(person)) if person.pk != by.pk else 0,  # one's own have a page
        "has_second_factor": has_one(person) and person.pk != by.pk,
    }


def sessions_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Log a colleague out everywhere (POST), and go back to the person's page."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    person = get_object_or_404(StaffMember, pk=pk)
    end_all_sessions(person, by=request.user)
    messages.success(request, _("%(name)s is logged out everywhere.") % {"name": person.name})
    return redirect("admin:monographs_staffmember_change", pk)


def second_factor_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a colleague's second factor: GET says what that means, POST with a reason does it."""
    person = get_object_or_404(StaffMember, pk=pk)
    check_may_change_person(request.user, person)
    form, refused = ReasonForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        try:
            take_away(person, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(
                request,
                _("Taken away. %(name)s logs in with the password alone now, and sets up another.")
                % {"name": person.name},
            )
            return redirect("admin:monographs_staffmember_change", pk)
    context = {
        **admin.site.each_context(request),
        "title": _("Take away a second factor"),
        "sentence": str(refused or ""),
        "person": person,
        "form": form,
    }
    status = refused.status if refused else 200
    return render(request, "admin/people/take_away.html", context, status=status)
