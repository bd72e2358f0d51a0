"""Who may: the permission half of every rule."""

from monographs.refusals import NotAllowed
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission


def check_permission(by: StaffMember, codename: str, sentence: str) -> None:
    """Raise NotAllowed with this sentence unless the person is active and holds the permission."""
    if not by.is_active or not by.has_perm(permission(codename)):
        raise NotAllowed(sentence)
