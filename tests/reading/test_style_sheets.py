"""The style sheets work from right to left by themselves: nothing in them is said of left or right."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SHEETS = sorted((Path(settings.BASE_DIR) / "monographs/static/monographs/css").glob("*.css"))
FOR_READERS = [sheet for sheet in SHEETS if sheet.name in ("public.css", "print.css", "tokens.css")]
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([-\w]+)\s*:\s*([^;{}]+)[;}]")
_SIDES = re.compile(r"(?:^|-)(?:left|right)(?:-|$)")
_FOUR = {
    "margin",
    "padding",
    "inset",
    "border-width",
    "border-style",
    "border-color",
    "scroll-margin",
    "scroll-padding",
}

each_sheet = pytest.mark.parametrize("sheet", FOR_READERS, ids=lambda sheet: sheet.name)


def rules(sheet: Path) -> list[tuple[str, str]]:
    """Each property with its value."""
    return [(name, value.strip()) for name, value in _RULE.findall(_COMMENT.sub("", sheet.read_text(encoding="utf-8")))]


def words(value: str) -> list[str]:
    """Its parts, those in brackets whole."""
    return re.findall(r"(?:[^\s(]|\((?:[^()]|\([^()]*\))*\))+", value)


def test_the_rules_are_read():
    found = rules(FOR_READERS[1])
    assert len(found) > 400
    assert ("margin-inline", "auto") in found
    assert words("calc(1rem + (2 * 3px)) 0 var(--gap)") == ["calc(1rem + (2 * 3px))", "0", "var(--gap)"]


@each_sheet
def test_no_property_names_left_or_right(sheet):
    assert [name for name, _value in rules(sheet) if _SIDES.search(name)] == []


@each_sheet
def test_nothing_is_aligned_or_floated_to_the_left_or_right(sheet):
    named = ("text-align", "float", "clear", "justify-content", "justify-items", "justify-self")
    assert [value for name, value in rules(sheet) if name in named and _SIDES.search(value)] == []


@each_sheet
def test_what_is_given_for_four_sides_is_the_same_left_and_right(sheet):
    for name, value in rules(sheet):
        sides = words(value)
        if name in _FOUR and len(sides) == 4:
            assert sides[1] == sides[3], f"{name}: {value}"
        if name == "border-radius":  # from the top left, clockwise; what is not given is as in the opposite corner
            corners = (*sides, *sides[:1] * (len(sides) < 2), *sides[:1] * (len(sides) < 3))
            top_left, top_right, bottom_right, bottom_left = (*corners, corners[1])[:4]
            assert (top_left, bottom_right) == (top_right, bottom_left), f"{name}: {value}"


@each_sheet
def test_no_language_is_quoted(sheet):
    """Chromium drops the whole rule that has a quoted one (measured in 156)."""
    assert re.findall(r":lang\(\s*[\"']", sheet.read_text(encoding="utf-8")) == []


def test_each_sheet_for_readers_is_there():
    assert [sheet.name for sheet in FOR_READERS] == ["print.css", "public.css", "tokens.css"]
