"""Front matter between ``---``: read or refused, never published."""

import pytest

from monographs.audit.models import Entry
from monographs.exchange.actions import import_leaflet
from monographs.exchange.formats import read
from monographs.refusals import Unacceptable

TEXT = """\
---
# written with another program
title: "Testamol: tablets"
date: 2024-05-01
tags: [pain, 'high fever']
authors:
  - Ana
  - Bruno
draft: false
---
## Uses

Pain.
"""


def told(imported) -> list[str]:
    return [remark.text for remark in imported.remarks]


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_title_and_date_are_read_and_the_rest_is_reported(name, ends):
    imported = read(TEXT.replace("\n", ends).encode(), filename=name, medicine="Testamol")

    assert (imported.content.title, imported.dated) == ("Testamol: tablets", "2024-05-01")
    assert [(section.kind, section.body) for section in imported.content.sections] == [("uses", "Pain.")]
    assert [remark.line for remark in imported.remarks] == [4, 5, 6, 9]
    assert told(imported)[1:] == [
        "“tags” of the front matter was left out: “pain, high fever”.",
        "“authors” of the front matter was left out: “Ana, Bruno”.",
        "“draft” of the front matter was left out: “false”.",
    ]


def test_medicine_and_language_are_read():
    content = read(b"---\nmedicine: Testamol\nlang: es\n---\nUno.", filename="a.md").content
    assert (content.medicine.name, content.language) == ("Testamol", "es")


def test_heading_beside_the_title_is_a_heading():
    imported = read(b"---\ntitle: Testamol\n---\n# Uses\n\nPain.\n\n# Storage\n\nDry.", filename="a.md")
    assert [section.kind for section in imported.content.sections] == ["uses", "storage"]


def test_line_across_the_page_is_no_front_matter():
    content = read(b"---\n\nWords.\n\n---\n\nMore.", filename="a.md", medicine="Testamol").content
    assert content.sections[0].body == "Words.\n\nMore."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("---\ntitle: T\n", "begins in line 1 does not end"),
        ("\n\n---\ntitle: T\n", "begins in line 3 does not end"),
        ("---\ntitle: T\nTake 5 mg\n---\nText", "Line 3 of the front matter can't be read: “Take 5 mg”"),
        ("---\ntitle: {a: b}\n---\nText", "Line 2 of the front matter can't be read"),
        ("---\ntitle: |\n  Long\n---\nText", "Line 2 of the front matter can't be read"),
        ("---\ntitle: 'open\n---\nText", "Line 2 of the front matter can't be read"),
        ("---\ntitle:\n  - a\n---\nText", "Line 2, “title” in the front matter: this must be one text in one line"),
        ("---\ntitle: [a, b]\n---\nText", "Line 2, “title” in the front matter: this must be one text in one line"),
        ("---\ntitle: a\ntitle: b\n---\nText", "Line 3: “title” stands in line 2 of the front matter already"),
        ("---\ndate: soon\n---\nText", "Line 2, “date” in the front matter: this must be a date such as 2026-03-31"),
        ("---\nlang: klingon\n---\nText", "“klingon” is not a language"),
        ("---\njust words\n---\nText", "Line 2 of the front matter can't be read"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(Unacceptable, match=sentence):
        read(text.encode(), filename="a.md", medicine="Testamol")


@pytest.mark.django_db
def test_date_of_the_file_is_on_record():
    result = import_leaflet(TEXT.encode(), filename="a.md", medicine="Testamol", by=None)

    assert Entry.objects.get(verb="leaflet.imported").data == '{"dated":"2024-05-01","file":"a.md"}'
    assert len(result.remarks) == 4
