"""The admin site of a clinic: Django's own, with our screens mounted beside the model pages."""

import functools
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.contrib.admin import AdminSite
from django.contrib.admin.views.main import ERROR_FLAG
from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from monographs.admin.frame.unsent import form_before_second_factor, form_without_session
from monographs.admin.frame.written.alike import DrawnOnce
from monographs.admin.frame.written.navigation import list_for
from monographs.audit.record import busy_with
from monographs.audit.turns import STAFF
from monographs.refusals import Unacceptable

# What is open to somebody who must set up a second factor before anything else.
_FOR_SETTING_UP = {
    "account", "account-app", "account-passkey", "account-codes", "account-remove", "account-end", "login", "logout",
    "password_change", "password_change_done", "jsi18n",
}  # fmt: skip
_DRAWN = DrawnOnce()  # what the rows of desks look like


class ClinicAdminSite(AdminSite):
    """Each screen module is listed in `SCREENS` and gives its addresses by ``urls(site)``."""

    site_title = site_header = _("Leaflets")
    index_title = _("Your desk")
    site_url = "/"

    def get_urls(self) -> list[URLPattern]:
        # The screens need the site's URL names and models, which are loaded after this class.
        from monographs.admin.screens import SCREENS

        return [pattern for screen in SCREENS for pattern in screen.urls(self)] + super().get_urls()

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable[..., HttpResponse]:
        """Django's, but few forms wait for the lock at a time, and what a list's filters would fail on is refused: a
        NUL, a year or number out of all bounds."""
        protected = super().admin_view(view, cacheable)

        @functools.wraps(protected)
        def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if "%00" in request.META.get("QUERY_STRING", ""):
                raise Unacceptable(_damaged())
            if (way := _way_to_set_up(request)) is not None:
                return way
            try:
                with _a_turn(request):
                    response = protected(request, *args, **kwargs)
            except (OverflowError, ValueError, LookupError, DataError) as error:
                # Django's lists let the database fail on `?at__year=99999`. A POST that fails is a fault of ours.
                if request.method in ("GET", "HEAD") and request.GET and _is_model_page(request):
                    raise Unacceptable(_damaged()) from error
                raise
            if _is_model_page(request) and response.get("Location", "") == f"{request.path}?{ERROR_FLAG}=1":
                raise Unacceptable(_damaged())  # Django would show the whole list and say nothing
            if request.method == "POST" and response.get("Location", "").startswith(f"{reverse('admin:login')}?"):
                response["Location"] += "&unsent=1"  # so that the page to log in says what became of the form
                return form_without_session(request) or response
            return response

        return checked

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Django's page, with a form that counts and records each try, and a second factor after it.

        If somebody else holds the lock for too long, it comes back with the name that was typed.
        """
        # The view reads our models, which are loaded after this class.
        from monographs.admin.people.log_in import LogInForm, log_in

        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        context = {
            **self.each_context(request),
            "title": gettext("Log in"),
            "subtitle": None,
            "app_path": request.get_full_path(),
            **(extra_context or {}),
        }
        request.current_app = self.name
        try:
            with _a_turn(request):
                return log_in(request, context)
        except OperationalError as error:
            busy = busy_with(error)
            if request.method != "POST" or not busy:
                raise
        context |= {
            "form": LogInForm(request, initial={"username": request.POST.get("username", "")}),
            "next": request.POST.get("next", reverse("admin:index")),  # Django trusts it no further than before
            "sentence": str(busy),
        }
        response = render(request, "admin/login.html", context, status=busy.status)
        add_never_cache_headers(response)
        return response

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The desk of whoever is logged in, then Django's own list of what may be seen and changed."""
        # The desk reads our models, which are loaded after this class.
        from monographs.admin.desk.piles import desk_of, last_acts

        desk = {"desk": desk_of(request.user), "last_acts": last_acts(request.user), "drawn": _DRAWN}
        return super().index(request, {**desk, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """One list in the order of the alphabet; Django's groups, an app of their own, are its roles."""
        if app_label:
            return super().get_app_list(request, app_label)
        return list_for(request, lambda: self._whole_list(request))

    def _whole_list(self, request: HttpRequest) -> list[dict]:
        apps = super().get_app_list(request)
        if not apps:
            return apps
        for model in (model for app in apps for model in app["models"]):
            if model["object_name"] == "Group":
                model["name"] = _("Roles")
        models = sorted((model for app in apps for model in app["models"]), key=lambda model: str(model["name"]))
        ours = next((app for app in apps if app["app_label"] == "monographs"), apps[0])
        return [{**ours, "models": models}]

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Django's page, with a form that puts the change on record."""
        # View and form read models, which are loaded after this class.
        from django.contrib.auth.views import PasswordChangeView

        from monographs.admin.people.staff import OwnPasswordForm

        request.current_app = self.name
        session_key = request.session.session_key or ""
        view = PasswordChangeView.as_view(
            form_class=type("OwnPasswordForm", (OwnPasswordForm,), {"session_key": session_key}),
            success_url=reverse("admin:password_change_done"),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )
        return view(request)


def _a_turn(request: HttpRequest) -> AbstractContextManager:
    return STAFF.one() if request.method == "POST" else nullcontext()


def _way_to_set_up(request: HttpRequest) -> HttpResponse | None:
    """Where somebody must set up a second factor first: the way there, from any page but those that are for it.

    It was worked out at log-in, so nobody meets this in the middle of their work.
    """
    from monographs.staff.second_factor.rule import asked_in, forget_what_was_asked, has_one

    asked = asked_in(request.session)
    if not (asked and asked.at_once) or _name_of(request) in _FOR_SETTING_UP:
        return None
    if request.user.is_authenticated and has_one(request.user):
        forget_what_was_asked(request.session)  # set up in another session
        return None
    return form_before_second_factor(request) or redirect("admin:account")


def _name_of(request: HttpRequest) -> str:
    return (request.resolver_match and request.resolver_match.url_name) or ""


def _damaged() -> str:
    return gettext("This address is damaged. Please go back and choose again.")


def _is_model_page(request: HttpRequest) -> bool:
    """Whether this is a model's page or export, such as ``monographs_entry_changelist``."""
    return _name_of(request).startswith(("monographs_", "auth_"))
