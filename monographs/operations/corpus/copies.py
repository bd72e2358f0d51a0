"""Rows copied under another name, in bulk, with every digest and hash worked out anew.

A pattern is a leaflet that went through the real verbs. Its copy has the same rows: other numbers, another name, an
earlier time, and the SHA-256 and chain that belong to them; so `verify_history` and the database's triggers find in a
copy what they find in a leaflet that went through the verbs.
"""

import datetime as dt
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import models

from monographs.audit.chain import sha256
from monographs.audit.models import Entry, reference, row_digest
from monographs.publication.found.passages import Passage, title_id
from monographs.publication.models import Page
from monographs.revisions.models import Revision
from monographs.text.tokens.tokens import tokens

_THIS_AGE = 9000  # a year from here on is no time but for ever


@dataclass
class Numbers:
    """The next free row number of each table, and the end of the ledger."""

    next: dict[type[models.Model], int] = field(default_factory=dict)
    position: int = 0
    hash: str = ""

    def take(self, model: type[models.Model]) -> int:
        if model not in self.next:
            self.next[model] = (model.objects.aggregate(last=models.Max("pk"))["last"] or 0) + 1
        self.next[model] += 1
        return self.next[model] - 1

    def append(self, entry: Entry) -> Entry:
        """The entry as the ledger's next one."""
        entry.pk = self.take(Entry)
        self.position += 1
        entry.position, entry.previous_hash = self.position, self.hash
        entry.hash = self.hash = entry.computed_hash()
        return entry

    @classmethod
    def of_database(cls) -> "Numbers":
        last = Entry.objects.order_by("-position").values_list("position", "hash").first()
        return cls(position=last[0], hash=last[1])


class Pattern:
    """The rows of one leaflet by model, in the order in which they may be inserted, and its ledger entries, cut where
    a copy says something else: its names, its digests, what its rows are called in the ledger."""

    def __init__(self, rows: dict[type[models.Model], list[models.Model]], entries: list[Entry], names: Iterable[str]):
        """``names``: generic name and brand, as they stand in its texts."""
        self.names = tuple(names)
        self.models = tuple(rows)
        self.filled = {model for model, found in rows.items() if found}
        digests = [digest for found in rows.values() for row in found for digest in _digests(row)]
        called = [name for found in rows.values() for row in found for name in _called(row)]
        self._words = re.compile(f"({'|'.join([*_longest_first(_spelt(self.names)), *digests])})")
        self._in_ledger = re.compile(f"({self._words.pattern[1:-1]}|(?:{'|'.join(called)})(?![0-9]))")
        self._tokens = re.compile(f"({'|'.join(_longest_first(_as_tokens(self.names)))})")
        on_record = " ".join(entry.data for entry in entries)
        self.moulds = [
            Mould(row, self._cut, is_on_record=any(digest in on_record for digest in _digests(row)))
            for found in rows.values()
            for row in found
        ]
        self.entries = [Mould(entry, self._cut, is_on_record=False) for entry in entries]

    def _cut(self, column: models.Field, text: str) -> list[str]:
        """The text in pieces, every second of which a copy replaces."""
        if column.model is Passage and column.name == "tokens":
            return self._tokens.split(text)
        return (self._in_ledger if column.model is Entry else self._words).split(text)


class Mould:
    """A row of a pattern: what stays the same in each copy, and the columns that move."""

    def __init__(self, was: models.Model, cut, *, is_on_record: bool):
        self.was, self.model, self.is_on_record = was, type(was), is_on_record
        self.takes_number = not was._meta.pk.remote_field and self.model not in (Passage, Entry)
        self.digests = tuple(_digests(was))
        self.called = tuple(_called(was))
        self.json = [column.attname for column in was._meta.concrete_fields if isinstance(column, models.JSONField)]
        self.worked_out = [column for column in was._meta.concrete_fields if _is_worked_out(column)]
        self.stays: dict[str, object] = {}
        self.points: list[tuple[str, type[models.Model], int]] = []
        self.times: list[tuple[str, dt.datetime]] = []
        self.texts: list[tuple[str, list[str]]] = []
        for column in (column for column in was._meta.concrete_fields if not column.generated):
            self._sort(column, getattr(was, column.attname), cut)

    def _sort(self, column: models.Field, value: object, cut) -> None:
        if isinstance(column, models.JSONField):
            value = json.dumps(value, ensure_ascii=False)
        self.stays[column.attname] = value
        if column.remote_field and value is not None:
            self.points.append((column.attname, column.remote_field.model, value))
        elif isinstance(value, dt.datetime) and value.year < _THIS_AGE:
            self.times.append((column.attname, value))
        elif isinstance(value, str) and len(pieces := cut(column, value)) > 1:
            self.texts.append((column.attname, pieces))


class Copy:
    """One leaflet made from a pattern: ``rows`` by model and ``entries``, not saved yet.

    A row has text in its JSON columns, as the database keeps it (`rows.insert`).
    """

    def __init__(self, pattern: Pattern, numbers: Numbers, *, names: tuple[str, ...], later: dt.timedelta):
        self._said = dict(zip(_spelt(pattern.names), _spelt(names), strict=True))  # in the pattern → here
        self._tokens = dict(zip(_as_tokens(pattern.names), _as_tokens(names), strict=True))
        self._later = later
        self._numbers: dict[tuple[type[models.Model], int], int] = {}  # in the pattern → here
        self.rows: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        for mould in pattern.moulds:
            self.rows[mould.model].append(self._row(mould, numbers))
        self.entries = [numbers.append(self._columns(mould)) for mould in pattern.entries]

    def _row(self, mould: Mould, numbers: Numbers) -> models.Model:
        row = self._columns(mould)
        if mould.takes_number:
            row.pk = self._numbers[mould.model, mould.was.pk] = numbers.take(mould.model)
            self._said |= zip(mould.called, _called(row), strict=True)
        if isinstance(row, Passage):
            row.pk = mould.was.pk - title_id(mould.was.publication_id) + title_id(row.publication_id)
        elif isinstance(row, Revision):
            row.digest = row.computed_digest()
            row.hash = row.computed_hash()
        elif isinstance(row, Page):
            row.digest = sha256(row.html)
        for column in mould.worked_out:
            column.pre_save(row, add=True)
        if mould.is_on_record:
            self._said |= zip(mould.digests, _digests(row, mould.json), strict=True)
        return row

    def _columns(self, mould: Mould) -> models.Model:
        """The row with every column moved: words, times, digests known so far, and what it points to."""
        row = mould.model.__new__(mould.model)  # a model's own way of making an object costs more than all the rest
        columns = row.__dict__
        columns.update(mould.stays, _state=models.base.ModelState())
        for name, model, number in mould.points:
            columns[name] = self._numbers.get((model, number), number)
        for name, instant in mould.times:
            columns[name] = instant + self._later
        for name, pieces in mould.texts:
            said = self._tokens if name == "tokens" else self._said
            pieces = pieces.copy()
            pieces[1::2] = [said.get(piece, piece) for piece in pieces[1::2]]
            columns[name] = "".join(pieces)
        return row


def _digests(row: models.Model, json_columns: Iterable[str] = ()) -> Iterator[str]:
    """What the ledger or another row may name of a row, in SHA-256. ``json_columns`` are those that are text yet."""
    if isinstance(row, Revision):
        yield row.hash
    if isinstance(row, Revision | Page):
        yield row.digest
    kept = {name: row.__dict__[name] for name in json_columns}
    row.__dict__.update({name: json.loads(text) for name, text in kept.items()})
    yield row_digest(row)
    row.__dict__.update(kept)


def _called(row: models.Model) -> Iterator[str]:
    """What the ledger calls a row: as the thing that an entry is about, and among an entry's details."""
    yield reference(row)
    yield f'"{row._meta.model_name}":{row.pk}'


def _is_worked_out(column: models.Field) -> bool:
    """Whether the column is made of others whenever the row is saved."""
    return type(column).pre_save is not models.Field.pre_save and not isinstance(column, models.DateField)


def _spelt(names: Iterable[str]) -> list[str]:
    return [spelt for name in names for spelt in (name, name.lower())]


def _as_tokens(names: Iterable[str]) -> list[str]:
    """As `passages` keeps the names of an English leaflet: each folded, with its stem behind it if that is another."""
    return [" ".join(tokens(name, "en")) for name in names]


def _longest_first(texts: Iterable[str]) -> list[str]:
    return [re.escape(text) for text in sorted(texts, key=len, reverse=True)]
