"""Files that are damaged, hostile or simply not leaflets: one sentence, in bounded time, and no row anywhere."""

import contextlib
import io
import os

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from monographs.leaflets.actions import start_leaflet
from monographs.leaflets.models import Section
from monographs.text.markup.markdown import render
from tests.faults.markup import alive_in
from tests.makers import make_medicine

pytestmark = pytest.mark.django_db

FRONT = '+++\ntitle = "Testamol"\n[medicine]\nname = "Testamol"\n+++\n'
HEADED = "What is Testamol?\n\nTestamol is a medicine.\n\n"


def all_rows() -> dict[str, int]:
    """How many rows each table has, asked in one question."""
    tables = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})
    with connection.cursor() as cursor:
        counts = ", ".join(f'(SELECT count(*) FROM "{table}")' for table in tables)  # noqa: S608 - our own tables
        cursor.execute(f"SELECT {counts}")
        return dict(zip(tables, cursor.fetchone(), strict=True))


def bring_in(path, *arguments: str) -> str:
    out = io.StringIO()
    call_command("import_leaflet", str(path), *arguments, stdout=out)
    return out.getvalue()


def refusal(path, *arguments: str) -> str:
    before = all_rows()
    with pytest.raises(CommandError) as error:
        bring_in(path, *arguments)
    assert all_rows() == before
    assert len(str(error.value)) > 20
    return str(error.value)


def test_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "t.txt"
    path.write_text(HEADED)
    path.chmod(0)
    if os.access(path, os.R_OK):  # the superuser reads anything
        monkeypatch.setattr("pathlib.Path.read_bytes", _refuse)
    assert "can't be read" in refusal(path)


def _refuse(path):
    raise PermissionError(13, "Permission denied", str(path))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("\u00a0\u2003\u200b\n\t\n".encode(), "white.txt"),
        (b"\xff\xfe", "mark.txt"),
        (b"\xff\xfeW", "odd.txt"),
        (b"\xff\xfe\x00\xd8", "surrogate.txt"),
        (b"\xef\xbb\xbf", "utf8.md"),
        (b"\x1f\x8b\x08" + os.urandom(300), "packed.txt"),
        (b"PK\x03\x04" + b"\x00" * 300, "leaflet.md"),
        (HEADED.encode() + b"\x00", "nul.txt"),
        (b"+++\n", "open.md"),
        (b"+++\ntitle = \n+++\n## x\n\ny\n", "broken.md"),
        (b"+++\ntitle = 'a\n+++\n## x\n\ny\n", "quote.md"),
        (b"+++\n" + b"a = [" * 3_000 + b"\n+++\n## x\n\ny\n", "deep.md"),
        (b"+++\na = " + b"[" * 3_000 + b"]" * 3_000 + b"\n+++\n## x\n\ny\n", "nested.md"),
        (b"+++\n" + b"a." * 30_000 + b"b = 1\n+++\n## x\n\ny\n", "dotted.md"),
        (b'+++\ntitle = "Testamol"\nmedicine = "Testamol"\nlanguage = "xx"\n+++\n## What it is\n\ny\n', "language.md"),
    ],
)
def test_file_that_is_no_leaflet_is_refused(tmp_path, content, name):
    path = tmp_path / name
    path.write_bytes(content)
    refusal(path)


WRONG = (
    "1", "1.5", "true", "[]", "{}", "[1]", '[["a"]]', "{a = 1}", "2026-01-01", "1979-05-27T07:32:00Z", '""',
    '"\\u0000"', '"' + "x" * 5_000 + '"', "nan", "-9" + "9" * 30, "[[]]", "[{}]", "[{citation = 1}]", "'a\tb'",
    '"a\\nb"',
)  # fmt: skip
FIELDS = (
    "title", "medicine", "language", "edition", "key_facts", "next_review_on", "sources", "brands", "names", "codes",
    "drug_class", "atc_code", "change_note", "change_size", "sample",
)  # fmt: skip

GOOD = {"title": "'Testamol'", "medicine": "'Testamol'"}
TEXT = "## What it is\n\nA medicine.\n"


def front_matter(**fields: str) -> str:
    return "+++\n" + "".join(f"{name} = {value}\n" for name, value in fields.items()) + "+++\n" + TEXT


@pytest.mark.parametrize("field", FIELDS)
def test_wrong_type_in_front_matter_is_a_sentence_or_does_no_harm(tmp_path, field):
    path, before = tmp_path / "t.md", all_rows()
    in_a_table = "+++\n[medicine]\nname = 'Testamol'\n{field} = {value}\n+++\n" + TEXT
    for value in WRONG:
        for written in (front_matter(**GOOD | {field: value}), in_a_table.format(field=field, value=value)):
            path.write_text(written)
            with contextlib.suppress(CommandError):
                bring_in(path, "--dry-run")
            assert all_rows() == before


def test_the_same_front_matter_with_nothing_wrong_in_it_is_taken(tmp_path):
    path, before = tmp_path / "t.md", all_rows()
    path.write_text(front_matter(**GOOD))
    bring_in(path, "--dry-run")
    assert all_rows() == before
    bring_in(path)
    assert Section.objects.get().body == "A medicine."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "latin-1", "cp1252", "utf-8-sig", "utf-32"])
def test_text_in_another_encoding_is_read_or_refused_but_never_garbled(tmp_path, encoding):
    path = tmp_path / "t.txt"
    path.write_bytes((HEADED + "Trinken Sie Kräutertee für den Magen.\n").encode(encoding))
    before = all_rows()
    try:
        bring_in(path)
    except CommandError:
        assert all_rows() == before
    else:
        assert "Kräutertee für" in Section.objects.get().body


def test_address_that_another_leaflet_has_is_refused(tmp_path):
    start_leaflet(make_medicine("Othermol"), by=None, slug="testamol")
    path = tmp_path / "t.txt"
    path.write_text(HEADED)
    assert "testamol" in refusal(path)


def _of(unit: str, size: int = 120_000) -> str:
    return unit * (size // len(unit))


BOMBS = {
    "nested quotes": _of(">"),
    "nested lists": "\n".join("  " * depth + "- x" for depth in range(400)),
    "lists in one line": _of("- "),
    "open emphasis": _of("*a_b"),
    "stars": _of("*"),
    "open links": _of("["),
    "open pictures": _of("!["),
    "half links": _of("[a]("),
    "backticks": " ".join("`" * length for length in range(1, 500)),
    "10,000 headings": "### h\n\n" * 10_000,
    "10,000 links": "[a](https://a.example/)\n" * 10_000,
    "10,000 references": "[a]: https://a.example/\n" * 10_000 + "[a]\n",
    "wide table": "|a" * 5_000 + "|\n" + "|-" * 5_000 + "|\n" + "|b|\n" * 50,
    "cards": _of("::: emergency\n"),
    "entities": _of("&"),
    "digits": _of("1"),
    "numbers": _of("1 "),
    "one word": _of("x"),
    "spaces": "x" + _of(" ") + "y",
    "empty lines": "x" + _of("\n") + "y",
    "open tags": _of("<a "),
    "lines": _of("Take it now\n"),
    "headings of unmarked text": _of("What is Testamol?\n\n"),
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("kind", [pytest.param("txt", marks=pytest.mark.once), "md"])  # to a database it is one text
def test_bomb_ends_in_a_draft_or_in_a_sentence(tmp_path, bomb, kind):
    """Of a size that an algorithm of the square would chew on for minutes; the suite's own patience is the limit."""
    path = tmp_path / f"t.{kind}"
    path.write_text((HEADED if kind == "txt" else FRONT + "## What it is\n\n") + BOMBS[bomb] + "\n")
    before = all_rows()
    try:
        bring_in(path, "--medicine", "Testamol")
    except CommandError:
        assert all_rows() == before


@pytest.mark.once  # no database is asked
@pytest.mark.parametrize("bomb", BOMBS)
def test_bomb_is_rendered_right_to_left_too(bomb):
    assert alive_in(render(BOMBS[bomb], language="ar")) == []
