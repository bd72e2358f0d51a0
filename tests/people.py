"""The people of every test. Mallory must never get in."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db.models import CharField

from monographs.prepared import Given, Prepared
from monographs.staff import roles
from monographs.staff.models import StaffMember

PASSWORD = "correct horse battery staple"

CAST = {
    "ana": ("Ana", "Author", "Pharmacist", roles.AUTHOR),
    "bruno": ("Bruno", "Reader", "Pharmacist", roles.SECOND_READER),
    "priya": ("Priya", "Publisher", "Lead pharmacist", roles.PUBLISHER),
    "carla": ("Carla", "Moderator", "Nurse", roles.MODERATOR),
    "amir": ("Amir", "Auditor", "Governance lead", roles.AUDITOR),
    "ada": ("Ada", "Admin", "Practice manager", roles.ADMINISTRATOR),
    "mallory": ("Mallory", "Outside", "", None),
}


def make_person(username: str, *, role: str | None = None, **fields) -> StaffMember:
    """One of the cast, or somebody new with a role; all may log in to the admin."""
    person = _known.thing(username=username)
    is_new = person is None
    if is_new:
        first, last, profession, usual_role = CAST.get(username, (username.capitalize(), "Test", "", None))
        usual = {
            "first_name": first,
            "last_name": last,
            "profession": profession,
            "registration_number": f"REG-{username}",
            "is_staff": True,
            "password": make_password(PASSWORD),
        }
        person = StaffMember.objects.create(username=username, **{**usual, **fields})
    for name in {role, usual_role if is_new else None} - {None}:
        [[group]] = _group.rows(name=name)
        put = _IN_GROUPS.objects.create if is_new else _IN_GROUPS.objects.get_or_create
        put(staffmember_id=person.pk, group_id=group)
    return person


# They are asked for by nearly every test, several times: their SQL is made once.
_known = Prepared(lambda: StaffMember.objects.filter(username=Given("username", CharField())))
_group = Prepared(lambda: Group.objects.filter(name=Given("name", CharField())).values_list("pk"))
_IN_GROUPS = StaffMember.groups.through
