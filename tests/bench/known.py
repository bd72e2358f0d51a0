"""What a known page costs, and how much of that is the application server alone.

All servers stand at once and are asked in turn, and the cheapest round of each counts: so whatever else the machine
does meanwhile falls on all of them alike.
"""

from collections.abc import Callable, Iterator

from tests.bench.pages import SETTINGS, shown_slugs
from tests.bench.servers import Cost, serving

ROUNDS = 7
TIMES = 1_000  # requests in a round


def known() -> Iterator[str]:
    """Each as a ratio to an empty Django view on the same server."""
    leaflets = [f"/leaflets/{slug}/" for slug in shown_slugs(TIMES)]
    with (
        serving("tests.bench.bare_wsgi") as bare,
        serving("tests.bench.bare", DJANGO_SETTINGS_MODULE="tests.bench.bare_settings") as django,
        serving("clinicinfo.wsgi", DJANGO_SETTINGS_MODULE=SETTINGS) as site,
    ):
        one = [leaflets[0]] * TIMES
        size = site.cost(leaflets).size
        has_it = {"If-None-Match": site.etag(leaflets[0])}
        costs = _cheapest(
            {
                "an empty Django view": lambda: django.cost(["/empty/"] * TIMES),
                "no framework, empty": lambda: bare.cost(["/"] * TIMES),
                f"no framework, {size:,} bytes": lambda: bare.cost([f"/{size}/"] * TIMES),
                "a known page": lambda: site.cost(one),
                "not changed (304)": lambda: site.cost(one, headers=has_it),
                f"known, spread over {len(leaflets):,}": lambda: site.cost(leaflets),
            }
        )
    empty = costs["an empty Django view"]
    for name, cost in costs.items():
        ratio, database = cost.whole / empty.whole, cost.database * 1000
        yield f"{name:30} {cost.whole * 1000:7.3f} ms = {ratio:5.2f} × an empty Django view (database {database:.3f})"


def _cheapest(measure: dict[str, Callable[[], Cost]]) -> dict[str, Cost]:
    rounds = [{name: ask() for name, ask in measure.items()} for _round in range(ROUNDS + 1)][1:]  # the first warms up
    return {name: min((costs[name] for costs in rounds), key=lambda cost: cost.whole) for name in measure}
