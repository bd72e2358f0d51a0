"""A date typed into any field of the staff's is read the one way it can be read, named in words, or refused whole."""

import datetime as dt
import re

import pytest
from django import forms
from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from django.utils import translation
from django.utils.formats import get_format

from monographs.admin.frame.forms.day_field import DayField
from monographs.leaflets.models import Leaflet, Source
from tests.admin.forms import form_of
from tests.makers import make_leaflet
from tests.people import make_person

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def words_beside(page: str, field: str) -> str:
    """What stands beside a field for the eye."""
    found = re.search(rf'id="{field}"[^>]*>[^<]*(?:</p>[^<]*)?<span class="day-in-words"[^>]*>([^<]*)</span>', page)
    return found[1] if found else "no such field"


def save(client, leaflet: Leaflet, **fields):
    client.force_login(make_person("ana"))
    return client.post(
        reverse("admin:monographs_leaflet_change", args=[leaflet.pk]), form_of(leaflet, **fields), follow=True
    )


@pytest.mark.parametrize("typed", ["2028-06-01", "1 June 2028", "1 Jun 2028", "٢٠٢٨-٠٦-٠١"])
def test_a_next_review_is_taken_and_named_back(client, typed):
    leaflet = make_leaflet()
    page = save(client, leaflet, next_review_on=typed).content.decode()
    leaflet.refresh_from_db()
    assert leaflet.next_review_on == dt.date(2028, 6, 1)
    assert words_beside(page, "id_next_review_on") == "Thursday, 1 June 2028"


@pytest.mark.parametrize("typed", ["1/6/2028", "05-12-28", "6/1/28", "soon"])
def test_what_can_be_read_two_ways_is_refused_and_stays_as_typed(client, typed):
    leaflet = make_leaflet()
    before = leaflet.next_review_on
    answer = save(client, leaflet, next_review_on=typed, title="Another title")
    page = answer.content.decode()
    leaflet.refresh_from_db()
    assert (leaflet.next_review_on, leaflet.title) == (before, "Testamol")
    assert f"“{typed}”" in page
    assert f'value="{typed}"' in page
    assert 'value="Another title"' in page
    assert words_beside(page, "id_next_review_on") == ""


def test_both_readings_are_named(client):
    page = save(client, make_leaflet(), next_review_on="1/6/2028").content.decode()
    assert "can be read as 1 June 2028 or as 6 January 2028" in page


def test_a_good_date_is_named_on_a_form_that_is_refused_for_something_else(client):
    page = save(client, make_leaflet(), next_review_on="1 June 2028", title="").content.decode()
    assert words_beside(page, "id_next_review_on") == "Thursday, 1 June 2028"
    assert 'value="1 June 2028"' in page


def test_the_day_a_source_was_read_is_read_alike(client):
    leaflet = make_leaflet()
    page = save(client, leaflet, **{"sources-0-accessed_on": "1/6/2026"}).content.decode()
    assert "can be read as 1 June 2026 or as 6 January 2026" in page
    page = save(client, leaflet, **{"sources-0-accessed_on": "1 June 2026"}).content.decode()
    assert Source.objects.get().accessed_on == dt.date(2026, 6, 1)
    assert words_beside(page, "id_sources-0-accessed_on") == "Monday, 1 June 2026"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_writes_iso_on_every_site(language):
    assert get_format("DATE_INPUT_FORMATS", language)[0] == "%Y-%m-%d"
    with translation.override(language):
        assert 'value="2028-06-01"' in DayField().widget.render("on", dt.date(2028, 6, 1))


@pytest.mark.parametrize(
    ("language", "typed"),
    [("pl", "05-12-28"), ("pl", "1.6.2028"), ("es", "1/6/2028"), ("ar", "1/6/2028"), ("ur", "6/1/2028")],
)
def test_no_site_takes_what_can_be_read_two_ways(language, typed):
    with translation.override(language), pytest.raises(forms.ValidationError):
        DayField().clean(typed)


def fields_of_staff(rf) -> dict[str, forms.Field]:
    """Every field of every form, as the admin shows it where it is one of the admin's."""
    request = rf.get(reverse("admin:index"))  # by which every screen's form is loaded
    request.user = make_person("ada")
    pages = admin.site._registry
    found, waiting = set(), [forms.Form, forms.ModelForm]
    while waiting:
        for one in waiting.pop().__subclasses__():
            waiting.append(one)
            if one.__module__.startswith("monographs."):
                found.add(one)
    found -= {page.form for page in pages.values()}
    for model, page in pages.items():
        found |= {page.get_form(request, None, change=False)} | {row.form for row in page.inlines}
        found |= {page.get_form(request, one, change=True) for one in model._default_manager.all()[:1]}
    return {f"{form.__name__}.{name}": field for form in found for name, field in form.base_fields.items()}


def test_every_date_of_every_form_is_read_by_the_one_field(rf):
    make_leaflet()
    fields = fields_of_staff(rf)
    dates = {name: field for name, field in fields.items() if isinstance(field, forms.DateField | forms.DateTimeField)}
    assert {"LeafletForm.next_review_on", "SourceForm.accessed_on", "InstantForm.on", "PublishForm.on"} <= set(dates)
    assert [name for name, field in dates.items() if type(field) is not DayField] == []


def test_no_dose_is_typed_into_a_field_of_numbers(rf):
    """Chromium makes 25 of "2,5" there: only places, days, approvals and numbers of rows and pages are such fields."""
    make_leaflet()
    numbers = {
        name.split(".")[1]
        for name, field in fields_of_staff(rf).items()
        if getattr(field.widget, "input_type", "") == "number"
    }
    amounts_of_time = {"days", "days_of_grace", "closes_after_days", "replies_overdue_hours"}
    assert numbers <= {"position", "approvals", "page", "count", "next", "answer", "label", "at_hour"} | amounts_of_time
    sources = [
        path for folder in ("templates", "monographs/static") for path in (settings.BASE_DIR / folder).rglob("*")
    ]
    texts = [path.read_text() for path in sources if path.suffix in {".html", ".js"}]
    assert not any(re.search(r"type=[\"']?number|\.type = [\"']number", text) for text in texts)
