"""Passages of sections as they are read for quoting: sentence by sentence, with the tokens of each."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from monographs.prepared import Given, PreparedIn
from monographs.publication.found.passages import Passage, Weight

QUOTED = (Weight.USES, Weight.TEXT, Weight.SIDE_EFFECTS)


class Said(NamedTuple):
    """A `Passage` of a section as it is read for quoting; ``sentences`` is its JSON."""

    pk: int
    publication: int
    kind: str
    language: str
    anchor: str
    heading: str
    tokens: str
    sentences: str


def read_passages(prepared: PreparedIn, numbers: Iterable[int]) -> list[Said]:
    """What a look-up of `SAID` finds."""
    return [Said(*row) for row in prepared.rows(numbers)]


SAID = ("pk", "publication_id", "kind", "language", "anchor", "heading", "tokens", Cast("sentences", TextField()))


def of_publications(publications: list[Given]) -> QuerySet:
    """All that may be quoted of these publications, as `SAID`."""
    rows = Passage.objects.filter(publication__pk__in=publications, weight__in=QUOTED)
    return rows.order_by().values_list(*SAID)


def lines_of(passage: Said) -> Iterable[tuple[str, set[str]]]:
    """Each sentence as it may be quoted, and its tokens."""
    sentences = json.loads(passage.sentences)
    for told, line in zip(sentences, passage.tokens.split("\n")[1:], strict=True):
        yield told, set(line.split())
