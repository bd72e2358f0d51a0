"""What stands above a leaflet, read out of its content once for each content.

A leaflet's page is made anew for each reply, each change of the clinic's details and each hour; nearly every time it is
of the same revision. The content is long, and its heading a small part of it.
"""

import json

from monographs.leaflets.content import Heading
from monographs.remembered import Memory

_HEADINGS: Memory[Heading] = Memory(500_000)
_LONG = 600  # characters that a heading is taken to have


def heading_of(digest: str, content_json: str) -> Heading:
    """That of a content whose SHA-256 is ``digest``, as the revision's row and its publication's have it."""
    if found := _HEADINGS.get(digest):
        return found
    heading = Heading.from_dict(json.loads(content_json))
    _HEADINGS.keep(digest, heading, characters=_LONG)
    return heading
