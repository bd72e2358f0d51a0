"""Every address of the site, read from its own list, so that a new one is tried without being named here."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

MISSING, HUGE = 999_999, 99_999_999_999_999_999_999


def patterns(under: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    """(route, converters by name) of each address below ``under``, as Django's resolver knows them."""

    def walk(entries, before: str, converters: dict) -> Iterator[tuple[str, dict]]:
        for entry in entries:
            route, known = before + str(entry.pattern), {**converters, **entry.pattern.converters}
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, route, known)
            elif isinstance(entry, URLPattern) and "(?P" not in route:
                yield route, known

    return (found for found in walk(get_resolver().url_patterns, "", {}) if found[0].startswith(under))


def fill(route: str, converters: dict, values: dict[str, object]) -> str:
    """The address that a route makes of ``values``; those that are not given are words or numbers of no thing."""
    for name, converter in converters.items():
        usual = MISSING if isinstance(converter, IntConverter) else "nothing"
        for written in (f"<{name}>", f"<int:{name}>", f"<str:{name}>", f"<slug:{name}>", f"<path:{name}>"):
            route = route.replace(written, str(values.get(name, usual)))
    return f"/{route}"


def staff_addresses(there: dict[str, dict[str, object]], number: object | None = None) -> list[str]:
    """All of /admin/: for rows that are ``there`` (by the model in the route), or all with ``number`` instead.

    Logging out comes last: whoever asks for one after the other would meet the rest as a stranger.
    """
    found = []
    for route, converters in patterns("admin/"):
        model = route.split("/")[2] if route.startswith(("admin/monographs/", "admin/auth/")) else "leaflet"
        model = "comment" if route.startswith("admin/replies/") else model
        if number is None:
            values = {**there["any"], **there.get(model, {})}
        elif converters:
            values = dict.fromkeys(converters, number)
        else:
            continue
        found.append(fill(route, converters, values))
    return sorted(found, key=lambda address: "logout" in address)
