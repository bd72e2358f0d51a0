"""Fill an empty database that is meant for measuring with a large made-up site.

A few leaflets go through the real verbs; all others are copies of these under other names (`copies`), so that what
the triggers and `verify_history` ask of a leaflet holds for each of a hundred thousand.
"""

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.contrib.auth.models import Group
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.audit.models import Entry, reference
from monographs.audit.record import lock_ledger
from monographs.comments.models import Comment, CommentDecision, ReplyLabel
from monographs.leaflets.actions import start_leaflet
from monographs.leaflets.models import Leaflet, Section, Source
from monographs.leaflets.standing import Standing
from monographs.medicines.actions import add_medicine
from monographs.medicines.models import Medicine, MedicineName, NameKind
from monographs.operations.corpus import texts
from monographs.operations.corpus.copies import Copy, Numbers, Pattern
from monographs.operations.corpus.replies import insert_shown, sent_to
from monographs.operations.corpus.rows import analyze, count_on, insert, plan_once, tidy
from monographs.publication.actions import publish, withdraw
from monographs.publication.found.passages import Passage
from monographs.publication.models import Page, Publication
from monographs.publication.shown.listing import list_medicines
from monographs.publication.shown.showings import Showing
from monographs.refusals import Conflict
from monographs.review.actions import approve, submit
from monographs.review.models import ChecklistItem, Decision, Review, State
from monographs.revisions.actions import save_draft
from monographs.revisions.models import Revision
from monographs.staff import roles
from monographs.staff.models import StaffMember

NAMED = "measuring"  # what the name of such a database must have in it
PATTERNS = 12  # different texts
DRAFT, CHANGED, WITHDRAWN = 9, 10, 11  # the patterns that are not shown yet, have a newer draft, are withdrawn
DUE_IN = {0: 20, 1: 60}  # pattern → days to its next review; that of all others lies a year ahead
BATCH = 200  # leaflets in one transaction
EACH = dt.timedelta(minutes=5)  # between a leaflet and the next: a hundred thousand take a year
PASSWORD_LENGTH = 32

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Staff:
    author: StaffMember
    reader: StaffMember
    publisher: StaffMember
    moderator: StaffMember
    password: str


def make_corpus(*, leaflets: int, replies: int, progress: Progress) -> None:
    """Make so many leaflets, most of them shown, with so many replies shown on them, spread evenly. Of one in six the
    next review is near.

    The same every time but for the time of day. ``progress`` is told how many leaflets there are, of how many.
    Raises Conflict in a database that does not say in its name that it is for measuring, or has leaflets already.
    """
    _check_may_fill()
    with transaction.atomic():
        lock_ledger()
        staff = _people()
        patterns = [_pattern(number, staff) for number in range(PATTERNS)]
    numbers = Numbers.of_database()
    _fill(patterns, staff, numbers, leaflets=leaflets, replies=replies, progress=progress)
    tidy()


def _check_may_fill() -> None:
    name = str(connection.settings_dict["NAME"])
    if NAMED not in name:
        raise Conflict(
            _("A made-up site goes only into a database with “%(word)s” in its name; this one is “%(name)s”.")
            % {"word": NAMED, "name": name}
        )
    if Leaflet.objects.exists():
        raise Conflict(_("There are leaflets in this database already. A made-up site needs an empty one."))


def _people() -> _Staff:
    password = secrets.token_urlsafe(PASSWORD_LENGTH)
    found = {}
    for name, role in (
        ("author", roles.AUTHOR),
        ("reader", roles.SECOND_READER),
        ("publisher", roles.PUBLISHER),
        ("moderator", roles.MODERATOR),
    ):
        person = StaffMember(username=f"{NAMED}-{name}", first_name="Made-up", last_name=name, is_staff=True)
        person.set_password(password)
        person.save()
        person.groups.add(Group.objects.get(name=role))
        found[name] = person
    return _Staff(**found, password=password)


def _pattern(number: int, staff: _Staff) -> Pattern:
    """A leaflet that goes the way of every leaflet, and all rows that it left."""
    title, brand = f"{texts.TITLE}{_letters(number)}", f"{texts.TITLE}{_letters(number)}brand"
    next_review_on = timezone.localdate() + dt.timedelta(days=DUE_IN.get(number, 365 + 7 * number))
    content = texts.content(number, title=title, next_review_on=next_review_on)
    medicine = add_medicine(title, by=staff.author, names=[(brand, NameKind.BRAND)])
    leaflet = start_leaflet(medicine, by=staff.author)
    save_draft(leaflet, content, by=staff.author)
    if number == DRAFT:
        return _rows(medicine, leaflet, (title, brand))
    review = submit(leaflet, by=staff.author)
    ticked = set(ChecklistItem.objects.filter(is_active=True).values_list("text", flat=True))
    approve(review, by=staff.reader, password=staff.password, ticked=ticked, seen=(None, review.revision_id))
    publish(review, by=staff.publisher, change_note=_("First version."))
    if number == CHANGED:
        save_draft(leaflet, replace(content, key_facts=content.key_facts[::-1]), by=staff.author)
    if number == WITHDRAWN:
        withdraw(leaflet, by=staff.publisher, notice=_("This leaflet is being checked."), why=_("Made up."))
    return _rows(medicine, leaflet, (title, brand))


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:02}")


def _rows(medicine: Medicine, leaflet: Leaflet, names: tuple[str, str]) -> Pattern:
    here = {"leaflet": leaflet}
    rows = {
        Medicine: Medicine.objects.filter(pk=medicine.pk),
        MedicineName: MedicineName.objects.filter(medicine=medicine),
        Leaflet: Leaflet.objects.filter(pk=leaflet.pk),
        Section: Section.objects.filter(**here),
        Source: Source.objects.filter(**here),
        Revision: Revision.objects.filter(**here).order_by("number"),
        Review: Review.objects.filter(**here),
        Decision: Decision.objects.filter(review__leaflet=leaflet),
        Publication: Publication.objects.filter(**here).order_by("pk"),
        Page: Page.objects.filter(publication__leaflet=leaflet).order_by("pk"),
        Showing: Showing.objects.filter(**here),
        Standing: Standing.objects.filter(**here),
        Passage: Passage.objects.filter(publication__leaflet=leaflet),
    }
    subjects = [reference(medicine), reference(leaflet)]
    entries = Entry.objects.filter(subject__in=subjects).order_by("position")
    return Pattern({model: list(found) for model, found in rows.items()}, list(entries), names)


def _fill(
    patterns: list[Pattern], staff: _Staff, numbers: Numbers, *, leaflets: int, replies: int, progress: Progress
) -> None:
    counted = 0
    asked_of = _replies_of(patterns, leaflets, replies)
    for first in range(0, leaflets, BATCH):
        batch = range(first, min(first + BATCH, leaflets))
        copies, asked = [], []
        for number in batch:
            pattern, later = patterns[number % len(patterns)], -EACH * (leaflets - number)
            copies.append(Copy(pattern, numbers, names=texts.name(number), later=later))
            asked += sent_to(copies[-1], next(asked_of), numbers)
        with transaction.atomic():
            lock_ledger()
            plan_once()
            _insert(copies)
            insert_shown(asked, numbers, by=staff.moderator)
        if batch.stop >= 2 * counted:
            counted = batch.stop
            analyze()
        progress(batch.stop, leaflets)
    count_on({*patterns[0].models, Entry, Comment, CommentDecision, ReplyLabel})


def _replies_of(patterns: list[Pattern], leaflets: int, replies: int) -> Iterator[range]:
    """For each leaflet the numbers of the replies to it: as many to each that was ever shown."""
    shown = [Publication in pattern.filled for pattern in patterns]
    whole, rest = divmod(leaflets, len(shown))
    count, before = whole * sum(shown) + sum(shown[:rest]), 0
    for number in range(leaflets):
        after = before + shown[number % len(shown)]
        yield range(replies * before // max(count, 1), replies * after // max(count, 1))
        before = after


def _insert(copies: list[Copy]) -> None:
    """In the order in which the triggers look: a publication asks for an approved review and its entry."""
    rows: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for one in copies:
        for model, found in one.rows.items():
            rows[model] += found
    reviews = {review.pk: review.state for review in rows[Review]}
    for review in rows[Review]:
        review.state = State.APPROVED
    entries = [entry for one in copies for entry in one.entries]
    after = (Publication, Page, Showing, Passage)
    for model in [model for model in rows if model not in after]:
        insert(rows[model])
    insert(entries)
    for model in after:
        insert(rows[model])
    list_medicines(medicine.pk for medicine in rows[Medicine])
    for state in set(reviews.values()) - {State.APPROVED}:
        Review.objects.filter(pk__in=[pk for pk, was in reviews.items() if was == state]).update(state=state)
