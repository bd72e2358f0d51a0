"""Catalogues: nothing that readers meet is left out, and what is compiled is what is written."""

import gettext
import re
import shutil
import subprocess
from collections import Counter

import pytest
from django.utils import translation

from monographs.text.markup.markdown import care_heading, render
from tests.text.catalogue import CONTEXT, catalogues, messages_readers_meet, read_po

_PLACEHOLDER = re.compile(r"%\(\w+\)s|%%|\{\w+\}")
_TAG = re.compile(r"</?(?!bdi\b)\w[^>]*>")
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")
_SAME_AS_ENGLISH = {"PDF", "EPUB", "E-mail"}
_COUNTS = (*range(201), 1_000, 1_001, 1_000_000, 2_000_000, 2_000_001)

each_catalogue = pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.parts[-3])
needs_gettext = pytest.mark.skipif(not shutil.which("msgfmt"), reason="GNU gettext is not installed")


def compiled(path) -> gettext.GNUTranslations:
    with path.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_there_are_catalogues():
    assert {"ar", "cy", "es", "pl"} <= {path.parts[-3] for path in catalogues()}


@each_catalogue
def test_the_head_says_who_checked_it_or_must_still(path):
    head = path.read_text(encoding="utf-8").split("msgid", 1)[0]
    assert "AWAITS REVIEW: no native-speaking clinician" in head or "Reviewed by " in head


def test_every_message_that_readers_meet_is_found():
    messages = messages_readers_meet()
    for message in (
        "Skip to the text",  # a template
        "a reader",  # an argument of a template's filter
        "Version %(version)s of %(when)s, %(name)s. This version is always at",  # a block with placeholders
        f"who is answered{CONTEXT}to %(name)s",  # a block with a context
        "One leaflet for “<bdi>%(query)s</bdi>”",  # a block with a plural
        "Call the emergency number now",  # Python
        "Please write something before you send.",  # one Python file of a room
        "Please choose what is wrong with the reply.",  # one function of many
        "There is an answer for you",  # a letter to a reader
    ):
        assert message in messages
    for message in ("You may not decide on replies.", "Urgent: a reply may be a cry for help"):
        assert message not in messages


@each_catalogue
def test_every_message_that_readers_meet_is_translated(path):
    assert messages_readers_meet() - set(read_po(path)) == set()


@each_catalogue
def test_every_entry_has_all_its_forms_and_stands_once(path):
    header = read_po(path)[""][0][1][0]
    forms = int(re.search(r"nplurals=(\d)", header)[1])
    for message, found in read_po(path).items():
        assert len(found) == 1, f"twice: {message}"
        plural, translations = found[0]
        assert len(translations) == (forms if plural else 1), message
        assert all(text.strip() for text in translations), f"not translated: {message}"
    assert "fuzzy" not in path.read_text(encoding="utf-8")


@each_catalogue
def test_a_form_that_stands_for_several_numbers_names_the_number(path):
    """`msgfmt --check` lets a form without its number through: "One leaflet" for 1, 21 and 31. A form that no number
    chooses is a slip in the rule."""
    choose = gettext.c2py(re.search(r"plural=([^;]+)", read_po(path)[""][0][1][0])[1])
    times = Counter(map(choose, _COUNTS))
    for message, [(plural, translations)] in read_po(path).items():
        if plural:
            assert set(times) == set(range(len(translations))), message
        for form, text in enumerate(translations if "%(count)s" in plural else []):
            assert times[form] == 1 or "%(count)s" in text, text


@needs_gettext
@each_catalogue
def test_gettext_finds_nothing_wrong(path):
    command = ["msgfmt", "--check", "--output-file=/dev/null", str(path)]
    checked = subprocess.run(command, capture_output=True, text=True)  # noqa: S603 - a file of ours
    assert (checked.returncode, checked.stderr) == (0, "")


@each_catalogue
def test_nothing_is_left_in_english(path):
    for message, [(_plural, translations)] in read_po(path).items():
        if re.search("[A-Za-z]", _TAG.sub("", _PLACEHOLDER.sub("", message))):
            assert message in _SAME_AS_ENGLISH or message not in translations, message


@each_catalogue
def test_placeholders_and_markup_are_kept(path):
    """A plural form may leave the number out: “two leaflets” is one word in Arabic. `bdi` may be added around names."""
    for message, [(plural, translations)] in read_po(path).items():
        if not message:
            continue  # the head, whose rule of plurals may hold "<"
        wanted = sorted(_PLACEHOLDER.findall(plural or message))
        for text in translations:
            found = sorted(_PLACEHOLDER.findall(text))
            assert found == wanted or (plural and found == [name for name in wanted if name != "%(count)s"]), text
            assert sorted(_TAG.findall(text)) == sorted(_TAG.findall(message)), text
            assert text.count("<bdi>") == text.count("</bdi>"), text


@each_catalogue
def test_the_compiled_catalogue_says_what_its_source_says(path):
    """If this fails: `django-admin compilemessages`, and commit both files."""
    source = {}
    for message, [(plural, translations)] in read_po(path).items():
        if plural:
            source.update({(message, form): text for form, text in enumerate(translations)})
        else:
            source[message] = translations[0]
    in_use = dict(compiled(path)._catalog)  # no public way lists a compiled catalogue
    del source[""], in_use[""]  # msgfmt leaves dates out of the header
    assert in_use == source


def test_arabic_is_written_in_arabic_letters():
    [path] = [path for path in catalogues() if path.parts[-3] == "ar"]
    for message, [(_plural, translations)] in read_po(path).items():
        for text in translations if message else []:
            assert _ARABIC_LETTER.search(text) or not re.search("[A-Za-z]", _PLACEHOLDER.sub("", message)), text
            assert not re.search("[A-Za-z]", _PLACEHOLDER.sub("", re.sub("</?bdi>", "", text))), text


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "لا توجد نشرات"), (1, "نشرة واحدة"), (2, "نشرتان"), (3, "3 نشرات"), (10, "10 نشرات"), (11, "11 نشرة"),
     (100, "100 نشرة"), (103, "103 نشرات")],
)  # fmt: skip
def test_arabic_counts_leaflets_in_its_six_ways(count, words):
    one, many = "One leaflet for “<bdi>%(query)s</bdi>”", "%(count)s leaflets for “<bdi>%(query)s</bdi>”"
    with translation.override("ar"):
        text = translation.ngettext(one, many, count) % {"count": count, "query": "س"}
    assert text.startswith(words + " عن «")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("es", {0: "0 folletos", 1: "Un folleto", 2: "2 folletos", 21: "21 folletos",
                1_000_000: "1000000 de folletos"}),
        ("pl", {0: "0 ulotek", 1: "Jedna ulotka", 2: "2 ulotki", 3: "3 ulotki", 6: "6 ulotek", 12: "12 ulotek",
                21: "21 ulotek", 22: "22 ulotki", 112: "112 ulotek"}),
        ("cy", {0: "Dim un daflen", 1: "Un daflen", 2: "Dwy daflen", 3: "3 taflen", 6: "6 thaflen", 8: "8 taflen",
                11: "11 taflen", 21: "21 taflen"}),
    ],
)  # fmt: skip
def test_leaflets_are_counted_by_our_own_rule_of_plurals(language, expected):
    """Not by Django's: its Welsh has four forms, its Polish four. Each catalogue keeps the rule of its head."""
    one, many = "One leaflet for “<bdi>%(query)s</bdi>”", "%(count)s leaflets for “<bdi>%(query)s</bdi>”"
    with translation.override(language):
        texts = {n: translation.ngettext(one, many, n) % {"count": n, "query": "x"} for n in expected}
    assert {n: re.split(" (?:para|dla|ar gyfer) ", text)[0] for n, text in texts.items()} == expected


@pytest.mark.parametrize(
    ("language", "now", "today"),
    [
        ("es", "Llame ahora al 112", "Pida ayuda hoy mismo: llame al 116117"),
        ("pl", "Zadzwoń teraz pod numer 112", "Jeszcze dziś poproś o pomoc: zadzwoń pod numer 116117"),
        ("cy", "Ffoniwch 112 nawr", "Gofynnwch am help heddiw: ffoniwch 116117"),
    ],
)
def test_care_cards_name_whom_to_call(language, now, today):
    with translation.override(language):
        assert (care_heading("emergency", "112"), care_heading("today", "116117")) == (now, today)


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("emergency", "اتصل برقم الطوارئ الآن"),
        ("today", "اطلب المساعدة اليوم"),
        ("tell", "أخبر طبيبك أو الصيدلي"),
    ],
)
def test_care_cards_say_in_arabic_what_to_do(kind, heading):
    html = render(f"::: {kind}\nضيق في التنفس.\n:::", language="ar")
    assert f'<h3 class="care-heading">{heading}</h3>' in html


def test_care_cards_name_in_arabic_whom_to_call():
    with translation.override("ar"):
        assert care_heading("emergency", "999") == "اتصل بـ 999 الآن"
        assert care_heading("today", "111") == "اطلب المساعدة اليوم: اتصل بـ 111"
