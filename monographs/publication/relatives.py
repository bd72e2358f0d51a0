"""Which leaflets of one medicine patients can read at an instant, looked up in the medicine's own row.

A page has its medicine's row at hand, so its links to other languages and editions cost no query of their own.
"""

import datetime as dt
from typing import NamedTuple


class Relative(NamedTuple):
    """A leaflet that patients can read, under the title of the version that is shown."""

    slug: str
    language: str
    edition: str
    title: str


def relatives(shown_leaflets: list[list[str]], at: dt.datetime) -> tuple[Relative, ...]:
    """What of a medicine's ``shown_leaflets`` (`publication.shown.listing`) is shown at an instant: each leaflet once,
    the asking one too, by language, then edition. No withdrawn or expired one is among them."""
    return tuple(
        Relative(*leaflet)
        for *leaflet, starts_at, ends_at in shown_leaflets
        if dt.datetime.fromisoformat(starts_at) <= at < dt.datetime.fromisoformat(ends_at)
    )


def in_other_languages(leaflets: tuple[Relative, ...], edition: str) -> tuple[Relative, ...]:
    """What a leaflet of this edition is in each language, itself among them; empty where it has only one: search
    engines are told of the same page in other languages, and an easy text is not the same as a full one."""
    same = tuple(leaflet for leaflet in leaflets if leaflet.edition == edition)
    return same if len(same) > 1 else ()


def written(instant: dt.datetime) -> str:
    """An instant as it stands in ``shown_leaflets``: the same letters for the same instant on every database."""
    return instant.astimezone(dt.UTC).isoformat()
