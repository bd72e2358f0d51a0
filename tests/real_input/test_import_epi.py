"""The import over electronic leaflets of agencies, copied as a person copies the page: no word lost, and no order."""

import re
from itertools import pairwise

import pytest

from monographs.exchange.unmarked.plain_text import read_plain_text
from monographs.text.letters.settling import settle_signs
from monographs.text.markup.markdown import plain
from tests.exchange.texts import words_kept, words_typed
from tests.real_input.flattening import LEAFLETS, NO_DATA, as_copied, as_printed, language, sections

pytestmark = pytest.mark.skipif(not LEAFLETS, reason=NO_DATA)

HOW_TO_TAKE = re.compile(r"3\. ")


def sentences(text: str) -> list[str]:
    """The sentences of a copied text, its signs settled, without bullets, in the order of the text."""
    text = settle_signs(text)
    lines = [re.sub(r"^\s*(?:[•-]|\d+[.)])\s+", "", line) for line in re.split(r"[\n\t]+", text)]
    parts = [" ".join(part.split()) for line in lines for part in re.split(r"(?<=[.!?؟])\s+", line)]
    return [part for part in parts if any(character.isalnum() for character in part)]


def shown(imported) -> str:
    """All that patients would read, on one line, headings among it, without the numbers of lists."""
    code = imported.content.language
    parts = [imported.content.title if imported.placed[0].line else ""]
    for section in imported.content.sections:
        parts += [section.heading, plain(section.body, language=code)]
    return " ".join(" ".join(parts).split())


@pytest.fixture(params=LEAFLETS, ids=lambda path: path.stem)
def leaflet(request):
    path = request.param
    return path, read_plain_text(as_copied(path), language=language(path))


def test_the_six_parts_become_sections(leaflet):
    _path, imported = leaflet
    numbered = [section for section in imported.content.sections if re.match(r"[1-6]\. ", section.heading)]

    assert [(section.heading[0], section.kind) for section in numbered] == [
        ("1", "what_it_is"),
        ("2", "before_taking"),
        ("3", "dosage"),
        ("4", "side_effects"),
        ("5", "storage"),
        ("6", "more"),
    ]


def test_sentences_on_how_to_take_it_keep_their_order(leaflet):
    path, imported = leaflet
    (text,) = [text for title, text in sections(path) if HOW_TO_TAKE.match(title)]
    kinds = [section.kind for section in imported.content.sections]
    start, end = kinds.index("dosage"), kinds.index("side_effects")
    typed = sentences(text)
    read = " ".join(
        " ".join(f"{section.heading}\n{plain(section.body, language=language(path))}".split())
        for section in imported.content.sections[start:end]
    )

    position = 0
    for sentence in typed:
        # Sub-headings lose their colon.
        found = read.find(sentence.rstrip(": "), position)
        assert found >= 0, sentence
        position = found + len(sentence.rstrip(": "))
    assert len(typed) > 8


def test_every_sentence_stands_in_the_import_as_often_as_in_the_leaflet(leaflet):
    path, imported = leaflet
    typed = sentences(as_copied(path))
    read = shown(imported)

    for sentence in set(typed):
        wanted = sentence.rstrip(": ")
        within = sum(other.count(wanted) for other in typed)
        assert read.count(wanted) == within, sentence


def test_no_word_is_lost(leaflet):
    path, imported = leaflet
    text = settle_signs(as_copied(path))

    assert not words_typed(text) - words_kept(imported, text)


def test_no_heading_has_a_dose_and_no_section_is_empty(leaflet):
    path, imported = leaflet
    headings = [
        line for section in imported.content.sections for line in section.body.split("\n") if re.match(r"#{3,6} ", line)
    ]

    assert [section.heading for section in imported.content.sections if not section.body] == []
    assert [heading for heading in headings if re.search(r"\d\s?(?:mg|ml|g|مجم)\b", heading)] == []


def test_sentences_follow_each_other_as_in_the_leaflet(leaflet):
    """Of every two neighbouring sentences of a part, the second is read after the first."""
    path, imported = leaflet
    read = shown(imported)
    for _title, text in sections(path):
        typed = [sentence.rstrip(": ") for sentence in sentences(text)]
        once = [sentence for sentence in typed if read.count(sentence) == 1 and len(sentence) > 12]
        for first, second in pairwise(once):
            assert read.index(first) < read.index(second), second


@pytest.mark.parametrize("width", [64, 80, 95])
@pytest.mark.parametrize("path", LEAFLETS, ids=lambda path: path.stem)
def test_the_same_leaflet_copied_from_printed_pages_reads_the_same(path, width):
    """Wrapped at a width, with a head and a foot on each page: the same sections, and nearly all lines the same."""
    copied = read_plain_text(as_copied(path), language=language(path)).content.sections
    text = as_printed(as_copied(path), title=f"{path.stem} leaflet", width=width)
    printed = read_plain_text(text, language=language(path)).content.sections

    assert [(part.kind, part.heading) for part in printed if part.kind != "other"] == [
        (part.kind, part.heading) for part in copied if part.kind != "other"
    ]
    lines = [line for part in copied for line in part.body.split("\n") if line]
    again = {line for part in printed for line in part.body.split("\n")}
    assert sum(line in again for line in lines) >= 0.94 * len(lines)
