import random

import pytest

from monographs.exchange import formats
from monographs.exchange.formats import MAX_BYTES, decode, read
from monographs.refusals import Unacceptable
from tests.exchange.texts import WEB_PAGE

MARKDOWN = "+++\nmedicine = 'Cetirizine'\n+++\n## Uses\n\nHay fever – don’t wait.\n"


@pytest.mark.parametrize("filename", ["leaflet.md", "LEAFLET.MARKDOWN", "leaflet.txt", "leaflet"])
def test_front_matter_is_markdown_whatever_the_name(filename):
    content = read(MARKDOWN.encode(), filename=filename).content

    assert content.sections[0].body == "Hay fever – don’t wait."


def test_name_tells_markdown_from_plain_text():
    data = b"Uses\n\n## Hay fever\n\nYes."

    assert [section.kind for section in read(data, filename="a.md", medicine="X").content.sections] == [
        "introduction",
        "other",
    ]
    assert read(data, filename="a.txt", medicine="X").content.sections[0].body == "\\## Hay fever\n\nYes."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_decoded_as_it_was_saved(encoding):
    assert read(WEB_PAGE.encode(encoding), filename="a.txt") == read(WEB_PAGE.encode(), filename="a.txt")


def test_big_endian_utf_16_is_decoded():
    assert decode(b"\xfe\xff" + "Käse".encode("utf-16-be"), filename="a.txt") == "Käse"


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n"])
def test_empty_file_is_refused(data):
    with pytest.raises(Unacceptable, match="“a.txt” is empty"):
        read(data, filename="a.txt")


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", b"- * -\n"])
def test_file_without_words_is_refused(data):
    with pytest.raises(Unacceptable, match="no words"):
        read(data, filename="a.txt", medicine="X")


@pytest.mark.parametrize(
    "data",
    [
        b"Uses\x00of",
        b"Uses\x07of",
        b"\xff\xfeU\x00s",
        b"\xff\xfeU\x00\x00\x00",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        "Слово".encode("cp1251"),
        random.Random(3).randbytes(400),  # noqa: S311 - any bytes
    ],
)
def test_binary_file_is_refused(data):
    with pytest.raises(Unacceptable, match="“a.txt” is not a text file"):
        read(data, filename="a.txt", medicine="X")


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"{\\rtf1 Uses}", "RTF"), (b"%PDF-1.7 Uses", "PDF"), (b"\n<!DOCTYPE html><p>Uses", "HTML")],
)
def test_other_format_under_a_text_name_is_refused(data, name):
    with pytest.raises(Unacceptable, match=f"“a.txt” is {name} inside"):
        read(data, filename="a.txt", medicine="X")


def test_five_megabytes_of_text_are_refused_with_both_sizes():
    with pytest.raises(Unacceptable, match="has 5,000,000 bytes; a leaflet may have at most 1,000,000 bytes"):
        read(b"word " * 1_000_000, filename="a.txt", medicine="X")


def test_largest_text_is_read():
    data = (b"word " * 20 + b"end.\n\n") * (MAX_BYTES // 106)
    assert len(read(data, filename="a.txt", medicine="X").content.sections) == 1


@pytest.mark.parametrize("filename", ["leaflet.docx", "leaflet.pdf", "leaflet"])
def test_unknown_format_is_refused_with_those_that_are_known(filename):
    with pytest.raises(Unacceptable, match=r"The formats are: Markdown \(.md, .markdown\), plain text \(.txt, .text\)"):
        read(b"Uses", filename=filename, medicine="X")


@pytest.mark.parametrize("filename", ["a.txt", "a.md"])
def test_unknown_language_is_refused(filename):
    with pytest.raises(Unacceptable, match="“klingon” is not a language"):
        read(b"Uses", filename=filename, medicine="X", language="klingon")


def test_a_file_of_just_the_size_that_may_be_is_read(monkeypatch):
    monkeypatch.setattr(formats, "MAX_BYTES", len(MARKDOWN.encode()))
    assert read(MARKDOWN.encode(), filename="a.md").content.sections
    with pytest.raises(Unacceptable, match="may have at most"):
        read(MARKDOWN.encode() + b"\n", filename="a.md")


def test_front_matter_is_seen_with_the_line_ends_of_every_system():
    for end in ("\n", "\r\n", "\r"):
        data = f"\n{MARKDOWN}".replace("\n", end).encode()
        assert read(data, filename="a.txt").content.medicine.name == "Cetirizine"


def test_western_letters_are_a_third_of_a_text_at_most():
    assert decode("äbc".encode("cp1252"), filename="a.txt") == "äbc"
    with pytest.raises(Unacceptable, match="not a text file"):
        decode("äb".encode("cp1252"), filename="a.txt")
