"""Where each reply stands under its leaflet, written down so that a page of replies is one range of an index.

A place is digits: for a question its number, for an answer the place of what it answers and then its own number. So the
order of places is the order of reading, on every database: each reply, and behind it what answers it. A reply that is
shown has one, and one that is taken away while answers below it are shown keeps its own, empty of words (`EmptyPlace`);
what stands under a reply without a place has none. Places follow from the replies' states, from whom they answer and
from which places are kept; `comments.deciding.actions` and `comments.standing.threads` keep them, triggers refuse a
place that shows what may not be shown (`comments.guards`), and `verify_history` works them out anew.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from monographs.comments.models import MOST_LEVELS, PLACE_DIGITS, Comment, State
from monographs.prepared import Given, Prepared, PreparedUpdate


class EmptyPlace(models.Model):
    """A reply that is not shown keeps its place, without a word of it, while what answers it is shown.

    There from the step that takes the reply away until one that shows it again or takes its answers away as well; each
    is in the ledger (``keeps_place``), and `verify_history` compares.
    """

    comment = models.OneToOneField(Comment, models.PROTECT, primary_key=True, related_name="empty_place")

    class Meta:
        verbose_name = _("empty place of a reply")
        verbose_name_plural = _("empty places of replies")

    def __str__(self):
        return str(self.comment_id)


class Placed(NamedTuple):
    """What a place follows from. ``kept`` is the reply's own number if its place is kept."""

    pk: int
    parent: int | None
    state: str
    place: str
    kept: int | None


_COLUMNS = ("pk", "parent_id", "state", "place", "empty_place")


def rows_of(**which: object) -> Iterator[Placed]:
    """In the order of numbers, in which each reply comes after the one that it answers."""
    rows = Comment.objects.filter(**which).order_by("pk").values_list(*_COLUMNS)
    return (Placed(*row) for row in rows.iterator(chunk_size=1_000))


def answers_to(comment: Comment) -> list[Placed]:
    """In the same order."""
    return [Placed(*row) for row in _ANSWERS.rows(pk=comment.pk)]


_PK = Given("pk", models.BigIntegerField())
_ANSWERS = Prepared(lambda: Comment.objects.filter(parent=_PK).order_by("pk").values_list(*_COLUMNS))


def places_of(rows: Iterable[Placed], above: str | None = None) -> dict[int, str]:
    """Number → place of replies, each after the one that it answers. ``above`` is the place of what the first of them
    answers; None if it answers nothing.

    Below `MOST_LEVELS` answers stand in the order of time under the last level that has room.
    """
    rows = list(rows)
    holding: set[int | None] = set()  # shown, or kept for one below that is
    for row in reversed(rows):
        if row.state == State.APPROVED or (row.kept and row.pk in holding):
            holding.add(row.pk)
            holding.add(row.parent)
        else:
            holding.discard(row.pk)
    places: dict[int, str] = {}
    for row in rows:
        over = places.get(row.parent, above) if row.parent else None
        has_one = row.pk in holding and over != ""
        places[row.pk] = (
            f"{(over or '')[: PLACE_DIGITS * (MOST_LEVELS - 1)]}{row.pk:0{PLACE_DIGITS}}" if has_one else ""
        )
    return places


def move(comment: Comment, *, was: str, with_answers: bool = False) -> bool | None:
    """Save a reply that was in the state ``was``, with the place that it has now and who must look at it, and move what
    stands above and under it.

    One that was shown keeps an empty place for its answers, unless ``with_answers`` they go with it. Whether a place is
    kept from now on; None if that is as it was.
    """
    answers = answers_to(comment)
    keeps = None
    if answers and State.APPROVED in (was, comment.state):
        is_wanted = comment.state != State.APPROVED and not with_answers
        keeps = keep_place(comment, is_wanted and any(_may_be_shown(row) for row in answers))
    is_alone = not answers and not comment.parent_id  # as nearly all: nothing else can move, nor say where it stands
    if is_alone:
        comment.place = places_of([Placed(comment.pk, None, comment.state, comment.place, None)])[comment.pk]
    elif was == State.APPROVED and not keeps:
        comment.place = ""  # with its state: the database keeps no place of what is not shown
    _MOVED.write(pk=comment.pk, **{name: getattr(comment, name) for name in _MOVING})
    if not is_alone:
        rewrite_places(comment, answers)
    return keeps


_MOVING = ("state", "place", "waits_since", "is_escalated", "claimed_by_id", "claimed_until")
_MOVED = PreparedUpdate(
    lambda: (
        Comment.objects.filter(pk=_PK),
        {name: Given(name, Comment._meta.get_field(name.removesuffix("_id"))) for name in _MOVING},
    )
)
_PLACED = PreparedUpdate(
    lambda: (Comment.objects.filter(pk=_PK), {"place": Given("place", Comment._meta.get_field("place"))})
)


def _may_be_shown(row: Placed) -> bool:
    """It is, or waits, or keeps a place for one that is."""
    return row.state in (State.APPROVED, State.PENDING) or bool(row.kept)


def keep_place(comment: Comment, keeps: bool) -> bool | None:
    """Write down whether a reply's place is kept; the same, or None if nothing changed."""
    if keeps:
        _row, is_changed = EmptyPlace.objects.get_or_create(comment=comment)
    else:
        is_changed = bool(EmptyPlace.objects.filter(comment=comment).delete()[0])
    return keeps if is_changed else None


def rewrite_places(comment: Comment, answers: list[Placed]) -> None:
    """Make the places of a reply, of what it answers and of its ``answers`` follow from their states.

    Every place is written from above, so that the database finds one there. What stands above a reply moves only where
    it keeps an empty place.
    """
    above, levels = _from_above(comment, answers)
    while levels[-1]:
        below = rows_of(parent__in=[row.pk for row in levels[-1]])
        # The reply itself, too, if it holds nothing any more: what stands under it must leave its place.
        levels.append([row for row in below if _holds_place(row) or row.pk == comment.pk])
    places = places_of([row for level in levels for row in level], above.place if above else None)
    for level in levels:
        moved = [Comment(pk=row.pk, place=places[row.pk]) for row in level if places[row.pk] != row.place]
        if len(moved) == 1:  # of nearly all
            _PLACED.write(pk=moved[0].pk, place=moved[0].place)
        elif moved:
            Comment.objects.bulk_update(moved, ["place"])
    comment.place = places.get(comment.pk, "")


def _from_above(comment: Comment, answers: list[Placed]) -> tuple[Placed | None, list[list[Placed]]]:
    """What stands above all whose places may change, if anything, and of these the first levels: the reply and its
    answers, or else the highest of the empty places above it."""
    is_kept = bool(answers) and EmptyPlace.objects.filter(comment=comment).exists()
    top = Placed(comment.pk, comment.parent_id, comment.state, comment.place, comment.pk if is_kept else None)
    levels = [[top], [row for row in answers if _holds_place(row)]]
    while top.parent:
        above = next(rows_of(pk=top.parent))
        if above.state == State.APPROVED or not above.kept:
            return above, levels
        top, levels = above, [[above]]
    return None, levels


def _holds_place(row: Placed) -> bool:
    return row.state == State.APPROVED or bool(row.kept)


def may_be_answered(comment: Comment) -> bool:
    """Whether readers meet its words: it is shown, has a place, and is not erased."""
    return comment.state == State.APPROVED and bool(comment.place) and not comment.erased_at
