"""A picture beside a frequency: as many figures or dots as people, and nothing for who hears the page."""

import re

import pytest

from monographs.templatetags.leaflet_text import for_readers
from monographs.text.amounts.frequencies import Frequency
from monographs.text.markup.finished.people import picture, with_people
from monographs.text.markup.markdown import plain, render

_ROW = re.compile(r"M([\d.]+) ([\d.]+)h([\d.]+)")


def drawn(svg: str) -> dict[str, int]:
    """How many people are drawn in each part of a picture: a dash begins at each whole number along a row."""
    all_of_them, _, affected = svg.partition('<g class="affected">')
    certain, _, perhaps = affected.partition('<g class="affected perhaps">')
    return {name: _people(part) for name, part in (("all", all_of_them), ("sure", certain), ("maybe", perhaps))}


def _people(part: str) -> int:
    shapes = re.findall(r'<path class="(?:heads|dots)" d="([^"]+)"', part)
    return sum(int(float(length)) + 1 for shape in shapes for _x, _y, length in _ROW.findall(shape))


def rendered(markdown: str, language: str = "en") -> str:
    return for_readers(render(markdown, language=language))


@pytest.mark.parametrize("people", [2, 5, 10, 20, 50, 100, 250, 1_000, 10_000])
def test_a_picture_has_as_many_people_as_the_words_say(people):
    assert drawn(picture(Frequency(1, people))) == {"all": people, "sure": 1, "maybe": 0}


def test_several_of_a_hundred_are_shown_across_rows():
    assert drawn(picture(Frequency(23, 100))) == {"all": 100, "sure": 23, "maybe": 0}


def test_of_more_than_one_the_next_one_may_be_affected_too():
    assert drawn(picture(Frequency(1, 10, is_more=True))) == {"all": 10, "sure": 1, "maybe": 1}
    assert drawn(picture(Frequency(10, 10, is_more=True))) == {"all": 10, "sure": 10, "maybe": 0}


@pytest.mark.parametrize("people", [500, 1_000, 10_000])
def test_the_one_among_very_many_has_a_ring_around_it(people):
    assert '<circle class="ring" cx=".5" cy=".5"' in picture(Frequency(1, people))
    assert "circle" not in picture(Frequency(3, people))


def test_figures_have_a_body_each():
    svg = picture(Frequency(1, 100))
    heads, bodies = (re.findall(rf'<path class="{part}" d="([^"]+)"', svg) for part in ("heads", "bodies"))
    assert [len(_ROW.findall(path)) for path in heads] == [len(_ROW.findall(path)) for path in bodies] == [5, 1]


@pytest.mark.parametrize("people", [17, 101, 1_001, 12_000, 99_999])
def test_what_makes_no_whole_rows_or_is_too_much_has_its_words_alone(people):
    assert picture(Frequency(1, people)) == ""


@pytest.mark.parametrize("people", [10, 100, 1_000, 10_000])
def test_a_picture_is_small(people):
    assert len(picture(Frequency(1, people))) < 1_500


@pytest.mark.parametrize(
    ("markdown", "language"),
    [
        ("### May affect up to 1 in 10 people\n\n- headache", "en"),
        ("### Pueden afectar hasta 1 de cada 10 personas\n\n- dolor", "es"),
        ("### Mogą wystąpić u nie więcej niż 1 na 10 osób\n\n- ból", "pl"),
        ("### Gall effeithio ar hyd at 1 o bob 10 o bobl\n\n- cur pen", "cy"),
        ("### قد تؤثر على ما يصل إلى شخص واحد من كل 10 أشخاص\n\n- صداع", "ar"),
        ("### ہر 10 میں سے زیادہ سے زیادہ 1 فرد کو\n\n- درد", "ur"),
        ("### 每10人中最多可能有1人受影响\n\n- 头痛", "zh-hans"),
    ],
)
def test_a_heading_that_gives_a_frequency_has_its_picture_in_every_language(markdown, language):
    html = rendered(markdown, language)
    assert re.search(r'<h3>[^\n]+<svg class="people few" viewBox="0 0 10 1.5" aria-hidden="true">.*</svg></h3>', html)
    assert html.count("<svg") == 1


@pytest.mark.parametrize(
    ("markdown", "place"),
    [
        ("It may affect up to 1 in 100 people. Most are well.", r"<p>It .* well\.<svg[^\n]+</svg></p>"),
        ("- headache, up to **1 in 100** people\n- a rash", r"</strong> people<svg[^\n]+</svg></li>\n<li>a rash</li>"),
        ("| How often |\n|---|\n| 1 in 100 people |", r"<td[^>]*>1 in 100 people<svg[^\n]+</svg></td>"),
    ],
)
def test_the_picture_stands_behind_the_words_of_its_block(markdown, place):
    assert re.search(place, rendered(markdown).replace('<bdi dir="ltr">', "").replace("</bdi>", ""))


def test_running_words_show_a_frequency_once_and_each_heading_shows_its_own():
    html = rendered("1 in 10 people.\n\n- 1 in 10 people\n- 1 in 100 people\n\n### 1 in 10 people\n\nThat is all.")
    assert html.count("<svg") == 3


def test_a_text_without_frequencies_is_left_as_it_is():
    html = "<p>Take 1 tablet in 10 ml of water. <!--clinic \"emergency\"--></p><img alt='1 in 10 people'>"
    assert with_people(html) == html


def test_the_words_that_are_searched_and_counted_know_nothing_of_pictures():
    assert plain("### May affect up to 1 in 10 people") == "May affect up to 1 in 10 people"
