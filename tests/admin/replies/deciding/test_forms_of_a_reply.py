"""What every form about a reply carries along, and its list of reasons, without a template each."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test.html import parse_html

CARRIED = Template("{% load replies %}{% carried_along %}")
BY_TEMPLATE = Template(
    '{% csrf_token %}<input type="hidden" name="seen" value="{{ reply.seen }}">'
    '<input type="hidden" name="tab" value="{{ tab }}">'
    '{% if page %}<input type="hidden" name="page" value="{{ page.number }}">{% endif %}'
    '{% if filters %}<input type="hidden" name="filters" value="{{ filters }}">{% endif %}'
    '{% if reply.following %}<input type="hidden" name="next" value="{{ reply.following }}">{% endif %}'
)
REPLY = SimpleNamespace(seen="pending-1-2", following=7)


@pytest.mark.parametrize(
    "context",
    [
        {"reply": REPLY, "tab": "pending", "csrf_token": "abc"},
        {"reply": REPLY, "tab": "a\"<b>&'", "page": SimpleNamespace(number=3), "filters": "label=crisis&age=\"'<"},
        {"reply": SimpleNamespace(seen="shown-3-4", following=""), "tab": "", "filters": "", "page": None},
        {"reply": SimpleNamespace(seen=""), "csrf_token": "abc"},
    ],
)
def test_fields_are_those_of_a_template(context):
    written, by_template = (one.render(Context(context)) for one in (CARRIED, BY_TEMPLATE))
    assert parse_html(f"<p>{written}</p>") == parse_html(f"<p>{by_template}</p>")


@pytest.mark.parametrize("chosen", ["", "2", "9", "x"])
def test_reasons_are_those_of_a_template(chosen):
    reasons = [
        SimpleNamespace(pk=1, text='Not "here" & <now>', title="A <b>"),
        SimpleNamespace(pk=2, text="", title="B"),
    ]
    context = {"reasons": reasons, "typed": {"chosen": chosen} if chosen else {}}
    written = Template("{% load replies %}{% reason_options reasons typed.chosen %}")
    by_template = Template(
        '{% for one in reasons %}<option value="{{ one.pk }}" data-text="{{ one.text }}"'
        '{% if typed.chosen == one.pk|stringformat:"s" %} selected{% endif %}>{{ one.title }}</option>{% endfor %}'
    )
    assert written.render(Context(context)) == by_template.render(Context(context))
