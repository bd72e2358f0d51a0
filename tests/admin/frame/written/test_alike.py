"""What is alike is rendered once and filled: the same as if each had been rendered by itself."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import SafeString

from monographs.admin.frame.written.alike import Alike, Drawn, DrawnOnce

THINGS = Template(
    "{% load written i18n %}{% for one in things %}{% alike one %}<p id='{{ one.pk }}'"
    "{% if one.is_held %} hidden{% endif %}>{% url 'admin:reply' one.pk %} {{ one.said }} "
    "{% blocktranslate with it=one.said %}It: {{ it }}{% endblocktranslate %} {{ one.pk }}</p>{% endalike %} "
    "{{ one.loose }}\n{% endfor %}"
)


def thing(pk: int, said: str = "yes", *, is_held: bool = False) -> SimpleNamespace:
    known = Alike({"is_held": is_held}, {"pk": pk, "said": said})
    return SimpleNamespace(pk=pk, said=said, is_held=is_held, loose=f"loose {pk}", alike=known)


def rendered(template: Template, **context: object) -> tuple[str, str]:
    """With what is drawn, and without."""
    return template.render(Context({**context, "drawn": Drawn()})), template.render(Context(context))


def test_the_parts_are_those_of_each_by_itself():
    things = [thing(1), thing(22, "<b>\"no\"</b> & 'no'"), thing(333, is_held=True), thing(4, "٤ – عدد")]
    drawn, plain = rendered(THINGS, things=things)
    assert drawn == plain
    assert "It: &lt;b&gt;" in drawn


def test_html_that_is_safe_is_put_in_as_it_is_and_no_other():
    things = [thing(1, SafeString("<bdi>5 mg</bdi>")), thing(2, "<bdi>5 mg</bdi>")]
    drawn, plain = rendered(THINGS, things=things)
    assert drawn == plain
    assert drawn.count("<bdi>") == 2  # of the first, in both places


def test_those_of_one_shape_are_rendered_once():
    asked = []

    def render(stand_ins: dict) -> str:
        asked.append(stand_ins["one"].is_held)
        return f"<{stand_ins['one'].pk}>"

    drawn = Drawn()
    made = [drawn.filled("a", {"one": thing(pk, is_held=pk == 3).alike}, render) for pk in (1, 2, 3, 4)]
    assert made == ["<1>", "<2>", "<3>", "<4>"]
    assert asked == [False, True]
    assert drawn.filled("b", {"one": thing(5).alike}, render) == "<5>"
    assert len(asked) == 3


def test_two_things_stand_in_one_part():
    both = Template("{% load written %}{% alike one other %}{{ other.pk }}-{{ one.pk }}-{{ other.said }}{% endalike %}")
    drawn, plain = rendered(both, one=thing(1, "a"), other=thing(2, "b"))
    assert drawn == plain == "2-1-b"


@pytest.mark.parametrize(
    "asks", ["{{ one.loose }}", "{% if one.loose == 1 %}{% endif %}", "{% if not one.loose %}{% endif %}"]
)
def test_what_is_neither_shape_nor_word_may_not_be_asked(asks):
    with pytest.raises(LookupError, match=r"one\.loose"):
        rendered(Template(f"{{% load written %}}{{% alike one %}}{asks}{{% endalike %}}"), one=thing(1))


LINKED = Template(
    "{% load written %}{% for one in things %}{% alike one %}{{ one.pk }}:{% for way in one.ways %}"
    "{% if way.is_main %}*{% endif %}<a href='{{ way.to }}'>{{ way.said }}</a>"
    "{% for on in way.ways %}<i>{{ on.to }}</i>{% endfor %}{% empty %}none{% endfor %}"
    "{{ one.said }}{% endalike %}{% endfor %}"
)


def way(to: str, said: str, *on: str, is_main: bool = False) -> SimpleNamespace:
    further = [SimpleNamespace(to=one, alike=Alike({}, {"to": one})) for one in on]
    known = Alike({"is_main": is_main}, {"to": to, "said": said}, parts={"ways": [one.alike for one in further]})
    return SimpleNamespace(to=to, said=said, is_main=is_main, ways=further, alike=known)


def linked(pk: int, *ways: SimpleNamespace) -> SimpleNamespace:
    known = Alike({}, {"pk": pk, "said": f"<{pk}>"}, parts={"ways": [one.alike for one in ways]})
    return SimpleNamespace(pk=pk, said=f"<{pk}>", ways=ways, alike=known)


def test_what_a_thing_has_several_of_is_alike_again():
    things = [
        linked(1, way("/a", "A"), way("/b", "B & C", is_main=True)), linked(2),
        linked(3, way("/c", "C"), way("/d", "D")),
        linked(4, way("/e", "E", "/f", "/g"), way("/h", "H")), linked(5, way("/i", "I"), way("/j", "J", "/k", "/l")),
        linked(6, way("/m", "M"), way("/n", "N", is_main=True)),
    ]  # fmt: skip
    drawn, plain = rendered(LINKED, things=things)
    assert drawn == plain
    assert "4:<a href='/e'>E</a><i>/f</i><i>/g</i><a href='/h'>H</a>&lt;4&gt;" in drawn
    assert len({thing.alike.key for thing in things}) == 5  # the first and the last alone are alike


def test_of_a_part_as_little_may_be_asked():
    asks = Template(
        "{% load written %}{% alike one %}{% for way in one.ways %}{{ way.loose }}{% endfor %}{% endalike %}"
    )
    with pytest.raises(LookupError, match=r"one\.ways\.loose"):
        rendered(asks, one=linked(1, way("/a", "A")))


def test_more_words_than_there_are_marks_for_are_refused():
    many = linked(1, *(way(f"/{number}", "A") for number in range(50)))
    with pytest.raises(LookupError, match=r"one\.ways\.said"):
        rendered(LINKED, things=[many])


ONCE = Template(
    "{% load written i18n %}{% alike one %}{{ one.pk }} {{ one.said }} {% translate 'Home' %}{{ page }}{% endalike %}"
)


def of_a_page(drawn: Drawn, one: SimpleNamespace, page: str) -> str:
    return ONCE.render(Context({"one": one, "page": page, "drawn": drawn}))


def test_what_is_drawn_once_for_all_pages_has_no_word_of_any_page_but_those_put_in():
    drawn = DrawnOnce()
    assert of_a_page(drawn, thing(1, "<a>"), "secret") == "1 &lt;a&gt; Home"
    assert of_a_page(drawn, thing(2, "b"), "other") == "2 b Home"
    assert of_a_page(Drawn(), thing(2, "b"), "other") == "2 b Homeother"


def test_it_is_drawn_once_for_each_language(monkeypatch):
    drawn, asked = DrawnOnce(), []

    def fill(language: str) -> str:
        with translation.override(language):
            return drawn.filled("part", {"one": thing(7).alike}, lambda its: asked.append(language) or its["one"].pk)

    assert [fill(language) for language in ("en", "de", "en", "de")] == ["7"] * 4
    assert asked == ["en", "de"]
    monkeypatch.setattr(DrawnOnce, "_most", 1)
    assert [fill(language) for language in ("en", "de")] == ["7"] * 2
    assert asked == ["en", "de", "en", "de"]  # all is forgotten where it would be too much
