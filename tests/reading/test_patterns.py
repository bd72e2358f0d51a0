"""A template that is rendered once and filled says what the template itself would have said."""

import datetime as dt

import pytest
from django.template import Context, Engine
from django.template.loader import get_template
from django.utils import translation
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from monographs.reading.patterns import Pattern, pattern

ENGINE = Engine.get_default()


def make(source: str) -> Pattern:
    return Pattern(ENGINE.from_string(source))


def test_words_are_put_in_wherever_they_are_named():
    made = make("<b title='{{ name }}'>{{ name }}</b> 100 % {{ number }}")
    assert made.filled({"name": "A", "number": 0}) == "<b title='A'>A</b> 100 % 0"
    assert made.filled({"name": "B %(name)s", "number": 7}) == "<b title='B %(name)s'>B %(name)s</b> 100 % 7"


def test_a_text_is_escaped_and_html_is_not():
    made = make("{{ word }}")
    for _again in range(2):
        assert made.filled({"word": "<i>&'"}) == "&lt;i&gt;&amp;&#x27;"
        assert made.filled({"word": mark_safe("<i>")}) == "<i>"


@pytest.mark.parametrize("word", ["<i>&'\"", 1234567, True, 1.5, gettext_lazy("Search"), dt.date(2026, 3, 2), ["<"]])
def test_a_word_of_any_kind_is_escaped_as_in_a_template(word):
    assert make("{{ word }}").filled({"word": word}) == conditional_escape(word)


def test_a_template_may_ask_whether_a_word_is_there():
    made = make("{% if brands %}Brands: {{ brands }}{% else %}No brand{% endif %}, {{ name|default:'nobody' }}")
    assert made.filled({"brands": "X", "name": ""}) == "Brands: X, nobody"
    assert made.filled({"brands": None, "name": "Ana"}) == "No brand, Ana"
    assert made.filled({"brands": "", "name": ""}) == "No brand, nobody"


def test_words_go_into_addresses_and_translated_sentences():
    made = make(
        "{% load i18n %}{% url 'leaflet-version' slug version %} "
        "{% blocktranslate with name=who %}Reply to {{ name }}{% endblocktranslate %}"
    )
    assert (
        made.filled({"slug": "a-1", "version": "2.1", "who": "<b>"}) == "/leaflets/a-1/versions/2.1/ Reply to &lt;b&gt;"
    )
    assert made.filled({"slug": "b_2", "version": "3", "who": "x"}) == "/leaflets/b_2/versions/3/ Reply to x"


def test_each_shape_is_rendered_for_itself():
    made = make("{% if depth > 1 %}deep{% else %}flat{% endif %} {{ word }} {{ clinic.name }}")
    assert made.filled({"word": "a"}, {"depth": 1, "same": 1}, clinic={"name": "One"}) == "flat a One"
    assert made.filled({"word": "b"}, {"depth": 2, "same": 1}, clinic={"name": "One"}) == "deep b One"
    assert made.filled({"word": "c"}, {"depth": 1, "same": 2}, clinic={"name": "Two"}) == "flat c Two"


LOOKING_IN = [
    "word|upper", "word|isolated", "word|readable", "word|in_order", "word|length", "word|slice:':3'",
    "word|linebreaks",
    "word|safe", "word|striptags", "word|truncatewords:9", "word|default:'x'|isolated", "word|day",
]  # fmt: skip


@pytest.mark.parametrize("wanted", LOOKING_IN)
def test_a_template_that_looks_into_a_word_is_refused(wanted):
    source = (
        f"{{% load readers_words leaflet_language leaflet_text %}}{{% url 'leaflet-read' slug %}} {{{{ {wanted} }}}}"
    )
    with pytest.raises((ValueError, AttributeError, TypeError)):
        make(source).filled({"slug": "x", "word": "word"})


def test_every_language_has_its_own():
    assert pattern("reading/absence.html") is pattern("reading/absence.html")
    assert "withdrawn" in pattern("reading/absence.html").filled({}, {"kind": "withdrawal"})
    with translation.override("ar"):
        assert "withdrawn" not in pattern("reading/absence.html").filled({}, {"kind": "withdrawal"})


def test_no_more_is_kept_than_a_site_needs():
    made = make("{{ number }}")
    for number in range(1_000):
        assert made.filled({}, {"number": number}) == str(number)
    assert len(made._made) <= 100


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_reply_is_what_its_template_says(language):
    words = {
        "number": 7, "name": "<Dario>", "who": mark_safe("<bdi>Dario</bdi>"), "body": mark_safe("<p>May I?</p>"),
        "sent": mark_safe("<time>today</time>"), "clinic_name": "Mill Lane", "version": "2", "answers": "#reply-6",
        "answers_whom": "Ana", "slug": "baclofen",
    }  # fmt: skip
    with translation.override(language):
        for missing in [None, *(words.keys() - {"slug"})]:  # every reply is somewhere
            given = {name: word for name, word in words.items() if name != missing}
            for shape in ({"depth": 0, "is_staff_answer": False}, {"depth": 2, "is_staff_answer": True}):
                for _again in range(2):
                    plain = get_template("comments/reply.html").template.render(Context({**given, **shape}))
                    assert pattern("comments/reply.html").filled(given, shape) == plain
