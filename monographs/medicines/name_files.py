"""Lists of names as people keep them: a CSV file with a medicine, one of its names and what that is, in each line."""

import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from monographs.medicines.gtin import gtin_of
from monographs.medicines.models import MedicineCode, MedicineName, NameKind
from monographs.refusals import Unacceptable
from monographs.text.addresses import address
from monographs.text.letters.folding import fold
from monographs.text.letters.signs import complaint, visible

COLUMNS = ("medicine", "name", "kind")
CODE_COLUMNS = ("system", "code")
_LONGEST_NAME = MedicineName._meta.get_field("name").max_length
_LONGEST_CODE = MedicineCode._meta.get_field("code").max_length
_MARKUP = re.compile(r"[<>]|&#?\w+;")
_FORMULA = ("=", "+", "@", "\\")  # what a spreadsheet would work out instead of showing


class Line(NamedTuple):
    """One line that can be taken: ``kind`` is a `NameKind`; ``system`` and ``code`` are both there or both ""."""

    number: int
    medicine: str
    name: str
    kind: str
    system: str = ""
    code: str = ""


class Remark(NamedTuple):
    """What whoever brings a file in should know of one line (``number``, the first is 1)."""

    number: int
    sentence: str


def read_names(data: bytes) -> Iterator[Line | Remark]:
    """The lines of a file in UTF-8, each as it can be taken or with why it can't.

    Raises Unacceptable where the file as a whole can't be read.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unacceptable(
            _("This file is no UTF-8 text (line %(line)s). Save it as UTF-8.") % {"line": line}
        ) from error
    rows = csv.reader(io.StringIO(text, newline=""))
    places = _places(next(rows, []))
    while True:
        number = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Remark(rows.line_num, _("This line can't be read: %(problem)s.") % {"problem": error})
            continue
        if rows.line_num > number:
            sentence = _("A quotation mark opens here and closes in line %(last)s, so these lines can't be read.")
            yield Remark(number, sentence % {"last": rows.line_num})
        elif row:
            yield _line(number, {column: _cell(row, place) for column, place in places.items()})


def _places(heads: list[str]) -> dict[str, int]:
    found = {head.strip().lower(): place for place, head in enumerate(heads)}
    if missing := [column for column in COLUMNS if column not in found]:
        raise Unacceptable(
            _("The first line must name the columns %(columns)s; here there is no “%(missing)s”.")
            % {"columns": ", ".join((*COLUMNS, *CODE_COLUMNS)), "missing": missing[0]}
        )
    return {column: found[column] for column in (*COLUMNS, *CODE_COLUMNS) if column in found}


def _cell(row: list[str], place: int) -> str:
    return " ".join(row[place].split()) if place < len(row) else ""


def _line(number: int, cells: dict[str, str]) -> Line | Remark:
    line = Line(number, **{**cells, "kind": cells["kind"].lower()})
    problem = _name_problem(line.medicine) or _name_problem(line.name) or _kind_problem(line) or _code_problem(line)
    if problem:
        return Remark(number, problem)
    return line._replace(code=gtin_of(line.code)) if line.system == MedicineCode.System.GTIN else line


def _name_problem(name: str) -> str:
    if not name or not fold(name):
        return _("A name is empty.")
    if _MARKUP.search(name) or name.startswith(_FORMULA):
        return _("“%(name)s” looks like markup or a formula and not like a name.") % {"name": visible(name)[:60]}
    if len(name) > _LONGEST_NAME:
        return _("“%(name)s…” is longer than %(most)s characters.") % {"name": name[:40], "most": _LONGEST_NAME}
    return complaint(name)


def _kind_problem(line: Line) -> str:
    if line.kind not in NameKind.values:
        known = ", ".join(NameKind.values)
        return _("“%(kind)s” is no kind of name; use %(known)s.") % {"kind": visible(line.kind)[:40], "known": known}
    if not address(line.medicine):
        return _("“%(name)s” has no letters or digits for a web address.") % {"name": line.medicine}
    return ""


def _code_problem(line: Line) -> str:
    if not line.system and not line.code:
        return ""
    if line.system not in MedicineCode.System.values or not line.code:
        known = ", ".join(MedicineCode.System.values)
        return _("A code needs its system, one of %(known)s, and the system its code.") % {"known": known}
    if len(line.code) > _LONGEST_CODE or not line.code.isprintable() or _MARKUP.search(line.code):
        return _("“%(code)s” is no code.") % {"code": visible(line.code)[:40]}
    if line.system == MedicineCode.System.GTIN:
        try:
            gtin_of(line.code)
        except ValueError as error:
            return f"{line.code}: {error}"
    return ""
