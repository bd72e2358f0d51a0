"""Who may: the permission half of every rule, and who may give others which rights."""

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from monographs.refusals import Conflict, NotAllowed
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission


def check_permission(by: StaffMember, codename: str, sentence: str) -> None:
    """Raise NotAllowed with this sentence unless the person is active and holds the permission."""
    if not by.is_active or not by.has_perm(permission(codename)):
        raise NotAllowed(sentence)


def holders(codename: str) -> QuerySet[StaffMember]:
    """Everybody active who holds the permission. Superusers only if they have a role that does, or it by name."""
    return StaffMember.objects.with_perm(
        permission(codename), include_superusers=False, backend=settings.AUTHENTICATION_BACKENDS[0]
    )


def check_may_change_person(by: StaffMember, person: StaffMember) -> None:
    """Raise NotAllowed unless ``by`` may change this person's account, as it is in the database.

    Whoever could set a superuser's password would be one; so only superusers touch superusers.
    """
    check_permission(by, "change_staffmember", _("You may not change staff."))
    if person.is_superuser and not by.is_superuser:
        raise NotAllowed(_("Only a superuser may change a superuser’s account."))


def check_may_grant(by: StaffMember, *, is_superuser_changed: bool, permissions_changed: bool) -> None:
    """Raise NotAllowed if somebody but a superuser makes one, or gives permissions past the roles."""
    if by.is_superuser:
        return
    if is_superuser_changed:
        raise NotAllowed(_("Only a superuser may make or unmake superusers."))
    if permissions_changed:
        raise NotAllowed(_("Only a superuser may give single permissions. Choose roles instead."))


def check_keeps_own_access(by: StaffMember, person: StaffMember) -> None:
    """Raise Conflict if people shut themselves out."""
    if by.pk == person.pk and not (person.is_active and person.is_staff):
        raise Conflict(_("You can’t take away your own access. Ask a colleague to do it."))


def check_leaves_a_superuser(person: StaffMember) -> None:
    """Raise Conflict if this change would leave nobody who can give all rights again.

    ``person`` is as they are to be. Must be asked inside the verb: two superusers may be at it at once.
    """
    if person.is_superuser and person.is_active and person.is_staff:
        return
    keepers = StaffMember.objects.filter(is_superuser=True, is_active=True, is_staff=True)
    if keepers.filter(pk=person.pk).exists() and not keepers.exclude(pk=person.pk).exists():
        raise Conflict(_("%(name)s is the only superuser left. Make a colleague one first.") % {"name": person.name})


def check_may_fill_role(by: StaffMember, added: set[Permission]) -> None:
    """Raise NotAllowed if a role would get a permission that ``by`` does not hold."""
    lacking = sorted(
        str(permission.name)
        for permission in added
        if not by.has_perm(f"{permission.content_type.app_label}.{permission.codename}")
    )
    if lacking:
        raise NotAllowed(
            _("You can’t give a role what you may not do yourself: %(permissions)s.")
            % {"permissions": ", ".join(lacking)}
        )
