"""Staff and roles: who works here, and what each may do."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminPasswordChangeForm as OwnAdminPasswordChangeForm
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.admin.frame.forms.seen import SeenForm
from monographs.admin.frame.forms.stale import AsOpenedForm, OneAtATime
from monographs.admin.people import access
from monographs.refusals import Refused
from monographs.staff.actions import (
    add_staff,
    change_own_password,
    change_staff,
    check_no_history,
    delete_role,
    delete_staff,
    has_history,
    save_role,
    set_password,
)
from monographs.staff.models import StaffMember
from monographs.staff.passwords.log_in import unlock
from monographs.staff.roles import ROLES
from monographs.staff.rules import (
    check_keeps_own_access,
    check_leaves_a_superuser,
    check_may_change_person,
    check_may_fill_role,
    check_may_grant,
)
from monographs.staff.second_factor.factors import check_password_again

_NAME = ("first_name", "last_name")
_PERSON = ("email", "profession", "registration_number")


def _useful_permissions() -> QuerySet[Permission]:
    """Those that some page or verb asks for; sessions and Django's own log have no pages."""
    return Permission.objects.filter(content_type__app_label__in=("monographs", "auth")).select_related("content_type")


class _NamedMixin:
    """The name goes on record with every signature, so there must be one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in _NAME:
            if name in self.fields:
                self.fields[name].required = True
        if "groups" in self.fields:
            self.fields["groups"].label = _("Roles")
            self.fields["groups"].help_text = _("What this person may do here. A change of roles goes on record.")


class StaffAddForm(_NamedMixin, SeenForm, UserCreationForm):
    """Everything about a new person on one page."""

    class Meta(UserCreationForm.Meta):
        model = StaffMember
        fields = ("username",)


class StaffChangeForm(_NamedMixin, AsOpenedForm, UserChangeForm):
    """What is known of a person; ``by`` is set by `StaffAdmin.get_form` to who is changing it."""

    by: StaffMember

    class Meta(UserChangeForm.Meta):
        model = StaffMember
        fields = "__all__"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "user_permissions" in self.fields:
            self.fields["user_permissions"].queryset = _useful_permissions()

    def clean(self):
        cleaned = super().clean()
        was = StaffMember.objects.get(pk=self.instance.pk)
        permissions = cleaned.get("user_permissions")
        self._refuse(check_may_change_person, self.by, was)
        self._refuse(
            check_may_grant,
            self.by,
            is_superuser_changed=cleaned.get("is_superuser", was.is_superuser) != was.is_superuser,
            permissions_changed=permissions is not None and set(permissions) != set(was.user_permissions.all()),
        )
        will_be = StaffMember(
            pk=was.pk,
            is_active=cleaned.get("is_active", was.is_active),
            is_staff=cleaned.get("is_staff", was.is_staff),
            is_superuser=cleaned.get("is_superuser", was.is_superuser),
            first_name=was.first_name,
            last_name=was.last_name,
        )
        self._refuse(check_keeps_own_access, self.by, will_be)
        self._refuse(check_leaves_a_superuser, will_be)
        return cleaned

    def _refuse(self, check, *args, **kwargs) -> None:
        """A rule's refusal, said in the form, so that nothing typed is lost."""
        try:
            check(*args, **kwargs)
        except Refused as refusal:
            self.add_error(None, str(refusal))


class StaffPasswordForm(AdminPasswordChangeForm):
    """A new password for somebody; everybody logs in with one."""

    usable_password = None
    by: StaffMember

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)  # Django's form adds it again

    def save(self, commit=True):
        set_password(self.user, self.cleaned_data["password1"], by=self.by)
        return self.user


class OwnPasswordForm(OwnAdminPasswordChangeForm):
    """What `ClinicAdminSite.password_change` asks; ``session_key`` is of the session that asks, and goes on."""

    session_key = ""

    def clean_old_password(self):
        old = self.cleaned_data["old_password"]
        try:
            check_password_again(self.user, old)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal), code="password_incorrect") from refusal
        return old

    def save(self, commit=True):
        change_own_password(self.user, self.cleaned_data["new_password1"], session_key=self.session_key)
        return self.user


@admin.register(StaffMember)
class StaffAdmin(OneAtATime, UserAdmin):
    """People are added, changed and deactivated; only an account that never did anything can be deleted."""

    add_form = StaffAddForm
    add_form_template = None  # Django's says that there is more on a second page
    change_form_template = "admin/people/staff_member.html"
    form = StaffChangeForm
    list_display = ("username", "full_name", "profession", "registration_number", "roles", "is_active", "last_login")
    list_filter = ("is_active", "groups", "is_superuser")
    search_fields = ("username", "first_name", "last_name", "email", "registration_number")
    filter_horizontal = ("groups", "user_permissions")
    readonly_fields = ("last_login", "date_joined", "about_deleting")
    actions = None
    add_fieldsets = (
        (gettext_lazy("Log-in"), {"classes": ("wide",), "fields": ("username", "password1", "password2")}),
        (gettext_lazy("Person"), {"classes": ("wide",), "fields": (*_NAME, *_PERSON)}),
        (gettext_lazy("Access"), {"classes": ("wide",), "fields": ("is_staff", "groups")}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.add_fieldsets
        access = ["is_active", "is_staff", "groups"]
        if request.user.is_superuser:
            access += ["is_superuser", "user_permissions"]
        log_in = ("username", "password") if self.has_change_permission(request, obj) else ("username",)
        fieldsets = (
            (_("Log-in"), {"fields": log_in}),
            (_("Person"), {"fields": (*_NAME, *_PERSON)}),
            (_("Access"), {"fields": access}),
            (_("On record"), {"fields": ("last_login", "date_joined", "about_deleting")}),
        )
        return self.with_fingerprints(request, obj, fieldsets)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.by = request.user  # the class is made anew for each request
        return form

    def get_changeform_initial_data(self, request):
        return {"is_staff": True, **super().get_changeform_initial_data(request)}

    def has_change_permission(self, request, obj=None):
        is_out_of_reach = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not is_out_of_reach and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or (obj.pk != request.user.pk and not has_history(obj)))

    def delete_view(self, request, object_id, extra_context=None):
        person = self.get_object(request, object_id)
        if person and super().has_delete_permission(request, person):
            check_no_history(person)
        return super().delete_view(request, object_id, extra_context)

    def save_model(self, request, obj, form, change):
        roles, permissions = form.cleaned_data.get("groups"), form.cleaned_data.get("user_permissions")
        if not change:
            add_staff(obj, by=request.user, groups=roles or (), permissions=permissions or ())
            return
        verbs = change_staff(obj, by=request.user, groups=roles, permissions=permissions)
        if "staff.deactivated" in verbs:
            messages.warning(
                request, _("%(name)s can no longer log in. The name stays on record.") % {"name": obj.name}
            )

    def delete_model(self, request, obj):
        delete_staff(obj, by=request.user)

    def get_urls(self) -> list[URLPattern]:
        unlocking = self.admin_site.admin_view(self.unlock_view)
        unlock_path = path("<int:pk>/unlock/", unlocking, name="staff-unlock")
        return [unlock_path, *access.urls(self.admin_site), *super().get_urls()]

    def unlock_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let a locked person try again (POST), and go back to the person's page."""
        person = get_object_or_404(StaffMember, pk=pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        unlock(person, by=request.user)
        messages.success(request, _("%(name)s can log in again.") % {"name": person.name})
        return redirect("admin:monographs_staffmember_change", pk)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        person = self.get_object(request, object_id)
        may_change = bool(person) and self.has_change_permission(request, person)
        access_of = access.context_of(person, by=request.user) if may_change else {}
        return super().change_view(request, object_id, form_url, {**access_of, **(extra_context or {})})

    def user_change_password(self, request, id, form_url=""):
        if id == str(request.user.pk):
            return redirect("admin:password_change")  # where the old one is asked for
        # Django makes this form itself; a class for this request tells it who is asking.
        view = StaffAdmin(self.model, self.admin_site)
        view.change_password_form = type("StaffPasswordForm", (StaffPasswordForm,), {"by": request.user})
        return super(StaffAdmin, view).user_change_password(request, id, form_url)

    def response_add(self, request: HttpRequest, obj: StaffMember, post_url_continue=None) -> HttpResponse:
        """Django sends one on to a second page after adding a user; here the first page has all."""
        return super(UserAdmin, self).response_add(request, obj, post_url_continue)

    @admin.display(description=gettext_lazy("name"), ordering="last_name")
    def full_name(self, person: StaffMember) -> str:
        return person.name

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, person: StaffMember) -> str:
        return ", ".join(group.name for group in person.groups.all())

    @admin.display(description=gettext_lazy("deleting"))
    def about_deleting(self, person: StaffMember) -> str:
        if has_history(person):
            return _("Not possible: the record names this person. Take away “active” instead.")
        return _("Possible: this person has done nothing here yet.")


class RoleForm(AsOpenedForm):
    """A role and what it allows; ``by`` is set by `RoleAdmin.get_form`."""

    by: StaffMember

    class Meta:
        model = Group
        fields = ("name", "permissions")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "permissions" in self.fields:
            self.fields["permissions"].queryset = _useful_permissions()

    def clean_permissions(self):
        chosen = self.cleaned_data["permissions"]
        held = set(self.instance.permissions.all()) if self.instance.pk else set()
        try:
            check_may_fill_role(self.by, set(chosen) - held)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return chosen


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(OneAtATime, GroupAdmin):
    """Roles: Django's groups. The site's own keep their names; any can be widened or narrowed, on record."""

    form = RoleForm
    fields = ("name", "permissions")
    list_display = ("name", "people")
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("user_set")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Roles"), **(extra_context or {})})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        title = _("Role") if object_id else _("Add a role")
        return super().changeform_view(request, object_id, form_url, {"title": title, **(extra_context or {})})

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.by = request.user
        return form

    def get_readonly_fields(self, request, obj=None):
        return ("name",) if obj and obj.name in ROLES else ()

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or (obj.name not in ROLES and not obj.user_set.exists()))

    def save_model(self, request, obj, form, change):
        save_role(obj, by=request.user, permissions=form.cleaned_data["permissions"])

    def delete_model(self, request, obj):
        delete_role(obj, by=request.user)

    @admin.display(description=gettext_lazy("people"))
    def people(self, group: Group) -> str:
        return ", ".join(person.name for person in group.user_set.all() if person.is_active)
