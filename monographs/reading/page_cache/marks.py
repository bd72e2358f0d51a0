"""What the pages tell the layer: this view is public and uses these names of the query; this answer may be kept.

Marks are attributes of Python objects, so no server, proxy or reader can send one.
"""

from collections.abc import Callable, Iterable

from django.http import HttpResponse
from django.urls import Resolver404, resolve


def mark_view(view: Callable, query_names: Iterable[str]) -> None:
    """The view's answers depend on the address, these names of its query, the stamp, the hour and the day alone."""
    view.public_query_names = frozenset(query_names)


def query_names_at(path: str) -> frozenset[str] | None:
    """The names that the public page at this path uses; None if no public page can be there."""
    try:
        return getattr(resolve(path).func, "public_query_names", None)
    except Resolver404:
        return None


def mark_page(response: HttpResponse) -> None:
    """This answer is the page for all readers."""
    response.is_public_page = True


def is_public_page(response: object) -> bool:
    return getattr(response, "is_public_page", False)


def do_not_keep(response: HttpResponse) -> HttpResponse:
    """One of any number of addresses that show the same: it gets an ETag, and no place in the store."""
    response.is_one_of_many = True
    return response


def may_be_kept(response: object) -> bool:
    return is_public_page(response) and not getattr(response, "is_one_of_many", False)
