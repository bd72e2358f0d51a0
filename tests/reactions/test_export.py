"""The way out: CSV whose heads are element numbers of ICH E2B(R3), with the standard's own codes."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from monographs.admin.frame import exports
from monographs.audit.models import Entry
from monographs.clinics.actions import change_clinic
from monographs.clinics.models import the_clinic
from monographs.reactions.actions import keep_number
from monographs.reactions.e2b import COLUMNS, row
from monographs.reactions.models import SERIOUS, SuspectedReaction
from tests.makers_reactions import COMPLETE, make_reaction, make_sent
from tests.people import make_person

pytestmark = pytest.mark.django_db
FULL = {
    **COMPLETE,
    "local_number": "17",
    "patient_age": 44,
    "patient_age_unit": "a",
    "patient_sex": "2",
    "product": "Brandol",
    "batch": "LOT 7",
    "dose": "5 mg, once a day",
    "taken_from": "2026",
    "taken_until": "2026-11-02",
    "reporter_language": "eng",
    "began_on": "2026-11",
    "outcome": "2",
    "caused_hospitalisation": True,
    "narrative": "It went after two days.",
}


@pytest.fixture
def moderator() -> Client:
    client = Client()
    client.force_login(make_person("carla"))
    return client


def exported(client: Client, **filters) -> list[list[str]]:
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    response = client.post(f"{reverse('admin:monographs_suspectedreaction_export')}?{query}")
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"))))


def cells(reaction: SuspectedReaction) -> dict[str, str]:
    return dict(zip(COLUMNS, row(reaction, the_clinic()), strict=True))


def test_the_heads_are_the_numbers_of_the_elements_in_the_order_of_the_guide(moderator):
    assert exported(moderator)[0] == [
        "C.1.1", "C.1.2", "C.1.3", "C.1.4", "C.1.9.1.r.1", "C.1.9.1.r.2", "C.2.r.3", "C.2.r.4", "C.2.r.5", "C.3.1",
        "C.3.2", "D.1", "D.1.1.1", "D.2.2a", "D.2.2b", "D.2.3", "D.5", "E.i.1.1a", "E.i.1.1b", "E.i.1.2", "E.i.3.2a",
        "E.i.3.2b", "E.i.3.2c", "E.i.3.2d", "E.i.3.2e", "E.i.3.2f", "E.i.4", "E.i.5", "E.i.7", "G.k.1", "G.k.2.2",
        "G.k.2.3.r.1", "G.k.4.r.4", "G.k.4.r.5", "G.k.4.r.7", "G.k.4.r.8", "H.1",
    ]  # fmt: skip


def test_a_report_is_written_in_the_codes_of_the_standard():
    clinic = the_clinic()
    clinic.name, clinic.reporting_name = "Hill-Side Surgery", "Yellow Card"
    change_clinic(clinic, by=None)
    reaction = keep_number(make_sent(**FULL), by=make_person("carla"), number="GB-MHRA-1")
    said = cells(reaction)
    assert said.pop("C.1.2")[:4] == str(reaction.sent_at.year)
    assert said == {
        "C.1.1": f"GB-hillsidesurgery-{reaction.pk}", "C.1.3": "1", "C.1.4": "20261103", "C.1.9.1.r.1": "Yellow Card",
        "C.1.9.1.r.2": "GB-MHRA-1", "C.2.r.3": "GB", "C.2.r.4": "5", "C.2.r.5": "1", "C.3.1": "3",
        "C.3.2": "Hill-Side Surgery", "D.1": "A.B.", "D.1.1.1": "17", "D.2.2a": "44", "D.2.2b": "a", "D.2.3": "",
        "D.5": "2", "E.i.1.1a": "itchy red rash on both arms", "E.i.1.1b": "eng", "E.i.1.2": "", "E.i.3.2a": "NI",
        "E.i.3.2b": "NI", "E.i.3.2c": "true", "E.i.3.2d": "NI", "E.i.3.2e": "NI", "E.i.3.2f": "NI", "E.i.4": "202611",
        "E.i.5": "", "E.i.7": "2", "G.k.1": "1", "G.k.2.2": "Brandol", "G.k.2.3.r.1": "Testamol", "G.k.4.r.4": "2026",
        "G.k.4.r.5": "20261102", "G.k.4.r.7": "LOT 7", "G.k.4.r.8": "5 mg, once a day",
        "H.1": "It went after two days.",
    }  # fmt: skip


def test_what_is_not_known_is_a_null_flavour_where_the_standard_has_one_and_else_empty_or_unknown():
    said = cells(make_reaction(medicine="Newmol", reporter_language="eng"))
    assert (said["C.2.r.4"], said["D.5"], said["E.i.7"], said["E.i.3.2a"]) == ("UNK", "UNK", "0", "NI")
    assert (said["C.1.2"], said["D.1"], said["E.i.1.1b"], said["G.k.2.2"]) == ("", "", "", "Newmol")


@pytest.mark.parametrize(("letter", "name"), list(zip("abcdef", SERIOUS, strict=True)))
def test_each_criterion_of_seriousness_has_its_own_letter(letter, name):
    said = cells(make_reaction(**{name: True}))
    assert [element for element, value in said.items() if value == "true"] == [f"E.i.3.2{letter}"]


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "'=1"])
def test_no_cell_runs_as_a_formula_in_a_spreadsheet(moderator, words):
    make_reaction(batch=words, narrative=words)
    said = dict(zip(*exported(moderator)[:2], strict=True))
    assert said["G.k.4.r.7"] == said["H.1"] == f"'{words}"


def test_it_begins_with_a_byte_order_mark_says_its_length_and_ends_with_how_many_there_are(moderator, monkeypatch):
    make_reaction(reaction="éruption")
    make_reaction()
    address = reverse("admin:monographs_suspectedreaction_export")
    short = moderator.post(address)
    assert short.content.startswith("\ufeffC.1.1,".encode())
    assert int(short["Content-Length"]) == len(short.content)
    assert short["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in short["Cache-Control"]
    assert short.content.decode().splitlines()[-1].startswith("end,2 reports,")
    monkeypatch.setattr(exports, "HELD_AT_MOST", 100)
    long = moderator.post(address)
    assert long.streaming
    assert b"".join(long) == short.content


def test_it_holds_what_the_filters_of_the_list_show(moderator):
    draft, sent = make_reaction(medicine="Newmol"), make_sent()
    assert [line[0] for line in exported(moderator, state__exact="sent")[1:-1]] == [cells(sent)["C.1.1"]]
    assert [line[0] for line in exported(moderator, medicine=draft.medicine_id)[1:-1]] == [cells(draft)["C.1.1"]]
    assert [line[0] for line in exported(moderator, id__exact=draft.pk)[1:-1]] == [cells(draft)["C.1.1"]]
    assert len(exported(moderator)) == 4


def test_who_takes_reports_out_is_on_record_and_only_who_may_does(moderator, client):
    make_reaction()
    exported(moderator)
    entry = Entry.objects.get(verb="reaction.exported")
    assert (entry.by, entry.data) == (make_person("carla"), '{"count":1}')
    address = reverse("admin:monographs_suspectedreaction_export")
    assert moderator.get(address).status_code == 405
    client.force_login(make_person("ana"))
    assert client.post(address).status_code == 403
    assert Entry.objects.filter(verb="reaction.exported").count() == 1
