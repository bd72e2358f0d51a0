"""What comes due: reviews of published leaflets, and the letters about them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.db.models import BigAutoField, DateField, DateTimeField, QuerySet, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

from monographs.audit.record import act
from monographs.leaflets.standing import Standing
from monographs.mail.outbox import post
from monographs.prepared import Given, Prepared, PreparedIn
from monographs.publication.models import Publication, Reminder
from monographs.publication.shown.standing import outdated
from monographs.staff.models import StaffMember
from monographs.staff.rules import holders

REMIND_AT = (0, 30, 90)  # days before the next review, nearest first
LATE_AFTER = dt.timedelta(days=1)  # a letter that nobody wrote by then waits for a clock
IN_A_LETTER = 100  # notices, which are written under one lock: less than a tenth of a second
_AT_ONCE = 100  # versions that are read, and notices that are held against the letters that were written
_LATELY = dt.timedelta(days=1)
_FEW = 20  # versions that are due and are all looked at on a desk
_NEWEST = 10  # versions of each distance, by which it is seen whether a clock runs where more are due


# Where the day is read at which a version is to be checked again: in the rows of where leaflets stand, whose index has
# nothing but what is shown, or in the timeline with all that ever was.
IN_ROWS, IN_TIMELINE = "leaflet__standing__shown_review_on", "next_review_on"


def day_read_at(at: dt.datetime) -> str:
    """`IN_ROWS`, unless the clock has still to write down what a scheduled release or expiry made of some by ``at``."""
    return IN_TIMELINE if next(_OVERTAKEN.rows(at=at), None) else IN_ROWS


# In the order of the index: a plan for all instants takes a third of the rows for overtaken, and would read the table.
_OVERTAKEN = Prepared(lambda: outdated(Given("at", DateTimeField())).order_by("holds_until").values_list("pk")[:1])


def due_within(days: int, *, at: dt.datetime, day: str = "") -> QuerySet[Publication]:
    """Live versions whose next review is at most ``days`` away (overdue ones included), the most urgent first."""
    return due_by(timezone.localdate(at) + dt.timedelta(days=days), at=at, day=day or day_read_at(at))


def due_by(
    last_day: dt.date | Given, *, at: dt.datetime | Given, day: str, after: dt.date = dt.date.min
) -> QuerySet[Publication]:
    """The same up to a day and ``after`` another, which are read in ``day`` (`day_read_at`)."""
    due = Publication.objects.read(at).filter(**{f"{day}__lte": last_day})
    if day == IN_TIMELINE:
        due = due.filter(next_review_on__gt=after) if after > dt.date.min else due
        return due.order_by(day, "pk")
    # With both ends SQLite takes the rows in the order of their index, instead of all that is shown.
    due = due.filter(**{f"{day}__gt": after})
    # A version that was published since ``at`` may have brought its day into the row. Asked of the column alone, the
    # database would look for it in the timeline's index after all.
    own_day = Coalesce("next_review_on", Value(dt.date.max), output_field=DateField())
    by_the_row = due.filter(LessThanOrEqual(own_day, last_day), leaflet__standing__holds_until__gt=at)
    return by_the_row.order_by(day, "leaflet__standing__leaflet_id")


def is_overdue(publication: Publication, *, at: dt.datetime) -> bool:
    """Whether the day on which it was to be checked again is here or gone by."""
    return bool(publication.next_review_on and publication.next_review_on <= timezone.localdate(at))


def first_due(last_day: dt.date, *, most: int) -> list[int]:
    """The leaflets whose versions come due first, up to a day, at most so many: where the day is read `IN_ROWS`.

    The first of the index, whatever their days. How many come before a day is what a database would have to guess, and
    on a bad guess it reads them all to find the first.
    """
    return [leaflet for day, leaflet in _first_in_rows(most).rows() if day <= last_day]


@cache
def _first_in_rows(most: int) -> Prepared:
    rows = Standing.objects.filter(shown_review_on__isnull=False).order_by("shown_review_on", "leaflet_id")
    return Prepared(lambda: rows.values_list("shown_review_on", "leaflet_id")[:most])


@dataclass(frozen=True)
class Notice:
    """What one person is to be told of one version: its review is at most ``days`` away, one of `REMIND_AT`."""

    person: StaffMember
    publication: Publication
    days: int

    @property
    def key(self) -> tuple[int, int, dt.date, int]:
        """A later version with the same date is no news."""
        return self.person.pk, self.publication.leaflet_id, self.publication.next_review_on, self.days

    def since(self) -> dt.datetime:
        """The instant from which they are to be told."""
        day = self.publication.next_review_on - dt.timedelta(days=self.days)
        return max(timezone.make_aware(dt.datetime.combine(day, dt.time())), self.publication.effective_from)


def post_letters(*, at: dt.datetime, everywhere: bool = True, since: dt.date | None = None) -> Iterator[list[Notice]]:
    """One letter for each person to whom something is due, put into the outbox before it is yielded; several to whom
    very much is.

    Each notice is posted once, whatever the number of callers: with the letter goes the row that says so. Not
    ``everywhere``: only about versions that patients read since a day ago at most, or came to one of the distances
    after the day ``since``, as all others were looked at before and nothing else has changed since (`told_as_of`).
    """
    day = day_read_at(at)
    if everywhere:
        due = _in_turns(max(REMIND_AT), at=at, day=day)
    else:
        due = _new_since(since or timezone.localdate(at), at=at, day=day)
    by_person = defaultdict(list)
    for notice in _open_about(due, publishers_with_address(), at=at):
        by_person[notice.person.pk].append(notice)
    for mine in by_person.values():
        for first in range(0, len(mine), IN_A_LETTER):
            if posted := _post(mine[first : first + IN_A_LETTER], at=at):
                yield posted


def _new_since(since: dt.date, *, at: dt.datetime, day: str) -> Iterator[Publication]:
    """What patients began to read since that day began, or a day ago, and what came to a distance after it."""
    began_at = min(at - _LATELY, timezone.make_aware(dt.datetime.combine(since, dt.time())))
    begun = due_within(max(REMIND_AT), at=at, day=IN_TIMELINE).filter(showing__starts_at__gt=began_at)
    seen = set()
    for publication in _with_authors(begun):
        seen.add(publication.pk)
        yield publication
    for days in REMIND_AT if since < timezone.localdate(at) else ():
        come = _in_turns(days, at=at, day=day, after=since + dt.timedelta(days=days))
        yield from (publication for publication in come if publication.pk not in seen)


def _in_turns(days: int, *, at: dt.datetime, day: str, after: dt.date = dt.date.min) -> Iterator[Publication]:
    """What is `due_within`, and later than ``after``, with its authors: some at a time, each time from where the last
    ones ended."""
    last_day = timezone.localdate(at) + dt.timedelta(days=days)
    if day == IN_TIMELINE:
        due = due_by(last_day, at=at, day=day, after=after)
        yield from _with_authors(due).iterator(_AT_ONCE)
        return
    rows = Standing.objects.filter(shown_review_on__gt=after, shown_review_on__lte=last_day, holds_until__gt=at)
    for leaflets in _leaflets_in_turns(rows):
        due = Publication.objects.read(at).filter(leaflet__in=leaflets, next_review_on__lte=last_day)
        yield from _with_authors(due.order_by("next_review_on", "leaflet_id"))


def _leaflets_in_turns(rows: QuerySet[Standing]) -> Iterator[list[int]]:
    """In the order of an index: what is left of the last day, then the days after it."""
    rows = rows.order_by("shown_review_on", "leaflet_id").values_list("shown_review_on", "leaflet_id")
    here, is_of_one_day = rows, False
    while True:
        some = list(here[:_AT_ONCE])
        if some:
            last_day, last = some[-1]
            yield [leaflet for _day, leaflet in some]
        if len(some) == _AT_ONCE:
            here, is_of_one_day = rows.filter(shown_review_on=last_day, leaflet__gt=last), True
        elif is_of_one_day:
            here, is_of_one_day = rows.filter(shown_review_on__gt=last_day), False
        else:
            return


def told_as_of(at: dt.datetime) -> tuple:
    """What decides, beside the versions, which letters are due: the day, who may publish, and who has an address."""
    people = StaffMember.objects.filter(is_active=True).exclude(email="").order_by("pk")
    publishers = {person.pk for person in publishers_with_address()}
    return timezone.localdate(at), publishers, set(people.values_list("pk", flat=True))


def _with_authors(publications: QuerySet[Publication]) -> QuerySet[Publication]:
    return publications.select_related("leaflet", "revision__by").defer("revision__content_json")


def _open_about(
    publications: Iterable[Publication],
    publishers: list[StaffMember],
    *,
    at: dt.datetime,
    late: dt.timedelta | None = None,
) -> Iterator[Notice]:
    """All that people should have been told of these versions by ``at`` and were not, in the order of the versions;
    that they should have been told longer ago than ``late``, if given.

    One notice for each date and distance in `REMIND_AT`: of a leaflet that is found at 20 days only the 30-day notice.
    Told are all ``publishers`` and who wrote the version, if active; each needs an address.
    """
    chunk = []
    for publication in publications:
        notices = _notices(publication, publishers, at=at)
        chunk += [notice for notice in notices if not late or notice.since() < at - late]
        if len(chunk) >= _AT_ONCE:
            yield from _open(chunk)
            chunk = []
    yield from _open(chunk)


def _notices(publication: Publication, publishers: list[StaffMember], *, at: dt.datetime) -> list[Notice]:
    days_left = (publication.next_review_on - timezone.localdate(at)).days
    days = next(distance for distance in REMIND_AT if days_left <= distance)
    author = publication.revision.by
    authors = [author] if author and author.is_active and author.email else []
    people = {person.pk: person for person in (*publishers, *authors)}
    return [Notice(person, publication, days) for person in people.values()]


def publishers_with_address() -> list[StaffMember]:
    """Everybody who may publish (`holders`) and can be written to."""
    return _PUBLISHERS.things()


_PUBLISHERS = Prepared(lambda: holders("publish_leaflet").exclude(email=""), spelled_out=True)


def late_notices(*, at: dt.datetime, publishers: list[StaffMember] | None = None) -> list[Notice]:
    """What people should have been written a day ago and were not: no clock runs. ``publishers``:
    `publishers_with_address`, where they are known.

    Where much is due, all of it is looked at only if a letter is missing about one of the newest of each distance: a
    clock that runs has written about these as well, and one that stood still for a while catches up with all.
    """
    day, last_day = day_read_at(at), timezone.localdate(at) + dt.timedelta(days=max(REMIND_AT))
    publishers = publishers_with_address() if publishers is None else publishers

    def late_among(publications: Iterable[Publication]) -> list[Notice]:
        return list(_open_about(publications, publishers, at=at, late=LATE_AFTER))

    if day == IN_TIMELINE or len(first_due(last_day, most=_FEW + 1)) <= _FEW:
        few = _few_due(day, _FEW + 1).things(at=at, last_day=last_day)
        if len(few) <= _FEW:
            return late_among(few)
    if not any(late_among(newest) for newest in _newest_due(at - LATE_AFTER, at=at, day=day)):
        return []
    return late_among(_in_turns(max(REMIND_AT), at=at, day=day))


def _newest_due(then: dt.datetime, *, at: dt.datetime, day: str) -> Iterator[list[Publication]]:
    """For each distance the versions that came to it last, at ``then``, among those that are there at ``at``. Where few
    did, nearer ones are among them: these are judged by their own distance."""
    for days in REMIND_AT:
        given = {"at": at, "last_day": timezone.localdate(then) + dt.timedelta(days=days), "then": then}
        found = _last_among_rows(**given) if day == IN_ROWS else None
        yield _last_to_come(day, _NEWEST).things(**given) if found is None else found


def _last_among_rows(*, last_day: dt.date, **given: dt.datetime) -> list[Publication] | None:
    """The same, looked for among the last leaflets of the index; None where too few of these are meant: asked for all
    at once, a database may read all that is due to put it in order."""
    looked_at = 4 * _NEWEST
    last = [leaflet for (leaflet,) in _last_in_rows(looked_at).rows(last_day=last_day)]
    found = _last_among(_NEWEST).things(last, last_day=last_day, **given)
    return found if len(found) == _NEWEST or len(last) < looked_at else None


@cache
def _last_in_rows(most: int) -> Prepared:
    rows = Standing.objects.filter(shown_review_on__lte=Given("last_day", DateField()))
    return Prepared(lambda: rows.order_by("-shown_review_on", "-leaflet_id").values_list("leaflet_id")[:most])


_AUTHOR = ("username", "first_name", "last_name", "email", "is_active")
_FOR_NOTICES = ("leaflet_id", "next_review_on", "effective_from", "revision_id",
                "revision__by_id", *(f"revision__by__{name}" for name in _AUTHOR))  # fmt: skip


@cache
def _few_due(day: str, most: int) -> Prepared:
    """What is due up to ``last_day`` at ``at``, at ``most`` so many; by where the day is read."""
    return _prepared_due(day, lambda due: due[:most])


@cache
def _last_to_come(day: str, most: int) -> Prepared:
    """The same of what patients read before ``then``, and of those the last to come."""
    return _prepared_due(day, lambda due: _last_of(due, day, most))


@cache
def _last_among(most: int) -> PreparedIn:
    """The same among some leaflets."""
    return PreparedIn(
        lambda leaflets: _last_of(_due_to_tell(IN_ROWS).filter(leaflet__pk__in=leaflets), IN_ROWS, most), BigAutoField()
    )


def _last_of(due: QuerySet[Publication], day: str, most: int) -> QuerySet[Publication]:
    return due.filter(effective_from__lt=Given("then", DateTimeField())).order_by(f"-{day}")[:most]


def _prepared_due(day: str, narrow: Callable[[QuerySet[Publication]], QuerySet[Publication]]) -> Prepared:
    # The timeline has all that ever was: one plan would not do for all days.
    return Prepared(lambda: narrow(_due_to_tell(day)), depends_on_values=day == IN_TIMELINE, spelled_out=True)


def _due_to_tell(day: str) -> QuerySet[Publication]:
    due = due_by(Given("last_day", DateField()), at=Given("at", DateTimeField()), day=day)
    return due.select_related("revision__by").only(*_FOR_NOTICES)


@act
def _post(found: list[Notice], *, at: dt.datetime) -> list[Notice]:
    """The letter about those of one person's notices that are still open, one caller at a time."""
    mine = _open(found)
    if not mine:
        return []
    Reminder.objects.bulk_create(
        [
            Reminder(person_id=person, leaflet_id=leaflet, due_on=due_on, days=days, claimed_at=at, sent_at=at)
            for person, leaflet, due_on, days in (notice.key for notice in mine)
        ],
        update_conflicts=True,
        unique_fields=["person", "leaflet", "due_on", "days"],
        update_fields=["claimed_at", "sent_at"],
        batch_size=500,
    )
    person, today = mine[0].person, timezone.localdate(at)
    leaflets = [_in_a_letter(notice.publication, today=today) for notice in mine]
    post("review-due", to=person.email, context={"name": person.name, "leaflets": leaflets})
    return mine


def _in_a_letter(publication: Publication, *, today: dt.date) -> dict:
    return {
        "title": publication.leaflet.title,
        "version": publication.version,
        "due_on": publication.next_review_on,
        "is_late": publication.next_review_on < today,
    }


def _open(found: list[Notice]) -> list[Notice]:
    """Those of which no letter was written."""
    if not found:
        return []
    # Of these leaflets alone: asked for the people as well, the database may read all that they were ever sent.
    told = set(map(tuple, _told.rows({notice.publication.leaflet_id for notice in found})))
    return [notice for notice in found if notice.key not in told]


def _find_told(leaflets: list[Given]) -> QuerySet[Reminder]:
    told = Reminder.objects.filter(leaflet__pk__in=leaflets, sent_at__isnull=False)
    return told.values_list("person", "leaflet", "due_on", "days")


_told = PreparedIn(_find_told, BigAutoField())
