"""Finding leaflets by the names people know medicines by, and by what the leaflets say.

Only what the public may know at ``at`` counts: leaflets that are shown, and withdrawn ones, marked as such.
Each function costs the same number of queries however many leaflets and names there are.
"""

import datetime as dt
import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q
from django.db.models.functions import Substr

from monographs.medicines.models import MedicineName, NameKind
from monographs.publication.models import Publication
from monographs.search import fulltext
from monographs.search.titles import last_title
from monographs.text.letters.folding import fold
from monographs.text.letters.signs import cleaned

MAX_LENGTH = 100  # characters of a query that are looked at
NOT_A_LETTER = "0-9"  # the A–Z's page for names that begin with a digit or a sign
CLOSE_ENOUGH = 0.7  # of difflib's ratio, 0 to 1: "ibuprophen" and "ibuprofen" have 0.84
MOST_SUGGESTIONS = 5
_KIND_ORDER = {kind: place for place, kind in enumerate(NameKind.values)}


@dataclass(frozen=True)
class Hit:
    """A leaflet that was found.

    ``title`` is the published one and ``name`` the medicine's generic name. A leaflet found by a name has
    that in ``matched_name``; one found by its text has in ``snippet`` the whole sentence that says it, with what it
    holds for, as plain text, or "" (`quotes`).
    ``in_effect`` is the `Kind` of the publication that is in effect: a leaflet may be withdrawn or at its end.
    """

    slug: str
    title: str
    name: str
    matched_name: str
    snippet: str
    language: str
    in_effect: str


@dataclass(frozen=True)
class Entry:
    """A line of the A–Z: a name, its kind (`NameKind`), and the leaflet it leads to (``in_effect``: as in `Hit`)."""

    name: str
    kind: str
    title: str
    slug: str
    language: str
    in_effect: str


def tidy_query(query: str) -> str:
    """What is looked for: at most `MAX_LENGTH` characters, without signs that nobody sees; control characters and
    doubled spaces made one space."""
    shown = "".join(" " if unicodedata.category(character) in ("Cc", "Cs") else character for character in query)
    shown = cleaned(shown)
    return " ".join(shown.split())[:MAX_LENGTH].strip()


def find(query: str, at: dt.datetime) -> list[Hit]:
    """Leaflets for a query, each once: by name (whole, beginning, inside), then by title and text.

    Case and accents don't matter in names; ``%`` and ``_`` mean themselves. A name inside a longer query is
    found too ("baclofen tablets"). Text is found where a live page has every word. An empty query finds nothing.
    """
    query = tidy_query(query)
    folded = fold(query)
    if not folded:
        return []
    hits: dict[str, Hit] = {}
    for row in sorted(_named_like(folded, at), key=lambda row: _rank(row, folded)):
        hits.setdefault(row["leaflet__slug"], _hit(row))
    for hit in _by_text(query, at):
        hits.setdefault(hit.slug, hit)
    return list(hits.values())


def nearest(query: str, at: dt.datetime) -> list[Hit]:
    """At most `MOST_SUGGESTIONS` leaflets with a name spelt like the query or one of its words, closest first."""
    folded = fold(tidy_query(query))
    wanted = _spellings(folded)
    if not wanted:
        return []
    rows = list(_names(at))
    spellings = {spelling for row in rows for spelling in _spellings(row["folded"])}
    closeness: dict[str, float] = {}
    for word in wanted:
        for spelling in difflib.get_close_matches(word, spellings, n=MOST_SUGGESTIONS, cutoff=CLOSE_ENOUGH):
            ratio = difflib.SequenceMatcher(None, spelling, word).ratio()
            closeness[spelling] = max(ratio, closeness.get(spelling, 0))
    near = []
    for row in rows:
        ratio = max(closeness.get(spelling, 0) for spelling in _spellings(row["folded"]))
        if ratio:
            near.append((-ratio, *_order(row), row))
    near.sort(key=lambda entry: entry[:-1])
    hits: dict[str, Hit] = {}
    for *_rank_of, row in near:
        hits.setdefault(row["leaflet__slug"], _hit(row))
    return list(hits.values())[:MOST_SUGGESTIONS]


def listing(at: dt.datetime, letter: str | None = None) -> list[Entry]:
    """Every name of every medicine with a leaflet, in order; of those that begin with ``letter`` if it is given.

    ``letter`` is one of `letters`, in either case; any other gives an empty list. A medicine with leaflets in
    two languages has each name twice.
    """
    condition = Q()
    if letter is not None:
        letter = fold(letter)
        if letter != NOT_A_LETTER:
            if len(letter) != 1 or _initial(letter) != letter:
                return []
            condition = Q(leaflet__medicine__names__folded__startswith=letter)
    rows = [row for row in _names(at, condition) if letter is None or _initial(row["folded"]) == letter]
    return [
        Entry(
            name=row["matched"],
            kind=row["name_kind"],
            title=_title(row),
            slug=row["leaflet__slug"],
            language=row["leaflet__language"],
            in_effect=row["kind"],
        )
        for row in sorted(rows, key=_order)
    ]


def letters(at: dt.datetime) -> set[str]:
    """The letters (lower case, of any script) that the A–Z has a page for; `NOT_A_LETTER` stands for the rest."""
    names = MedicineName.objects.filter(
        folded__gt="", medicine__in=Publication.objects.shown(at).values("leaflet__medicine")
    )
    return {_initial(first) for first in names.values_list(Substr("folded", 1, 1), flat=True).distinct()}


def _names(at: dt.datetime, condition: Q | None = None) -> Iterable[dict]:
    """One row for each name of each leaflet that has a page, shown or withdrawn; one query."""
    names = "leaflet__medicine__names"
    # One filter for both conditions: a second one would join the names a second time.
    has_name = Q(**{f"{names}__folded__gt": ""}) & (condition or Q())
    return (
        Publication.objects.shown(at)
        .filter(has_name)
        .values(
            "leaflet__slug",
            "leaflet__language",
            "leaflet__medicine__name",
            "kind",
            matched=F(f"{names}__name"),
            name_kind=F(f"{names}__kind"),
            folded=F(f"{names}__folded"),
            title=last_title(at),
        )
    )


def _spellings(folded: str) -> set[str]:
    """What a misspelling is compared with: the whole, and its five longest words of more than three letters."""
    words = sorted((word for word in folded.split() if len(word) > 3), key=len)[-5:]
    return {folded, *words} - {""}


def _named_like(folded: str, at: dt.datetime) -> Iterable[dict]:
    names = "leaflet__medicine__names__folded"
    words = folded.split()
    inside = {
        " ".join(words[first:last])
        for first in range(len(words))
        for last in range(first + 1, min(first + 4, len(words)) + 1)
    }
    is_like = Q(**{f"{names}__contains": folded}) | Q(**{f"{names}__in": inside})
    return _names(at, is_like)


def _rank(row: dict, folded: str) -> tuple:
    name = row["folded"]
    return name != folded, not name.startswith(folded), folded not in name, *_order(row)


def _order(row: dict) -> tuple:
    return row["folded"], _KIND_ORDER[row["name_kind"]], _title(row), row["leaflet__language"], row["leaflet__slug"]


def _title(row: dict) -> str:
    return row["title"] or row["leaflet__medicine__name"]


def _hit(row: dict) -> Hit:
    return Hit(
        slug=row["leaflet__slug"],
        title=_title(row),
        name=row["leaflet__medicine__name"],
        matched_name=row["matched"],
        snippet="",
        language=row["leaflet__language"],
        in_effect=row["kind"],
    )


def _by_text(query: str, at: dt.datetime) -> list[fulltext.TextHit]:
    return fulltext.find(query, at=at).hits


def _initial(folded: str) -> str:
    return folded[0] if folded[0].isalpha() else NOT_A_LETTER
