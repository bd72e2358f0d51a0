"""`manage.py import_leaflet`: a file becomes a draft, once, or nothing at all happens."""

import io
import json
import os

import pytest
from django.core.management import CommandError, call_command

from monographs.audit.models import Entry
from monographs.clinics.models import the_clinic
from monographs.exchange.actions import import_leaflet, keep
from monographs.exchange.formats import read
from monographs.leaflets.models import Leaflet, Section
from monographs.medicines.models import Medicine, MedicineName
from monographs.publication.models import Publication
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from monographs.review.rules import contributors
from monographs.revisions.actions import save_draft
from monographs.revisions.models import Revision
from tests.makers import make_content, make_medicine, make_published, make_review

pytestmark = pytest.mark.django_db

TEXT = """Testamol calms the stomach. Read this before your first tablet.

What is Testamol?

Testamol belongs to the group of calming medicines.

Uses of Testamol

Sore stomach:

It is taken for a sore stomach.

Dosage and Administration

Take 5mg once a day.

Grandmother's advice

Drink tea.

Side Effects

You may feel sleepy.

Leave a Reply
"""

MARKDOWN = """+++
medicine = "Testamol"
drug_class = "Calming medicine"
title = "Testamol"
names = [{ name = "Calmex", kind = "brand" }]
codes = [{ system = "RxNorm", code = "42" }]
+++
## What testamol is {#what_it_is}

It is a medicine.
"""


@pytest.fixture
def text_file(tmp_path):
    path = tmp_path / "testamol.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(path, *arguments: str) -> str:
    out = io.StringIO()
    call_command("import_leaflet", str(path), *arguments, stdout=out)
    return out.getvalue()


def refusal(path, *arguments: str) -> str:
    """The one sentence of a refused import, which left nothing behind."""
    before = [model.objects.count() for model in (Medicine, Leaflet, Section, Revision, Entry)]
    with pytest.raises(CommandError) as error:
        run(path, *arguments)
    assert error.value.returncode == 1
    assert "\n" not in str(error.value)
    assert [model.objects.count() for model in (Medicine, Leaflet, Section, Revision, Entry)] == before
    return str(error.value)


def test_a_text_becomes_a_draft_and_the_command_says_what_went_where(text_file):
    told = run(text_file)
    leaflet = Leaflet.objects.get(slug="testamol")
    assert (leaflet.title, leaflet.medicine.name, leaflet.language, leaflet.is_frozen) == (
        "Testamol", "Testamol", "en", False,
    )  # fmt: skip
    assert {section.kind for section in leaflet.sections.all()} >= {
        "what_it_is",
        "uses",
        "dosage",
        "side_effects",
        "other",
    }
    assert leaflet.sections.get(kind="uses").body.startswith("### Sore stomach")
    revision = Revision.objects.get()
    assert (revision.number, revision.by, revision.why) == (1, None, "Imported from testamol.txt.")
    assert "Uses of Testamol" in told
    assert "uses (" in told
    assert "Grandmother's advice" in told
    assert "blocks submission: " in told
    assert "A new medicine and its leaflet: “Testamol” (testamol), revision 1." in told
    assert not Publication.objects.exists()


def test_what_blocks_is_told_with_its_place_the_words_found_and_what_to_write(tmp_path):
    path = tmp_path / "testamol.md"
    path.write_text(f"{MARKDOWN}\n## How to take it\n\nTake .5mg, then 1 or 2 200mg tablets.\n", encoding="utf-8")
    told = run(path)
    assert "blocks submission: How to take it: “.5mg”. Without a zero before the point" in told
    assert "blocks submission: How to take it: “1 or 2 200mg tablets”. Two numbers" in told
    assert "Write “1 or 2 tablets of 200mg”." in told


def test_what_the_clinic_lets_pass_blocks_no_import(tmp_path):
    clinic = the_clinic()
    clinic.quality_severities = {"dose-leading-zero": "warns"}
    clinic.save()
    path = tmp_path / "testamol.md"
    path.write_text(f"{MARKDOWN}\n## How to take it\n\nTake .5mg.\n", encoding="utf-8")
    assert ".5mg" not in run(path)


def test_it_is_on_record_where_the_text_came_from(text_file, ana):
    run(text_file, "--by", "ana")
    entry = Entry.objects.get(verb="leaflet.imported")
    assert (entry.by, entry.data) == (ana, '{"file":"testamol.txt"}')


def test_who_brings_a_text_in_has_contributed_to_it(ana):
    imported = import_leaflet(MARKDOWN.encode(), filename="t.md", by=ana)
    save_draft(imported.leaflet, make_content(), by=None)
    assert contributors(make_review(imported.leaflet)) == {ana.pk}


def test_names_and_codes_of_the_file_become_the_medicines(tmp_path):
    path = tmp_path / "t.md"
    path.write_text(MARKDOWN)
    run(path)
    medicine = Medicine.objects.get()
    assert (medicine.drug_class, medicine.codes.get().code) == ("Calming medicine", "42")
    assert set(medicine.names.values_list("name", "kind")) == {("Testamol", "generic"), ("Calmex", "brand")}
    assert Revision.objects.get().content.medicine.brands == ("Calmex",)


def test_run_twice_it_makes_one_draft_and_says_so(text_file):
    run(text_file)
    entries = Entry.objects.count()
    assert "nothing changed" in run(text_file)
    assert (Revision.objects.count(), Leaflet.objects.count(), Entry.objects.count()) == (1, 1, entries)


def test_a_newer_file_replaces_an_import_that_nobody_touched(text_file):
    run(text_file)
    text_file.write_text(TEXT.replace("5mg", "10mg"))
    assert "“Testamol” (testamol), revision 2." in run(text_file)
    assert "10mg" in Section.objects.get(kind="dosage").body


def test_a_draft_that_people_changed_is_not_overwritten(text_file, ana):
    run(text_file)
    leaflet = Leaflet.objects.get()
    save_draft(leaflet, make_content(dosage="Ana wrote this."), by=ana)
    assert refusal(text_file).startswith("Ana Author changed the draft of “Testamol” after it was imported")
    assert Section.objects.get(leaflet=leaflet, kind="dosage").body == "Ana wrote this."

    assert "revision 3" in run(text_file, "--replace")
    assert "Take 5mg" in Section.objects.get(leaflet=leaflet, kind="dosage").body
    assert "Ana wrote this." in Revision.objects.get(number=2).content_json


def test_what_people_wrote_as_the_file_has_it_is_no_conflict(ana):
    first = import_leaflet(MARKDOWN.encode(), filename="t.md", by=ana)
    save_draft(first.leaflet, make_content(), by=ana)
    save_draft(first.leaflet, first.content, by=ana)
    assert import_leaflet(MARKDOWN.encode(), filename="t.md", by=ana).revision is None


def test_what_an_import_tells_is_of_the_text_that_came_in(ana):
    import_leaflet(MARKDOWN.encode(), filename="t.md", by=ana)
    newer = import_leaflet(MARKDOWN.replace("It is a", "It is another").encode(), filename="t.md", by=ana)
    assert newer.content == newer.revision.content
    assert "another" in newer.content.sections[0].body


def test_an_easy_read_file_is_a_leaflet_beside_the_full_one(ana):
    full = import_leaflet(MARKDOWN.encode(), filename="t.md", by=ana)
    easy = MARKDOWN.replace("title =", 'edition = "easy-read"\ntitle =')
    beside = import_leaflet(easy.encode(), filename="easy.md", by=ana)
    assert (beside.is_new_leaflet, beside.leaflet.edition) == (True, "easy-read")
    assert beside.leaflet != full.leaflet


def test_a_leaflet_in_review_is_not_touched(text_file, ana):
    leaflet = make_review().leaflet
    assert "is in review" in refusal(text_file)
    assert "is in review" in refusal(text_file, "--replace")
    assert Revision.objects.filter(leaflet=leaflet).count() == 1


def test_a_published_leaflet_stays_as_it_is_for_patients(text_file):
    page = make_published().pages.get()
    run(text_file, "--replace")
    assert [page.digest] == [kept.digest for kept in Publication.objects.get().pages.all()]


def test_a_dry_run_tells_the_same_and_keeps_nothing(text_file):
    recorded = Entry.objects.count()
    tried = run(text_file, "--dry-run")
    assert [model.objects.count() for model in (Medicine, MedicineName, Leaflet, Section, Revision)] == [0] * 5
    assert Entry.objects.count() == recorded
    assert tried == run(text_file) + "This was a dry run: nothing was kept.\n"
    tried_again = run(text_file, "--dry-run")
    assert "nothing changed" in tried_again


def test_another_language_is_another_leaflet(text_file):
    run(text_file)
    assert "A new leaflet: “Testamol (cy)” (testamol-cy), revision 1." in run(text_file, "--language", "cy")
    assert Medicine.objects.count() == 1


def test_a_name_is_found_however_it_is_written(text_file):
    make_medicine("TESTAMOL")
    run(text_file)
    assert [revision.content.medicine.name for revision in Revision.objects.all()] == ["TESTAMOL"]


def test_another_name_of_a_known_medicine_does_not_become_a_second_medicine(text_file):
    make_medicine("Paracetamol", names=(("Testamol", "brand"),))
    assert refusal(text_file).startswith("“Testamol” is another name of Paracetamol.")


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "empty.txt", "“empty.txt” is empty."),
        (b"   \n\n ", "blank.txt", "“blank.txt” is empty."),
        (b"\x00\x01\x02binary\xff\xfe" * 50, "binary.txt", "is not a text file"),
        (b"%PDF-1.7 ...", "leaflet.txt", "is PDF inside"),
        (b"Take it. " * 600_000, "long.txt", "has 5,400,000 bytes; a leaflet may have at most 1,000,000 bytes."),
        (b"Just some words about nothing in particular, and no heading.", "x.txt", "--medicine NAME"),
        (b"What is Testamol?\n\nA medicine.", "leaflet.docx", "is in no format that can be read"),
        (MARKDOWN.encode() + b"+++\n## \xff\xfe\x00", "t.md", "is not a text file"),
        (MARKDOWN.replace("Calmex", "C" * 300).encode(), "t.md", "at most 200 characters"),
        (MARKDOWN.replace("Calmex", "C\\u0000").encode(), "t.md", "NUL"),
        (MARKDOWN.replace("It is", "## Two\n\n" * 300).encode(), "t.md", "at most 200 of each"),
        (MARKDOWN.replace("title =", 'atc_code = "nonsense"\ntitle =').encode(), "t.md", "ATC code"),
        (MARKDOWN.replace("title =", 'edition = "huge"\ntitle =').encode(), "t.md", "the edition"),
        (
            MARKDOWN.replace("title =", 'language = "ja"\ntitle =').encode(),
            "t.md",
            "“ja” is not a language",
        ),
        (MARKDOWN.replace("title =", "titel =").encode(), "t.md", "there is no such field"),
        (
            MARKDOWN.replace("+++\n##", '[[sources]]\ncitation = "X"\nurl = "javascript:alert(1)"\n+++\n##').encode(),
            "t.md",
            "Enter a valid URL",
        ),
    ],
)
def test_bad_input_is_refused_with_one_sentence_and_nothing_half_written(tmp_path, content, name, sentence):
    path = tmp_path / name
    path.write_bytes(content)
    assert sentence in refusal(path)


def test_a_file_that_is_none_is_refused(tmp_path):
    assert refusal(tmp_path / "missing.txt").startswith("There is no file “")
    assert refusal(tmp_path).endswith("is a folder. Please name one file.")
    os.mkfifo(tmp_path / "pipe.txt")
    assert refusal(tmp_path / "pipe.txt").endswith("is not an ordinary file.")


def test_an_unknown_language_or_person_is_refused(text_file, mallory, ana):
    assert "“xx” is not a language" in refusal(text_file, "--language", "xx")
    assert "“nobody”" in refusal(text_file, "--by", "nobody")
    assert refusal(text_file, "--by", "mallory") == "You may not write leaflets."
    ana.is_active = False
    ana.save()
    assert "no active staff member" in refusal(text_file, "--by", "ana")


def test_a_language_that_contradicts_the_file_is_refused(tmp_path):
    path = tmp_path / "t.md"
    path.write_text(MARKDOWN.replace("title =", 'language = "fr"\ntitle ='))
    assert "The file is in “fr”" in refusal(path, "--language", "cy")


def test_a_medicine_that_contradicts_the_file_is_refused(tmp_path):
    path = tmp_path / "t.md"
    path.write_text(MARKDOWN)
    assert "but --medicine says “Other”" in refusal(path, "--medicine", "Other")


def test_the_verb_refuses_in_the_same_words(mallory, ana):
    with pytest.raises(NotAllowed):
        keep(read(MARKDOWN.encode(), filename="t.md"), filename="t.md", by=mallory)
    with pytest.raises(Unacceptable):
        import_leaflet(b"", filename="t.md", by=ana)
    leaflet = import_leaflet(MARKDOWN.encode(), filename="t.md", by=ana).leaflet
    save_draft(leaflet, make_content(), by=ana)
    with pytest.raises(Conflict):
        import_leaflet(MARKDOWN.encode(), filename="t.md", by=ana)


def test_names_that_a_file_adds_to_a_known_medicine_are_on_record(ana):
    make_medicine("Testamol")
    for _twice in range(2):
        import_leaflet(MARKDOWN.encode(), filename="testamol.md", by=ana)
    entry = Entry.objects.get(verb="medicine.names-added")
    assert (entry.by, entry.is_public) == (ana, True)
    assert json.loads(entry.data) == {"names": ["Calmex"], "codes": ["RxNorm 42"]}


IN_SPANISH = MARKDOWN.replace(
    'drug_class = "Calming medicine"', 'drug_class = "Calmante"\nclass_language = "es"\nlanguage = "es"'
)


def test_a_class_in_another_language_becomes_words_of_that_language_and_not_the_medicines_own(ana):
    imported = import_leaflet(IN_SPANISH.encode(), filename="t.md", language="es", by=ana)
    medicine = imported.leaflet.medicine
    assert (medicine.drug_class, *medicine.class_words.values_list("language", "words")) == ("", ("es", "Calmante"))
    assert imported.content.medicine.drug_class == "Calmante"


def test_a_language_is_the_same_however_it_is_written(ana):
    assert import_leaflet(IN_SPANISH.encode(), filename="t.md", language=" ES", by=ana).leaflet.language == "es"


def test_a_known_medicine_gets_the_words_that_it_lacks_on_record(ana):
    medicine = make_medicine("Testamol", drug_class="Calming medicine")
    import_leaflet(IN_SPANISH.encode(), filename="t.md", language="es", by=ana)
    assert medicine.class_words.get().words == "Calmante"
    assert Entry.objects.filter(verb="medicine.changed", by=ana, data='{"classes":["es: Calmante"]}').exists()
    again = IN_SPANISH.replace("Calmante", "Sedante")
    import_leaflet(again.encode(), filename="t.md", language="es", by=ana)
    assert medicine.class_words.get().words == "Calmante"  # what people wrote is not overwritten


def test_a_language_that_the_site_does_not_have_is_refused(ana):
    text = IN_SPANISH.replace('class_language = "es"', 'class_language = "he"')
    with pytest.raises(Unacceptable, match="the language of the class"):
        import_leaflet(text.encode(), filename="t.md", by=ana)
    assert not Medicine.objects.exists()
