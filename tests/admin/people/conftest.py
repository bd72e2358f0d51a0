"""Who is logged in for the tests about staff."""

import pytest

from tests.people import make_person


@pytest.fixture
def administrator(client, ada):
    client.force_login(ada)
    return client


@pytest.fixture
def root(db):
    return make_person("root", is_superuser=True)
