"""What a bare Django site takes in the same rounds on the same server: all else is told as so many times as much."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.bench import figures
from tests.bench.servers import Cost, Server, serving

_WARM = 50

Measures = dict[str, Callable[[], Cost]]


@contextlib.contextmanager
def bare_site(slug: str) -> Iterator[Server]:
    """`tests.bench.bare` with its first requests behind it; ``slug`` is that of any leaflet."""
    with serving("tests.bench.bare", DJANGO_SETTINGS_MODULE="tests.bench.bare_settings") as server:
        server.cost(["/empty/", f"/one-query/{slug}/"] * _WARM)
        yield server


def bare_measures(server: Server, slugs: list[str], *, times: int) -> Measures:
    """So many requests for either bare view, those with a query for these leaflets in turn."""
    asked = [f"/one-query/{slugs[number % len(slugs)]}/" for number in range(times)]
    return {
        figures.EMPTY: lambda: server.cost(["/empty/"] * times),
        figures.ONE_QUERY: lambda: server.cost(asked),
    }


def in_turn(measures: Measures, *, rounds: int) -> dict[str, Cost]:
    """All are measured in turn, round by round, and of each the median counts: so whatever else the machine does, and
    however fast it is just now, falls on all of them alike. A round before warms up and does not count."""
    found = [{name: measure() for name, measure in measures.items()} for _round in range(rounds + 1)][1:]
    return {name: middle([costs[name] for costs in found]) for name in measures}


def middle(costs: list[Cost]) -> Cost:
    """The median of an odd number of them."""
    return sorted(costs, key=lambda cost: cost.whole)[len(costs) // 2]


@dataclass(frozen=True)
class Bare:
    """CPU seconds, the database's included, of an empty view and of one with an ORM query and a template."""

    empty: float
    one_query: float

    @classmethod
    def of(cls, costs: dict[str, Cost]) -> "Bare":
        """From what `in_turn` found of `bare_measures`."""
        return cls(costs[figures.EMPTY].whole, costs[figures.ONE_QUERY].whole)

    def __str__(self):
        return (
            f"an empty Django view takes {self.empty * 1000:.3f} ms, one with a query and a template "
            f"{self.one_query * 1000:.3f} ms"
        )

    def times(self, seconds: float) -> str:
        """How many times as much that is as either: ``"  2.31 × empty,  1.02 × one query"``."""
        return f"{seconds / self.empty:7.2f} × empty, {seconds / self.one_query:6.2f} × one query"

    def note(self, name: str, seconds: float, others: dict[str, float] | None = None) -> None:
        """Keep a figure of the same rounds (`figures`)."""
        beside = {figures.EMPTY: self.empty, figures.ONE_QUERY: self.one_query, **(others or {})}
        figures.note(name, seconds, beside)
