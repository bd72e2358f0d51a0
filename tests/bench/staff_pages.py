"""What the staff's pages cost on the server as deployed, against a bare Django site on the same server: those about a
leaflet with ten revisions and with a thousand, the list, the desks, replies and the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from monographs.comments.arrival import actions as arrival
from monographs.comments.models import Comment
from monographs.leaflets.models import Leaflet
from monographs.operations.corpus import texts
from monographs.revisions.actions import newest_revision, save_draft
from monographs.staff.models import StaffMember
from tests.bench.beside import Bare, bare_measures, bare_site, in_turn
from tests.bench.pages import SETTINGS, shown_slugs
from tests.bench.servers import Cost, Server, serving
from tests.bench.verbs import staff

REVISIONS = (10, 1_000)
ROUNDS, EACH = 7, 5  # requests in a round
BARE = 100  # requests for either bare view in each round
NEW = 40  # leaflets whose edit page is opened for the first time
WAITING = 50  # replies in the queue


@dataclass(frozen=True)
class _Page:
    """``who`` asks for ``path``."""

    name: str
    who: str
    path: str


def staff_pages() -> Iterator[str]:
    people = staff()
    visitors = {name: _logged_in(person) for name, person in people.items()}
    leaflets = Leaflet.objects.filter(slug__in=shown_slugs(NEW + len(REVISIONS))).order_by("pk")
    pages = _pages({count: _with_revisions(leaflets, people["author"], count) for count in REVISIONS})
    new = [reverse("admin:monographs_leaflet_change", args=[leaflet.pk]) for leaflet in leaflets[:NEW]]
    slugs = shown_slugs(NEW)
    with bare_site(slugs[0]) as bare_server, serving("clinicinfo.wsgi", DJANGO_SETTINGS_MODULE=SETTINGS) as site:
        for page in pages:
            _cost(site, page, visitors)
        opened = site.cost(new, headers=_cookie(visitors["author"]))
        measures = {page.name: lambda page=page: _cost(site, page, visitors) for page in pages}
        costs = in_turn({**bare_measures(bare_server, slugs, times=BARE), **measures}, rounds=ROUNDS)
    bare = Bare.of(costs)
    yield f"staff's pages, CPU with the database's; {bare}:"
    for page in pages:
        cost = costs[page.name]
        bare.note(page.name, cost.whole)
        yield _line(page.name, cost, bare, *_queries_and_bytes(visitors[page.who], page.path))
    yield f"{_line('edit page, opened for the first time', opened, bare)} (one round)"


def _pages(by_count: dict[int, Leaflet]) -> list[_Page]:
    leaflet_list, queue = reverse("admin:monographs_leaflet_changelist"), reverse("admin:reply-queue")
    ledger = reverse("admin:monographs_entry_changelist")
    reply = _waiting_reply()
    found = [
        _Page("list", "author", leaflet_list),
        _Page("list, published only", "author", f"{leaflet_list}?stands=published"),
        _Page("a leaflet is begun", "author", reverse("admin:monographs_leaflet_add")),
        *(_Page(f"desk of a {who}", who, "/admin/") for who in ("reader", "publisher", "moderator")),
        *(_Page(f"desk of an {who}", who, "/admin/") for who in ("author", "administrator")),
        _Page("queue of replies", "moderator", queue),
        _Page("replies that are shown", "moderator", f"{queue}?state=approved"),
        _Page("one reply", "moderator", reverse("admin:reply", args=[reply.pk])),
        _Page("ledger", "auditor", ledger),
        _Page("ledger, one kind of act", "auditor", f"{ledger}?verb=reply.received"),
    ]
    for count, leaflet in by_count.items():
        compare = reverse("admin:leaflet-compare", args=[leaflet.pk])
        about = {
            "edit page": reverse("admin:monographs_leaflet_change", args=[leaflet.pk]),
            "history": reverse("admin:leaflet-history", args=[leaflet.pk]),
            "compare": f"{compare}?old={count - 2}&new={count}",
        }
        found += [_Page(f"{name} at {count:,} revisions", "author", path) for name, path in about.items()]
    return found


def _waiting_reply() -> Comment:
    """One of a queue of `WAITING`, made where fewer wait."""
    missing = WAITING - Comment.objects.waiting()[:WAITING].count()
    slugs = shown_slugs(WAITING)
    for number in range(missing):
        leaflet = Leaflet.objects.get(slug=slugs[number % len(slugs)])
        arrival.submit(leaflet, body=texts.reply(number))
    return Comment.objects.waiting().order_by("pk")[0]


def _logged_in(person: StaffMember) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _cookie(client: Client) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())}


def _cost(site: Server, page: _Page, visitors: dict[str, Client]) -> Cost:
    cost = site.cost([page.path] * EACH, headers=_cookie(visitors[page.who]))
    assert cost.status == 200, (page, cost.status)
    return cost


def _queries_and_bytes(client: Client, path: str) -> tuple[int, int]:
    """Of a page that this process has made before: the bytes before they are compressed."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    return len(captured), len(answer.content)


def _line(name: str, cost: Cost, bare: Bare, queries: int | None = None, size: int | None = None) -> str:
    told = f"  {queries} queries, {size:,} bytes" if queries is not None else ""
    database = f" (database {cost.database * 1000:.1f})" if cost.database else ""
    return f"  {name:36} {cost.whole * 1000:7.1f} ms = {bare.times(cost.whole)}{database}{told}"


def _with_revisions(leaflets: QuerySet[Leaflet], author: StaffMember, count: int) -> Leaflet:
    """A leaflet that has so many revisions already, in a database that was kept; else one saved until it has."""
    if there := Leaflet.objects.filter(standing__number=count).first():
        return there
    leaflet = next(one for one in leaflets if newest_revision(one).number < min(REVISIONS))
    newest = newest_revision(leaflet)
    content, first = newest.content, newest.content.sections[0]
    for number in range(newest.number, count):
        body = f"{first.body}\n\nDraft {number}."
        save_draft(leaflet, replace(content, sections=(replace(first, body=body), *content.sections[1:])), by=author)
    return leaflet
