"""What a bare Django site takes in the same run on the same server: all else is told as so many times as much."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.servers import Server, serving

_WARM = 50


@contextlib.contextmanager
def bare_site(slug: str) -> Iterator[Server]:
    """`tests.bench.bare` with its first requests behind it; ``slug`` is that of any leaflet."""
    with serving("tests.bench.bare", DJANGO_SETTINGS_MODULE="tests.bench.bare_settings") as server:
        server.cost(["/empty/", f"/one-query/{slug}/"] * _WARM)
        yield server


@dataclass(frozen=True)
class Bare:
    """CPU seconds, the database's included, of an empty view and of one with an ORM query and a template."""

    empty: float
    one_query: float

    @classmethod
    def of(cls, server: Server, slugs: list[str], *, times: int) -> "Bare":
        """The average of so many requests for each, those with a query for these leaflets in turn."""
        asked = [f"/one-query/{slugs[number % len(slugs)]}/" for number in range(times)]
        return cls(server.cost(["/empty/"] * times).whole, server.cost(asked).whole)

    @classmethod
    def cheapest(cls, found: list["Bare"]) -> "Bare":
        """What others do on the machine only makes one dearer."""
        return cls(min(one.empty for one in found), min(one.one_query for one in found))

    def __str__(self):
        return (
            f"an empty Django view takes {self.empty * 1000:.3f} ms, one with a query and a template "
            f"{self.one_query * 1000:.3f} ms"
        )

    def times(self, seconds: float) -> str:
        """How many times as much that is as either: ``"  2.31 × empty,  1.02 × one query"``."""
        return f"{seconds / self.empty:7.2f} × empty, {seconds / self.one_query:6.2f} × one query"
