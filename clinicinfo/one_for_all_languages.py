"""Addresses are found by their names alike in all languages, so Django's table of them is made once.

Django makes one for each language in which somebody was answered, because a site may translate its addresses: 1 MB of
a worker's memory, and some hundredths of a second for the first reader. Ours say the language themselves
(`monographs.reading.languages.addresses`), and none is translated. ``_reverse_dict``, ``_namespace_dict`` and
``_app_dict`` are undocumented: where a release names them otherwise, each language has its own again, and the test says
so.
"""

from django.urls import URLResolver, get_resolver

_TABLES = ("_reverse_dict", "_namespace_dict", "_app_dict")


class _OfAllLanguages(dict):
    """One value, whichever language is asked for."""

    def __contains__(self, language: object) -> bool:
        return super().__contains__(None)

    def __getitem__(self, language: object) -> object:
        return super().__getitem__(None)

    def __setitem__(self, language: object, table: object) -> None:
        super().__setitem__(None, table)


def share_addresses() -> None:
    """From now on, in this process. Reads all addresses, and with them all views."""
    _share(get_resolver())


def _share(resolver: URLResolver) -> None:
    for name in _TABLES:
        setattr(resolver, name, _OfAllLanguages())
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            _share(pattern)
