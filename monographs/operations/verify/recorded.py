"""What the ledger says of a leaflet's rows."""

import datetime as dt
import json
from collections import defaultdict
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext as _

from monographs.audit.models import Entry, reference
from monographs.audit.verify import Altered
from monographs.leaflets.models import Leaflet

CHUNK = 200  # rows in memory at once; a revision or page may have some ten thousand characters
CALLED_OFF = "leaflet.release-cancelled"
OPENED = {"review.submitted", "review.emergency"}


class Said(NamedTuple):
    """What one entry says of a row: as little as is compared, because a leaflet may have a hundred thousand."""

    verb: str
    by_id: int | None
    by_name: str
    why: str
    effective_at: dt.datetime
    data: dict


class Recorded:
    """What the ledger says of one leaflet's rows, by the row that it says it of, oldest first."""

    _KEYS = {
        "hash",
        "decision",
        "page",
        "was",
        "text",
        "erased",
        "redacted",
        "unnamed",
        "keeps_place",
        "verdict",
    }  # each stands in the details of one kind of act

    def __init__(self, leaflet: int):
        self.entries: dict[str, list[Said]] = defaultdict(list)
        entries = Entry.objects.about(Leaflet(pk=leaflet)).values_list("position", "about", *Said._fields)
        for position, about, *columns in entries.iterator(chunk_size=CHUNK):
            said = Said(*columns[:-1], _details(position, columns[-1]))
            if said.verb == CALLED_OFF or said.verb in OPENED or self._KEYS & said.data.keys():
                self.entries[about].append(said)

    def of(self, thing: models.Model, key: str) -> list[Said]:
        """The entries about ``thing`` whose details have ``key``, oldest first."""
        return [said for said in self.entries.get(reference(thing), ()) if key in said.data]

    def rows(self, model: type[models.Model], key: str) -> dict[int, int]:
        """Row number → how many entries with ``key`` speak of that row of ``model``."""
        prefix = f"{model._meta.model_name}/"
        found = {}
        for about, entries in self.entries.items():
            count = sum(1 for said in entries if key in said.data) if about.startswith(prefix) else 0
            if count:
                found[number_in(about)] = count
        return found


def _details(position: int, text: str) -> dict:
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise Altered(Entry._meta.db_table, position, _("its details cannot be read."))
    return data


def number_in(about: str) -> int:
    """12 of ``"leaflet/12"``."""
    number = about.partition("/")[2]
    if not number.isascii() or not number.isdigit():
        raise Altered(Entry._meta.db_table, 0, _("an entry is about “%s”, which is nothing.") % about)
    return int(number)
