"""What was acknowledged, against what is stored and what is on record. Reads the database, when all is over."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.load.people import Notes
from tests.load.site import ROOT


@dataclass(frozen=True)
class Before:
    """Where the ledger and the decisions ended before anybody came."""

    position: int
    decision: int


def before() -> Before:
    # The models can be loaded only when Django is set up.
    from monographs.audit.models import Entry
    from monographs.comments.models import CommentDecision

    last = Entry.objects.order_by("-position").first(), CommentDecision.objects.order_by("-pk").first()
    return Before(last[0].position if last[0] else 0, last[1].pk if last[1] else 0)


def wrong(notes: Notes, run: str, since: Before, *, was_killed: bool) -> Iterator[str]:
    """A sentence for each count that does not fit, and nothing if all do.

    Without kills everything stored was acknowledged, too. With kills an act may be on record whose answer was lost.
    """
    for kind, (stored, recorded) in _stored(run, since).items():
        acknowledged = notes.done.get(kind, [])
        lost = set(acknowledged) - set(stored)
        if lost:
            yield f"{kind}: {len(lost)} were acknowledged and are not stored, such as “{min(lost)}”"
        if len(set(stored)) != len(stored):
            yield f"{kind}: something is stored twice"
        if len(stored) != recorded:
            yield f"{kind}: {len(stored)} are stored and {recorded} are on record"
        if not was_killed and len(stored) != len(acknowledged):
            yield f"{kind}: {len(acknowledged)} were acknowledged and {len(stored)} are stored"
    if problem := _verified():
        yield problem


def _stored(run: str, since: Before) -> dict[str, tuple[list[str], int]]:
    """By kind of act: the words or numbers that are stored, and how many entries of the ledger tell of them."""
    from monographs.audit.models import Entry, reference
    from monographs.comments.models import Comment, CommentDecision
    from monographs.publication.models import Publication
    from monographs.revisions.models import Revision

    entries = Counter(Entry.objects.filter(position__gt=since.position).values_list("verb", "about"))

    def about(rows: Iterable, *, verb: str = "") -> int:
        named = {reference(row) for row in rows}
        return sum(count for (what, whom), count in entries.items() if whom in named and verb in (what, ""))

    comments = list(Comment.objects.filter(body__startswith=run, staff=None))
    decided = list(CommentDecision.objects.filter(pk__gt=since.decision).values_list("comment_id", flat=True))
    saved = [row for row in Revision.objects.order_by("-pk")[:100_000] if f"{run} author" in _sentence(row)]
    versions = list(Publication.objects.filter(change_note__startswith=run))
    return {
        "reply": ([comment.body for comment in comments], about(comments, verb="reply.received")),
        "approve": (list(map(str, decided)), sum(n for (verb, _of), n in entries.items() if verb == "reply.approved")),
        "save": ([_sentence(revision) for revision in saved], about(saved)),
        "publish": ([version.change_note for version in versions], about(versions)),
    }


def _sentence(revision) -> str:
    body = revision.content.sections[0].body
    return body[body.index("Ask if unsure:") :].strip() if "Ask if unsure:" in body else ""


def _verified() -> str:
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "manage.py", "verify_history", "--quiet"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else f"verify_history: {done.stderr.strip() or done.stdout.strip()}"
