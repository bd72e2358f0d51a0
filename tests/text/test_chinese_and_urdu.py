"""The Chinese catalogue stands where Django reads it; Chinese and Urdu are written in their own letters and signs."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from monographs.text.markup.markdown import care_heading
from tests.text.catalogue import read_po

LOCALES = Path(settings.LOCALE_PATHS[0])
_NO_WORDS = re.compile(r"%\(\w+\)s|\{\w+\}|</?bdi>|\b(?:PDF|EPUB|NHS|MB)\b")
_HAN = r"[\u4e00-\u9fff]"


def texts(folder):
    found = read_po(LOCALES / folder / "LC_MESSAGES" / "django.po")
    return [text for message, [(_plural, forms)] in found.items() if message for text in forms]


def test_chinese_stands_where_django_looks_for_it():
    """`makemessages -l zh-hans` makes the other folder, which nothing reads (Django 5.2)."""
    assert translation.to_locale("zh-hans") == "zh_Hans"
    assert [path.name for path in LOCALES.glob("zh*")] == ["zh_Hans"]
    with translation.override("zh-hans"):
        assert translation.gettext("Tell your doctor or pharmacist") == "请告诉您的医生或药师"


def test_chinese_is_written_in_chinese_letters_and_signs():
    for text in texts("zh_Hans"):
        words = _NO_WORDS.sub("", text)
        assert not re.search("[A-Za-z]", words), text
        assert not re.search(rf"(?:{_HAN}|</bdi>|%\(\w+\)s)[.,;:?!()]|[.,;:?!()]{_HAN}", text), text
        assert "你" not in words.replace("你们", ""), text  # a reader is 您; 你们 is what a reader says to us


def test_care_cards_say_in_chinese_what_to_do():
    with translation.override("zh-hans"):
        assert care_heading("emergency") == "请立即拨打急救电话"
        assert care_heading("emergency", "999") == "请立即拨打 999"
        assert care_heading("today", "111") == "请在今天寻求帮助：拨打 111"


@pytest.mark.parametrize("count", [0, 1, 2, 11])
def test_chinese_counts_in_one_way(count):
    one, many = "One leaflet for “<bdi>%(query)s</bdi>”", "%(count)s leaflets for “<bdi>%(query)s</bdi>”"
    with translation.override("zh-hans"):
        text = translation.ngettext(one, many, count) % {"count": count, "query": "药"}
    assert text == f"有 {count} 份关于“<bdi>药</bdi>”的用药说明"


def test_urdu_is_written_in_urdu_letters_and_signs():
    """Arabic's yeh and kaf look alike and are other letters: a search for an Urdu word would not find them."""
    for text in texts("ur"):
        words = _NO_WORDS.sub("", text)
        assert not re.search("[A-Za-z]", words), text
        assert not re.search("[\u064a\u0643\u0649\u0647\u0629]", text), text
        assert not re.search("[.,;?]", words), text  # ۔ ، ؛ ؟


def test_care_cards_say_in_urdu_what_to_do():
    with translation.override("ur"):
        assert care_heading("emergency") == "ابھی ایمرجنسی نمبر پر فون کریں"
        assert care_heading("emergency", "999") == "ابھی 999 پر فون کریں"
        assert care_heading("today", "111") == "آج ہی مدد لیں: 111 پر فون کریں"


@pytest.mark.parametrize(("count", "leaflets"), [(0, "0 کتابچے"), (1, "1 کتابچہ"), (2, "2 کتابچے"), (21, "21 کتابچے")])
def test_urdu_counts_in_two_ways(count, leaflets):
    one, many = "One leaflet for “<bdi>%(query)s</bdi>”", "%(count)s leaflets for “<bdi>%(query)s</bdi>”"
    with translation.override("ur"):
        text = translation.ngettext(one, many, count) % {"count": count, "query": "دوا"}
    assert text == f"”<bdi>دوا</bdi>“ کے لیے {leaflets}"
