"""The class under the title is in the leaflet's own language."""

from dataclasses import replace

import pytest

from monographs.leaflets.content import MedicineContent
from monographs.quality.findings import Severity
from monographs.quality.rules import check
from tests.makers import make_content


def seen(drug_class: str, class_language: str, language: str) -> list[tuple[Severity, str]]:
    medicine = MedicineContent("Testamol", drug_class=drug_class, class_language=class_language)
    found = check(replace(make_content(language=language), medicine=medicine))
    return [(one.severity, one.excerpt) for one in found if one.rule == "class-language"]


def test_a_translation_without_words_for_the_class_is_warned_about_and_not_stopped():
    assert seen("Painkiller", "", "es") == [(Severity.WARNS, "Painkiller")]


@pytest.mark.parametrize(
    ("drug_class", "class_language", "language"),
    [("Analgésico", "es", "es"), ("Painkiller", "", "en"), ("", "", "es")],
)
def test_nothing_is_said_of_a_class_in_the_leaflets_language_or_of_none(drug_class, class_language, language):
    assert seen(drug_class, class_language, language) == []


def test_the_sites_language_is_the_settings(settings):
    settings.LANGUAGE_CODE = "es"
    assert seen("Analgésico", "", "es") == []
    assert seen("Analgésico", "", "en") == [(Severity.WARNS, "Analgésico")]
