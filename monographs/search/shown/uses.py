"""What a medicine is for, in one sentence: to tell two medicines apart whose names look alike."""

import json
from collections.abc import Iterable

from django.db.models import BigIntegerField, QuerySet, TextField
from django.db.models.functions import Cast

from monographs.prepared import Given, PreparedIn
from monographs.publication.found.passages import Passage, Weight
from monographs.search.shown.hits import Shown

LONGEST = 300  # characters; a longer sentence tells nothing apart
_SECTIONS = ("uses", "what_it_is")


def what_for(shown: Iterable[Shown]) -> dict[int, str]:
    """By publication, the first sentence of its leaflet's "What it is used for" (else of "What it is"); one query.

    What has no such sentence of at most `LONGEST` characters, or opens with the words before a list, is left out, and
    so is a notice, which has no passages.
    """
    found: dict[int, dict[str, str]] = {}
    for publication, kind, heading, sentences in _passages.rows(each.publication for each in shown):
        told = next(iter(json.loads(sentences)), "")
        found.setdefault(publication, {}).setdefault(kind, _bare(told, heading))
    first = {publication: [said[kind] for kind in _SECTIONS if said.get(kind)] for publication, said in found.items()}
    return {publication: said[0] for publication, said in first.items() if said}


def _bare(told: str, heading: str) -> str:
    """A sentence as it is quoted, without its section's heading; "" for one that stands under another heading, or
    behind the words before a list."""
    above = f"{heading.rstrip(':：')}: " if heading else ""
    sentence = told.removeprefix(above) if told.startswith(above) else ""
    return sentence if len(sentence) <= LONGEST and ": " not in sentence else ""


def _rows(publications: list[Given]) -> QuerySet:
    rows = Passage.objects.filter(publication__pk__in=publications, weight=Weight.USES).order_by("pk")
    return rows.values_list("publication_id", "kind", "heading", Cast("sentences", TextField()))


_passages = PreparedIn(_rows, BigIntegerField())
