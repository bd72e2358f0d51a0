"""Staff at the admin's door."""

import pytest
from django.test import Client

from monographs.leaflets.models import Leaflet
from monographs.staff.models import StaffMember
from tests.makers import make_leaflet
from tests.people import make_person


@pytest.fixture
def client_of(db):
    def log_in(person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return log_in


@pytest.fixture
def boss(db) -> StaffMember:
    return make_person("boss", is_superuser=True)


@pytest.fixture
def bea(db) -> StaffMember:
    """A second author."""
    return make_person("bea", role="Author")


@pytest.fixture
def leaflet(db) -> Leaflet:
    return make_leaflet()
