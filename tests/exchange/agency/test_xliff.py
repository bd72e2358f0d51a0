"""A translation goes to an agency and comes back: its numbers are locked, and what comes back is a draft."""

import copy
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from monographs.audit.models import Entry
from monographs.exchange.agency import xliff
from monographs.exchange.agency.actions import file_for_agency, take_in
from monographs.exchange.agency.segments import pieces_of
from monographs.exchange.agency.xliff import NAMESPACE, parts_of, to_xliff
from monographs.publication.models import Publication
from monographs.refusals import Conflict, Unacceptable
from monographs.revisions.actions import newest_revision
from monographs.revisions.models import Revision
from monographs.translations.actions import begin_translation, bring_up_to_date
from tests.exchange.agency.xliff_rules import check
from tests.makers import change_leaflet, make_content, make_leaflet, make_published
from tests.translations.translating import write

DOSAGE = """### Adults

- Take **0.5mg** twice a day.
- Never more than 5mg in 24 hours.

::: emergency
Call if you took 10mg or more.
:::

| Day | Dose |
| --- | --- |
| 1 | 5mg |"""
WORDS = {"Take": "Tome", "twice a day": "dos veces al día", "Never more than": "Nunca más de", "hours": "horas"}


def read(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314 - made here


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _spanish(text: str | None) -> str:
    for english, spanish in WORDS.items():
        text = (text or "").replace(english, spanish)
    return text or ""


def translated_file(data: bytes, *, alter=lambda root: None, only=None) -> bytes:
    """As an agency sends it: each segment has a target, of the same locks; ``alter`` does what it must not."""
    root = read(data)
    for unit in root.iter(_tag("unit")):
        if only and unit.get("id") not in only:
            continue
        for segment in unit.iter(_tag("segment")):
            source = segment.find(_tag("source"))
            target = ET.SubElement(segment, _tag("target"))
            target.text = _spanish(source.text) + ("" if len(source) else " (es)")
            for ph in source:
                copy = ET.SubElement(target, _tag("ph"), dict(ph.attrib))
                copy.tail = _spanish(ph.tail)
    alter(root)
    return ET.tostring(root)


@pytest.fixture
def leaflet(ana):
    return begin_translation(make_published(dosage=DOSAGE).leaflet, by=ana, language="es")


@given(st.text(alphabet="ab1.- \n|:>#*mg0٥", max_size=80))
@settings(max_examples=200, deadline=None)
def test_the_pieces_of_a_text_are_the_text(text):
    pieces = pieces_of(text)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)


def test_what_makes_a_list_a_card_or_a_table_is_not_translated():
    kept = [piece.text for piece in pieces_of(DOSAGE) if piece.is_kept]
    assert kept == ["### ", "\n\n- ", "\n- ", "\n\n::: emergency\n", "\n:::\n\n", "\n| --- | --- |\n"]
    locked = [run.text for piece in pieces_of(DOSAGE) for run in piece.runs if not isinstance(run, str)]
    assert locked == ["0.5mg", "5mg", "24", "10mg", "1", "5mg"]


@pytest.mark.django_db
def test_the_file_keeps_the_rules_of_the_standard_and_its_numbers_are_locked(leaflet):
    data = file_for_agency(leaflet)
    check(data)
    text = data.decode()
    assert 'version="2.1" srcLang="en" trgLang="es"' in text
    assert 'original="leaflets/testamol/revisions/1"' in text
    assert "twice a day" in text
    for ph in read(data).iter(_tag("ph")):
        assert (ph.get("canDelete"), ph.get("canCopy")) == ("no", "no")
    assert not re.search(r"\d", "".join(one.text or "" for one in read(data).iter(_tag("source"))))


@pytest.mark.django_db
def test_what_comes_back_is_a_draft_and_nothing_that_patients_read_changes(leaflet, ana):
    before = Publication.objects.count()
    taken = take_in(leaflet, translated_file(file_for_agency(leaflet)), filename="es.xlf", by=ana)
    body = next(one.body for one in taken.revision.content.sections if one.key == "dosage")
    assert body.startswith("### Adults (es)\n\n- Tome **0.5mg** dos veces al día.\n- Nunca más de 5mg in 24 horas.")
    assert "::: emergency\n" in body
    assert "| --- | --- |\n| 1 | 5mg |" in body
    assert len(taken.revision.content.key_facts) == 3
    assert taken.open_parts == 0
    assert Publication.objects.count() == before
    entry = Entry.objects.about(leaflet).get(verb="translation.taken-in")
    assert json.loads(entry.data) == {"file": "es.xlf"}


@pytest.mark.django_db
def test_parts_that_are_not_translated_stay_as_the_draft_has_them(leaflet, ana):
    taken = take_in(
        leaflet, translated_file(file_for_agency(leaflet), only={"title", "body.uses"}), filename="x", by=ana
    )
    bodies = {one.key: one.body for one in taken.revision.content.sections}
    assert bodies["uses"] == "About uses. (es)"
    assert bodies["dosage"] == ""
    assert taken.revision.content.key_facts == ()
    assert taken.open_parts > 0


@pytest.mark.django_db
def test_a_number_in_a_part_that_the_file_does_not_translate_is_no_fault_of_the_file(leaflet, ana):
    write(leaflet, dosage="Tome 50mg.")
    data = translated_file(file_for_agency(leaflet), only={"title"})
    assert take_in(leaflet, data, filename="es.xlf", by=ana).revision.content.title == "Testamol (es)"


@pytest.mark.django_db
def test_comments_and_terms_that_an_agency_marked_are_passed_over_and_their_words_stay(leaflet, ana):
    def mark(root):
        target = next(root.iter(_tag("target")))
        words, target.text = target.text, ""
        first, second = (ET.SubElement(target, _tag("mrk"), {"id": f"m{at}", "type": "term"}) for at in (1, 2))
        first.text, first.tail, second.text, second.tail = words, " for", " all", " of us"

    taken = take_in(leaflet, translated_file(file_for_agency(leaflet), alter=mark), filename="es.xlf", by=ana)
    assert taken.revision.content.title == "Testamol (es) for all of us"


@pytest.mark.django_db
def test_a_line_that_is_a_number_alone_is_translated_by_its_lock(ana):
    leaflet = begin_translation(make_published(dosage="Take this:\n\n- 5mg").leaflet, by=ana, language="es")
    taken = take_in(leaflet, translated_file(file_for_agency(leaflet)), filename="es.xlf", by=ana)
    assert taken.open_parts == 0
    assert next(one.body for one in taken.revision.content.sections if one.key == "dosage").endswith("\n\n- 5mg")


@pytest.mark.django_db
def test_only_sections_with_a_text_that_the_draft_has_too_go_out():
    usual = make_content()
    first, second, *others = usual.sections
    none = replace(first, body="", is_not_applicable=True, reason="Not for this medicine.")
    groups = [name for name, _parts in parts_of(replace(usual, sections=(none, second, *others)), usual)]
    assert f"section.{first.key}" not in groups
    assert f"section.{second.key}" in groups
    lacking = replace(usual, sections=(first, *others))
    assert f"section.{second.key}" not in [name for name, _parts in parts_of(usual, lacking)]


@pytest.mark.django_db
def test_a_unit_is_told_by_its_heading_or_else_its_name_and_with_what_the_draft_says_if_it_says_something(leaflet):
    begun = newest_revision(leaflet).content
    mine = tuple(replace(one, body="Tome 0.5mg." if one.key == "dosage" else " ") for one in begun.sections)
    content = replace(begun, sections=mine)
    source = replace(content, sections=tuple(replace(one, heading="", body="Take 0.5mg.") for one in mine))
    units = list(read(to_xliff(source, content, number=1)).iter(_tag("unit")))
    bodies = [one for one in units if one.get("id").startswith("body.")]
    assert [one.get("name") for one in bodies] == [one.get("id") for one in bodies] != []
    assert [one.get("id") for one in bodies if one.find(_tag("notes")) is not None] == ["body.dosage"]


@pytest.mark.django_db
def test_a_file_as_large_as_one_may_be_is_read_and_no_larger_one(leaflet, ana, monkeypatch):
    data = translated_file(file_for_agency(leaflet))
    monkeypatch.setattr(xliff, "MOST_BYTES", len(data) - 1)
    with pytest.raises(Unacceptable, match="too large"):
        take_in(leaflet, data, filename="es.xlf", by=ana)
    monkeypatch.setattr(xliff, "MOST_BYTES", len(data))
    assert take_in(leaflet, data, filename="es.xlf", by=ana).revision


def lose_a_lock(root):
    target = next(one for one in root.iter(_tag("target")) if one.find(_tag("ph")) is not None)
    target.remove(target.find(_tag("ph")))


def type_a_number(root):
    next(one for one in root.iter(_tag("target"))).text = "Tome 50mg"


def type_over_the_source(root):
    next(one for one in root.iter(_tag("source"))).text = "Other"


def drop_a_unit(root):
    group = next(root.iter(_tag("group")))
    group.remove(group.find(_tag("unit")))


def another_language(root):
    root.set("trgLang", "fr")


def another_source_language(root):
    root.set("srcLang", "fr")


def two_leaflets(root):
    root.append(copy.deepcopy(root.find(_tag("file"))))


def use_a_lock_twice(root):
    target = next(one for one in root.iter(_tag("target")) if one.find(_tag("ph")) is not None)
    target.append(copy.deepcopy(target.find(_tag("ph"))))


def put_in_markup(root):
    ET.SubElement(next(root.iter(_tag("target"))), _tag("pc"), {"id": "p1"}).text = "bold"


def an_unknown_lock(root):
    ET.SubElement(next(one for one in root.iter(_tag("target"))), _tag("ph"), {"id": "n99"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("alter", "sentence"),
    [
        (lose_a_lock, "the number “0.5mg” is not there once"),
        (type_a_number, "the translation says “50mg”"),
        (type_over_the_source, "is not the one that went out"),
        (drop_a_unit, "is missing in this file"),
        (another_language, "is a translation en → fr"),
        (an_unknown_lock, "the number “n99” is not there once"),
        (another_source_language, "is a translation fr → es"),
        (two_leaflets, "no XLIFF 2.1 file of one leaflet"),
        (use_a_lock_twice, "the number “0.5mg” is not there once"),
        (put_in_markup, "has markup that did not go out (pc)"),
    ],
)
def test_what_an_agency_must_not_do_is_refused_in_a_sentence_and_changes_nothing(leaflet, ana, alter, sentence):
    count = Revision.objects.count()
    data = translated_file(file_for_agency(leaflet), alter=alter)
    with pytest.raises(Unacceptable, match=re.escape(sentence)):
        take_in(leaflet, data, filename="es.xlf", by=ana)
    assert Revision.objects.count() == count


@pytest.mark.django_db
def test_what_a_lock_stands_for_is_ours_whatever_the_file_says(leaflet, ana):
    data = translated_file(file_for_agency(leaflet)).replace(b">0.5mg</", b">50mg</").replace(b'"0.5mg"', b'"50mg"')
    taken = take_in(leaflet, data, filename="es.xlf", by=ana)
    assert "**0.5mg**" in next(one.body for one in taken.revision.content.sections if one.key == "dosage")


@pytest.mark.django_db
def test_a_file_of_another_revision_of_the_source_is_refused(leaflet, ana):
    data = translated_file(file_for_agency(leaflet))
    make_published(change_leaflet(leaflet.source, dosage=DOSAGE.replace("10mg", "12mg")))
    bring_up_to_date(leaflet, to=2, by=ana)
    with pytest.raises(Unacceptable, match="revisions/1.*revisions/2"):
        take_in(leaflet, data, filename="es.xlf", by=ana, replace_draft=True)


@pytest.mark.django_db
def test_a_draft_that_was_changed_since_is_not_overwritten_unasked(leaflet, ana):
    data = translated_file(file_for_agency(leaflet))
    write(leaflet, dosage="Tome 0.5mg.")
    with pytest.raises(Conflict, match="went out with revision 1"):
        take_in(leaflet, data, filename="es.xlf", by=ana)
    assert "Tome 0.5mg." in newest_revision(leaflet).content_json
    take_in(leaflet, data, filename="es.xlf", by=ana, replace_draft=True)
    assert "Tome 0.5mg." in Revision.objects.get(leaflet=leaflet, number=2).content_json


BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="es">&b;</xliff>"""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (BOMB.encode(), "document type declaration"),
        (BOMB.replace('version="1.0"', 'version="1.0" encoding="UTF-16"').encode("utf-16"), "document type"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "document type declaration"),
        (b"", "no XML"),
        (b"\xff\xfe\x00", "no XML"),
        (b"<a>", "no XML"),
        (b"<a/>", "no XLIFF 2.1"),
        (b'<xliff version="1.2"/>', "no XLIFF 2.1"),
    ],
)
def test_what_is_no_xliff_of_ours_is_refused_and_no_entity_is_read(leaflet, ana, data, sentence):
    with pytest.raises(Unacceptable, match=sentence):
        take_in(leaflet, data, filename="es.xlf", by=ana)


@pytest.mark.django_db
def test_what_is_no_translation_has_no_file():
    with pytest.raises(Unacceptable, match="no translation"):
        file_for_agency(make_leaflet())


@pytest.mark.django_db
def test_it_goes_out_and_in_on_the_translations_page(client, leaflet, ana):
    client.force_login(ana)
    page = reverse("admin:leaflet-translations", args=[leaflet.pk])
    assert reverse("admin:translation-xliff", args=[leaflet.pk]) in client.get(page).text
    answer = client.get(reverse("admin:translation-xliff", args=[leaflet.pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="testamol-es.xlf"'
    check(answer.content)
    upload = SimpleUploadedFile("es.xlf", translated_file(answer.content))
    done = client.post(page, {"do": "take-in", "file": upload}, follow=True)
    assert "Taken in as revision 2, a draft." in done.text
    assert client.post(page, {"do": "take-in"}).status_code == 400
