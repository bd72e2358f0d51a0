"""Names and classes in sentences: whole words, never stemmed."""

import pytest

from monographs.together.classes import classes_of, named_in, own_spellings
from monographs.together.names import names_to_find
from monographs.together.words import readings

NAMES = (
    (1, "Ibuprofen", "generic"), (1, "Nurofen", "brand"), (2, "St John's wort", "generic"), (3, "Relief", "brand"),
    (4, "Co-codamol", "generic"), (5, "布洛芬", "synonym"), (6, "إيبوبروفين", "synonym"), (7, "Insulin", "generic"),
)  # fmt: skip


def named(text, language="en"):
    phrases = names_to_find(NAMES, language)
    return {medicine for words in readings(text, language) for medicine in phrases.find(words)}


@pytest.mark.parametrize(
    ("text", "language", "medicines"),
    [
        ("Ask before you take IBUPROFEN.", "en", {1}),
        ("Nurofen® is the same.", "en", {1}),
        ("Ibuprofen's effect is weaker.", "en", {1}),
        ("Dexibuprofen and ibuprofens are others.", "en", set()),
        ("Do not take St John’s wort.", "en", {2}),
        ("Do not take St Johns wort.", "en", {2}),
        ("It brings relief.", "en", set()),
        ("co codamol, co-codamol", "en", {4}),
        ("Insulin glargine is insulin.", "en", {7}),
        ("Ne prenez pas l’ibuprofen.", "fr", {1}),
        ("请勿与布洛芬同服。", "zh-hans", {5}),
        ("لا تتناول إيبوبروفين", "ar", {6}),
        ("لا تتناوله مع الإيبوبروفين أو بالإيبوبروفين", "ar", {6}),
        ("Nie należy stosować ibuprofenu.", "pl", {1}),
        ("Nie łączyć z ibuprofenem ani insuliną.", "pl", {1}),
        ("ibuprofenu", "en", set()),
        ("", "en", set()),
    ],
)
def test_names_are_found_as_whole_words(text, language, medicines):
    assert named(text, language) == medicines


@pytest.mark.parametrize(
    ("drug_class", "keys"),
    [
        ("Anti-inflammatory painkiller (NSAID)", {"nsaid", "own:anti inflammatory painkiller"}),
        ("SSRI", {"ssri", "antidepressant"}),
        ("Painkiller", set()),
        ("", set()),
    ],
)
def test_an_entry_belongs_to_classes_and_the_wider_ones(drug_class, keys):
    assert classes_of(drug_class) == keys


def classes(text, *entries, language="en"):
    own = own_spellings((entry, "en") for entry in entries)
    return {(each.key, each.written) for words in readings(text, language) for each in named_in(words, own)}


def test_classes_are_told_as_the_leaflet_writes_them():
    assert classes("strong painkillers such as morphine") == {("opioid", "strong painkillers")}
    assert classes("Do not take it with NSAIDs.") == {("nsaid", "NSAIDs")}
    assert classes("No tome AINE.", language="es") == {("nsaid", "AINE")}
    assert classes("simple painkillers") == set()


def test_the_own_words_of_an_entry_are_a_class_too():
    assert classes("Say if you take gut softeners.", "Gut softener") == {("own:gut softener", "Gut softeners")}
