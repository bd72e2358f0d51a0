"""What may be seen and changed in the admin, which stands beside every page: made once for all who may do the same.

For each page Django asks the page of every model for four permissions, makes two addresses of each and renders the list
anew. All of it follows from what the person may do, the language and where the site is mounted: where no thing in
particular is meant, nothing else is looked at. Tests hold what is remembered equal to what Django says.
"""

from collections.abc import Callable, Hashable
from urllib.parse import quote

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from monographs.remembered import Memory
from monographs.staff.models import StaffMember

_LONG = 20_000  # characters that a list counts: more than the names and addresses of all models


class AppList(list):
    """What Django's templates call ``app_list``, not to be changed; ``key`` says for whom it was made."""

    key: Hashable

    def within(self, path: str) -> tuple[str, ...]:
        """The addresses of this list at which, or below which, a page is: those are marked in it."""
        addresses = [model["admin_url"] for app in self for model in app["models"]]
        return tuple(found for found in (*(app["app_url"] for app in self), *addresses) if found and found in path)


_lists: Memory[AppList] = Memory(1_000_000)
_pages: Memory[SafeString] = Memory(2_000_000)


def list_for(request: HttpRequest, make: Callable[[], list[dict]]) -> list[dict]:
    """What ``make`` says of this person, made once for all who may do just the same in this language."""
    person = request.user
    if not isinstance(person, StaffMember):
        return make()
    may = None if person.is_superuser else person.granted  # who may do everything is asked for nothing
    key = (person.is_active, may, get_language(), get_script_prefix())
    if (known := _lists.get(key)) is None:
        known = AppList(make())
        known.key = key
        _lists.keep(key, known, characters=_LONG)
    return known


def rendered(template: str, apps: list[dict], request: HttpRequest, *, changelinks: bool = False) -> SafeString:
    """A template of Django's that shows such a list and reads nothing of the request but its address.

    ``changelinks``: whether the list says beside each model if it may be changed.
    """

    def make() -> SafeString:
        shown = {"available_apps": apps, "app_list": apps, "show_changelinks": changelinks, "request": request}
        return render_to_string(template, shown)

    if not isinstance(apps, AppList):
        return make()
    key = (template, changelinks, apps.key, apps.within(quote(request.path)))
    if (known := _pages.get(key)) is None:
        known = make()
        _pages.keep(key, known, characters=len(known))
    return known
