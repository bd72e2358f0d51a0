"""What a file for an agency must keep: the core schema of XLIFF 2 (`schema/README.md`), and what no schema can say.

The latter after XLIFF 2.1, section 4: the constraints of `id`, `trgLang`, `unit`, `data` and `target`, which 2.1 also
writes as Schematron (the names of its patterns stand beside them), and its editing hints.
"""

from functools import lru_cache
from pathlib import Path

from lxml import etree

from monographs.exchange.agency.xliff import NAMESPACE

SCHEMA = Path(__file__).with_name("schema") / "xliff_core_2.0.xsd"
_NAMES = {"x": NAMESPACE}


def check(data: bytes) -> None:
    """Raise AssertionError for what is no valid XLIFF 2.1, with each rule that is broken."""
    root = etree.fromstring(data)  # noqa: S320 - made here
    broken = [str(error) for error in _errors_of_schema(root)]
    broken += _of_the_file(root)
    for unit in root.iterfind(".//x:unit", _NAMES):
        broken += [f"{unit.get('id')}: {what}" for what in _of_a_unit(unit)]
    assert not broken, "\n".join(broken)


@lru_cache(maxsize=1)
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(file=str(SCHEMA))


def _errors_of_schema(root: etree._Element) -> list:
    rules = schema()
    return [] if rules.validate(root) else list(rules.error_log)


def _of_the_file(root: etree._Element) -> list[str]:
    broken = [] if root.get("version") == "2.1" else ["version"]
    for name in ("srcLang", "trgLang"):
        if not _is_language(root.get(name) or "en"):
            broken.append(f"{name} is no xs:language")
    if root.find(".//x:target", _NAMES) is not None and not root.get("trgLang"):
        broken.append("a target, and no trgLang (F1)")
    for file in root.iterfind("x:file", _NAMES):
        for kind in ("group", "unit"):  # K2, K3
            broken += _twice(kind, [one.get("id") for one in file.iterfind(f".//x:{kind}", _NAMES)])
    broken += _twice("file", [file.get("id") for file in root.iterfind("x:file", _NAMES)])  # K1
    for notes in root.iterfind(".//x:notes", _NAMES):  # K4
        broken += _twice("note", [note.get("id") for note in notes if note.get("id")])
    return broken


def _of_a_unit(unit: etree._Element) -> list[str]:
    segments = unit.findall("x:segment", _NAMES)
    parts = [*segments, *unit.findall("x:ignorable", _NAMES)]
    sources, targets = (
        [[one for one in part.iterfind(f"x:{side}//*", _NAMES) if one.get("id")] for part in parts]
        for side in ("source", "target")
    )
    broken = [] if segments else ["no segment (F3)"]
    inside = [one.get("id") for part in sources for one in part]
    broken += _twice("part", [part.get("id") for part in parts if part.get("id")] + inside)  # K6
    data = [one.get("id") for one in unit.iterfind("x:originalData/x:data", _NAMES)]
    broken += _twice("data", data)  # K5
    for part, source, target in zip(parts, sources, targets, strict=True):
        broken += _of_codes(source, target, data, taken=set(inside))
        if part.get("state", "initial") != "initial" and part.find("x:target", _NAMES) is None:
            broken.append("a state without a target")
        if part.find("x:target", _NAMES) is not None:
            said = part.find("x:target", _NAMES).get("{http://www.w3.org/XML/1998/namespace}lang")
            expected = unit.getroottree().getroot().get("trgLang")
            broken += [] if said in (None, expected) else ["the target's language (F4)"]
    return broken


def _of_codes(source: list, target: list, data: list[str], *, taken: set[str]) -> list[str]:
    """What ties the locks of a segment to their data and those of a target to those of its source."""
    refs = [one.get(name) for one in (*source, *target) for name in ("dataRef", "dataRefStart", "dataRefEnd")]
    broken = [f"{ref} is no data" for ref in refs if ref and ref not in data]
    known = {one.get("id"): one for one in source}
    for one in target:  # K8
        twin = known.get(one.get("id"))
        if twin is None and one.get("id") in taken:
            broken.append(f"{one.get('id')} belongs to another segment (K8)")
        if twin is not None and twin.tag != one.tag:
            broken.append(f"{one.get('id')} is another element in the target (K8)")
    if target or source:
        broken += _of_editing(source, [one.get("id") for one in target])
    return broken


def _of_editing(source: list, came: list[str]) -> list[str]:
    """Editing hints: where there is a target, what may not be deleted is in it, what may not be copied once."""
    broken = []
    for code in source if came else ():
        if code.get("canDelete") == "no" and code.get("id") not in came:
            broken.append(f"{code.get('id')} was deleted")
        if code.get("canCopy") == "no" and came.count(code.get("id")) > 1:
            broken.append(f"{code.get('id')} was copied")
    return broken


def _twice(kind: str, names: list[str | None]) -> list[str]:
    return [f"{kind} {name} is there twice" for name in sorted({str(one) for one in names}) if names.count(name) > 1]


def _is_language(text: str) -> bool:
    """xs:language, of XML Schema part 2, 3.3.3: letters, then parts of letters and digits, up to eight each."""
    first, *rest = text.split("-")
    return (
        text.isascii()
        and first.isalpha()
        and all(1 <= len(part) <= 8 for part in (first, *rest))
        and all(part.isalnum() for part in rest)
    )
