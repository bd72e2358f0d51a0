"""The index over the tokens of passages: FTS5 on SQLite, a tsvector with a GIN index on PostgreSQL.

Both hold our tokens and nothing else: no text-search configuration of a database parses, stems, folds or drops a word,
and no query is parsed that a reader typed. FTS5's ``ascii`` tokenizer with our signs as parts of words takes a token as
it is (all that is not ASCII is a part of a word to it); PostgreSQL makes lexemes of an array. Here is all in which the
two differ.
"""

import re
import sqlite3
import time
from collections.abc import Iterable, Sequence
from math import prod
from operator import attrgetter
from typing import NamedTuple

from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from monographs.publication.found.passages import Weight, first_id

SIGNS = "%./^_~,"
"""What may stand in a token beside letters, digits and marks."""

_TABLE = "monographs_passage"
_SQLITE = (
    f"""CREATE VIRTUAL TABLE IF NOT EXISTS {_TABLE}_words USING fts5(
        tokens, content='{_TABLE}', content_rowid='id', columnsize=0, detail=none, tokenize="ascii tokenchars '{SIGNS}'"
    )""",
    f"DROP TRIGGER IF EXISTS {_TABLE}_words_insert",
    f"""CREATE TRIGGER {_TABLE}_words_insert AFTER INSERT ON {_TABLE} BEGIN
        INSERT INTO {_TABLE}_words (rowid, tokens) VALUES (NEW.id, NEW.tokens); END""",  # noqa: S608 - our own names
    f"DROP TRIGGER IF EXISTS {_TABLE}_words_delete",
    f"""CREATE TRIGGER {_TABLE}_words_delete AFTER DELETE ON {_TABLE} BEGIN
        INSERT INTO {_TABLE}_words ({_TABLE}_words, rowid, tokens) VALUES ('delete', OLD.id, OLD.tokens); END""",  # noqa: S608 - our own names
    f"DROP TRIGGER IF EXISTS {_TABLE}_words_update",
    f"""CREATE TRIGGER {_TABLE}_words_update AFTER UPDATE ON {_TABLE} BEGIN
        INSERT INTO {_TABLE}_words ({_TABLE}_words, rowid, tokens) VALUES ('delete', OLD.id, OLD.tokens);
        INSERT INTO {_TABLE}_words (rowid, tokens) VALUES (NEW.id, NEW.tokens); END""",  # noqa: S608 - our own names
)
# The words stay in the row, as they are: taking them out of a compressed store would cost more than to look at them.
# A list of what was written last is read by each query: a short one.
_POSTGRESQL = (
    f"""ALTER TABLE {_TABLE} ADD COLUMN IF NOT EXISTS words tsvector GENERATED ALWAYS AS (
        array_to_tsvector(array_remove(string_to_array(translate(tokens, E'\\n', ' '), ' '), ''))) STORED""",
    f"ALTER TABLE {_TABLE} ALTER COLUMN words SET STORAGE MAIN",
    f"ALTER TABLE {_TABLE}_{Weight.ANYWHERE:d} SET (toast_tuple_target = 8160)",
    # Without knowing of many words how common they are, it would take rare ones for common.
    f"ALTER TABLE {_TABLE} ALTER COLUMN words SET STATISTICS 400",
    f"CREATE INDEX IF NOT EXISTS {_TABLE}_words ON {_TABLE} USING gin (words) WITH (gin_pending_list_limit = 128)",
)


def complete_index(connection: BaseDatabaseWrapper) -> None:
    """Make the index where there is none, and what keeps it in step with the rows. Can be run again and again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # its triggers are gone when a migration made the table anew
            statements = _SQLITE
        else:  # an ALTER TABLE waits for every reader, so none where nothing is to be done
            cursor.execute("SELECT 1 FROM pg_class WHERE relname = %s", [f"{_TABLE}_words"])
            statements = () if cursor.fetchone() else _POSTGRESQL
        for statement in statements:
            cursor.execute(statement)


def is_in_step() -> bool:
    """Whether the index has just what the rows have. On PostgreSQL it is a column of them."""
    if connection.vendor == "postgresql":
        return True
    words = f"{_TABLE}_words"
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"INSERT INTO {words} ({words}, rank) VALUES ('integrity-check', 1)")  # noqa: S608 - our own
        except DatabaseError as error:
            # So says the check of an index that differs; one that is locked or can't be written says nothing of it.
            if getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_CORRUPT:
                raise
            return False
    return True


def passages_with(ways: Sequence[Iterable[str]], *, most: int, behind: int = -1) -> list[int]:
    """Ids of the first ``most`` passages ``behind`` one, in order, that have of each of ``ways`` at least one token.

    One query, which stops where it has enough.
    """
    if not ways:
        return []
    groups = [_either(tokens) for tokens in ways]
    if connection.vendor == "sqlite":
        # One search for all weights: to look up each token costs more than to read on.
        sql, values = _SQLITE_FIRST, [_all_of(groups), behind, most]
    else:
        sql, values = _postgresql(ways, groups, most, behind=behind)
    return [number for (number,) in connection.planned(sql, values).rows]


_SQLITE_FIRST = f"SELECT rowid FROM {_TABLE}_words WHERE {_TABLE}_words MATCH %s AND rowid > %s ORDER BY rowid LIMIT %s"  # noqa: S608
# The sum is no column of an index: rows are looked up by their words, and ordered then. Whether something is true is
# not looked up in an index either, but asked of the rows that are found there.
_LOOKED_UP = (
    "SELECT id FROM {rows} WHERE words @@ %s::tsquery AND (words @@ %s::tsquery) IS TRUE AND id + 0 > %s{further} "
    "ORDER BY id + 0 LIMIT %s"
)
_IN_ORDER = (
    "SELECT id FROM (SELECT id, words FROM {rows} WHERE id > %s ORDER BY id LIMIT %s) AS first_ones "
    "WHERE words @@ %s::tsquery"
)
_BEHIND_THESE = " AND id + 0 >= (SELECT id FROM {rows} WHERE id > %s ORDER BY id OFFSET %s LIMIT 1)"
# What is behind is looked up only where the first ones have too few.
_IN_ORDER_FIRST = f"({_IN_ORDER}) UNION ALL ({_LOOKED_UP.replace('{further}', _BEHIND_THESE)})"
_COMMON = """
SELECT right(c.relname, 1)::int, c.reltuples, token, part
FROM pg_class c JOIN pg_stats s ON s.tablename = c.relname AND s.attname = 'words' AND s.schemaname = current_schema(),
    unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS each (token, part)
WHERE c.relname ~ %s AND c.reltuples > 0 AND part > sqrt(60 / c.reltuples) AND token IS NOT NULL
"""
# µs: to read a row in order; an entry of the index; a row that it names, on a page of its own that must be fetched
_READ, _LISTED, _VISITED = 2.0, 0.03, 4.0
_FURTHER, _MOST_READ = 3, 20_000  # times as many rows as should be enough: words of one subject may keep apart
_LOOK_AGAIN_AFTER = 600  # seconds


class _Word(NamedTuple):
    """Something that is looked for: which ``part`` of a weight's rows has it, and how the database is asked for it."""

    part: float
    asked: str


class _Common:
    """Of one weight: how many rows there are, and which part of them has a token, where that is many."""

    def __init__(self, rows: float = 0):
        self.rows, self.parts = rows, dict[str, float]()

    def rarest_first(self, ways: Sequence[Iterable[str]], groups: Sequence[str]) -> list[_Word]:
        """What is looked for, each of ``groups`` being what the database is asked for one of ``ways``."""
        known = self.parts.get
        parts = (min(sum([known(token, 0) for token in tokens]), 1) for tokens in ways)
        return sorted(map(_Word, parts, groups), key=attrgetter("part"))

    def read_in_order(self, words: Sequence[_Word], looked_up: Sequence[_Word], most: int) -> int:
        """How many rows to read in their order until ``most`` have all words; 0 where the index costs less, which is
        asked for some of them.

        Words may keep apart, such as those of a side effect and of a food: then all these rows are read in order for
        nothing, and the index names none that must be visited. So of the visits that chance would make necessary the
        fewer count, the more words there are.
        """
        share = prod(word.part for word in words)
        if not share:
            return 0
        listed = [word.part for word in looked_up]
        by_words = self.rows * (_LISTED * sum(listed) + _VISITED * prod(listed) / len(listed))
        return min(int(_FURTHER * most / share), _MOST_READ) if _READ * most / share < by_words else 0


def _to_look_up(rarest_first: Sequence[_Word]) -> Sequence[_Word]:
    """Those that the index is asked for: without words that stand nearly everywhere, where their lists take longer to
    read than the rows that have the other words, and not these, to visit."""
    looked_up = rarest_first
    while len(looked_up) > 1:
        *rarer, last = looked_up
        visited_for_nothing = prod(word.part for word in rarer) * (1 - last.part)
        if _LISTED * last.part <= _VISITED * visited_for_nothing:
            break
        looked_up = rarer
    return looked_up


_known: dict[str, tuple[float, dict[int, _Common]]] = {}


def _postgresql(
    ways: Sequence[Iterable[str]], groups: Sequence[str], most: int, *, behind: int
) -> tuple[str, list[object]]:
    """Rare words are looked up; where all are common, rows are read in their order until there are enough, and no
    further than is worth it: the lightest weight first.

    PostgreSQL takes each word that its statistics do not know for rather common, and would read all rows in order to
    find none; so it is told which way to go. Then no plan is better for some words than for others, and it is made
    once (`connection.planned`): to make it for six weights takes longer than to follow it.
    """
    parts, values = list[str](), list[object]()
    common = _common_tokens()
    for weight in Weight:
        if first_id(weight + 1) > behind + 1:
            of_weight = common.get(weight, _NONE_COMMON)
            words = of_weight.rarest_first(ways, groups)
            looked_up = _to_look_up(words)
            # Of a row the rarest word is asked first: mostly it decides.
            asked, by_words = _all_of(word.asked for word in words), [_all_of(word.asked for word in looked_up)]
            if rows := of_weight.read_in_order(words, looked_up, most):
                parts.append(_OF_WEIGHT_IN_ORDER[weight])
                values += [behind, rows, asked, *by_words, asked, behind, behind, rows, most]
            else:
                parts.append(_OF_WEIGHT[weight])
                values += [*by_words, asked, behind, most]
    return f"{' UNION ALL '.join(parts)} LIMIT %s", [*values, most]


def _of_each_weight(sql: str) -> list[str]:
    """A statement for the rows of each weight, which are a table of their own."""
    return [
        f"SELECT id FROM ({sql.format(rows=f'{_TABLE}_{weight:d}', further='')}) AS weight_{weight:d}"  # noqa: S608
        for weight in Weight
    ]


_OF_WEIGHT, _OF_WEIGHT_IN_ORDER = _of_each_weight(_LOOKED_UP), _of_each_weight(_IN_ORDER_FIRST)
_NONE_COMMON = _Common()


def _common_tokens() -> dict[int, _Common]:
    """For each weight the tokens that many rows have, by the statistics that PostgreSQL keeps; asked now and then."""
    read_at, found = _known.get(connection.alias, (0.0, {}))
    if not read_at or time.monotonic() - read_at > _LOOK_AGAIN_AFTER:
        found = {}
        with connection.cursor() as cursor:
            cursor.execute(_COMMON, [f"^{_TABLE}_[0-9]$"])
            for weight, rows, token, part in cursor.fetchall():
                found.setdefault(weight, _Common(rows)).parts[token] = part
        _known[connection.alias] = time.monotonic(), found
    return found


def _either(tokens: Iterable[str]) -> str:
    """What has one of these, in the database's own language, each in quotation marks. What no token has stands in
    none."""
    quote, either = ("'", " | ") if connection.vendor == "postgresql" else ('"', " OR ")
    clean = sorted(filter(None, (_NO_TOKEN.sub("", token) for token in tokens))) or [_NOWHERE]
    return f"({either.join([f'{quote}{token}{quote}' for token in clean])})"


def _all_of(groups: Iterable[str]) -> str:
    return (" & " if connection.vendor == "postgresql" else " AND ").join(groups)


_NO_TOKEN = re.compile(rf"[^\w\u0080-\U0010ffff{re.escape(SIGNS)}]|[\s\ud800-\udfff]")
_NOWHERE = "~~"  # stands in no row
