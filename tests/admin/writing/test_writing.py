"""Writing a leaflet in the admin: every save is a revision, and nobody writes who may not."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from monographs.admin.frame.leaflet.state import state_of
from monographs.admin.writing.leaflet_filters import MedicineFilter
from monographs.audit.models import Entry
from monographs.audit.public_stamp import read_stamp
from monographs.leaflets.autosave import kept_text
from monographs.leaflets.content import SourceContent
from monographs.leaflets.models import Leaflet
from monographs.leaflets.sections import REQUIRED_KINDS
from monographs.medicines.models import MedicineName, NameKind
from monographs.publication.actions import release_in_emergency, withdraw
from monographs.revisions.actions import newest_revision
from monographs.revisions.models import Revision
from tests.admin.forms import change_url, form_of, place_of, with_body
from tests.makers import change_leaflet, make_approved, make_leaflet, make_medicine, make_published, make_review, sign
from tests.people import make_person

LIST = "/admin/monographs/leaflet/"
ADD = "/admin/monographs/leaflet/add/"


def new_form(medicine, **changed) -> dict:
    data = {
        "medicine": medicine.pk,
        "language": "en",
        "edition": "standard",
        "slug": "",
        "title": "Testamol",
        "key_facts": "One.\nTwo.\nThree.",
        "next_review_on": "2027-06-01",
        "why": "Begun.",
        "sections-TOTAL_FORMS": str(len(REQUIRED_KINDS)),
        "sections-INITIAL_FORMS": "0",
        "sources-TOTAL_FORMS": "1",
        "sources-INITIAL_FORMS": "0",
        "sources-0-citation": "British National Formulary",
        "sources-0-supports": ["dosage", "uses"],
    }
    for place, kind in enumerate(REQUIRED_KINDS):
        data |= {f"sections-{place}-kind": kind, f"sections-{place}-position": str(place + 1)}
    return data | changed


def test_new_leaflet_offers_a_row_for_each_required_section(client_of, ana):
    page = client_of(ana).get(ADD)
    offered = page.context["inline_admin_formsets"][0].formset.forms
    assert [form["kind"].value() for form in offered] == list(REQUIRED_KINDS)


def test_who_may_only_read_is_told_in_words_which_sections_a_source_supports(client_of, bruno):
    leaflet = make_leaflet(sources=(SourceContent("BNF", supports=("dosage", "uses")), SourceContent("SmPC")))
    page = client_of(bruno).get(change_url(leaflet)).content.decode()
    assert "How to take it, What it is used for" in page
    assert '<div class="readonly">all</div>' in page
    assert "dosage" not in page.split("Sources", 1)[1]


def test_new_leaflet_is_started_recorded_and_named_in_the_ledger(client_of, ana):
    response = client_of(ana).post(ADD, new_form(make_medicine()))
    leaflet = Leaflet.objects.get()
    assert response.status_code == 302
    assert leaflet.slug == "testamol"
    revision = newest_revision(leaflet)
    assert (revision.number, revision.by, revision.why) == (1, ana, "Begun.")
    assert [section.kind for section in revision.content.sections] == list(REQUIRED_KINDS)
    assert revision.content.sections[5].key == REQUIRED_KINDS[5].replace("_", "-")
    assert set(revision.content.sources[0].supports) == {"uses", "dosage"}
    assert list(Entry.objects.about(leaflet).values_list("verb", flat=True)) == ["leaflet.started", "revision.recorded"]


def test_second_leaflet_of_the_same_medicine_and_language_is_refused_in_the_form(client_of, ana):
    make_leaflet()
    response = client_of(ana).post(ADD, new_form(make_medicine(), slug="another"))
    assert response.status_code == 200
    assert "This medicine has a leaflet in this language and edition already." in response.content.decode()
    assert Leaflet.objects.count() == 1


def test_taken_address_is_refused_in_the_form(client_of, ana):
    make_leaflet()
    response = client_of(ana).post(ADD, new_form(make_medicine("Other"), slug="testamol"))
    assert "Another leaflet has this address already." in response.content.decode()


def test_form_without_its_fields_is_answered_and_writes_nothing(client_of, ana):
    response = client_of(ana).post(ADD, {})
    assert response.status_code == 200
    assert not Leaflet.objects.exists()


def test_saving_records_a_revision_with_author_and_reason(client_of, ana):
    leaflet = make_leaflet()
    client_of(ana).post(change_url(leaflet), with_body(leaflet, "dosage", "Take 7mg.", why="Dose changed."))
    revision = newest_revision(leaflet)
    assert (revision.number, revision.by, revision.why) == (2, ana, "Dose changed.")
    assert revision.content.sections[place_of(leaflet, "dosage")].body == "Take 7mg."


def test_saving_without_a_change_records_nothing_and_says_so(client_of, ana):
    leaflet = make_leaflet()
    response = client_of(ana).post(change_url(leaflet), form_of(leaflet), follow=True)
    assert Revision.objects.filter(leaflet=leaflet).count() == 1
    assert "You changed nothing, so nothing was recorded." in response.content.decode()


def test_address_medicine_and_language_stay_after_the_first_save(client_of, ana):
    leaflet = make_leaflet()
    other = make_medicine("Other")
    changed = form_of(leaflet, slug="elsewhere", medicine=str(other.pk), language="fr", edition="easy-read")
    client_of(ana).post(change_url(leaflet), changed)
    leaflet.refresh_from_db()
    assert (leaflet.slug, leaflet.medicine.name, leaflet.language, leaflet.edition) == (
        "testamol", "Testamol", "en", "standard",
    )  # fmt: skip


def test_sections_take_the_order_of_their_numbers(client_of, ana):
    leaflet = make_leaflet()
    last = leaflet.sections.count() - 1
    client_of(ana).post(change_url(leaflet), form_of(leaflet, **{f"sections__{last}__position": "0"}))
    content = newest_revision(leaflet).content
    assert content.sections[0].kind == "storage"
    assert list(leaflet.sections.values_list("position", flat=True)) == list(range(1, last + 2))


def test_new_section_without_a_number_goes_to_the_end_and_gets_a_readable_key(client_of, ana):
    leaflet = make_leaflet()
    count = leaflet.sections.count()
    data = form_of(leaflet, **{"sections__TOTAL_FORMS": str(count + 1)})
    data |= {f"sections-{count}-kind": "other", f"sections-{count}-heading": "Driving", f"sections-{count}-body": "No."}
    client_of(ana).post(change_url(leaflet), data)
    section = newest_revision(leaflet).content.sections[-1]
    assert (section.key, section.heading, section.body) == ("driving", "Driving", "No.")


def test_section_that_does_not_apply_needs_a_reason(client_of, ana):
    leaflet = make_leaflet()
    place = place_of(leaflet, "pregnancy")
    response = client_of(ana).post(
        change_url(leaflet), form_of(leaflet, **{f"sections__{place}__is_not_applicable": "on"})
    )
    assert "Say why this section does not apply to the medicine." in response.content.decode()
    assert newest_revision(leaflet).number == 1


def test_what_keeps_the_form_from_being_saved_is_listed_first_with_the_way_to_each_field(client_of, ana):
    leaflet = make_leaflet()
    place = place_of(leaflet, "dosage")
    wrong = {
        f"sections__{place}__is_not_applicable": "on",
        "next_review_on": "soon",
        "sources__0__url": "nowhere at all",
    }
    page = client_of(ana).post(change_url(leaflet), form_of(leaflet, **wrong))
    found = [(one.address, one.place) for one in page.context["mistakes"]]
    assert found == [
        ("#id_next_review_on", "Next review"),
        (f"#sections-{place}", "How to take it"),
        ("#id_sources-0-url", "British National Formulary, Link"),
    ]
    text = page.content.decode()
    assert "Say why this section does not apply to the medicine." in text
    assert text.index("Nothing was saved") < text.index("leaflet-state-heading")


def test_quality_panel_of_a_refused_form_is_about_what_was_typed(client_of, ana):
    leaflet = make_leaflet()
    page = client_of(ana).post(change_url(leaflet), with_body(leaflet, "dosage", "Take .5mg.", title=""))
    assert "Write “0.5mg”" in page.context["panel"]


def test_empty_row_with_only_a_number_is_no_section(client_of, ana):
    leaflet = make_leaflet()
    count = leaflet.sections.count()
    data = form_of(leaflet, **{"sections__TOTAL_FORMS": str(count + 1), f"sections__{count}__position": "99"})
    client_of(ana).post(change_url(leaflet), data)
    assert leaflet.sections.count() == count
    assert newest_revision(leaflet).number == 1


@pytest.mark.parametrize("username", ["bruno", "priya", "carla", "amir", "ada"])
def test_only_authors_write(client_of, username):
    person, leaflet = make_person(username), make_leaflet()
    client = client_of(person)
    page = client.get(change_url(leaflet))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert 'name="based_on"' not in page.content.decode()
    assert client.post(change_url(leaflet), with_body(leaflet, "dosage", "Take 500mg.")).status_code == 403
    assert client.post(ADD, new_form(make_medicine("Other"))).status_code == 403
    assert newest_revision(leaflet).number == 1


def test_mallory_sees_no_leaflet(client_of, mallory):
    leaflet = make_leaflet()
    client = client_of(mallory)
    assert [client.get(address).status_code for address in (LIST, change_url(leaflet), ADD)] == [403, 403, 403]


@pytest.mark.parametrize("username", ["ana", "bruno", "amir", "boss"])
def test_save_during_review_is_409_for_every_role_and_shows_what_was_typed(client_of, username):
    person = make_person(username, is_superuser=username == "boss")
    leaflet = make_review().leaflet
    response = client_of(person).post(change_url(leaflet), with_body(leaflet, "dosage", "Take 500mg at once."))
    assert response.status_code == 409
    assert "Take 500mg at once." in response.content.decode()
    assert newest_revision(leaflet).number == 1
    assert leaflet.sections.get(kind="dosage").body == "Take 5mg once a day."
    assert bool(kept_text(leaflet, by=person)) == person.has_perm("monographs.change_leaflet")


def test_leaflet_in_review_opens_read_only_with_a_way_to_the_review(client_of, ana):
    leaflet = make_review().leaflet
    page = client_of(ana).get(change_url(leaflet)).content.decode()
    assert reverse("admin:leaflet-review", args=[leaflet.pk]) in page
    assert "This leaflet is in review" in page
    assert "markdownx-editor" not in page


def test_leaflet_with_a_history_cannot_be_deleted_even_by_a_superuser(client_of, boss):
    leaflet = make_leaflet()
    response = client_of(boss).post(reverse("admin:monographs_leaflet_delete", args=[leaflet.pk]), {"post": "yes"})
    assert response.status_code == 409
    assert "it can be withdrawn" in response.content.decode()
    assert Leaflet.objects.filter(pk=leaflet.pk).exists()


def test_nothing_happens_to_leaflets_in_bulk(client_of, boss):
    leaflet = make_leaflet()
    assert 'name="action"' not in client_of(boss).get(LIST).content.decode()
    client_of(boss).post(LIST, {"action": "delete_selected", "_selected_action": [leaflet.pk], "post": "yes"})
    assert Leaflet.objects.filter(pk=leaflet.pk).exists()


def test_list_tells_where_each_leaflet_stands(client_of, ana):
    make_leaflet("Draftamol")
    make_review(make_leaflet("Waitamol"))
    make_published(make_leaflet("Livamol"))
    gone = make_published(make_leaflet("Goneamol"))
    withdraw(gone.leaflet, by=make_person("priya"), notice="Ask us.", why="Recalled.")
    urgent = change_leaflet(make_published(make_leaflet("Urgentamol")).leaflet, dosage="Take 2mg.")
    release_in_emergency(urgent, by=make_person("priya"), reason="Recall.", change_note="Dose.")
    rows = {leaflet.title: leaflet for leaflet in client_of(ana).get(LIST).context["cl"].result_list}
    assert {title: leaflet.stands for title, leaflet in rows.items()} == {
        "Draftamol": "draft",
        "Waitamol": "waiting",
        "Livamol": "published",
        "Goneamol": "withdrawn",
        "Urgentamol": "emergency",
    }
    assert rows["Livamol"].live_major == 1
    assert rows["Draftamol"].writer == "Ana Author"


@pytest.mark.parametrize(("maker", "stands"), [(make_review, "waiting"), (make_approved, "approved")])
def test_list_agrees_with_the_page_while_a_review_goes_on_beside_an_approved_emergency(client_of, ana, maker, stands):
    review = maker(change_leaflet(make_published().leaflet, dosage="Take 2mg."))
    release = release_in_emergency(review.leaflet, by=make_person("priya"), reason="Recall.", change_note="Dose.")
    sign(release.review, by=make_person("rosa", role="Second reader"), seen=(review.base_id, review.revision_id))
    [row] = client_of(ana).get(f"{LIST}?stands={stands}").context["cl"].result_list
    assert row.stands == state_of(review.leaflet, ana).name == stands


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("stands=waiting", {"Waitamol"}),
        ("holder=readers", {"Waitamol"}),
        ("holder=publishers", {"Appramol"}),
        ("holder=authors", {"Arabamol", "Draftamol", "Lateamol", "Openamol"}),
        ("holder=mine", {"Arabamol", "Draftamol", "Lateamol"}),
        ("review=none", {"Openamol"}),
        ("review=overdue", {"Lateamol"}),
        ("language=ar", {"Arabamol"}),
        ("language=en", {"Appramol", "Draftamol", "Lateamol", "Openamol", "Waitamol"}),
        ("q=wait", {"Waitamol"}),
    ],
)
def test_list_is_filtered_and_searched(client_of, ana, query, expected):
    make_leaflet("Draftamol")
    make_review(make_leaflet("Waitamol"))
    make_leaflet("Lateamol", next_review_on="2020-01-01")
    make_leaflet("Arabamol", language="ar")
    make_leaflet("Openamol", next_review_on="", by=make_person("bea", role="Author"))
    make_approved(make_leaflet("Appramol"))
    found = client_of(ana).get(f"{LIST}?{query}").context["cl"].result_list
    assert {leaflet.title for leaflet in found} == expected


def test_list_is_filtered_by_medicine_and_by_any_of_its_names_where_there_are_many(client_of, ana, monkeypatch):
    mine = make_leaflet("Draftamol")
    make_leaflet("Waitamol")
    make_medicine("Without a leaflet")
    MedicineName.objects.create(medicine=mine.medicine, name="Zérodraft", kind="brand")

    def found(query: str) -> set[str]:
        return {leaflet.title for leaflet in client_of(ana).get(f"{LIST}?{query}").context["cl"].result_list}

    assert found(f"medicine={mine.medicine_id}") == {"Draftamol"}
    monkeypatch.setattr(MedicineFilter, "at_most", 1)
    page = client_of(ana).get(LIST).content.decode()
    assert "?medicine=" not in page
    assert 'name="medicine"' in page
    assert found("medicine=wait") == {"Waitamol"}
    assert found("medicine=ZERODRAFT") == {"Draftamol"}
    assert found("medicine=nothing") == set()
    assert found(f"medicine={mine.medicine_id}") == {"Draftamol"}
    page = client_of(ana).get(f"{LIST}?medicine={mine.medicine_id}&stands=draft").content.decode()
    assert 'name="medicine" value="Draftamol"' in page
    assert '<input type="hidden" name="stands" value="draft">' in page


def test_list_offers_the_languages_in_use_and_no_other(client_of, ana):
    make_leaflet("Draftamol")
    make_leaflet("Arabamol", language="ar")
    page = client_of(ana).get(LIST).content.decode()
    assert re.findall(r'\?language=(\w+)"', page) == ["en", "ar"]
    assert "?language=fr" not in page
    assert client_of(ana).get(f"{LIST}?language=fr").status_code == 400


def test_a_later_date_in_the_draft_does_not_hide_that_what_patients_read_is_overdue(client_of, ana):
    today = timezone.localdate()
    publication = make_published(next_review_on=(today + dt.timedelta(days=20)).isoformat())
    change_leaflet(publication.leaflet, next_review_on=(today + dt.timedelta(days=900)).isoformat())
    found = client_of(ana).get(f"{LIST}?review=90").context["cl"].result_list
    assert [leaflet.due_on for leaflet in found] == [today + dt.timedelta(days=20)]


def test_list_costs_the_same_queries_for_one_and_for_thirty(client_of, ana):
    client = client_of(ana)
    make_published(make_leaflet("Testamol 0"))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    one = cost()
    for number in range(1, 30):
        make_leaflet(f"Testamol {number}")
    assert cost() == one


def test_filtered_list_does_not_count_all_the_others(client_of, ana):
    make_review(make_leaflet("Waitamol"))
    with CaptureQueriesContext(connection) as queries:
        client_of(ana).get(f"{LIST}?stands=waiting")
    assert sum("COUNT(" in query["sql"] for query in queries) == 1


def test_medicine_keeps_its_generic_name_among_its_names(client_of, ana):
    data = {
        "name": "Baclofen", "slug": "baclofen", "drug_class": "", "atc_code": "M03BX01",
        "names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "0", "names-0-name": "Lioresal", "names-0-kind": "brand",
        "class_words-TOTAL_FORMS": "0", "class_words-INITIAL_FORMS": "0",
        "codes-TOTAL_FORMS": "1", "codes-INITIAL_FORMS": "0", "codes-0-system": "RxNorm", "codes-0-code": "1292",
    }  # fmt: skip
    response = client_of(ana).post("/admin/monographs/medicine/add/", data)
    assert response.status_code == 302
    assert set(MedicineName.objects.values_list("name", "kind")) == {
        ("Baclofen", NameKind.GENERIC),
        ("Lioresal", NameKind.BRAND),
    }
    assert Entry.objects.order_by("position").last().verb == "medicine.added"


def test_renamed_medicine_is_still_found_by_its_former_name(client_of, ana):
    medicine = make_medicine("Baclofen")
    data = {
        "name": "Baclofenum", "drug_class": "", "atc_code": "",
        "names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0", "codes-TOTAL_FORMS": "0", "codes-INITIAL_FORMS": "0",
        "class_words-TOTAL_FORMS": "0", "class_words-INITIAL_FORMS": "0",
    }  # fmt: skip
    before = read_stamp(timezone.now()).value
    client_of(ana).post(f"/admin/monographs/medicine/{medicine.pk}/change/", data)
    assert read_stamp(timezone.now()).value != before
    assert set(MedicineName.objects.values_list("name", "kind")) == {
        ("Baclofenum", NameKind.GENERIC),
        ("Baclofen", NameKind.FORMER),
    }
