"""The largest leaflet that there may be is edited in one form, and what is larger is told and not lost."""

import pytest
from django.conf import settings
from django.test import Client

from monographs.leaflets.content import SectionContent, SourceContent
from monographs.leaflets.form_size import FIELDS_OF_A_SECTION, FIELDS_OF_A_SOURCE, MOST_FIELDS, MOST_PARTS
from monographs.leaflets.sections import KIND_CHOICES
from monographs.revisions.actions import newest_revision, save_draft
from tests.admin.forms import change_url, form_of
from tests.makers import make_content, make_leaflet

pytestmark = pytest.mark.django_db

EVERY_KIND = tuple(key for key, _heading in KIND_CHOICES)


@pytest.fixture
def largest(ana):
    leaflet = make_leaflet()
    sections = tuple(SectionContent(f"s-{n}", "other", f"Part {n}", f"Words of part {n}.") for n in range(MOST_PARTS))
    sources = tuple(
        SourceContent(f"Source {n}", "https://a.example/", "2026-10-01", EVERY_KIND) for n in range(MOST_PARTS)
    )
    save_draft(leaflet, make_content(sections=sections, sources=sources), by=ana, why="The largest.")
    leaflet.refresh_from_db()
    return leaflet


def count_of(form: dict) -> int:
    return sum(len(value) if isinstance(value, list) else 1 for value in form.values())


def test_a_form_with_200_sections_and_200_sources_for_every_kind_saves(client_of, ana, largest):
    form = form_of(largest, sources__199__citation="Another source")
    assert count_of(form) > 3_000
    answer = client_of(ana).post(change_url(largest), form)
    assert answer.status_code == 302
    content = newest_revision(largest).content
    assert (len(content.sections), len(content.sources)) == (MOST_PARTS, MOST_PARTS)
    assert content.sources[199].citation == "Another source"
    assert all(source.supports == EVERY_KIND for source in content.sources)


def test_the_page_sends_no_more_fields_than_the_limit_is_made_of(client_of, ana, largest):
    page = client_of(ana).get(change_url(largest))
    sections, sources = (one.formset for one in page.context["inline_admin_formsets"])
    assert (len(sections.forms), len(sources.forms)) == (MOST_PARTS, MOST_PARTS)
    assert len(sections.forms[0].fields) == FIELDS_OF_A_SECTION
    assert len(sources.forms[0].fields) - 1 + len(EVERY_KIND) == FIELDS_OF_A_SOURCE
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS == MOST_FIELDS


def test_more_than_200_rows_are_told_and_all_shown_again(client_of, ana):
    leaflet = make_leaflet()
    form = form_of(leaflet)
    for number in range(1, 250):
        form |= {f"sources-{number}-citation": f"Source number {number}", f"sources-{number}-supports": EVERY_KIND}
    form["sources-TOTAL_FORMS"] = "250"
    page = client_of(ana).post(change_url(leaflet), form)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Please submit at most 200 forms." in text
    assert all(f"Source number {number}" in text for number in range(1, 250))
    assert len(newest_revision(leaflet).content.sources) == 1


def test_more_rows_than_can_be_shown_again_are_refused_with_the_words(client_of, ana):
    leaflet = make_leaflet()
    form = form_of(leaflet) | {f"sources-{number}-citation": f"Source number {number}" for number in range(1, 400)}
    form["sources-TOTAL_FORMS"] = "400"
    page = client_of(ana).post(change_url(leaflet), form)
    assert page.status_code == 400
    assert "at most 200 of each" in page.content.decode()
    assert "Source number 399" in page.content.decode()
    assert len(newest_revision(leaflet).content.sources) == 1


def test_more_fields_than_any_form_has_get_a_sentence_and_the_words_back(client_of, ana):
    leaflet = make_leaflet()
    body = "&".join(f"sources-{number}-citation=Source+number+{number}" for number in range(MOST_FIELDS + 1))
    page = client_of(ana).post(change_url(leaflet), body, content_type="application/x-www-form-urlencoded")
    text = page.content.decode()
    assert page.status_code == 400
    assert "at most 9,960 can be sent at once" in text.replace(f"{MOST_FIELDS:,}", "9,960")
    assert f"Source number {MOST_FIELDS}" in text


def test_patients_doors_take_few_fields():
    many = "&".join(f"f{number}=1" for number in range(501))
    for address in ("/search/", "/leaflets/nothing/reply/", "/fact-check/x/"):
        answer = Client().post(address, many, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 400
        parts = (
            "".join(f'--x\r\nContent-Disposition: form-data; name="f{n}"\r\n\r\n1\r\n' for n in range(501))
            + "--x--\r\n"
        )
        assert Client().post(address, parts, content_type="multipart/form-data; boundary=x").status_code == 400
    assert Client().get(f"/search/?{many}").status_code == 400


def test_the_form_asks_no_more_of_the_database_for_many_parts_and_revisions(client_of, ana, django_assert_num_queries):
    leaflet = make_leaflet()
    client = client_of(ana)
    client.get(change_url(leaflet))
    with django_assert_num_queries(14):
        client.get(change_url(leaflet))
    for count in range(2, 20):
        sections = tuple(SectionContent(f"s-{n}", "other", f"Part {n}", f"Words of {n}.") for n in range(count))
        sources = tuple(SourceContent(f"Source {n}", "https://a.example/", "2026-10-01") for n in range(count))
        save_draft(leaflet, make_content(sections=sections, sources=sources), by=ana, why="More.")
        leaflet.refresh_from_db()
    with django_assert_num_queries(14):
        page = client.get(change_url(leaflet))
    assert page.content.decode().count('class="markdownx"') == 19 + 2  # an empty one, and one for scripts to copy
