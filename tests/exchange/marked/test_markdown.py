import dataclasses
import random
from pathlib import Path

import pytest

import monographs
from monographs.exchange.draft import Placement
from monographs.exchange.marked.front_matter import NAME_KINDS
from monographs.exchange.marked.markdown import read_markdown, write_markdown
from monographs.leaflets.content import Content, MedicineContent, SectionContent, SourceContent
from monographs.leaflets.sections import BY_KEY
from monographs.medicines.models import NameKind
from monographs.refusals import Unacceptable

SAMPLES = sorted((Path(monographs.__file__).parent / "samples").glob("*-v*.md"))

LEAFLET = """\
+++
medicine = "Cetirizine"
drug_class = "Antihistamine"
atc_code = "R06AE07"
title = "Cetirizine tablets"
language = "en"
edition = "standard"
next_review_on = 2028-02-29
change_note = "First version."
change_size = "major"
key_facts = [
  "Take it *once* a day.",
  "It can make you sleepy.",
]
names = [
  { name = "Zirtek", kind = "brand" },
  { name = "Cetirizine hydrochloride", kind = "synonym" },
  { name = "Reactine", kind = "brand" },
]
codes = [{ system = "RxNorm", code = "20610" }]

[[sources]]
citation = "A textbook, 3rd edition."
url = "https://books.example/3"
accessed_on = "2026-01-31"
supports = ["uses", "dosage"]

[[sources]]
citation = "Another."

[sample]
state = "published"
replies = 3
+++
## What it is {#what_it_is}

An antihistamine.

### How it works

It blocks histamine.

## Side effects {#side_effects}

::: emergency
## Your face swells
:::

## Storage

Dry.

## If you take too much {#overdose .not-applicable}

Nothing is known about
too much of it.
"""


def front(**changes):
    fields = {"medicine": '"Cetirizine"', **changes}
    return "+++\n" + "".join(f"{name} = {value}\n" for name, value in fields.items()) + "+++\nText.\n"


def test_front_matter_fills_every_field():
    imported = read_markdown(LEAFLET)

    assert imported.content == Content(
        title="Cetirizine tablets",
        medicine=MedicineContent("Cetirizine", ("Zirtek", "Reactine"), "Antihistamine", "R06AE07"),
        language="en",
        edition="standard",
        key_facts=("Take it *once* a day.", "It can make you sleepy."),
        sections=(
            SectionContent(
                "what-it-is",
                "what_it_is",
                "What it is",
                "An antihistamine.\n\n### How it works\n\nIt blocks histamine.",
            ),
            SectionContent("side-effects", "side_effects", "Side effects", "::: emergency\n## Your face swells\n:::"),
            SectionContent("storage", "storage", "Storage", "Dry."),
            SectionContent(
                "overdose", "overdose", "If you take too much", "", True, "Nothing is known about\ntoo much of it."
            ),
        ),
        sources=(
            SourceContent("A textbook, 3rd edition.", "https://books.example/3", "2026-01-31", ("uses", "dosage")),
            SourceContent("Another."),
        ),
        next_review_on="2028-02-29",
    )
    assert imported.names == (
        ("Zirtek", "brand"),
        ("Cetirizine hydrochloride", "synonym"),
        ("Reactine", "brand"),
    )
    assert imported.codes == (("RxNorm", "20610"),)
    assert (imported.change_note, imported.change_size) == ("First version.", "major")
    assert imported.extras == {"sample": {"state": "published", "replies": 3}}


def test_placements_name_lines_of_the_file():
    placed = read_markdown(LEAFLET).placed
    lines = LEAFLET.split("\n")

    assert placed[0] == Placement(0, "Cetirizine tablets", "title", 2, "the file has no title line")
    assert [lines[place.line - 1].split(" {")[0] for place in placed[1:]] == [
        "## What it is",
        "## Side effects",
        "## Storage",
        "## If you take too much",
    ]
    assert [place.note for place in placed[1:]] == [
        "marked with this kind",
        "marked with this kind",
        "the heading names this kind",
        "marked as not applicable; the text is the reason",
    ]
    assert placed[1].words == 8


def test_plain_markdown_has_title_introduction_and_sections_in_the_order_of_the_file():
    text = "Before.\n\n# Cetirizine *tablets*\n\nAfter.\n\nSide effects\n---\n\nSleepy.\n\n"
    text += "## Uses of Cetirizine ##\n\nHay fever.\n\n## Travel\n\n### Flying\n\nFine.\n\n# More information\n"
    imported = read_markdown(text)

    assert imported.content.title == "Cetirizine tablets"
    assert imported.content.medicine.name == "Cetirizine"
    assert [(section.key, section.heading, section.body) for section in imported.content.sections] == [
        ("introduction", "In short", "Before.\n\nAfter."),
        ("side-effects", "Side effects", "Sleepy."),
        ("uses", "Uses of Cetirizine", "Hay fever.\n\n### Travel\n\n#### Flying\n\nFine."),
        ("more", "More information", ""),
    ]
    assert [place.line for place in imported.placed] == [3, 1, 7, 12, 22]


def test_closed_code_is_text_and_open_code_hides_no_heading():
    closed = read_markdown("## Uses\n\n```\n## Dosage\n```\n", medicine="X").content
    left_open = read_markdown("## Uses\n\n```\n## Dosage\n\nTake 5 mg.", medicine="X").content

    assert [section.body for section in closed.sections] == ["\\## Dosage"]
    assert [(section.kind, section.body) for section in left_open.sections] == [("uses", ""), ("dosage", "Take 5 mg.")]


def test_written_file_reads_back_the_same():
    imported = read_markdown(LEAFLET)
    written = write_markdown(
        imported.content,
        names=imported.names,
        codes=imported.codes,
        change_note=imported.change_note,
        change_size=imported.change_size,
        extras=imported.extras,
    )
    again = read_markdown(written)

    assert dataclasses.replace(again, placed=()) == dataclasses.replace(imported, placed=())
    assert "## Storage {#storage}\n\nDry.\n" in written


@pytest.mark.parametrize("marks", ["", " {.body}", " {.body} {.body}"])
@pytest.mark.parametrize("body", ["## X {#uses}%s", "```\n## X {#uses}%s\n```", "X%s\n===", "X%s\nY\n---"])
def test_what_looks_like_a_section_in_a_text_reads_back_as_that_text(body, marks):
    section = SectionContent("dosage", "dosage", "How to take it", body % marks)
    content = Content(title="T", medicine=MedicineContent("Cetirizine"), sections=(section,))
    assert read_markdown(write_markdown(content)).content == content


def test_brands_of_the_content_are_written_without_a_list_of_names():
    content = Content(title="T", medicine=MedicineContent("Cetirizine", brands=("Zirtek",)))
    written = write_markdown(content, names=(("Old name", "former"), ("Forgotten", "brand")))

    assert read_markdown(written).content == content
    assert read_markdown(written).names == (("Zirtek", "brand"), ("Old name", "former"))


def test_extras_of_every_type_read_back_the_same():
    extras = {"sample": {"a key": [1, 2.5, True, {"x": "1\n2"}], "on": "2026-01-01", "empty": {}}}
    content = Content(title="T", medicine=MedicineContent("Cetirizine"))

    assert read_markdown(write_markdown(content, extras=extras)).extras == extras


def test_any_content_reads_back_the_same():
    rnd = random.Random(5)  # noqa: S311 - a test's choice of lines, no secret
    lines = ["Text.", "# One", "## Two", "Two\n---", "One\n===", "### Three", "```", "    code", "", "", "+++", "##"]
    lines += ["## X {#dosage}", "## X {#dosage} {.body}", "## Y {.body}", "- item", "> quote", "::: tell", ":::"]
    lines += ["[a]: /u", "## {#uses}", "## X {#uses .not-applicable key=k}", "a | b\n--- | ---", "trailing  "]
    headings = ["", "Dosage", "A *star*", "{#dosage}", "C#", "Foo ##", "1. What?", "[x](y) & <b>", "ما هو", "`a` \\"]
    for _round in range(400):
        sections = []
        for number in range(rnd.randint(0, 5)):
            text = "\n".join(rnd.choice(lines) for _ in range(rnd.randint(0, 6)))
            while text != (text := text.strip("\n").removeprefix(" \n")):
                continue
            is_not_applicable = rnd.random() < 0.2
            sections.append(
                SectionContent(
                    key=f"key-{number}",
                    kind=rnd.choice(list(BY_KEY)),
                    heading=rnd.choice(headings),
                    body="" if is_not_applicable else text,
                    is_not_applicable=is_not_applicable,
                    reason=text if is_not_applicable else "",
                )
            )
        content = Content(
            title='A “title” with "quotes" \\ and\u2028more\x7f',
            medicine=MedicineContent("Med"),
            edition="easy-read",
            language="ar",
            sections=tuple(sections),
        )
        assert read_markdown(write_markdown(content)).content == content


def test_keys_are_written_only_where_they_differ():
    sections = (
        SectionContent("dosage", "dosage", "Dosage", "a"),
        SectionContent("children", "dosage", "Children", "b"),
        SectionContent("dosage-2", "dosage", "Elderly", "c"),
    )
    content = Content(title="T", medicine=MedicineContent("X"), sections=sections)
    written = write_markdown(content)

    assert written.count("key=") == 1
    assert read_markdown(written).content == content


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_every_sample_leaflet_reads_and_reads_back_the_same(sample):
    imported = read_markdown(sample.read_text(encoding="utf-8"))
    assert imported.content.sections

    again = read_markdown(
        write_markdown(
            imported.content,
            names=imported.names,
            codes=imported.codes,
            change_note=imported.change_note,
            change_size=imported.change_size,
            extras=imported.extras,
        )
    )
    assert dataclasses.replace(again, placed=()) == dataclasses.replace(imported, placed=())


def test_there_are_sample_leaflets():
    assert SAMPLES


def test_kinds_of_names_are_those_of_medicines():
    assert set(NAME_KINDS) == set(NameKind.values)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (front(title="3"), "Line 3, “title” in the front matter: this must be a text"),
        (front(titel='"T"'), "Line 3, “titel” in the front matter: there is no such field"),
        (front(key_facts='["a", 1]'), "“key_facts” in the front matter: this must be a list of texts"),
        (front(next_review_on='"soon"'), "“next_review_on” in the front matter: “soon” is not a date"),
        (front(next_review_on='"1/6/2028"'), "can be read as 1 June 2028 or as 6 January 2028"),
        (front(next_review_on="2026-01-01T10:00:00"), "this must be a date"),
        (front(change_size='"huge"'), "this must be one of: minor, major"),
        (front(language='"xx"'), "“xx” is not a language"),
        (front(names='["Zirtek"]'), "this must be a list of tables with the fields name, kind"),
        (front(names='[{name = "Z", kind = "bradn"}]'), "“kind” of number 1: this must be one of: generic, brand"),
        (front(names='[{name = "Z"}]'), "number 1 needs a “kind”"),
        (front(codes='[{system = "UNII", number = 3}]'), "“number” of number 1: there is no such field"),
        (front(sources='[{url = "https://a.example"}]'), "number 1 needs a “citation”"),
        (front(sources='[{citation = "A", supports = ["dose"]}]'), "“dose” is not a kind of section"),
        (front(sample='"published"'), "“sample” in the front matter: this must be a table"),
        ("\n+++\ntitle =\n+++\nText.", r"not valid TOML: Invalid value \(at line 3, column 8\)"),
        ("+++\ntitle = 'T'\n", "begins in line 1 does not end"),
        (front() + "\n## Dose {#dose}\n", "Line 6: “dose” is not a kind of section"),
        (front() + "\n## Dose {#dosage .big}\n", "Line 6: “.big” means nothing"),
        (front() + "\n## Dose {#dosage key=}\n", "Line 6: “key=” means nothing"),
        (front() + "\n## A {#uses key=k}\n\n## B {#uses key=k}\n", "key “k” is given to two sections"),
        ("+++\ntitle = 'One'\nmedicine = 'X'\n+++\n# Two\n", "Line 5 has the title “Two”, the front matter “One”"),
        ("Take one.", "--medicine NAME"),
        ("\n---\n", "no words"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(Unacceptable, match=sentence):
        read_markdown(text)


def test_two_different_medicines_are_refused():
    with pytest.raises(Unacceptable, match="is about “Cetirizine”, but --medicine says “Loratadine”"):
        read_markdown(LEAFLET, medicine="Loratadine")
    assert read_markdown(LEAFLET, medicine="cetirizine").content.medicine.name == "Cetirizine"


def test_language_of_the_file_wins_over_the_given_one():
    assert read_markdown(LEAFLET, language="fr").content.language == "en"
    assert read_markdown("Texte.", medicine="X", language="fr").content.language == "fr"
