"""What this process has learnt of spam from the moderators' last decisions: in memory alone, made anew now and then."""

from dataclasses import dataclass

from django.db.models import Subquery

from monographs.comments.models import Comment, CommentDecision, State
from monographs.comments.spam.learning import NOTHING, Learnt, learn
from monographs.medicines.models import MedicineName

MOST_OF_EACH = 500  # the newest replies of a kind that are learnt from
EVERY = 50  # decisions, after which it is learnt anew


@dataclass
class _Memory:
    stamp: int = -1
    learnt: Learnt = NOTHING


_memory = _Memory()


def learnt_so_far(newest: int) -> Learnt:
    """Three queries after every fiftieth decision, else none; ``newest`` is the number of the last one
    (`newest_decision`), 0 where there is none. Nothing where there was too little to learn from."""
    stamp = newest // EVERY
    if stamp != _memory.stamp:
        _memory.learnt, _memory.stamp = _learn(), stamp
    return _memory.learnt


def newest_decision() -> Subquery:
    """For a look-up of something else that has the number beside its own columns."""
    return Subquery(CommentDecision.objects.order_by("-pk").values("pk")[:1])


def forget() -> None:
    """As in a process that has just begun."""
    _memory.stamp, _memory.learnt = -1, NOTHING


def _learn() -> Learnt:
    """From what readers wrote and moderators decided on; erased words are gone. Not from names of medicines."""
    spam = _bodies(State.SPAM)
    shown = _bodies(State.APPROVED) if spam else []
    if not shown:
        return NOTHING
    names = MedicineName.objects.values_list("folded", flat=True)
    never = frozenset(word for name in names for word in name.split())
    return learn([*((body, True) for body in spam), *((body, False) for body in shown)], never=never)


def _bodies(state: State) -> list[str]:
    """Along the index of states; read a little more than is taken, for those that are staff's or erased."""
    newest = Comment.objects.filter(state=state).order_by("-at", "-pk")
    rows = newest.values_list("body", "staff_id")[: MOST_OF_EACH * 2]
    return [body for body, staff in rows if body and not staff][:MOST_OF_EACH]
