"""Which names of medicines two texts can mention: all that a comparison needs to know of the many that there are."""

from collections.abc import Iterator
from functools import lru_cache

from monographs.leaflets.content import Content
from monographs.medicines.names import names_beginning_with
from monographs.text.words.mentions import keys_in


def names_in(*contents: Content | None) -> frozenset[str]:
    """Names of medicines, in small letters, among them all that the texts mention, so that none is exchanged unseen.

    One query, by the words of the texts, however many names the site knows.
    """
    return names_beginning_with(frozenset().union(*(_keys(content) for content in contents if content)))


@lru_cache(maxsize=64)
def _keys(content: Content) -> frozenset[str]:
    return frozenset().union(*map(keys_in, set(_texts(content.to_dict()))))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
