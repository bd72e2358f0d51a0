"""Finding leaflets by what they say: `publication.passages` asked with our own tokens, the same on every database.

Three queries, whatever is looked for and however many leaflets there are: passages, which of them are shown, and the
words of the twenty that stand on one page. Of very common words the first hundred leaflets of each weight are found.
"""

import datetime as dt
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet

from monographs.publication.passage_index import passages_with
from monographs.publication.passages import Passage, Weight, publication_in, title_id, weight_in
from monographs.text.letters.folding import fold
from monographs.text.tokens.tokens import Wanted, tokens, wanted

ON_A_PAGE = 20
MOST = 60  # passages of one weight that are looked at; a count above is "more than"
_READ_OF_EACH = 4  # passages of one leaflet that a quotation is chosen from
_LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class TextHit:
    """A leaflet that says what was looked for.

    ``snippet`` is the whole sentence that says most of it, as plain text with its headings, or ""; it stands under
    ``anchor`` of the page. ``ways`` are the tokens that were looked for, to mark them.
    """

    slug: str
    title: str
    name: str
    language: str
    in_effect: str
    weight: Weight
    snippet: str = ""
    anchor: str = ""
    ways: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits; ``count`` of all there are, or of those that were looked at where ``is_capped``."""

    hits: list[TextHit]
    count: int = 0
    is_capped: bool = False
    page: int = 1

    @property
    def pages(self) -> int:
        return -(-self.count // ON_A_PAGE)


def find(
    query: str, *, at: dt.datetime, page: int = 1, names: Container[str] = (), without: Container[str] = ()
) -> Found:
    """Leaflets shown at ``at`` that have all that is looked for, best first: by where it stands (`Weight`), then title.

    A word of ``names`` (folded words of names of medicines) is found only as it is written, any other by its stem.
    ``without`` are addresses of leaflets that are left out. A query without anything to look for finds nothing.
    """
    return find_wanted(looked_for(query, names=names), at=at, page=page, without=without)


def looked_for(query: str, *, names: Container[str] = ()) -> list[Wanted]:
    """What a query looks for, in the languages of the site."""
    return wanted(query, _LANGUAGES, names=names)


def find_wanted(asked: Sequence[Wanted], *, at: dt.datetime, page: int = 1, without: Container[str] = ()) -> Found:
    """As `find`, of what `looked_for` made of a query."""
    ids = passages_with([one.ways for one in asked], weights=Weight, most=MOST)
    best: dict[int, list[int]] = {}
    for passage in sorted(ids):
        best.setdefault(publication_in(passage), []).append(passage)
    rows = [row for row in shown(best, at) if row[1] not in without]
    rows.sort(key=lambda row: (weight_in(best[row[0]][0]), fold(row[2]), row[4], row[1]))
    page = max(1, min(page, -(-len(rows) // ON_A_PAGE)))
    on_page = rows[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    said = _said({row[0]: best[row[0]] for row in on_page}, asked)
    ways = frozenset(way for one in asked for way in one.ways)
    hits = [
        TextHit(slug, title, name, language, kind, weight_in(best[pk][0]), *said.get(pk, ("", "")), ways)
        for pk, slug, title, name, language, kind in on_page
    ]
    is_capped = sum(weight_in(passage) == Weight.ANYWHERE for passage in ids) == MOST
    return Found(hits, len(rows), is_capped, page)


def shown(publications: Iterable[int], at: dt.datetime) -> list[tuple[int, str, str, str, str, str]]:
    """Of these publications (ids) those that are shown: id, address, title, medicine, language and kind of each."""
    ids = [title_id(publication) for publication in publications]
    return list(shown_titles(at).filter(pk__in=ids).values_list(*SHOWN)) if ids else []


SHOWN = (
    "publication_id", "publication__leaflet__slug", "heading", "publication__leaflet__medicine__name", "language",
    "publication__kind",
)  # fmt: skip


def shown_titles(at: dt.datetime) -> QuerySet[Passage]:
    """The title's passage of each leaflet that is shown."""
    return Passage.objects.filter(
        weight=Weight.TITLE, publication__showing__starts_at__lte=at, publication__showing__ends_at__gt=at
    )


def _said(best: dict[int, list[int]], asked: Sequence[Wanted]) -> dict[int, tuple[str, str]]:
    """For each publication the sentence to quote, and the anchor of its section."""
    known, unknown = [], []
    for publication, passages in best.items():
        of_sections = [passage for passage in passages if weight_in(passage) in QUOTED]
        known += of_sections[:_READ_OF_EACH]
        if not of_sections:
            unknown.append(publication)
    if not known and not unknown:
        return {}
    rows = Passage.objects.filter(Q(pk__in=known) | Q(publication__in=unknown, weight__in=QUOTED)).order_by("pk")
    found: dict[int, tuple[str, str]] = {}
    most: dict[int, tuple[int, int]] = {}
    for row in rows:
        told, score = best_sentence(row, asked)
        is_spread = row.publication_id in unknown and score[0] < len(asked)  # half of what was asked is no answer
        if score > most.get(row.publication_id, (0, 0)) and not is_spread:
            found[row.publication_id], most[row.publication_id] = (told, row.anchor), score
    return found


QUOTED = (Weight.USES, Weight.TEXT, Weight.SIDE_EFFECTS)


def best_sentence(passage: Passage, asked: Sequence[Wanted]) -> tuple[str, tuple[int, int]]:
    """The first sentence that has the most of what is looked for, told with its headings, and how much it has: with
    the leaflet's title and the headings of its section, and by itself. ("", (0, 0)) where there is none to quote."""
    head = set(passage.tokens.partition("\n")[0].split())
    heading = set(tokens(passage.heading, passage.language))
    is_headed = any(not one.ways.isdisjoint(heading) for one in asked)
    best, most = "", (0, 0)
    for told, line in lines_of(passage):
        alone = sum(not one.ways.isdisjoint(line) for one in asked)
        score = (sum(not one.ways.isdisjoint(line) or not one.ways.isdisjoint(head) for one in asked), alone)
        if told and (alone or is_headed) and score > most:  # the title alone is no reason to quote a sentence
            best, most = told, score
    return best, most


def lines_of(passage: Passage) -> Iterable[tuple[str, set[str]]]:
    """Each sentence as it may be quoted, and its tokens."""
    for told, line in zip(passage.sentences, passage.tokens.split("\n")[1:], strict=True):
        yield told, set(line.split())
