"""How often something happens, read from the phrases of each language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monographs.text.amounts import frequencies as reading
from monographs.text.amounts.frequencies import frequencies

BANDS = [(1, 10, True), (1, 10, False), (1, 100, False), (1, 1_000, False), (1, 10_000, False)]
PHRASES = {
    "en": (
        "may affect more than 1 in 10 people",
        "may affect up to 1 in 10 people",
        "may affect up to 1 in 100 people",
        "may affect up to 1 in 1,000 people",
        "may affect up to 1 in 10,000 people",
    ),
    "es": (
        "pueden afectar a más de 1 de cada 10 personas",
        "pueden afectar hasta 1 de cada 10 personas",
        "pueden afectar hasta 1 de cada 100 personas",
        "pueden afectar hasta 1 de cada 1.000 personas",
        "pueden afectar hasta 1 de cada 10.000 personas",
    ),
    "pl": (
        "mogą wystąpić u więcej niż 1 na 10 osób",
        "mogą wystąpić u nie więcej niż 1 na 10 osób",
        "mogą wystąpić rzadziej niż u 1 na 100 osób",
        "mogą wystąpić u nie więcej niż 1 na 1000 osób",
        "mogą wystąpić u nie więcej niż 1 na 10 000 osób",
    ),
    "cy": (
        "gall effeithio ar fwy nag 1 o bob 10 o bobl",
        "gall effeithio ar hyd at 1 o bob 10 o bobl",
        "gall effeithio ar hyd at 1 o bob 100 o bobl",
        "gall effeithio ar hyd at 1 o bob 1,000 o bobl",
        "gall effeithio ar hyd at 1 o bob 10,000 o bobl",
    ),
    "ar": (
        "قد تؤثر على أكثر من شخص واحد من كل 10 أشخاص",
        "قد تؤثر على ما يصل إلى شخصٍ واحدٍ من كل ١٠ أشخاص",
        "قد تؤثر على ما يصل إلى شخص واحد من كل 100 شخص",
        "قد تصيب ما يصل إلى 1 من كل ١٬٠٠٠ شخص",
        "قد تؤثر على ما يصل إلى شخص واحد من كل 10,000 شخص",
    ),
    "ur": (
        "10 میں سے 1 سے زیادہ افراد کو متاثر کر سکتے ہیں",
        "ہر 10 میں سے زیادہ سے زیادہ 1 فرد کو متاثر کر سکتے ہیں",
        "ہر ۱۰۰ میں سے ۱ شخص کو",
        "1,000 افراد میں سے 1 فرد کو متاثر کر سکتے ہیں",
        "ہر 10,000 میں سے 1 فرد کو متاثر کر سکتے ہیں",
    ),
    "zh-hans": (
        "每10人中可能有超过1人受影响",
        "每 10 人中最多可能有 1 人受影响",
        "每100名患者中不超过1人",
        "可能影响多达千分之一的人",
        "每10,000人中可能有1人受影响",
    ),
}


@pytest.mark.parametrize("language", PHRASES)
def test_the_usual_phrases_of_a_language_are_its_five_bands(language):
    assert [frequencies(phrase) for phrase in PHRASES[language]] == [[band] for band in BANDS]


@pytest.mark.parametrize(
    "words",
    [
        "Take 1 in 2 days.",
        "Dilute 1 in 10 parts of water.",
        "Take 1 of 10 tablets.",
        "20 in 10 people",
        "0 in 10 people",
        "1 in 1.5 people",
        "Tome 1 de cada 10 comprimidos.",
        "Weź 1 na 10 godzin.",
        "خذ 1 من كل 10 أقراص",
        "每10小时1片",
        "",
    ],
)
def test_what_counts_no_people_is_no_frequency(words):
    assert frequencies(words) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("2 in 100 people had it, and 1 in 1000 children.", [(2, 100, False), (1, 1_000, False)]),
        ("One in 20 treated adults", [(1, 20, False)]),
        ("1 out of every 10\u00a0000 patients", [(1, 10_000, False)]),
        ("no more than 1 in 10 people", [(1, 10, False)]),
        ("1 in 10 people, yes: 1 in 10 people", [(1, 10, False)]),
        ("no afecta a no más de 1 de cada 10 personas", [(1, 10, False)]),
        ("1\nin 10   people", [(1, 10, False)]),
    ],
)
def test_other_ways_to_write_it_are_read_too(words, said):
    assert frequencies(words) == said


def test_a_long_text_of_numbers_is_read_in_no_time():
    assert frequencies("1 in 10 " * 20_000) == []


_WORDS = """
1 10 100 1,000 one una jedna un in ın IN of every cada de na każdych O BOB mhob mewn allan people personas osób bobl
more than up to may affect 7 days , .
"""


@given(st.lists(st.sampled_from(_WORDS.split()), max_size=14).map(" ".join))
def test_none_is_passed_over_because_of_the_word_before_its_number(words):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_ways_to_count", lambda words: set(reading._LATIN))
        expected = frequencies(words)
    assert frequencies(words) == expected
