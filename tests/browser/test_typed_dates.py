"""A date is named beside its field while it is typed, and what the calendar writes is taken."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.admin.forms import change_url
from tests.makers import make_leaflet
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_date_is_named_while_it_is_typed_and_the_calendar_writes_iso(page: Page, live_server, let_in):
    leaflet = make_leaflet()
    let_in(page, make_person("ana"))
    page.goto(live_server.url + change_url(leaflet))
    field, words = page.locator("#id_next_review_on"), page.locator(".field-next_review_on .day-in-words")
    field.fill("1/6/2028")
    expect(words).to_contain_text("can be read two ways")
    field.fill("2028-06-01")
    expect(words).to_have_text(re.compile("Thursday,? 1 June 2028"))
    page.locator(".field-next_review_on .date-icon").click()
    page.locator(".calendarbox:visible td a", has_text="15").click()
    expect(field).to_have_value("2028-06-15")
    expect(words).to_have_text(re.compile("Thursday,? 15 June 2028"))
