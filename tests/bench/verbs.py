"""What the verbs cost in one process, with the database's part."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from statistics import median

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monographs.comments.arrival import actions as arrival
from monographs.comments.deciding import actions as comments
from monographs.comments.models import Comment
from monographs.leaflets.models import Leaflet
from monographs.operations.corpus import texts
from monographs.publication.actions import publish, withdraw
from monographs.publication.due import post_letters
from monographs.review.actions import approve, submit
from monographs.review.models import ChecklistItem, Review
from monographs.review.rules import last_released
from monographs.revisions.actions import newest_revision, save_draft
from monographs.staff import roles
from monographs.staff.models import StaffMember
from tests.bench.beside import Bare, bare_measures, bare_site, middle
from tests.bench.pages import shown_slugs
from tests.bench.servers import Cost, database_cpu

PASSWORD = "a password for measuring"  # noqa: S105 - of made-up people in a database that is thrown away
ROUNDS, EACH = 5, 12  # acts in a round
BARE = 300  # requests for either bare view in a round
FAST_HASH = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # what a password costs is meant to be dear


def staff() -> dict[str, StaffMember]:
    """The made-up people, by what they do, each with an address and told of the review dates that come near."""
    found = {}
    for name, role in (("auditor", roles.AUDITOR), ("administrator", roles.ADMINISTRATOR)):
        person, _is_new = get_user_model().objects.get_or_create(
            username=f"measuring-{name}", defaults={"first_name": "Made-up", "last_name": name, "is_staff": True}
        )
        person.groups.add(Group.objects.get(name=role))
    for person in get_user_model().objects.filter(username__startswith="measuring-"):
        person.set_password(PASSWORD)
        person.email = f"{person.last_name}@measuring.example"
        person.save()
        found[person.last_name] = person
    for _letter in post_letters(at=timezone.now()):
        pass  # it stays in the outbox
    return found


def cost(acts: Iterable[Callable[[], object]]) -> tuple[float, int]:
    """CPU seconds of one of these acts, the database's included, and the queries of the last one. The first is not
    counted: it makes what a process makes once (SQL of its look-ups, the rules for replies)."""
    first, *acts = acts
    first()
    before, before_database = time.process_time(), database_cpu_of_ours()
    for act in acts[:-1]:
        act()
    spent = time.process_time() - before + database_cpu_of_ours() - before_database
    with CaptureQueriesContext(connection) as captured:
        acts[-1]()
    return spent / (len(acts) - 1), len(captured)


def database_cpu_of_ours() -> float:
    """As `servers.database_cpu`, of this process's own connection too."""
    if connection.vendor != "postgresql":
        return 0.0
    from tests.bench.servers import _cpu_of

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return database_cpu() + _cpu_of(cursor.fetchone()[0])


def verbs() -> Iterator[str]:
    """In rounds, each with other leaflets: of each verb the median counts, and of the bare views."""
    slugs = shown_slugs(ROUNDS * EACH)
    rounds: list[dict[str, tuple[float, int]]] = []
    bare: list[dict[str, Cost]] = []
    with bare_site(slugs[0]) as server, override_settings(PASSWORD_HASHERS=FAST_HASH):
        people = staff()
        for turn in range(ROUNDS):
            bare.append({name: ask() for name, ask in bare_measures(server, slugs, times=BARE).items()})
            leaflets = list(Leaflet.objects.filter(slug__in=slugs[turn::ROUNDS]).order_by("pk"))
            rounds.append({name: cost(acts) for name, acts in _a_leaflets_way(leaflets, people)})
    beside = Bare.of({name: middle([costs[name] for costs in bare]) for name in bare[0]})
    yield f"verbs, CPU of one with the database's (queries); passwords hashed by MD5; {beside}:"
    for name, (_spent, count) in rounds[-1].items():
        spent = median(found[name][0] for found in rounds)
        beside.note(name, spent)
        yield f"  {name:36} {spent * 1000:7.1f} ms = {beside.times(spent)}  {count} queries"


def _a_leaflets_way(leaflets: list[Leaflet], people: dict[str, StaffMember]):
    author, reader, publisher, moderator = (people[name] for name in ("author", "reader", "publisher", "moderator"))
    ticked = set(ChecklistItem.objects.filter(is_active=True).values_list("text", flat=True))

    def save(leaflet: Leaflet) -> object:
        content = newest_revision(leaflet).content
        first, *others = content.sections
        changed = replace(content, sections=(replace(first, body=f"{first.body}\n\nAsk if unsure."), *others))
        return save_draft(leaflet, changed, by=author)

    def under_way() -> list[Review]:
        """As a page has them at hand before its verb."""
        return [Review.objects.active().get(leaflet=leaflet) for leaflet in leaflets]

    def sign(review: Review, seen: tuple[int, int]) -> object:
        return approve(review, by=reader, password=PASSWORD, ticked=ticked, seen=seen)

    def show(review: Review) -> object:
        return publish(review, by=publisher, change_note="One sentence more.")

    yield "save a draft", [lambda leaflet=leaflet: save(leaflet) for leaflet in leaflets]
    yield "submit", [lambda leaflet=leaflet: submit(leaflet, by=author) for leaflet in leaflets]
    compared = [(review, (last_released(review.leaflet).pk, review.revision_id)) for review in under_way()]
    yield "approve", [lambda review=review, seen=seen: sign(review, seen) for review, seen in compared]
    yield "publish", [lambda review=review: show(review) for review in under_way()]
    bodies = [f"{texts.reply(number)} {time.time_ns()}" for number in range(len(leaflets))]
    yield (
        "a reader's reply",
        [
            lambda leaflet=leaflet, body=body: arrival.submit(leaflet, body=body)
            for leaflet, body in zip(leaflets, bodies, strict=True)
        ],
    )
    waiting = list(Comment.objects.waiting()[: len(leaflets)])
    yield "moderate", [lambda reply=reply: comments.approve(reply, by=moderator) for reply in waiting]
    yield (
        "withdraw",
        [
            lambda leaflet=leaflet: withdraw(leaflet, by=publisher, notice="It is being checked.", why="To measure.")
            for leaflet in leaflets
        ],
    )
