"""What a known page costs, how much of that is the application server alone, and what it costs through nginx.

All servers stand at once and are asked in turn.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from statistics import fmean

from monographs.comments.arrival import actions as arrival
from monographs.comments.deciding import actions as comments
from monographs.leaflets.models import Leaflet
from monographs.operations.corpus import texts
from monographs.reading.page_cache.stamps import GOOD_FOR
from tests.bench.beside import Bare, Measures, bare_measures, bare_site, in_turn
from tests.bench.figures import FILE, ONE_PAGE
from tests.bench.pages import SETTINGS, shown_slugs
from tests.bench.servers import Cost, Server, behind_nginx, serving
from tests.bench.verbs import staff
from tests.servers import NGINX

ROUNDS = 7
TIMES = 1_000  # requests in a round
NOT_KNOWN = 200  # the same of pages that are made anew each time; all but the first time the process has met them
LONG = 2.2  # seconds: nginx asks the site for a page again in each second of the clock


def known() -> Iterator[str]:
    """Each as a ratio to an empty Django view on the same server, and through nginx to a file of nginx's own."""
    slugs = shown_slugs(TIMES)
    leaflets = [f"/leaflets/{slug}/" for slug in slugs]
    with (
        ExitStack() as stack,
        serving("tests.bench.bare_wsgi") as bare,
        bare_site(slugs[0]) as django,
        serving("clinicinfo.wsgi", DJANGO_SETTINGS_MODULE=SETTINGS, CLINICINFO_TRUSTED_PROXIES="1") as site,
        serving("clinicinfo.wsgi", DJANGO_SETTINGS_MODULE=SETTINGS, CLINICINFO_PAGE_CACHE_MB="0") as forgetful,
        serving("clinicinfo.wsgi", DJANGO_SETTINGS_MODULE=SETTINGS, CLINICINFO_PAGE_CACHE_MB="0") as newcomer,
    ):
        unmet = iter([leaflets[turn :: ROUNDS + 1] for turn in range(ROUNDS + 1)])
        size, middling = _of_middling_size(site, leaflets)
        one = [middling] * TIMES
        has_it = {"If-None-Match": site.etag(middling)}
        measures = {
            **bare_measures(django, slugs, times=TIMES),
            "no framework, empty": lambda: bare.cost(["/"] * TIMES),
            f"no framework, {size:,} bytes": lambda: bare.cost([f"/{size}/"] * TIMES),
            ONE_PAGE: lambda: site.cost(one),
            "known, spread over many": lambda: site.cost(leaflets),
            "not changed (304)": lambda: site.cost(one, headers=has_it),
            "not known": lambda: forgetful.cost(leaflets[:NOT_KNOWN]),
            "not known, for the first time": lambda: newcomer.cost(next(unmet)),
            "known, after a change elsewhere": lambda: _after_a_change(site, leaflets),
        }
        if NGINX:
            measures |= _through_nginx(stack.enter_context(behind_nginx(site, file=size)), leaflets, one=middling)
        costs = in_turn(measures, rounds=ROUNDS)
    bare = Bare.of(costs)
    yield "a known page takes no query but that for the stamp, once a second at most in each process;"
    yield f"many are {len(slugs):,}:"
    others = {name: costs[name].whole for name in (ONE_PAGE, FILE) if name in costs}
    for name, cost in costs.items():
        bare.note(name, cost.whole, others)
        yield _line(name, cost, bare, costs.get(FILE))
    if not NGINX:
        yield "  through nginx: not measured, it is not installed (on Debian: apt-get install nginx)"


def _after_a_change(site: Server, leaflets: list[str]) -> Cost:
    """Every page once, when a reply to another leaflet has just been shown: only that leaflet's is made anew."""
    *others, last = leaflets
    reply = arrival.submit(Leaflet.objects.get(slug=last.split("/")[2]), body=texts.reply(0))
    comments.approve(reply, by=staff()["moderator"])
    time.sleep(GOOD_FOR)  # until the site knows
    return site.cost(others)


def _of_middling_size(site: Server, leaflets: list[str]) -> tuple[int, str]:
    """How many bytes these pages have in the mean, and the one that comes nearest to it: a smaller one beside them all
    would tell of its bytes, which are copied and sent, and not of what it takes to find one of many."""
    sizes = {leaflet: site.cost([leaflet]).size for leaflet in leaflets}
    mean = round(fmean(sizes.values()))
    return mean, min(leaflets, key=lambda leaflet: abs(sizes[leaflet] - mean))


def _through_nginx(front: Server, leaflets: list[str], *, one: str) -> Measures:
    """TLS and its log are in all of them, and in the two of pages what the site does for nginx."""
    return {
        FILE: lambda: front.cost(["/files/page.html"] * TIMES),
        "through nginx, a known page": lambda: front.cost_for(LONG, [one]),
        f"through nginx, {len(leaflets):,} in turn": lambda: _known_to_the_site(front, leaflets),
    }


def _known_to_the_site(front: Server, leaflets: list[str]) -> Cost:
    """In turn, when the site has been asked for each of them under this address since the last change."""
    front.cost(leaflets)
    return front.cost_for(LONG, leaflets)


def _line(name: str, cost: Cost, bare: Bare, file: Cost | None) -> str:
    told = f"  {name:30} {cost.whole * 1000:7.3f} ms = {bare.times(cost.whole)}"
    if file and cost.rate:
        told += f" = {cost.whole / file.whole:5.2f} × {FILE}; at {cost.rate:,.0f} a second, {cost.kept:.0%} kept"
    return f"{told} (database {cost.database * 1000:.3f}{'' if cost.rate else f'; {cost.size:,} bytes'})"
