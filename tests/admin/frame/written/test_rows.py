"""The rows of a list that are written in Python are those that Django makes."""

import pytest
from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import results
from django.urls import reverse

from monographs.admin.frame.written.rows import rows_of
from monographs.leaflets.models import Leaflet
from tests.makers import make_comment, make_leaflet, make_medicine, make_published
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(client):
    client.force_login(make_person("root", is_superuser=True))
    return client


def joined(rows) -> list[str]:
    return ["".join(row) for row in rows]


def test_every_list_of_the_admin_has_the_rows_that_django_makes(root):
    published = make_published(make_leaflet("Testamol"))
    make_leaflet("<b>Odd</b> & “quoted”")
    make_medicine("Nothing")
    make_comment(published)
    for model, model_admin in admin.site._registry.items():
        page = root.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
        # The clinic is one, and leads to its form; safety alerts have a page of their own.
        if page.status_code == 200 and "cl" in page.context:
            cl = page.context["cl"]
            assert joined(rows_of(cl)) == joined(results(cl)), model_admin


def test_the_list_of_leaflets_is_written_here_with_its_filters_kept(root):
    for number in range(3):
        make_leaflet(f"Draft {number} <i>")
    page = root.get(reverse("admin:monographs_leaflet_changelist") + "?stands=draft&o=-1")
    cl = page.context["cl"]
    rows = joined(rows_of(cl))
    assert rows == joined(results(cl))
    assert all(len(row) == 1 for row in rows_of(cl))  # a whole row at once: Django's have a cell for each column
    html = page.content.decode()
    assert all(row in html for row in rows)
    assert len(rows) == Leaflet.objects.count() == 3
    assert "_changelist_filters=" in rows[0]
    assert "<i>" not in rows[0]


def test_a_list_to_choose_from_in_a_window_of_its_own_is_djangos(root):
    make_leaflet("Testamol")
    cl = root.get(reverse("admin:monographs_leaflet_changelist") + "?_popup=1").context["cl"]
    assert joined(rows_of(cl)) == joined(results(cl))
    assert "data-popup-opener" in joined(rows_of(cl))[0]
