"""What happens to people and roles. Who gave whom which rights is on record, always."""

from collections.abc import Iterable
from copy import copy

from django.contrib.auth.models import Group, Permission
from django.db import models
from django.utils.translation import gettext as _

from monographs.audit.readers import new_seal
from monographs.audit.record import act, record
from monographs.refusals import Conflict, NotAllowed
from monographs.staff.models import StaffMember
from monographs.staff.roles import ROLES
from monographs.staff.rules import (
    check_keeps_own_access,
    check_leaves_a_superuser,
    check_may_change_person,
    check_may_fill_role,
    check_may_grant,
    check_permission,
)
from monographs.staff.sessions.open import OpenSession, end_others

# What is compared when a person is saved: the password has a verb of its own, log-ins are no change.
_FIELDS = (
    "username",
    "first_name",
    "last_name",
    "email",
    "profession",
    "registration_number",
    "is_staff",
    "is_superuser",
)


@act
def add_staff(
    person: StaffMember, *, by: StaffMember, groups: Iterable[Group] = (), permissions: Iterable[Permission] = ()
) -> StaffMember:
    """Save a new person, with password set already, and give the roles. Raises NotAllowed."""
    groups, permissions = list(groups), list(permissions)
    check_permission(by, "add_staffmember", _("You may not add staff."))
    check_may_grant(by, is_superuser_changed=person.is_superuser, permissions_changed=bool(permissions))
    person.save(force_insert=True)
    person.groups.set(groups)
    person.user_permissions.set(permissions)
    data = {"roles": _names(groups)}
    if person.is_superuser:
        data["is_superuser"] = True
    if permissions:
        data["permissions"] = _codes(permissions)
    record("staff.added", by=by, about=person, data=data)
    return person


@act
def change_staff(
    person: StaffMember,
    *,
    by: StaffMember,
    groups: Iterable[Group] | None = None,
    permissions: Iterable[Permission] | None = None,
) -> list[str]:
    """Save what was changed on ``person``; the verbs that were recorded, empty if nothing changed.

    ``groups`` and ``permissions`` replace those held before; None leaves them. The ledger names the fields,
    and the roles and permissions that came and went, but no personal details. Raises NotAllowed, Conflict.
    """
    was = StaffMember.objects.get(pk=person.pk)
    groups_were, permissions_were = set(was.groups.all()), set(was.user_permissions.all())
    groups_are = groups_were if groups is None else set(groups)
    permissions_are = permissions_were if permissions is None else set(permissions)
    check_may_change_person(by, was)
    check_may_grant(
        by,
        is_superuser_changed=was.is_superuser != person.is_superuser,
        permissions_changed=permissions_were != permissions_are,
    )
    check_keeps_own_access(by, person)
    check_leaves_a_superuser(person)

    data: dict = {}
    fields = [name for name in _FIELDS if getattr(was, name) != getattr(person, name)]
    if fields:
        data["fields"] = fields
    data |= {name: getattr(person, name) for name in fields if name.startswith("is_")}
    data |= _difference("roles", _names(groups_were), _names(groups_are))
    data |= _difference("permissions", _codes(permissions_were), _codes(permissions_are))
    person.password, person.sessions_key = was.password, was.sessions_key
    person.second_factor_asked_at = was.second_factor_asked_at
    if was.is_active and was.is_staff and not (person.is_active and person.is_staff):
        person.sessions_key = new_seal()  # given back later, the access must not bring old sessions to life
        end_others(person)
    person.save()
    person.groups.set(groups_are)
    person.user_permissions.set(permissions_are)
    verbs = []
    if data:
        verbs.append("staff.changed")
        record("staff.changed", by=by, about=person, data=data)
    if was.is_active != person.is_active:
        verbs.append("staff.reactivated" if person.is_active else "staff.deactivated")
        record(verbs[-1], by=by, about=person)
    return verbs


def set_password(person: StaffMember, raw_password: str, *, by: StaffMember) -> None:
    """Give a person a new password, checked already. The ledger says who did it, never what it is."""
    _set_password(person, _with_password(person, raw_password), by=by)


def change_own_password(person: StaffMember, raw_password: str, *, session_key: str = "") -> None:
    """People give themselves a new password, after the old one and the new were checked. On record like the above.

    Every session of theirs ends but the one in which they do it, ``session_key``; the page gives it the new hash.
    """
    _change_own_password(person, _with_password(person, raw_password), session_key=session_key)


def _with_password(person: StaffMember, raw_password: str) -> StaffMember:
    """Hashed before the turn to write: that takes a good part of a second, as it should, and all others would wait."""
    changed = copy(person)
    changed.set_password(raw_password)
    return changed


@act
def _set_password(person: StaffMember, changed: StaffMember, *, by: StaffMember) -> None:
    check_may_change_person(by, StaffMember.objects.get(pk=person.pk))
    if by.pk == person.pk:
        raise NotAllowed(_("Change your own password under “Change password”, with the old one."))
    _keep_password(person, changed)
    end_others(person)
    record("staff.password-set", by=by, about=person)


@act
def _change_own_password(person: StaffMember, changed: StaffMember, *, session_key: str) -> None:
    _keep_password(person, changed)
    end_others(person, but=session_key)
    record("staff.password-changed", by=person, about=person)


def _keep_password(person: StaffMember, changed: StaffMember) -> None:
    person.password, person.sessions_key = changed.password, changed.sessions_key
    person.save(update_fields=("password", "sessions_key"))


@act
def delete_staff(person: StaffMember, *, by: StaffMember) -> None:
    """Remove an account that never did anything. Raises NotAllowed, or Conflict for a person with a history."""
    check_permission(by, "delete_staffmember", _("You may not delete staff."))
    check_may_change_person(by, StaffMember.objects.get(pk=person.pk))
    check_no_history(person)
    if by.pk == person.pk:
        raise Conflict(_("You can’t delete your own account."))
    record("staff.deleted", by=by, about=person)
    person.delete()


def has_history(person: StaffMember) -> bool:
    """Whether the record names this person: a revision, a decision, an entry of the ledger or of the admin's log."""
    return any(
        relation.field.model._base_manager.filter(**{relation.field.name: person.pk}).exists()
        for relation in StaffMember._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel)
        and not relation.field.model._meta.auto_created
        and relation.field.model is not OpenSession
    )


def check_no_history(person: StaffMember) -> None:
    """Raise Conflict for a person whom the record names."""
    if has_history(person):
        raise Conflict(
            _(
                "%(name)s has worked here: the record names them, so the account can’t be deleted. "
                "Take away “active” instead; the name stays on record and nobody can log in with it."
            )
            % {"name": person.name}
        )


@act
def save_role(group: Group, *, by: StaffMember, permissions: Iterable[Permission]) -> None:
    """Save a new or changed role with its permissions. Raises NotAllowed for rights that ``by`` does not hold."""
    is_new = group.pk is None
    codename = "add_group" if is_new else "change_group"
    if not by.is_active or not by.has_perm(f"auth.{codename}"):
        raise NotAllowed(_("You may not change roles."))
    were = set() if is_new else set(group.permissions.select_related("content_type"))
    are = set(permissions)
    check_may_fill_role(by, are - were)
    name_was = "" if is_new else Group.objects.get(pk=group.pk).name
    if name_was in ROLES and group.name != name_was:
        raise Conflict(_("“%(name)s” is one of the site’s own roles and keeps its name.") % {"name": name_was})
    data = _difference("permissions", _codes(were), _codes(are))
    if name_was and name_was != group.name:
        data["was"] = name_was
    group.save()
    group.permissions.set(are)
    if is_new or data:
        record("role.added" if is_new else "role.changed", by=by, about=group, data=data)


@act
def delete_role(group: Group, *, by: StaffMember) -> None:
    """Remove a role that nobody has. Raises NotAllowed, or Conflict for one in use and for the site's own."""
    if not by.is_active or not by.has_perm("auth.delete_group"):
        raise NotAllowed(_("You may not delete roles."))
    if group.name in ROLES:
        raise Conflict(_("“%(name)s” is one of the site’s own roles and stays.") % {"name": group.name})
    if group.user_set.exists():
        raise Conflict(_("Somebody still has this role. Give them another one first."))
    record("role.deleted", by=by, about=group, data={"permissions": {"removed": _codes(group.permissions.all())}})
    group.delete()


def _difference(what: str, were: list[str], are: list[str]) -> dict:
    """``{"roles": {"added": [...], "removed": [...]}}``, with nothing in it that stayed."""
    changes = {
        "added": [name for name in are if name not in were],
        "removed": [name for name in were if name not in are],
    }
    changes = {key: names for key, names in changes.items() if names}
    return {what: changes} if changes else {}


def _names(groups: Iterable[Group]) -> list[str]:
    return sorted(group.name for group in groups)


def _codes(permissions: Iterable[Permission]) -> list[str]:
    return sorted(permission.codename for permission in permissions)
