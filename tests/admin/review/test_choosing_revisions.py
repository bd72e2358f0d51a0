"""The lists from which two revisions are chosen say what a template would."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import timezone

from monographs.admin.review.compare import Choices

TEMPLATE = Template(
    "{% load staff_words %}{% for revision in choices.revisions %}"
    '<option value="{{ revision.number }}"{% if chosen.pk == revision.pk or not chosen and forloop.counter == place %}'
    " selected{% endif %}>{{ revision.number }} · {{ revision.at|plain_moment }}"
    "{% if revision.by %} · {{ revision.by.name }}{% endif %}</option>{% endfor %}"
)
WRITTEN = Template("{% load staff_words %}{% revision_options choices chosen place %}")


def revision(number: int, name: str | None) -> SimpleNamespace:
    at = timezone.make_aware(dt.datetime(2027, 3, number, 9, 5))
    return SimpleNamespace(pk=number * 7, number=number, at=at, by=name and SimpleNamespace(name=name))


REVISIONS = (revision(4, "Ana <b>"), revision(3, None), revision(2, "محمد & Söhne"), revision(1, 'O’Neil "x"'))


@pytest.mark.parametrize("chosen", [None, REVISIONS[0], REVISIONS[2], revision(9, "of another list")])
@pytest.mark.parametrize("place", [1, 2])
def test_options_are_those_of_a_template(chosen, place):
    context = {"choices": Choices(4, REVISIONS), "chosen": chosen, "place": place}
    assert WRITTEN.render(Context(context)) == TEMPLATE.render(Context(context))
