"""The staff's pages are English from left to right, whole, whatever language the site speaks."""

import re

import pytest
from django.http import StreamingHttpResponse
from django.utils import translation

from clinicinfo.language_middleware import LanguageOfTheAddress
from tests.admin.forms import change_url
from tests.makers import make_leaflet
from tests.people import make_person

pytestmark = pytest.mark.django_db

SITES = ["ar", "cy", "es", "pl", "ur", "zh-hans"]


@pytest.fixture(params=SITES)
def site(request, settings):
    settings.LANGUAGE_CODE = request.param
    return request.param


@pytest.fixture
def ana(db):
    return make_person("ana")


def check_english(response, status: int = 200) -> str:
    html = response.content.decode()
    assert response.status_code == status
    assert re.search(r'<html lang="en(-us)?" dir="ltr"', html)
    assert "rtl.css" not in html
    return html


def test_the_staffs_pages_are_english_on_every_site(client, site, ana):
    assert "Log in" in check_english(client.get("/admin/login/"))
    client.force_login(ana)
    leaflet = make_leaflet()
    assert "Log out" in check_english(client.get("/admin/"))
    assert "Save" in check_english(client.get(change_url(leaflet)))
    assert "We have no page at this address" in check_english(client.get("/admin/nothing/"), 404)


def test_a_refusal_of_the_staffs_is_english(client, site, ana):
    client.force_login(ana)
    check_english(client.get("/admin/monographs/staffmember/add/"), 403)


def test_neither_cookie_nor_browser_changes_the_staffs_language(client, ana):
    client.force_login(ana)
    client.cookies["django_language"] = "ur"
    check_english(client.get("/admin/", headers={"accept-language": "ar"}))


def test_the_staffs_calendar_begins_on_monday_and_writes_iso_on_every_site(client, site, ana):
    """Django's catalogue for its calendar follows the active language, and so does the first day of its weeks."""
    client.force_login(ana)
    script = client.get("/admin/jsi18n/").content.decode()
    assert '"FIRST_DAY_OF_WEEK": 1' in script
    assert re.search(r'"DATE_INPUT_FORMATS": \[\s*"%Y-%m-%d"', script)


def test_a_date_is_typed_in_english_on_every_site(client, site, ana):
    client.force_login(ana)
    html = client.get(change_url(make_leaflet(next_review_on="2028-06-01"))).content.decode()
    assert ">Thursday, 1 June 2028</span>" in html


def test_what_is_streamed_to_the_staff_is_english_to_its_end(rf, site):
    lines = (translation.gettext("Monday").encode() for _line in range(3))
    response = LanguageOfTheAddress(lambda request: StreamingHttpResponse(lines))(rf.get("/admin/export/"))
    assert b" ".join(response) == b"Monday Monday Monday"
    assert translation.get_language() == site


def test_the_readers_pages_of_the_same_site_speak_its_language(client, site):
    html = client.get("/").content.decode()
    assert f'<html lang="{site}" dir="{"rtl" if site in ("ar", "ur") else "ltr"}"' in html
