"""The order of names in a language, and the letter under which each stands."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monographs.text.letters.alphabets import NOT_A_LETTER, alphabet, as_letter, label_of, letter_of, sort_key

LANGUAGES = ["en", "cy", "es", "pl", "ar", "ur", "de", "en-gb"]


def in_order(names: list[str], language: str) -> list[str]:
    return sorted(names, key=lambda name: sort_key(name, language))


ORDERS = {
    "en": ["Aspirin", "Łodinal", "Lorazepam", "St John’s wort", "Stomahesive", "Zopiclone", "5-HTP", "Адреналин", "長"],
    "cy": ["Cwrw", "Chwistrell", "Dosulepin", "Ddraig", "Gwin", "Nghymru", "Lorazepam", "Llaeth", "Rosuvastatin",
           "Rhosyn"],
    "es": ["Lanzoprazol", "Llanten", "Loratadina", "Naproxeno", "Nuez", "Ñame", "Omeprazol"],  # ll is none since 1994
    "pl": ["Cyna", "Ćma", "Lorazepam", "Lz", "Łodinal", "Morfina", "Olej", "Ósemka", "Zinnat", "Źródło", "Żel"],
    "ar": ["أسبرين", "باراسيتامول", "ديجوكسين", "ميتفورمين", "هيبارين", "يود", "Aspirin"],
    "ur": ["اسپرین", "بروفن", "پیراسیٹامول", "ٹراماڈول", "کوڈین", "گلوکوز", "ہیپارین", "یوڈین"],
    "de": ["Arzt", "Ärztin", "Azithromycin", "Ödem", "Omeprazol", "Ozean"],
}  # fmt: skip


@pytest.mark.parametrize("language", ORDERS)
def test_names_stand_in_the_order_of_the_language(language):
    wanted = ORDERS[language]
    assert in_order(list(reversed(wanted)), language) == wanted


LETTERS = [
    ("Łodinal", "en", "l"),
    ("Łodinal", "pl", "ł"),
    ("Ésomeprazole", "pl", "e"),
    ("LLAETH", "cy", "ll"),
    ("Llaeth", "en", "l"),
    ("Ñame", "es", "ñ"),
    ("N\u0303ame", "es", "ñ"),
    ("Ñame", "en", "n"),
    ("Ænova", "en", "a"),
    ("(R)-Ibuprofen", "en", "r"),
    ("’s Middel", "en", "s"),
    ("5-HTP", "en", NOT_A_LETTER),
    ("٥ فلورويوراسيل", "ar", NOT_A_LETTER),
    ("½ strength", "en", NOT_A_LETTER),
    ("™", "en", NOT_A_LETTER),
    ("", "en", NOT_A_LETTER),
    ("أسبرين", "ar", "ا"),
    ("كودين", "ur", "ک"),  # typed with the Arabic kaf
    ("Кодеин", "en", "к"),
    ("长春新碱", "en", "长"),
]


@pytest.mark.parametrize(("name", "language", "letter"), LETTERS)
def test_a_name_stands_under_its_letter(name, language, letter):
    assert letter_of(name, language) == letter


def test_the_letter_that_an_author_chose_leads_the_key():
    chosen = sort_key("长春新碱", "en", under="c")
    assert sort_key("Bz", "en") < chosen < sort_key("Da", "en")
    assert sort_key("Cz", "en") < chosen
    assert sort_key("Aspirin", "en", under=NOT_A_LETTER) > sort_key("Z", "en")


def test_case_spaces_and_signs_make_no_difference():
    keys = {sort_key(name, "en") for name in ("co-codamol", "Co Codamol", "co\u2011codamol", "Có-codamol®")}
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("typed", "language", "letter"),
    [
        ("B", "en", "b"), (" é ", "en", "e"), ("Ll", "cy", "ll"), ("LL", "en", ""), ("0-9", "en", NOT_A_LETTER),
        ("ب", "en", "ب"), ("长", "en", "长"), ("", "en", ""), ("aa", "en", ""), ("1", "en", ""), ("!", "en", ""),
        ("b!", "en", ""), ("ß", "en", ""), ("\x00", "en", ""), ("\u0301", "en", ""),
    ],
)  # fmt: skip
def test_a_typed_letter_is_one_letter_of_the_language_or_of_another_script(typed, language, letter):
    assert as_letter(typed, language) == letter


def test_labels_are_as_one_writes_them():
    assert [label_of(letter) for letter in ("a", "ll", "ñ", "ب", "0-9")] == ["A", "Ll", "Ñ", "ب", "0-9"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_its_own_and_keys_are_in_the_order_of_the_alphabet(language):
    letters = alphabet(language)
    assert len(set(letters)) == len(letters) > 20
    assert [letter_of(letter, language) for letter in letters] == list(letters)
    keys = [sort_key(letter, language) for letter in letters]
    assert all(first < second for first, second in itertools.pairwise(keys))


@given(st.text(max_size=30), st.sampled_from(LANGUAGES))
def test_a_key_is_ascii_digits_and_begins_with_its_letter(name, language):
    key, letter = sort_key(name, language), letter_of(name, language)
    assert key.isascii()
    assert key.isdigit()
    assert sort_key("", language, under=letter) == key[: 9 if key.startswith("99") else 2]
    assert letter == NOT_A_LETTER or as_letter(letter, language) == letter
