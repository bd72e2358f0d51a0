"""Rows copied under another name, in bulk, with every digest and hash worked out anew.

A pattern is a leaflet that went through the real verbs. Its copy has the same rows: other numbers, another name, an
earlier time, and the SHA-256 and chain that belong to them; so `verify_history` and the database's triggers find in a
copy what they find in a leaflet that went through the verbs.
"""

import copy
import datetime as dt
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

from monographs.audit.chain import sha256
from monographs.audit.models import Entry, row_digest
from monographs.publication.models import Page
from monographs.publication.passages import Passage, title_id
from monographs.revisions.models import Revision
from monographs.text.tokens.tokens import tokens

_SHA256 = re.compile(r"[0-9a-f]{64}")
_DECISION = re.compile(r'"decision":(\d+)')


@dataclass
class Pattern:
    """The rows of one leaflet by model, in the order in which they may be inserted, and its ledger entries."""

    rows: dict[type[models.Model], list[models.Model]]
    entries: list[Entry]
    names: tuple[str, ...]  # generic name and brand, as they stand in its texts


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


class Copy:
    """One leaflet made from a pattern: ``rows`` by model and ``entries``, not saved yet."""

    def __init__(self, pattern: Pattern, numbers: Numbers, *, names: tuple[str, ...], later: dt.timedelta):
        self._words = _replacing({was: now for was, now in _spelt(pattern.names, names)})
        self._tokens = _replacing({was: now for was, now in _as_tokens(pattern.names, names)})
        self._later = later
        self._numbers = {}  # (model, number in the pattern) → number in the copy
        self._digests = {}  # SHA-256 in the pattern → in the copy
        self.rows: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        for model, rows in pattern.rows.items():
            for row in rows:
                self.rows[model].append(self._row(row, numbers))
        self.entries = [self._entry(entry, numbers) for entry in pattern.entries]

    def _row(self, was: models.Model, numbers: Numbers) -> models.Model:
        model, row = type(was), self._columns(was)
        if not was._meta.pk.remote_field and model is not Passage:
            row.pk = self._numbers[model, was.pk] = numbers.take(model)
        if isinstance(row, Revision):
            row.digest = row.computed_digest()
            row.previous_hash = self._digests.get(row.previous_hash, row.previous_hash)
            row.hash = row.computed_hash()
            self._digests |= {was.digest: row.digest, was.hash: row.hash}
        elif isinstance(row, Page):
            row.digest = self._digests[was.digest] = sha256(row.html)
        elif isinstance(row, Passage):
            row.pk = was.pk - title_id(was.publication_id) + title_id(row.publication_id)
            row.tokens = self._tokens(was.tokens)
        self._digests[row_digest(was)] = row_digest(row)
        return row

    def _columns(self, was: models.Model) -> models.Model:
        """The row with every column moved: words, times, digests known so far, and what it points to."""
        row = copy.copy(was)
        row._state = models.base.ModelState()
        for column in was._meta.concrete_fields:
            setattr(row, column.attname, self._value(column, getattr(was, column.attname)))
        row.__dict__.pop("content", None)  # a revision remembers what it read
        return row

    def _value(self, column: models.Field, value: object) -> object:
        if column.remote_field:
            return self._numbers.get((column.remote_field.model, value), value)
        if isinstance(value, dt.datetime):
            return value + self._later if value.year < 9000 else value
        if isinstance(value, str):
            return self._digests.get(value, value) if _SHA256.fullmatch(value) else self._words(value)
        if isinstance(column, models.JSONField):
            return json.loads(self._words(json.dumps(value, ensure_ascii=False)))
        return value

    def _entry(self, was: Entry, numbers: Numbers) -> Entry:
        entry = self._columns(was)
        entry.about, entry.subject = self._reference(was.about), self._reference(was.subject)
        data = _SHA256.sub(lambda found: self._digests.get(found[0], found[0]), entry.data)
        entry.data = _DECISION.sub(lambda found: f'"decision":{self._named("decision", int(found[1]))}', data)
        return numbers.append(entry)

    def _reference(self, reference: str) -> str:
        name, _slash, number = reference.partition("/")
        return f"{name}/{self._named(name, int(number))}"

    def _named(self, name: str, number: int) -> int:
        return self._numbers.get((apps.get_model("monographs", name), number), number)


def _spelt(old: Iterable[str], new: Iterable[str]) -> Iterator[tuple[str, str]]:
    for was, now in zip(old, new, strict=True):
        yield was, now
        yield was.lower(), now.lower()


def _as_tokens(old: Iterable[str], new: Iterable[str]) -> Iterator[tuple[str, str]]:
    """As `passages` keeps the names of an English leaflet: each folded, with its stem behind it if that is another."""
    for was, now in zip(old, new, strict=True):
        yield " ".join(tokens(was, "en")), " ".join(tokens(now, "en"))


def _replacing(words: dict[str, str]) -> Callable[[str], str]:
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    return lambda text: pattern.sub(lambda found: words[found[0]], text)


def insert(rows: Iterable[models.Model]) -> None:
    """Save new rows of one model, with the numbers they have."""
    rows = list(rows)
    if rows:
        type(rows[0]).objects.bulk_create(rows, batch_size=500)


def count_on(used: Iterable[type[models.Model]]) -> None:
    """PostgreSQL's sequences go on behind the numbers that were given out here."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(used)):
            cursor.execute(statement)
