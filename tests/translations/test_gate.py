"""A translation is sent for review with every section, and every number, of its source."""

from dataclasses import replace

import pytest

from monographs.leaflets.content import SectionContent
from monographs.refusals import Unacceptable
from monographs.review.actions import submit
from monographs.review.findings import findings_of
from monographs.review.models import State
from monographs.revisions.actions import newest_revision, save_draft
from monographs.translations.actions import begin_translation, bring_up_to_date
from tests.makers import change_leaflet, make_leaflet, make_published
from tests.translations.translating import make_translation, write

pytestmark = pytest.mark.django_db


def blocks(leaflet) -> list[str]:
    return [
        one.message for one in findings_of(newest_revision(leaflet).content, leaflet) if one.rule == "translated-text"
    ]


def test_one_that_says_the_same_is_submitted(ana):
    leaflet = make_translation()
    assert blocks(leaflet) == []
    assert submit(leaflet, by=ana).state == State.WAITING


def test_another_dose_blocks_in_a_sentence_that_names_section_and_number(ana):
    leaflet = make_translation(dosage="Tome 50 mg una vez al día.")
    assert blocks(leaflet) == [
        "“Cómo tomarlo”: the source says “5mg”, and the translation does not.",
        "“Cómo tomarlo”: the translation says “50 mg”, and the source does not.",
    ]
    with pytest.raises(Unacceptable) as refused:
        submit(leaflet, by=ana)
    assert {one.place for one in refused.value.details["findings"]} == {"dosage"}


def test_a_translation_that_is_only_begun_is_not_submitted(ana):
    leaflet = begin_translation(make_published().leaflet, by=ana, language="es")
    with pytest.raises(Unacceptable):
        submit(leaflet, by=ana)


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Take 0.5mg twice a day.", "Tome 0,5 mg dos veces al día."),
        ("Take 500mg to 1g every 4 to 6 hours.", "Tome de 500 mg a 1 g cada 4-6 horas."),
        ("Take 2 tablets 3 times a day for 10 days.", "Tome 2 comprimidos 3 veces al día durante 10 días."),
        ("Take two tablets.", "Tome 2 comprimidos."),
        ("Take half a tablet.", "Tome medio comprimido."),
        ("Take 1 tablet of 10,000 units.", "Tome un comprimido de 10 000 unidades."),
        ("Call 01632 960100. It affects 1 in 100 people.", "Llame al 01632 960100. Afecta a 1 de cada 100 personas."),
    ],
)
def test_another_way_of_writing_the_same_is_no_difference(source, translation):
    leaflet = make_translation(make_published(dosage=source), dosage=translation)
    assert blocks(leaflet) == []


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Take 5mg once a day.", "Tome 5 g una vez al día."),
        ("Take 5mg once a day.", "Tome 5 una vez al día."),
        ("Take 0.5mg once a day.", "Tome 5 mg una vez al día."),
        ("Take 5mg twice a day.", "Tome 5 mg tres veces al día."),
        ("Take 5mg every 4 hours.", "Tome 5 mg cada 4 días."),
        ("Take 5mg, then 5mg again.", "Tome 5 mg."),
        ("Take half a tablet.", "Tome un comprimido."),
        ("Take 5mg. Call 01632 960100.", "Tome 5 mg. Llame al 01632 960101."),
        ("Take 5mg.\n\n::: emergency\nYou can't breathe.\n:::", "Tome 5 mg.\n\n::: tell\nNo puede respirar.\n:::"),
    ],
)
def test_another_number_unit_frequency_or_card_blocks(source, translation):
    leaflet = make_translation(make_published(dosage=source), dosage=translation)
    assert blocks(leaflet)


@pytest.mark.parametrize(
    ("translation", "is_right"),
    [
        ("خذ ٠٫٥ ملغ مرتين في اليوم لمدة أسبوعين.", True),
        ("خذ 0.5 ملغ مرتين في اليوم لمدة 2 أسبوع.", True),
        ("خذ ٥ ملغ مرتين في اليوم لمدة أسبوعين.", False),
        ("خذ ٠٫٥ غرام مرتين في اليوم لمدة أسبوعين.", False),
        ("خذ ۰٫۵ ملغ ثلاث مرات في اليوم.", False),
    ],
)
def test_digits_and_words_of_arabic_are_read(translation, is_right):
    source = make_published(dosage="Take 0.5mg twice a day for 2 weeks.")
    leaflet = make_translation(source, language="ar", dosage=translation)
    assert (blocks(leaflet) == []) is is_right


def test_persian_digits_are_read():
    source = make_published(dosage="Take 0.5mg 2 times a day.")
    leaflet = make_translation(source, language="ur", dosage="روزانہ ۲ بار ۰٫۵ ملی گرام لیں۔")
    assert blocks(leaflet) == []


def test_a_section_that_is_empty_missing_or_left_in_english_blocks(ana):
    extra = SectionContent("storage-more", "other", "At home", "Keep it at 25 °C.")
    base = make_leaflet()
    content = newest_revision(base).content
    save_draft(base, replace(content, sections=(*content.sections, extra)), by=ana)
    leaflet = begin_translation(make_published(base).leaflet, by=ana, language="es")
    write(leaflet, other="")
    assert any("is not translated yet" in one for one in blocks(leaflet))
    write(leaflet, other="Keep it at 25 °C.")
    assert any("still in the language of the source" in one for one in blocks(leaflet))
    written = newest_revision(leaflet).content
    save_draft(leaflet, replace(written, sections=written.sections[:-1]), by=ana)
    assert blocks(leaflet) == ["The source has a section “At home”, and the translation has none that belongs to it."]


def test_a_section_of_its_own_may_have_no_number(ana):
    leaflet = make_translation()
    content = newest_revision(leaflet).content
    own = SectionContent("own", "other", "Más", "Tome 7 mg.")
    save_draft(leaflet, replace(content, sections=(*content.sections, own)), by=ana)
    assert blocks(leaflet) == ["“Más”: the translation says “7 mg”, and the source does not."]


def test_it_is_held_against_the_revision_that_it_is_made_from_not_against_a_later_one(ana):
    leaflet = make_translation()
    make_published(change_leaflet(leaflet.source, dosage="Take 7mg once a day."))
    assert blocks(leaflet) == []
    bring_up_to_date(leaflet, to=2, by=ana)
    assert blocks(leaflet) == [
        "“Cómo tomarlo”: the source says “7mg”, and the translation does not.",
        "“Cómo tomarlo”: the translation says “5 mg”, and the source does not.",
    ]


def test_no_number_is_asked_of_what_is_no_translation():
    assert blocks(make_leaflet()) == []
