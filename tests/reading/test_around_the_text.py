"""What leads through a leaflet: its contents, a link to each part, and sources that parts and their links name."""

import dataclasses
import re
from html.parser import HTMLParser

import pytest

from monographs.leaflets.content import SourceContent
from monographs.paper.from_page.reading import read_blocks
from monographs.publication import ready
from monographs.publication.found.passages import parts_of
from monographs.publication.found.quotes import quotes
from monographs.publication.page.compile import compile_page
from tests.makers import make_content, make_published

pytestmark = pytest.mark.django_db

SOURCES = (
    SourceContent("Formulary", "https://bnf.nice.org.uk/", "2026-10-01", ("dosage", "side_effects")),
    SourceContent("Clinic's notes"),
    SourceContent("Leaflet of a maker", "https://maker.example/", "", ("storage",)),
)
PARTS = len(make_content().sections)


def page(**fields) -> str:
    return compile_page(make_content(**{"sources": SOURCES, **fields})).html


def part(html: str, kind: str) -> str:
    return re.search(rf'<section class="part">(?:(?!</section>).)*id="part-{kind}".*?</section>', html, re.DOTALL)[0]


class Names(HTMLParser):
    """All ids of a page, and where its links within the page lead."""

    def __init__(self, html: str):
        super().__init__()
        self.ids, self.targets = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.ids += [named["id"]] if "id" in named else []
        self.targets += [named["href"][1:]] if named.get("href", "").startswith("#") else []


def test_each_part_names_the_sources_it_rests_on_by_their_numbers():
    html = page()
    assert re.findall(r'href="#source-(\d)">\1</a>', part(html, "dosage")) == ["1", "2"]
    assert re.findall(r'href="#source-(\d)">\1</a>', part(html, "storage")) == ["2", "3"]
    assert re.findall(r'href="#source-(\d)">\1</a>', part(html, "uses")) == ["2"]


def test_each_source_leads_back_to_the_parts_it_supports():
    listed = re.findall(r'<li id="source-(\d)">(.*?)</li>', page(), re.DOTALL)
    assert [re.findall(r'href="#([^"]+)"', item) for _number, item in listed] == [
        ["part-dosage", "part-side_effects"],
        ["contents"],
        ["part-storage"],
    ]


def test_a_part_that_no_source_supports_names_none():
    html = page(sources=SOURCES[:1])
    assert "rests-on" not in part(html, "uses")
    assert "rests-on" in part(html, "dosage")


def test_a_source_of_a_part_that_is_not_shown_leads_nowhere():
    content = make_content(sources=SOURCES[:1])
    gone = tuple(s for s in content.sections if s.kind not in ("dosage", "side_effects"))
    assert "supports" not in compile_page(dataclasses.replace(content, sections=gone)).html


def test_every_link_within_the_page_has_one_place_to_lead_to(client):
    make_published(sources=SOURCES)
    found = Names(client.get("/leaflets/testamol/").content.decode())
    assert len(found.targets) > 3 * PARTS
    assert set(found.targets) <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))


def test_each_part_has_a_link_to_itself_that_says_so_before_its_heading():
    html = page()
    assert html.count('class="to-here"') == PARTS
    assert re.search(
        r'<a class="to-here" href="#part-dosage" aria-label="Link to this part: How to take it"></a>'
        r'<h2 id="part-dosage">How to take it</h2>\n<p>',
        html,
    )


def test_the_name_of_the_link_is_escaped_and_in_order():
    content = make_content()
    sections = (dataclasses.replace(content.sections[0], heading='5-10 mg "a" <b>'), *content.sections[1:])
    html = compile_page(dataclasses.replace(content, sections=sections, language="ar")).html
    name = re.search(r'class="to-here" href="#part-what_it_is" aria-label="([^"]*)"', html)[1]
    assert "&lt;b&gt;" in name
    assert "\u20665-10 mg" in name
    assert "<bdi" not in name


def test_the_contents_are_a_nav_that_folds():
    html = page()
    assert re.search(
        r'<nav class="contents" aria-labelledby="contents"><h2 id="contents">In this leaflet</h2>\n'
        r"<details><summary>Show the parts</summary><ol>"
        r'(?:<li><a href="#[^"]+">[^<]+</a></li>)+</ol></details></nav>',
        html,
    )


def test_what_leads_through_the_page_is_no_word_of_the_leaflet():
    content = make_content(sources=SOURCES, dosage="Take 5mg.\n\n### May affect up to 1 in 10 people\n\n- a rash")
    html = compile_page(content).html
    told = " ".join(f"{quote.told} {' '.join(quote.under)}" for quote in quotes(html))
    found = " ".join(f"{one.heading} {one.tokens}" for one in parts_of(content, html))
    for words in ("Sources", "Link to", "Show the", "supports", "1 · 2"):
        assert words.lower() not in f"{told} {found}".lower()
    assert "May affect up to 1 in 10 people" in told


def test_a_page_that_was_compiled_before_is_shown_byte_for_byte(client, monkeypatch):
    old = (
        '<nav class="contents" aria-labelledby="contents"><h2 id="contents">In this leaflet</h2>\n'
        '<ol><li><a href="#part-dosage">How to take it</a></li></ol></nav>\n'
        '<section class="part"><h2 id="part-dosage">How to take it</h2>\n'
        "<h3>May affect up to 1 in 10 people</h3>\n</section>\n"
    )
    monkeypatch.setattr(ready, "compile_page", lambda content: dataclasses.replace(compile_page(content), html=old))
    make_published(dosage="Compiled by the program of last year.", sources=SOURCES)
    assert old in client.get("/leaflets/testamol/").content.decode()


def test_paper_has_the_sources_and_no_links_between_them_and_the_parts():
    blocks = repr(read_blocks(page(dosage="### May affect up to 1 in 10 people\n\n- a rash")))
    assert "Formulary" in blocks
    assert "May affect up to 1 in 10 people" in blocks
    for words in ("Sources:", "It supports", "Link to", "Show the parts"):
        assert words not in blocks
