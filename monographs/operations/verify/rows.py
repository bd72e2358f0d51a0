"""How a row is held against what it should say."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext as _

from monographs.audit.models import row_digest
from monographs.audit.verify import Altered
from monographs.operations.verify.recorded import Said


def same(row: models.Model, what: str, expected: object, found: object) -> None:
    if expected != found:
        raise altered(
            row,
            _("%(what)s is %(expected)s, but the row says %(found)s.")
            % {"what": what, "expected": expected, "found": found},
        )


def same_columns(row: models.Model, said: Said, *, key: str = "row") -> None:
    """All the rest of the row. Entries made before the program kept this digest have none."""
    if key in said.data:
        same(row, _("the SHA-256 of its columns in the ledger"), said.data[key], row_digest(row))


def only_one(row: models.Model, entries: list[Said]) -> Said:
    if len(entries) != 1:
        raise altered(row, _("the ledger has %s entries of its making, not one.") % len(entries))
    return entries[0]


def none_missing(model: type[models.Model], said: Mapping[int, object], seen: set[int]) -> None:
    for number in sorted(said.keys() - seen):
        raise Altered(model._meta.db_table, number, _("the ledger speaks of this row, but it is missing."))


def altered(row: models.Model, problem: str) -> Altered:
    return Altered(row._meta.db_table, row.pk, problem)
