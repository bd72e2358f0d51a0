"""Saving writes what changed and nothing else, in a number of queries that no length of a leaflet raises."""

import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monographs.leaflets.content import SectionContent
from monographs.leaflets.drafts import content_of
from monographs.leaflets.models import Section
from monographs.revisions.actions import newest_revision, save_draft
from tests.admin.forms import change_url, form_of, place_of
from tests.makers import make_leaflet

pytestmark = pytest.mark.django_db
AT_MOST = 20  # without those that begin and end a transaction


@pytest.fixture
def long_leaflet(ana):
    leaflet = make_leaflet("Longmol")
    more = [SectionContent(f"s-{number}", "other", f"Heading {number}", f"Words of {number}.") for number in range(185)]
    content = content_of(leaflet)
    save_draft(leaflet, dataclasses.replace(content, sections=(*content.sections, *more)), by=ana)
    return leaflet


def queries_of(client, leaflet, data) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.post(change_url(leaflet), data).status_code == 302
    turns = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return [query["sql"] for query in captured if not query["sql"].startswith(turns)]


def test_a_save_takes_twenty_queries_at_10_and_at_200_sections(client_of, ana, long_leaflet):
    for leaflet in (make_leaflet(), long_leaflet):
        place = place_of(leaflet, "dosage")
        data = form_of(leaflet, **{f"sections__{place}__body": "Take 7mg.", "title": "Another title"})
        made = queries_of(client_of(ana), leaflet, data)
        assert len(made) <= AT_MOST, made
        assert newest_revision(leaflet).number == (2 if leaflet != long_leaflet else 3)


def test_only_the_row_that_changed_is_written(client_of, ana):
    leaflet = make_leaflet()
    place = place_of(leaflet, "dosage")
    made = queries_of(client_of(ana), leaflet, form_of(leaflet, **{f"sections__{place}__body": "Take 7mg."}))
    written = [sql for sql in made if "monographs_section" in sql and not sql.startswith("SELECT")]
    assert len(written) == 1
    assert "Take 7mg." in written[0]
    assert "About interactions." not in written[0]
    assert not [sql for sql in made if "monographs_source" in sql and not sql.startswith("SELECT")]


def test_line_ends_of_browsers_are_no_change(client_of, ana):
    leaflet = make_leaflet(dosage="One line.\n\nAnother.")
    place = place_of(leaflet, "dosage")
    data = form_of(leaflet, **{f"sections__{place}__body": "One line.\r\n\r\nAnother."})
    made = queries_of(client_of(ana), leaflet, data)
    assert not [sql for sql in made if sql.startswith(("INSERT", "UPDATE")) and "monographs_section" in sql]
    assert newest_revision(leaflet).number == 1


def test_rows_that_go_come_and_change_places_are_written_together(client_of, ana):
    leaflet = make_leaflet()
    rows = list(leaflet.sections.all())
    data = form_of(leaflet)
    count = len(rows)
    data |= {
        "sections-0-DELETE": "on",
        "sections-1-position": str(count + 5),
        "sections-TOTAL_FORMS": str(count + 1),
        f"sections-{count}-kind": "other",
        f"sections-{count}-heading": "Driving",
        f"sections-{count}-body": "Do not drive.",
        f"sections-{count}-position": "",
    }
    data[f"sections-{count}-id"] = ""
    data[f"sections-{count}-leaflet"] = str(leaflet.pk)
    assert client_of(ana).post(change_url(leaflet), data).status_code == 302
    now = list(leaflet.sections.all())
    assert [row.position for row in now] == list(range(1, count + 1))
    assert [row.pk for row in now[:-1]] == [*(row.pk for row in rows[2:]), rows[1].pk]
    assert (now[-1].heading, now[-1].body) == ("Driving", "Do not drive.")
    assert not Section.objects.filter(pk=rows[0].pk).exists()


def test_a_row_of_another_leaflet_is_refused(client_of, ana):
    leaflet, other = make_leaflet(), make_leaflet("Othermol")
    data = form_of(leaflet, **{"sections-0-id": str(other.sections.first().pk), "sections-0-body": "Stolen."})
    answer = client_of(ana).post(change_url(leaflet), data)
    assert answer.status_code == 200
    assert newest_revision(leaflet).number == newest_revision(other).number == 1
    assert "Stolen." not in {section.body for section in other.sections.all()}


def test_a_section_that_does_not_apply_must_say_why(client_of, ana):
    leaflet = make_leaflet()
    place = place_of(leaflet, "dosage")
    data = form_of(leaflet, **{f"sections__{place}__is_not_applicable": "on", f"sections__{place}__reason": ""})
    answer = client_of(ana).post(change_url(leaflet), data)
    assert "Say why this section does not apply to the medicine." in answer.content.decode()
    assert newest_revision(leaflet).number == 1


def test_an_address_of_the_old_history_leads_to_ours(client_of, ana):
    leaflet = make_leaflet()
    answer = client_of(ana).get(f"/admin/monographs/leaflet/{leaflet.pk}/history/")
    assert answer["Location"] == f"/admin/leaflets/{leaflet.pk}/history/"
