"""Tags are found as Python's own parser of HTML finds them, in all that an article may hold."""

from html.parser import HTMLParser

import pytest

from monographs.paper.from_page.elements import _VOID, Element, _Reader
from tests.paper.parts import make_article
from tests.paper.test_large_print import BODY
from tests.paper.test_pdf import RICH

TEXTS = (
    RICH,
    BODY,
    "Take 5 < 6 & 7 > 3 \"q\" 'x' &amp; &nbsp; a<b>c</b>, AT&T.",
    '`<div class="x">` [a](https://x.org/?a=1&b=2&copy=3 "t>i") ![a > b "q"](/media/a.png) ![](/media/b.png)',
    "تناول 5-10 mg مرة، 5 mg → 10 mg.\n\n::: tell\n| a | b |\n| - | - |\n| 1 | 2 |\n:::",
)


class _ByPython(HTMLParser):
    """The same tree, made by Python's parser."""

    def __init__(self):
        super().__init__()
        self.root = Element("", {})
        self._path = [self.root]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._path[-1].parts.append(element)
        if tag not in _VOID:
            self._path.append(element)

    def handle_startendtag(self, tag, attrs):
        self._path[-1].parts.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        if any(element.name == tag for element in self._path[1:]):
            while self._path.pop().name != tag:
                pass

    def handle_data(self, data):
        self._path[-1].parts.append(data)


def _tree(element: Element) -> tuple:
    if element.name == "svg":  # ours is kept as it is written
        return "svg", {}, []
    parts: list = []
    for part in element.parts:
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] += part
        else:
            parts.append(part if isinstance(part, str) else _tree(part))
    return element.name, element.attributes, parts


def _both(html: str) -> tuple[tuple, tuple]:
    ours, pythons = _Reader(), _ByPython()
    ours.feed(html)
    pythons.feed(html)
    pythons.close()
    return _tree(ours.root), _tree(pythons.root)


@pytest.mark.parametrize("language", ["en", "ar", "pl"])
@pytest.mark.parametrize("text", TEXTS)
def test_articles_are_read_alike(language, text):
    ours, pythons = _both(make_article(text, language=language).html)
    assert ours == pythons
    assert len(str(ours)) > 1_000


@pytest.mark.parametrize(
    "html",
    [
        "<!-- a <b> c --><p class='x y' hidden>q</p><p title=\"a>b\">a&nbsp;b &lt;c&gt; <br/>d</p>",
        "<img src=/a.png alt=x><img alt=\"\" src='b.png'><bdi>\u0627</bdi><bdo dir=rtl>x</bdo>",
        "<P>Up<B>b</B></P></div><p>un<i>closed",
        "1 < 2 and 3 > 2 &#65; &#x42; &unknown; &amp;lt;",
        '<td data-head="Dose: ">5&thinsp;mg</td>\n<hr>\n',
        "",
    ],
)
def test_what_is_seldom_is_read_alike(html):
    ours, pythons = _both(html)
    assert ours == pythons
