"""`manage.py import_medicines`: long lists of names, once, with every line that can't be taken told by its number."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monographs.audit.models import Entry
from monographs.medicines import importing
from monographs.medicines.importing import import_names
from monographs.medicines.models import Medicine, MedicineCode, MedicineName
from tests.makers import make_medicine
from tests.races import assert_chain_does_not_fork, race

HEAD = "medicine,name,kind,system,code\n"
LIST = HEAD + (
    "Ibuprofen,Ibuprofen,generic,DrugBank,DB01050\n"
    "Ibuprofen,Brufen,brand,,\n"
    'Ibuprofen,"Nurofen, Express",brand,,\n'
    "Salbutamol,Albuterol,synonym,,\n"
)


@pytest.fixture
def bring(tmp_path, db):
    """Runs the command on a text; what it printed."""

    def run(text: str | bytes, *arguments: str) -> str:
        path: Path = tmp_path / "names.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        out = io.StringIO()
        call_command("import_medicines", str(path), *arguments, stdout=out)
        return out.getvalue()

    return run


def kept() -> set[tuple[str, str, str]]:
    return set(MedicineName.objects.values_list("medicine__name", "name", "kind"))


IN_LIST = {
    ("Ibuprofen", "Ibuprofen", "generic"),
    ("Ibuprofen", "Brufen", "brand"),
    ("Ibuprofen", "Nurofen, Express", "brand"),
    ("Salbutamol", "Salbutamol", "generic"),
    ("Salbutamol", "Albuterol", "synonym"),
}


def test_a_list_is_taken_with_names_codes_and_addresses(bring):
    assert "4 lines: 2 medicines, 5 names and 1 codes added; 0 names were known; 0 remarks." in bring(LIST)
    assert kept() == IN_LIST
    assert set(Medicine.objects.values_list("slug", flat=True)) == {"ibuprofen", "salbutamol"}
    assert MedicineCode.objects.get().code == "DB01050"
    assert MedicineName.objects.get(name="Nurofen, Express").folded == "nurofen, express"


def test_a_second_run_adds_nothing_and_records_nothing(bring):
    bring(LIST)
    entries = Entry.objects.count()
    assert "0 medicines, 0 names and 0 codes added; 4 names were known" in bring(LIST)
    assert (kept(), Entry.objects.count()) == (IN_LIST, entries)


def test_a_dry_run_says_the_same_and_keeps_nothing(bring):
    recorded = Entry.objects.count()
    dry = bring(LIST, "--dry-run")
    assert (Medicine.objects.count(), Entry.objects.count()) == (0, recorded)
    assert dry == bring(LIST) + "This was a dry run: nothing was kept.\n"


def test_the_record_says_which_file_and_how_much(bring, ana):
    bring(LIST, "--by", "ana")
    entry = Entry.objects.get(verb="medicine.names-imported")
    assert (entry.by, entry.is_public) == (ana, True)
    assert '"codes":1' in entry.data
    assert '"names":5' in entry.data
    assert '"file":"' in entry.data


def test_progress_is_drawn_on_a_terminal_only(tmp_path, db):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    path = tmp_path / "names.csv"
    path.write_text(LIST)
    drawn, plain = Terminal(), io.StringIO()
    call_command("import_medicines", str(path), stdout=io.StringIO(), stderr=drawn)
    call_command("import_medicines", str(path), stdout=io.StringIO(), stderr=plain)
    assert "0 of 4 lines" in drawn.getvalue()
    assert drawn.getvalue().endswith(f"{'█' * 40} 4 of 4 lines\n")
    assert plain.getvalue() == ""


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Ibuprofen,,brand", "A name is empty"),
        (",Brufen,brand", "A name is empty"),
        ("Ibuprofen,®,brand", "A name is empty"),
        ("Ibuprofen,=1+1,brand", "looks like markup or a formula"),
        ("Ibuprofen,<b>Brufen</b>,brand", "looks like markup or a formula"),
        ("Ibuprofen,Bru&shy;fen,brand", "looks like markup or a formula"),
        ("Ibuprofen,Bru\u202efen,brand", "changes others"),
        ("Ibuprofen,Bru\x00fen,brand", "changes others"),
        (f"Ibuprofen,{'x' * 201},brand", "longer than 200 characters"),
        ("Ibuprofen,Brufen,nickname", "no kind of name"),
        ("Ibuprofen,Brufen,", "no kind of name"),
        ("Ibuprofen", "A name is empty"),
        (",,", "A name is empty"),
        (",,,,", "A name is empty"),
        ("Ibuprofen,Brufen,brand,Homemade,5", "needs its system"),
        ("Ibuprofen,Brufen,brand,RxNorm,", "needs its system"),
        (f"Ibuprofen,Brufen,brand,RxNorm,{'5' * 41}", "is no code"),
    ],
)
def test_a_bad_line_is_told_by_its_number_and_left_out(bring, line, sentence):
    out = bring(f"{HEAD}Aspirin,Disprin,brand,,\n{line}\nAspirin,Caprin,brand,,\n")
    assert out.startswith("line 3: ")
    assert sentence in out.splitlines()[0]
    assert {name for _medicine, name, _kind in kept()} == {"Aspirin", "Disprin", "Caprin"}


def test_a_quotation_mark_that_is_not_closed_makes_no_name_of_the_lines_behind_it(bring):
    out = bring(f'{HEAD}Aspirin,"Disprin,brand,,\nAspirin,Caprin,brand,,\nAspirin,"Nuseals",brand,,\n')
    assert out.startswith("line 2: A quotation mark opens here and closes in line 4")
    assert not kept()


def test_blank_lines_are_passed_over(bring):
    assert "1 lines: 1 medicines, 2 names and 0 codes added; 0 names were known; 0 remarks." in bring(
        f"{HEAD}\nAspirin,Disprin,brand,,\n\n\r\n"
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The first line must name the columns"),
        (b"name,kind\nBrufen,brand\n", "there is no “medicine”"),
        (HEAD.encode() + b"Ibuprofen,Br\xfcfen,brand\n", r"no UTF-8 text \(line 2\)"),
        (b"\x89PNG\r\n\x1a\n\x00", "no UTF-8 text"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_a_sentence(bring, data, sentence):
    with pytest.raises(CommandError, match=sentence):
        bring(data)
    assert not Medicine.objects.exists()


def test_no_file_and_no_person_are_refused_in_a_sentence(bring, tmp_path):
    with pytest.raises(CommandError, match="can't be read"):
        call_command("import_medicines", str(tmp_path))
    with pytest.raises(CommandError, match="no active staff member"):
        bring(LIST, "--by", "nobody")


def test_only_who_may_brings_names_in(bring, bruno):
    with pytest.raises(CommandError, match="You may not add medicines"):
        bring(LIST, "--by", "bruno")
    assert not Medicine.objects.exists()


def test_what_people_set_stays(bring):
    make_medicine("IBUPROFEN", names=(("brufen", "former"),))
    bring(LIST)
    assert {("IBUPROFEN", "IBUPROFEN", "generic"), ("IBUPROFEN", "brufen", "former")} <= kept()
    assert not {("IBUPROFEN", "Ibuprofen", "synonym"), ("IBUPROFEN", "Brufen", "brand")} & kept()


def test_a_medicine_has_one_generic_name_and_another_that_a_list_calls_so_stands_beside_it(bring):
    bring(f"{HEAD}Paracetamol,Acetaminophen,generic,,\n")
    assert kept() == {("Paracetamol", "Paracetamol", "generic"), ("Paracetamol", "Acetaminophen", "synonym")}


def test_another_name_of_a_medicine_is_that_medicine(bring):
    make_medicine("Paracetamol", names=(("Acetaminophen", "synonym"),))
    out = bring(f"{HEAD}acetaminophen,acetaminophen,generic,,\nacetaminophen,Tylenol,brand,,\n")
    assert "line 2: “acetaminophen” is another name of Paracetamol here; its names were listed there." in out
    assert ("Paracetamol", "Tylenol", "brand") in kept()
    assert Medicine.objects.count() == 1


def test_another_name_of_two_medicines_is_left_out(bring):
    for medicine in ("Humalog", "Novorapid"):
        make_medicine(medicine, names=(("Insulin", "synonym"),))
    out = bring(f"{HEAD}Insulin,Insuman,brand,,\n")
    assert "several medicines here (Humalog, Novorapid)" in out
    assert Medicine.objects.count() == 2


def test_columns_may_stand_in_any_order_behind_a_byte_order_mark(bring):
    bring("\ufeffkind,Name,medicine\r\nbrand,Brufen,Ibuprofen\r\n")
    assert ("Ibuprofen", "Brufen", "brand") in kept()


def test_queries_grow_with_parts_and_not_with_lines(bring):
    def queries(lines: int) -> int:
        names = "".join(f"Medicine {line % 20},Brand {lines}-{line},brand,,\n" for line in range(lines))
        with CaptureQueriesContext(connection) as captured:
            bring(HEAD + names)
        return len(captured)

    queries(20)
    assert queries(400) <= queries(40) + 5  # SQLite inserts some 80 rows at once


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_do_no_harm(monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 2)

    def run():
        return list(import_names(LIST.encode(), by=None))

    race(run, run)
    assert kept() == IN_LIST
    assert MedicineName.objects.count() == len(IN_LIST)
    assert_chain_does_not_fork()
