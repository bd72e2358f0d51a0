"""What the pages tell the layer: this view is public and uses these names of the query; this answer may be kept.
And what the layer tells the pages.

Marks are attributes of Python objects, so no server, proxy or reader can send one.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache

from django.http import HttpResponse
from django.urls import Resolver404, ResolverMatch, get_urlconf, resolve

MADE_UNDER, WAS_MADE_OF = "clinicinfo.public_stamp", "clinicinfo.was_made_of"
"""Where a request says under which public stamp its page will be kept, and what the page that is known already was made
of ("" if none is). No header of a reader's has such a name (PEP 3333)."""

_LONGEST = 200  # characters of a path that is remembered


def mark_view(view: Callable, query_names: Iterable[str]) -> None:
    """The view's answers depend on the address, these names of its query, the stamp, the hour and the day alone."""
    view.public_query_names = frozenset(query_names)


def readers_form(view: Callable) -> Callable:
    """The view takes what anybody sends, by POST, without a log-in, a session or a cookie. It may show what holds under
    the public stamp that its request names (`MADE_UNDER`)."""
    view.is_readers_form = True
    return view


def readers_form_at(path: str) -> ResolverMatch | None:
    """The view of this path that takes a reader's form, as Django finds it; None if there is none."""
    match = _match_at(path)
    return match if match and hasattr(match.func, "is_readers_form") else None


def query_names_at(path: str) -> frozenset[str] | None:
    """The names that the public page at this path uses; None if no public page can be there."""
    match = public_page_at(path)
    return match and match.func.public_query_names


def public_page_at(path: str) -> ResolverMatch | None:
    """The public page of this path, as Django finds it; None if there can be none."""
    match = _match_at(path)
    return match if match and hasattr(match.func, "public_query_names") else None


def _match_at(path: str) -> ResolverMatch | None:
    """A public page, or a view that takes readers' forms."""
    look_up = _look_up if len(path) > _LONGEST else _known
    return look_up(path, get_urlconf())


def _look_up(path: str, urlconf: str | None) -> ResolverMatch | None:
    try:
        match = resolve(path, urlconf)
    except Resolver404:
        return None
    match.tried = None  # which other addresses it is not: a quarter of what is remembered of it
    return match if any(hasattr(match.func, name) for name in ("public_query_names", "is_readers_form")) else None


_known = lru_cache(maxsize=2_000)(_look_up)  # Django goes through its addresses one by one each time


def mark_page(response: HttpResponse) -> None:
    """This answer is the page for all readers."""
    response.is_public_page = True


def is_public_page(response: object) -> bool:
    return getattr(response, "is_public_page", False)


def mark_made_of(response: HttpResponse, made_of: str) -> None:
    """A page of the same address, hour and day that is made of the same is the same page."""
    response.page_is_made_of = made_of


def made_of(response: object) -> str:
    return getattr(response, "page_is_made_of", "")


def as_before() -> HttpResponse:
    """Instead of the page: the one that is known is made of the same, and holds."""
    response = HttpResponse()
    response.is_as_before = True
    return response


def is_as_before(response: object) -> bool:
    return getattr(response, "is_as_before", False)


def do_not_keep(response: HttpResponse) -> HttpResponse:
    """One of any number of addresses that show the same: it gets an ETag, and no place in the store."""
    response.is_one_of_many = True
    return response


def may_be_kept(response: object) -> bool:
    return is_public_page(response) and not getattr(response, "is_one_of_many", False)
