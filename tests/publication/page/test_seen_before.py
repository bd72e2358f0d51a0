"""A section that was compiled before is not compiled again: page and passages are those that would be made anew."""

from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from monographs.leaflets.content import SectionContent, SourceContent
from monographs.publication.found.passages import _said, _said_in, parts_of
from monographs.publication.found.quotes import _Reader, quotes
from monographs.publication.page import compile as compiling
from monographs.publication.page.compile import compile_page
from monographs.remembered import Memory, forget_all, remembered
from tests.makers import make_content

LINES = (
    "Take it with water. Do not:", "- drive\n- drink", "| Age | Dose |\n| --- | --- |\n| 5 | 10 mg |", "### Adults",
    "#### Deep & low", "::: emergency\nYou can’t breathe.\n:::", "::: tell\n- a rash\n- “sick”\n:::", "small goes on",
    "![A picture of 5 > 3 & “4”](/media/a.png)", "It may affect up to 1 in 10 people.", "1. Open.\n2. Take 1/2.", "***",
    "خذ 500 mg كل 6 ساعات.", "**Bold** and *slanted*, [a link](https://a.org/?a=1&b=2).", "a < b &amp; d", "两片。",
)  # fmt: skip
BODIES = st.lists(st.sampled_from(LINES), min_size=1, max_size=5).map("\n\n".join)


@st.composite
def leaflets(draw):
    content = make_content(language=draw(st.sampled_from(("en", "ar", "cy", "zh"))))
    keys = draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=4))  # two may have one key
    kinds = st.sampled_from(("uses", "dosage", "side_effects"))
    headings = st.sampled_from(("", "How to take & <keep> it", "كيف 5-10 mg"))
    sections = tuple(SectionContent(key, draw(kinds), draw(headings), draw(BODIES)) for key in keys)
    supports = draw(st.lists(kinds, max_size=2))
    sources = (SourceContent("A book", supports=tuple(supports)), SourceContent("Another book"))
    return replace(content, sections=sections, sources=sources, key_facts=tuple(draw(st.lists(BODIES, max_size=2))))


def made(content):
    compiled = compile_page(content)
    return compiled, parts_of(content, compiled.html)


@settings(max_examples=60, deadline=None)
@given(before=leaflets(), content=leaflets())
def test_page_and_passages_are_the_same_whatever_was_compiled_before(before, content):
    forget_all()
    expected = made(content)
    forget_all()
    made(before)
    made(replace(content, sections=(*before.sections[:1], *content.sections)))
    assert made(content) == expected == made(content)


@settings(max_examples=60, deadline=None)
@given(content=leaflets())
def test_each_section_read_by_itself_says_what_it_says_in_the_whole_page(content):
    html = compile_page(content).html
    assert _said(html, content.language) == list(_said_in(html, content.language))


class Parsed(HTMLParser):
    """Hands every tag and text to the reader, as Python's own parser of HTML finds them."""

    def __init__(self, language):
        super().__init__(convert_charrefs=False)
        self.reader = _Reader(language)

    def handle_starttag(self, tag, attrs):
        self.reader.read_start(tag, dict(attrs))

    def handle_endtag(self, tag):
        self.reader.read_end(tag)

    def handle_data(self, data):
        self.reader.read_words(data)

    def handle_entityref(self, name):
        self.reader.read_words(f"&{name};")


@settings(max_examples=60, deadline=None)
@given(content=leaflets())
def test_quotes_are_those_that_a_parser_of_html_finds(content):
    html = compile_page(content).html
    parsed = Parsed(content.language)
    parsed.feed(html)
    parsed.close()
    assert quotes(html, content.language) == parsed.reader.found


def test_only_the_section_that_changed_is_compiled(monkeypatch):
    content = make_content()
    forget_all()
    made(content)
    rendered = []
    monkeypatch.setattr(compiling, "render", lambda body, language: rendered.append(body) or "<p>New.</p>")
    first, *others = content.sections
    made(replace(content, sections=(replace(first, body="New."), *others)))
    assert rendered == ["New."]


def test_what_was_asked_for_last_is_remembered_in_the_room_that_there_is():
    memory = Memory(1_000)
    for name in "abc":
        memory.keep(name, name.upper(), characters=100)
    assert [memory.get(name) for name in "abc"] == ["A", "B", "C"]
    memory.get("a")
    memory.keep("d", "D", characters=100)
    assert [memory.get(name) for name in "abcd"] == ["A", None, "C", "D"]
    memory.keep("long", "L", characters=5_000)
    assert [memory.get(name) for name in ("a", "c", "d", "long")] == [None, None, None, "L"]
    memory.keep("a", "A", characters=100)
    assert [memory.get(name) for name in ("long", "a")] == [None, "A"]


def test_a_result_that_is_nothing_is_remembered_as_well():
    asked = []

    @remembered(10_000)
    def work(text, other):
        asked.append((text, other))

    for _turn in range(2):
        work("a text", 1)
        work("a text", 2)
    assert asked == [("a text", 1), ("a text", 2)]
    work.cache_clear()
    work("a text", 1)
    assert len(asked) == 3
