"""What a text is found by, and that a query asks for the same."""

import re
import string

import pytest
import snowballstemmer
from hypothesis import given
from hypothesis import strategies as st

from monographs.publication.found.passage_index import SIGNS
from monographs.text.tokens import reading
from monographs.text.tokens.reading import only_words, pieces
from monographs.text.tokens.stems import SNOWBALL, stem
from monographs.text.tokens.tokens import VERSION, _kept, spans, tokens, wanted

LANGUAGES = ("en", "ar", "cy", "de", "es", "fr", "it", "pl", "pt", "ur")


def finds(query: str, text: str, language: str = "en", names=()) -> bool:
    """Whether the query has something to look for, and all of it stands in the text."""
    there, asked = set(tokens(text, language)), wanted(query, LANGUAGES, names=names)
    return bool(asked) and all(not one.ways.isdisjoint(there) for one in asked)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("10 mg", "Take 10mg."),
        ("10mg", "Take 10 mg."),
        ("10 milligrams", "Take 10\u00a0mg."),
        ("10-mg", "a 10 mg tablet"),
        ("50 mcg", "50 µg"),
        ("50 μg", "50 micrograms"),  # the Greek letter and the sign for micro
        ("5 mg", "5–10 mg a day"),
        ("10 mg", "5–10 mg a day"),
        ("5 mg", "5 to 10 mg"),
        ("5 mg", "5 mg/5 ml"),
        ("½ tablet", "half: 1/2 tablet"),
        ("0.5 mg", "½ mg"),
        ("1.5 ml", "1½ ml"),
        ("2.5mg", "2.50 mg"),
        ("2,5 mg", "2.5 mg"),
        ("1000 mg", "1,000 mg"),
        ("1 000 mg".replace(" ", "\u202f", 1), "1,000 mg"),
        ("5 ملغ", "خذ ٥ ملغ"),
        ("5 mg", "خذ ٥ ملغ"),
        ("vitamin B12", "vitamin B-12"),
        ("B 12", "B12"),
        ("b-12", "Vitamin B 12."),
        ("5-HTP", "5 HTP, 5HTP"),
        ("8/500", "co-codamol 8/500"),
        ("co codamol", "co-codamol 8/500"),
        ("carbidopa/levodopa", "levodopa with carbidopa"),
        ("levodopa", "carbidopa/levodopa"),
        ("stop", "1.Stop"),
        ("St John’s wort", "St John's wort"),
        ("st johns wort", "St John’s wort"),
        ("ibuprofen®", "ibuprofen"),
        ("(baclofen)", "baclofen"),
        ("alcohol?", "alcohol"),
        ("ibuprofen500mg", "ibuprofen 500 mg"),
        ("drowsiness", "It makes you drowsy."),
        ("what if", "if this is what you want"),  # no stop words
        ("alcool", "l’alcool"),
        ("l'alcool", "alcool"),
        ("100%", "It is 100 % for you."),
        ("10⁵", "10⁵ units"),
        ("胰岛素", "长效胰岛素"),
        ("मधुमेह", "मधुमेह की दवा"),
        ("الكحول", "الكُحول"),
        ("ﬁbre", "FIBRE"),
    ],
)
def test_it_is_found(query, text):
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("5 mg", "0.5 mg"),
        ("5 mg", "15 mg"),
        ("5 mg", "2.5 mg"),
        ("10 mg", "10 ml, and 5 mg"),
        ("10 mg", "10 micrograms"),
        ("10 mg", "mg"),
        ("B12", "B6 and 12"),
        ("105", "10⁵"),
        ("1 mg", "1,000 mg"),
        ("codeine", "dihydrocodeine"),
        ("morphine", "apomorphine"),
        ("vitamine C", "vitamine D"),
        ("素胰", "长效胰岛素"),
    ],
)
def test_another_amount_or_word_is_not_found(query, text):
    assert not finds(query, text)


@pytest.mark.parametrize("nothing", ["", " ", "?!…", "\x00", "'\"*^()", "🙂", "®", "-", "\u200b"])
def test_an_empty_rest_looks_for_nothing(nothing):
    assert wanted(nothing, LANGUAGES) == []


def test_names_of_medicines_are_never_stemmed():
    assert finds("fusid", "fusidate")  # they share a stem
    assert not finds("fusid", "fusidate", names={"fusid"})
    assert finds("fusid", "fusid", names={"fusid"})
    assert not finds("transamin", "transamine", names={"transamin", "transamine"})


def test_each_language_has_its_own_stems_and_a_language_without_any_the_word():
    assert finds("olvidé", "si olvida tomarla", "es")
    assert finds("schwangere", "schwanger", "de")
    assert finds("كحول", "لا تشرب الكحول", "ar")
    assert finds("meddyg", "Gofynnwch i'ch meddyg", "cy")
    assert not finds("drowsiness", "drowsy", "cy")


def test_a_comma_is_what_it_is_in_the_texts_language():
    assert finds("1.5 ml", "1,5 ml", "de")
    assert finds("1000 mg", "1.000 mg", "de")
    assert not finds("1 mg", "1.000 mg", "de")


def test_the_version_names_the_stemmers():
    assert SNOWBALL == "3.1.1"
    assert SNOWBALL in VERSION


def test_what_was_found_is_marked_where_it_stands():
    text = "Drowsy? Take 5–10 mg."
    ways = {way for one in wanted("drowsiness 10mg", LANGUAGES) for way in one.ways}
    assert [text[start:end] for start, end in spans(text, "en", ways)] == ["Drowsy", "10 mg"]


_ODD = st.text(
    st.one_of(
        st.sampled_from("0123456789½٥.,/-–’' \n\"*^():mgµB%"),
        st.characters(codec="utf-8"),
    ),
    max_size=60,
)


@given(_ODD, st.sampled_from(LANGUAGES))
def test_whatever_stands_in_a_text_a_token_is_one_word_to_every_database(text, language):
    for token in tokens(text, language):
        assert token
        assert len(token) < 200
        for sign in token:
            assert ord(sign) > 127 or sign.isalnum() or sign in SIGNS
            assert not sign.isspace()


@given(_ODD)
def test_a_text_is_found_by_its_own_words(text):
    there = set(tokens(text, "en"))
    for one in wanted(text, LANGUAGES):
        if re.search(r"[.,]", one.piece.text):
            continue  # a comma is read as in the text's language, or as in either
        assert not one.ways.isdisjoint(there)


_MOSTLY_WORDS = st.text(alphabet="abEZ éüſßłø'’`´\u0301\u00ad.,-/:– l'd'ة", max_size=60)


@given(st.one_of(_ODD, _MOSTLY_WORDS), st.sampled_from(LANGUAGES))
def test_a_text_of_nothing_but_words_has_the_tokens_of_its_pieces(text, language):
    assert tokens(text, language) == [token for piece in pieces(text) for token in _kept(piece, language)]


_AMOUNTS_IN_ASCII = st.lists(
    st.sampled_from(["B", "b-", "h2o", "A1c", "I", "mg", "10", "5", "0.5", "1/2", "1,000", "%", "w/v", "IU", "to"])
    | st.sampled_from([*" -.,/('`\n", "don't", "days"]),
    max_size=12,
).map("".join)


@given(_AMOUNTS_IN_ASCII)
def test_an_ascii_text_is_read_as_any_other(text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_ASCII_PIECE", reading._PIECE)
        expected = list(pieces(text))
    assert list(pieces(text)) == expected


@given(_MOSTLY_WORDS, st.sampled_from(LANGUAGES))
def test_in_a_text_of_nothing_but_words_the_same_is_marked_as_beside_a_number(text, language):
    ways = {way for one in list(wanted(text, LANGUAGES))[::2] for way in one.ways}
    assert list(spans(text, language, ways)) == list(spans(f"{text} . 7", language, ways))


@given(st.text(string.ascii_lowercase + string.digits + SIGNS, max_size=12))
def test_a_latin_word_has_no_arabic_stem(word):
    assert snowballstemmer.stemmer("arabic").stemWord(word) == word
    assert stem(word, "ar") == word


def test_a_sentence_of_words_is_read_as_such():
    assert only_words("Don't take it with l'eau – ever.") == ["Don't", "take", "it", "with", "l'eau", "ever"]
    assert only_words("Take 1.") is None


def test_what_is_too_long_for_a_word_is_not_remembered():
    tokens("dizziness 10 mg", "en")
    before = reading._known_word.cache_info().currsize, reading._known_number.cache_info().currsize
    for letter in "abc":
        tokens(f"{letter * 1000} {'7' * 1000} mg", "en")
    assert (reading._known_word.cache_info().currsize, reading._known_number.cache_info().currsize) == before
    assert tokens("a" * 1000, "en")[0] == "a" * reading.LONGEST
