"""A medicine that is written by its name can be added beside the form, which then has its name and not its number."""

import re

import pytest
from playwright.sync_api import Page, expect

from monographs.admin.frame.forms import medicine_field
from monographs.leaflets.models import Leaflet
from tests.makers import make_medicine
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_added_in_a_window_of_its_own_stands_there_by_its_name(page: Page, live_server, let_in, monkeypatch):
    monkeypatch.setattr(medicine_field, "LISTED_AT_MOST", 1)
    for name in ("Baclofen", "Ibuprofen"):
        make_medicine(name)
    let_in(page, make_person("ana"))
    page.goto(f"{live_server.url}/admin/monographs/leaflet/add/")
    field = page.get_by_role("textbox", name="Medicine:")
    expect(page.locator(".field-medicine .change-related, .field-medicine .view-related")).to_have_count(0)
    with page.expect_popup() as opened:
        page.get_by_title("Add another medicine").click()
    opened.value.locator("#id_name").fill("Testamol")
    opened.value.locator("[name=_save]").click()
    expect(field).to_have_value("Testamol")
    page.locator("#id_title").fill("Testamol")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_url(re.compile(r"/leaflet/\d+/change/"))
    assert Leaflet.objects.get().medicine.name == "Testamol"
