"""The people of every test. Mallory must never get in."""

from django.contrib.auth.models import Group

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
    first, last, profession, usual_role = CAST.get(username, (username.capitalize(), "Test", "", None))
    person, is_new = StaffMember.objects.get_or_create(
        username=username,
        defaults={
            "first_name": first,
            "last_name": last,
            "profession": profession,
            "registration_number": f"REG-{username}",
            "is_staff": True,
            **fields,
        },
    )
    if is_new:
        person.set_password(PASSWORD)
        person.save()
    for name in {role, usual_role if is_new else None} - {None}:
        person.groups.add(Group.objects.get(name=name))
    return person
