"""Forms about staff as a browser sends them, and what the ledger has of it."""

import json

from django.contrib.auth.models import Group
from django.urls import reverse

from monographs.audit.models import Entry
from monographs.staff import roles

GOOD_PASSWORD = "a quiet brown horse"


def group(name):
    return Group.objects.get(name=name)


def new_person(**fields):
    return {
        "username": "nora",
        "password1": GOOD_PASSWORD,
        "password2": GOOD_PASSWORD,
        "first_name": "Nora",
        "last_name": "Nurse",
        "email": "nora@clinic.example",
        "profession": "Nurse",
        "registration_number": "NMC 123",
        "is_staff": "on",
        "groups": [group(roles.MODERATOR).pk],
        **fields,
    }


def form_of(person, **fields):
    data = {
        "username": person.username,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email,
        "profession": person.profession,
        "registration_number": person.registration_number,
        "is_active": "on" if person.is_active else "",
        "is_staff": "on" if person.is_staff else "",
        "groups": [held.pk for held in person.groups.all()],
        **fields,
    }
    return {name: value for name, value in data.items() if value not in ("", None)}


def save(client, person, **fields):
    return client.post(reverse("admin:monographs_staffmember_change", args=[person.pk]), form_of(person, **fields))


def entries(verb):
    return [(entry.by_name, entry.about_label, json.loads(entry.data)) for entry in Entry.objects.filter(verb=verb)]
