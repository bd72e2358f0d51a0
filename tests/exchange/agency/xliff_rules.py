"""The rules of XLIFF 2.1 core that a file of ours is held against, in the words of its schema: which elements stand in
which, in which order, with which attributes, and which names are there once."""

import re
import xml.etree.ElementTree as ET

from monographs.exchange.agency.xliff import NAMESPACE

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_INLINE = "(ph|mrk)*"
# element → its children as a pattern of names, attributes that it must have and may have, whether it may have words
RULES = {
    "xliff": ("(file)+", {"version", "srcLang"}, {"trgLang"}, False),
    "file": ("(notes)?(unit|group)+", {"id"}, {"original", "canResegment", "translate", SPACE}, False),
    "group": ("(notes)?(unit|group)*", {"id"}, {"name", "canResegment", "translate", SPACE}, False),
    "unit": ("(notes)?(originalData)?(segment|ignorable)+", {"id"}, {"name", "translate", SPACE}, False),
    "notes": ("(note)+", set(), set(), False),
    "note": ("", set(), {"id", "appliesTo", "category", "priority"}, True),
    "originalData": ("(data)+", set(), set(), False),
    "data": ("", {"id"}, {"dir", SPACE}, True),
    "segment": ("(source)(target)?", set(), {"id", "state", "subState", "canResegment"}, False),
    "ignorable": ("(source)(target)?", set(), {"id"}, False),
    "source": (_INLINE, set(), {SPACE}, True),
    "target": (_INLINE, set(), {SPACE, "order"}, True),
    "ph": ("", {"id"}, {"dataRef", "disp", "equiv", "canCopy", "canDelete", "canReorder"}, False),
    "mrk": (_INLINE, {"id"}, {"translate", "type", "value"}, True),
}
_TOKEN = re.compile(r"[\w.:-]+")


def check(data: bytes) -> None:
    """Raise AssertionError for the first rule that is broken."""
    root = ET.fromstring(data)  # noqa: S314 - made here
    assert _name(root) == "xliff"
    assert root.get("version") == "2.1"
    for element in root.iter():
        _check(element)
    units = [unit.get("id") for unit in root.iter(f"{{{NAMESPACE}}}unit")]
    assert len(units) == len(set(units))
    for unit in root.iter(f"{{{NAMESPACE}}}unit"):
        _check_unit(unit)


def _name(element: ET.Element) -> str:
    assert element.tag.startswith(f"{{{NAMESPACE}}}")
    return element.tag.partition("}")[2]


def _check(element: ET.Element) -> None:
    name = _name(element)
    children, needed, allowed, has_words = RULES[name]
    inside = "".join(f"({_name(child)})" for child in element)
    pattern = re.sub(r"\w+", lambda one: rf"\({one[0]}\)", children)
    assert re.fullmatch(pattern, inside), (name, inside)
    assert needed <= set(element.attrib) <= needed | allowed, (name, element.attrib)
    assert has_words or not (element.text or "").strip(), name
    assert _TOKEN.fullmatch(element.get("id", "x"))


def _check_unit(unit: ET.Element) -> None:
    parts = [one.get("id") for one in unit if _name(one) in ("segment", "ignorable")]
    assert len(parts) == len(set(parts))
    data = {one.get("id") for one in unit.iter(f"{{{NAMESPACE}}}data")}
    for side in ("source", "target"):
        marks = [ph for one in unit.iter(f"{{{NAMESPACE}}}{side}") for ph in one.iter(f"{{{NAMESPACE}}}ph")]
        assert len(marks) == len({ph.get("id") for ph in marks})
        assert {ph.get("dataRef") for ph in marks} <= data
