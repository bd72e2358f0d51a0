"""Parts that pages have in common are made once for all that they are made of."""

from django.template import Context, Template
from django.utils import translation

TEMPLATE = "{% load i18n remembered %}{% remembered clinic %}{% translate 'Search' %} {{ number }}{% endremembered %}"


def rendered(template: Template, **context) -> str:
    return template.render(Context(context))


def test_a_part_is_made_once_for_the_same_and_anew_for_another():
    template = Template(TEMPLATE)
    assert rendered(template, clinic=("St Mary’s",), number=1) == "Search 1"
    assert rendered(template, clinic=("St Mary’s",), number=2) == "Search 1"
    assert rendered(template, clinic=("St John’s",), number=2) == "Search 2"


def test_every_language_has_its_own():
    template = Template(TEMPLATE)
    assert rendered(template, clinic=("a",), number=1) == "Search 1"
    with translation.override("ar"):
        assert not rendered(template, clinic=("a",), number=1).startswith("Search")


def test_without_what_it_is_made_of_nothing_is_remembered():
    template = Template(TEMPLATE)
    assert rendered(template, number=1) == "Search 1"
    assert rendered(template, number=2) == "Search 2"
    assert rendered(template, clinic=None, number=3) == "Search 3"


def test_no_more_is_kept_than_a_site_needs():
    template = Template(TEMPLATE)
    for number in range(1000):
        rendered(template, clinic=(number,), number=number)
    node = next(node for node in template.nodelist if hasattr(node, "made_of"))
    assert len(node._made) <= 100
