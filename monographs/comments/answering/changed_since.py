"""Whether a leaflet has changed since the clinic answered: then the older answer may not hold any more.

A revision never changes, so what its parts say is worked out once for each process; no reader's page works it out.
"""

import json
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import BigAutoField

from monographs.audit.chain import canonical_json, sha256
from monographs.comments.answering.canned import quoted
from monographs.leaflets.content import Content
from monographs.prepared import PreparedIn
from monographs.publication.models import Publication

_MOST = 2_000  # texts, of some two kilobytes each
KEY_FACTS = "key-facts"


class Part(NamedTuple):
    """A section by what an answer cites it with, and the beginning of the SHA-256 of what it says."""

    heading: str
    digest: str


Parts = dict[str, Part]  # by the section's key, and the key facts


def parts_of(content: Content) -> Parts:
    """What a reader would call the text: its sections and key facts; not its sources or the day of the next check."""
    parts = {
        section.key: Part(section.heading, _digest([section.heading, section.body])) for section in content.sections
    }
    return {**parts, KEY_FACTS: Part("", _digest(list(content.key_facts)))}


def _digest(said: list[str]) -> str:
    return sha256(canonical_json(said))[:16]


def has_changed(answer: str, then: Parts, now: Parts) -> bool:
    """Whether a part that the answer cites by its heading in quotes says something else now, or has gone; where it
    cites none, any part, or one that is new."""
    cited = [key for key, part in then.items() if part.heading and quoted(part.heading) in answer]
    if cited:
        return any(key not in now or now[key].digest != then[key].digest for key in cited)
    return {key: part.digest for key, part in then.items()} != {key: part.digest for key, part in now.items()}


def known_parts(publications: Mapping[str, int]) -> dict[str, Parts]:
    """Digest of a text → its parts, for publications by the digest of what they show. One query for the texts that this
    process has not met; none if it has met all."""
    with _lock:
        found = {digest: _known[digest] for digest in publications if digest in _known}
        for digest in found:
            _known.move_to_end(digest)
    if missing := publications.keys() - found.keys():
        rows = _texts.rows(publications[digest] for digest in missing)
        made = {digest: parts_of(Content.from_dict(json.loads(text))) for digest, text in rows}
        found |= made
        with _lock:
            _known.update(made)
            while len(_known) > _MOST:
                _known.popitem(last=False)
    return found


_texts = PreparedIn(
    lambda given: (
        Publication.objects.filter(pk__in=given, revision__isnull=False)
        .order_by()
        .values_list("digest", "revision__content_json")
    ),
    BigAutoField(),
)
_known: OrderedDict[str, Parts] = OrderedDict()
_lock = threading.Lock()
