"""Signs that turn, hide or imitate text are found and named; what a script needs is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monographs.text.letters.signs import cleaned, complaint, finds, is_blank, visible

FLAG_OF_WALES = "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in "gbwls") + "\U000e007f"


def kinds(text: str) -> list[str]:
    return [sign.kind for sign in finds(text)]


@pytest.mark.parametrize("sign", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u206a"])
def test_signs_that_turn_text_are_found_where_they_stand(sign):
    [found] = finds(f"Take 5{sign}mg 05")
    assert (found.kind, found.start, found.end) == ("turns", 6, 7)
    assert found.shown.startswith(f"5⟨U+{ord(sign):04X} ")
    assert found.shown.endswith("⟩mg")


@pytest.mark.parametrize(
    "sign",
    [*"\u200b\u2060\u2061\u2064\u180e\u115f\u1160\u3164\u2800\uffa0\u034f\u17b4\ufeff\u00ad\u200c\u200d\ufe0f\ufe00",
     "\U000e0041", "\U000e0001", "\U0001d173", "\U000e0100"],
)  # fmt: skip
def test_signs_that_nobody_sees_are_found(sign):
    assert kinds(f"Take 5{sign} mg") == ["unseen"]


@pytest.mark.parametrize(
    ("word", "stranger"),
    [
        ("T\u0430ke", "\u0430"), ("d\u03bfse", "\u03bf"), ("\u0421all", "\u0421"), ("m\u0261", "\u0261"),
        ("\u217fg", "\u217f"),
        ("Ta\u212be", None),
        ("p\u0430r\u0430cet\u0430mol", "\u0430"), ("\U0001d413ake", "\U0001d413"), ("T\u03b1ke", "\u03b1"),
        ("\u0422\u0430ke", "\u0422"), ("d\u0585se", "\u0585"), ("\u13aaall", "\u13aa"), ("st\u043ep", "\u043e"),
    ],
)  # fmt: skip
def test_letters_that_imitate_others_are_found(word, stranger):
    found = [sign for sign in finds(f"Now {word} 5 mg") if sign.kind == "letter"]
    assert ([word[sign.start - 4] for sign in found][:1] or [None]) == [stranger]


@pytest.mark.parametrize(
    "text", ["Take \u0430 tablet", "Take \u041e now", "1\u041e mg", "the \u0441\u0430\u0440 is on"]
)
def test_words_written_whole_in_letters_that_imitate_are_found(text):
    assert set(kinds(text)) == {"letter"}


@pytest.mark.parametrize(
    "text",
    [
        "5 µg, 5 \u03bcg, 5 μmol/l, kΩ, Ω, TNFα, pgf2α, IFNγ, βhCG, α-blocker, β2, ω-3, pH 7, Δ9-THC, HbA1c",
        "Zoë Müller, Łódź, Đặng, Əliyev, ıstanbul, Škoda, fiancée, naïve, œuvre, ß",
        "Принимайте 5 мг (5 mg) с водой, у вас есть сок. Витамин B12.",
        "Πάρτε ένα δισκίο το πρωί, ο γιατρός.",
        "خذ قرصًا واحدًا كل يوم (5 mg)، مُحَمَّدٌ",
        "می\u200cشود، mg\u200cها، نمی\u200cتوان",
        "क्\u200dष, ക്\u200d, ศาสตร์ ก่อนนี้, ព្រះ",
        "שָׁלוֹם, בְּרֵאשִׁ֖ית",
        "服用5毫克。每天一次。1日２回 5mg錠",
        "👨\u200d👩\u200d👧 ⚠\ufe0f ☎\ufe0e 5\ufe0f\u20e3 👍🏽 🇬🇧 ©\ufe0f",
        FLAG_OF_WALES,
        "e\u0323\u0302, Việt",
        "say: ˈbækləfɛn, /ɡæbə/",
        "Type Ⅱ, stage ⅳ, Type ⅱ",
        "“5 mg” – ½ … ≥ ≤ → ™ №",
    ],
)
def test_what_is_written_so_by_right_passes(text):
    assert finds(text) == []


def test_a_decomposed_name_is_no_impostor():
    assert finds("Zoe\u0308") == []
    assert cleaned("Zoe\u0308") == "Zoë"


@pytest.mark.parametrize(
    "text",
    [
        "Z" + "\u0300\u0301\u0302\u0303\u0304",
        "5\u0336 mg",
        "5\u0332",
        "st\u0336o\u0336p",
        "\u0301now",
        "ก" + "\u0e47" * 6,
    ],
)
def test_piles_of_marks_and_struck_out_text_are_found(text):
    assert set(kinds(text)) == {"marks"}


@pytest.mark.parametrize("text", ["a\u0000b", "a\u001bb", "a\u0007", "a\u0084"])
def test_control_characters_are_found(text):
    assert kinds(text) == ["control"]


@pytest.mark.parametrize("text", ["a\ue000", "5 \ufffdg", "a\U000f0000", "\uffff", "\ud800"])
def test_letters_that_no_font_is_bound_to_know_are_found(text):
    assert kinds(text) == ["unknown"]


def test_each_is_shown_by_its_name():
    text = "Take 5\u202emg 05\u202c"
    assert visible(text) == "Take 5⟨U+202E RIGHT-TO-LEFT OVERRIDE⟩mg 05⟨U+202C POP DIRECTIONAL FORMATTING⟩"
    assert finds("T\u0430ke")[0].shown == "T⟨U+0430 CYRILLIC SMALL LETTER A⟩ke"
    assert "⟨U+202E RIGHT-TO-LEFT OVERRIDE⟩" in complaint("5\u202emg")
    assert complaint("Paracetamol 500 mg") == ""


def test_cleaned_words_keep_their_letters_and_join_no_two_numbers():
    assert cleaned("a\u202eb\u200bc\r\nd\u2028e") == "abc\nd\ne"
    assert cleaned("5\u200b10") == "5 10"
    assert cleaned("می\u200cشود") == "می\u200cشود"


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b", "\u2800 \u3164", "\u0301", "\ufeff\u00ad", "\U000e0041", "\u202e\u202c\n"]
)
def test_nothing_to_see_is_blank(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", "5", "👍", "؟", "\U0001fae9", "。"])
def test_something_to_see_is_not_blank(text):
    assert not is_blank(text)


@given(st.text(max_size=80))
def test_no_text_is_too_odd(text):
    for sign in finds(text):
        assert 0 <= sign.start < sign.end <= len(text)
        assert sign.shown
    assert not [sign for sign in finds(visible(text)) if sign.kind in ("turns", "control")]
    assert not [sign for sign in finds(cleaned(text)) if sign.kind in ("turns", "unseen", "control")]
    assert isinstance(complaint(text), str)


@pytest.mark.parametrize(("word", "places"), [("Дόж\u0561\u0562π", [1, 3, 4, 5]), ("жπ", [1]), ("πж", [1])])
def test_of_two_strange_scripts_the_first_letters_is_the_words_own(word, places):
    """Which one it was depended on the order of a set, so on the process that was asked."""
    assert [place for sign in finds(word) for place in range(sign.start, sign.end)] == places
