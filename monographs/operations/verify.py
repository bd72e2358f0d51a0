"""Whether everything that goes on record is still what was recorded: what joins the rooms to the ledger.

The ledger's own chain is checked by `audit.verify`; here each leaflet's revisions, decisions, publications,
pages and moderators' decisions are compared with themselves, with each other and with what the ledger says
of them, both ways: a row without its entry is as wrong as an entry without its row.
"""

import json
from collections import defaultdict
from collections.abc import Iterator

from django.db import models, transaction
from django.utils.translation import gettext as _

from monographs.audit.chain import GENESIS, sha256
from monographs.audit.models import Entry, reference
from monographs.audit.record import lock_ledger
from monographs.audit.verify import Altered, Head, check_ledger
from monographs.comments.models import Comment, CommentDecision
from monographs.comments.models import State as CommentState
from monographs.leaflets.models import Leaflet
from monographs.publication.models import Cancellation, Kind, Page, Publication
from monographs.review.models import Decision, Outcome
from monographs.revisions.models import Revision

_CHUNK = 200  # rows in memory at once; a revision or page may have some ten thousand characters
_CALLED_OFF, _ANSWERED = "leaflet.release-cancelled", "reply.answered"


def rows_to_check() -> int:
    """About how many steps `check_history` takes, for a progress bar."""
    return Entry.objects.count() + len(_leaflets())


def check_history(known: Head | None = None) -> Iterator[Head]:
    """Check the ledger, then every leaflet; yields the ledger's head so far after each step, raises `Altered`.

    Nothing is locked while it reads. What looks wrong in a leaflet is looked at again with writers held back,
    so that a verb at work in the meantime is not taken for a change behind its back.
    """
    head = Head()
    for head in check_ledger(known):
        yield head
    for leaflet in _leaflets():
        try:
            _check_leaflet(leaflet)
        except Altered:
            with transaction.atomic():
                lock_ledger()
                _check_leaflet(leaflet)
        yield head


def _leaflets() -> list[int]:
    """Ids of all leaflets that are there or have a history."""
    prefix = f"{Leaflet._meta.model_name}/"
    recorded = Entry.objects.filter(subject__startswith=prefix).order_by().values_list("subject", flat=True).distinct()
    there = Leaflet.objects.order_by().values_list("pk", flat=True)
    return sorted({*there, *(int(subject.removeprefix(prefix)) for subject in recorded)})


class _Recorded:
    """What the ledger says of one leaflet's rows, by the row that it says it of."""

    _KEYS = {"hash", "decision", "page", "was"}  # each stands in the details of one kind of act

    def __init__(self, leaflet: int):
        self.entries: dict[str, list[tuple[Entry, dict]]] = defaultdict(list)
        for entry in Entry.objects.about(Leaflet(pk=leaflet)).iterator(chunk_size=_CHUNK):
            data = json.loads(entry.data)
            if entry.verb in (_CALLED_OFF, _ANSWERED) or self._KEYS & data.keys():
                self.entries[entry.about].append((entry, data))

    def of(self, thing: models.Model, key: str) -> list[tuple[Entry, dict]]:
        """The entries about ``thing`` whose details have ``key``, oldest first."""
        return [(entry, data) for entry, data in self.entries.get(reference(thing), []) if key in data]

    def rows(self, model: type[models.Model], key: str) -> dict[int, int]:
        """Row number → how many entries with ``key`` speak of that row of ``model``."""
        prefix = f"{model._meta.model_name}/"
        found = {}
        for about, entries in self.entries.items():
            count = sum(1 for _entry, data in entries if key in data)
            if count and about.startswith(prefix):
                found[int(about.removeprefix(prefix))] = count
        return found


def _check_leaflet(leaflet: int) -> None:
    recorded = _Recorded(leaflet)
    _check_revisions(leaflet, recorded)
    _check_decisions(leaflet, recorded)
    _check_publications(leaflet, recorded)
    _check_cancellations(leaflet, recorded)
    _check_moderation(leaflet, recorded)


def _check_revisions(leaflet: int, recorded: _Recorded) -> None:
    previous, seen = GENESIS, set()
    revisions = Revision.objects.filter(leaflet=leaflet).order_by("number")
    for number, revision in enumerate(revisions.iterator(chunk_size=_CHUNK), 1):
        seen.add(revision.pk)
        _same(revision, _("the revision's number"), number, revision.number)
        _same(revision, _("the SHA-256 of its content"), revision.computed_digest(), revision.digest)
        _same(revision, _("the hash of the revision before"), previous, revision.previous_hash)
        _same(revision, _("the hash of its columns"), revision.computed_hash(), revision.hash)
        entry = _only(revision, recorded.of(revision, "hash"))
        _same(revision, _("the hash in the ledger"), entry["hash"], revision.hash)
        _same(revision, _("the SHA-256 in the ledger"), entry["digest"], revision.digest)
        previous = revision.hash
    _none_missing(Revision, recorded.rows(Revision, "hash"), seen)


def _check_decisions(leaflet: int, recorded: _Recorded) -> None:
    said = {
        data["decision"]: (entry, data)
        for entries in recorded.entries.values()
        for entry, data in entries
        if "decision" in data
    }
    decisions = Decision.objects.filter(review__leaflet=leaflet).select_related("review__revision").order_by("pk")
    seen = set()
    for decision in decisions.iterator(chunk_size=_CHUNK):
        seen.add(decision.pk)
        if decision.pk not in said:
            raise _altered(decision, _("the ledger says nothing of it."))
        entry, data = said[decision.pk]
        _same(decision, _("the review"), entry.about, reference(decision.review))
        _same(decision, _("the outcome in the ledger"), entry.verb, f"review.{decision.outcome}")
        _same(decision, _("the person in the ledger"), (entry.by_id, entry.by_name), _signer(decision))
        _same(decision, _("the note in the ledger"), entry.why, decision.note)
        _same(decision, _("the SHA-256 in the ledger"), data["digest"], decision.digest)
        _same(decision, _("the checklist in the ledger"), data["checklist"], decision.checklist)
        _same(decision, _("the meaning in the ledger"), data["meaning"], decision.meaning)
        _same(decision, _("the SHA-256 of the revision"), decision.review.revision.digest, decision.digest)
    _none_missing(Decision, dict.fromkeys(said, 1), seen)


def _signer(decision: Decision) -> tuple[int, str]:
    return decision.by_id, decision.signer_name


def _check_publications(leaflet: int, recorded: _Recorded) -> None:
    publications = Publication.objects.filter(leaflet=leaflet).select_related("revision", "review").order_by("pk")
    seen = set()
    for publication in publications.iterator(chunk_size=_CHUNK):
        seen.add(publication.pk)
        entries = recorded.of(publication, "page")
        if not entries:
            raise _altered(publication, _("the ledger says nothing of it."))
        entry, data = entries[0]
        _same(publication, _("the SHA-256 in the ledger"), data["digest"], publication.digest)
        _same(publication, _("the version in the ledger"), data["version"], publication.version)
        _same(publication, _("the instant in the ledger"), entry.effective_at, publication.effective_from)
        _same(publication, _("the person in the ledger"), entry.by_id, publication.by_id)
        _same(publication, _("the reason in the ledger"), entry.why, publication.why or publication.change_note)
        if publication.revision_id:
            _check_approval(publication)
        _check_pages(publication, [data["page"] for _entry, data in entries])
    _none_missing(Publication, recorded.rows(Publication, "page"), seen)


def _check_approval(publication: Publication) -> None:
    revision, review = publication.revision, publication.review
    _same(publication, _("the SHA-256 of its revision"), revision.digest, publication.digest)
    _same(publication, _("the revision of its review"), review.revision_id, publication.revision_id)
    _same(publication, _("the leaflet of its revision"), revision.leaflet_id, publication.leaflet_id)
    basis = Outcome.EMERGENCY if publication.kind == Kind.EMERGENCY else Outcome.APPROVED
    if not review.decisions.filter(outcome=basis, digest=publication.digest).exists():
        raise _altered(
            publication,
            _("there is no decision “%(outcome)s” on a revision with the SHA-256 %(digest)s.")
            % {"outcome": basis.label, "digest": publication.digest},
        )


def _check_pages(publication: Publication, digests: list[str]) -> None:
    pages = Page.objects.filter(publication=publication).order_by("pk")
    if (count := pages.count()) != len(digests):
        raise _altered(
            publication,
            _("the ledger speaks of %(expected)s compiled pages, but there are %(found)s.")
            % {"expected": len(digests), "found": count},
        )
    for page, recorded in zip(pages.iterator(chunk_size=_CHUNK), digests, strict=False):
        _same(page, _("the SHA-256 of its HTML"), sha256(page.html), page.digest)
        _same(page, _("the SHA-256 in the ledger"), recorded, page.digest)


def _check_cancellations(leaflet: int, recorded: _Recorded) -> None:
    said = {
        int(about.partition("/")[2])
        for about, entries in recorded.entries.items()
        for entry, _data in entries
        if entry.verb == _CALLED_OFF
    }
    called_off = Cancellation.objects.filter(publication__leaflet=leaflet)
    there = dict(called_off.values_list("publication", "pk"))
    for publication in sorted(said ^ set(there)):
        problem = (
            _("the ledger says that publication %s was called off, but the row is missing.")
            if publication in said
            else _("the ledger does not say that publication %s was called off.")
        )
        raise Altered(Cancellation._meta.db_table, there.get(publication, 0), problem % publication)


def _check_moderation(leaflet: int, recorded: _Recorded) -> None:
    decisions = CommentDecision.objects.filter(comment__leaflet=leaflet).select_related("comment").order_by("pk")
    taken: dict[str, int] = defaultdict(int)
    became: dict[int, str] = {}
    for decision in decisions.iterator(chunk_size=_CHUNK):
        about = reference(decision.comment)
        entries = recorded.of(decision.comment, "was")
        if taken[about] >= len(entries):
            raise _altered(decision, _("the ledger says nothing of it."))
        entry, data = entries[taken[about]]
        taken[about] += 1
        became[decision.comment_id] = decision.became
        _same(decision, _("the step in the ledger"), (data["was"], entry.verb), _step(decision))
        _same(decision, _("the person in the ledger"), entry.by_id, decision.by_id)
        _same(decision, _("the reason in the ledger"), entry.why.strip(), decision.reason)
    for about, entries in recorded.entries.items():
        count = sum(1 for _entry, data in entries if about.startswith("comment/") and "was" in data)
        if count != taken.get(about, 0):
            raise Altered(
                CommentDecision._meta.db_table,
                0,
                _("the ledger knows of %(expected)s decisions on %(about)s, but there are %(found)s.")
                % {"expected": count, "about": about, "found": taken.get(about, 0)},
            )
    for comment in Comment.objects.filter(leaflet=leaflet).order_by("pk").iterator(chunk_size=_CHUNK):
        first = CommentState.APPROVED if comment.is_staff_answer else CommentState.PENDING
        if comment.is_staff_answer and not recorded.entries.get(reference(comment)):
            raise _altered(comment, _("the ledger says nothing of it."))
        _same(comment, _("the state that was decided"), became.get(comment.pk, first), comment.state)


def _step(decision: CommentDecision) -> tuple[str, str]:
    return decision.was, f"reply.{decision.became}"


def _same(row: models.Model, what: str, expected: object, found: object) -> None:
    if expected != found:
        raise _altered(
            row,
            _("%(what)s is %(expected)s, but the row says %(found)s.")
            % {"what": what, "expected": expected, "found": found},
        )


def _only(row: models.Model, entries: list[tuple[Entry, dict]]) -> dict:
    if len(entries) != 1:
        raise _altered(row, _("the ledger has %s entries of its making, not one.") % len(entries))
    return entries[0][1]


def _none_missing(model: type[models.Model], said: dict[int, int], seen: set[int]) -> None:
    for number in sorted(said.keys() - seen):
        raise Altered(model._meta.db_table, number, _("the ledger speaks of this row, but it is missing."))


def _altered(row: models.Model, problem: str) -> Altered:
    return Altered(row._meta.db_table, row.pk, problem)
