"""Whether everything that goes on record is still what was recorded: what joins the rooms to the ledger.

The ledger's own chain is checked by `audit.verify`, the clinic's details by `clinics.verify`; here each leaflet's
revisions, decisions, publications, pages and moderators' decisions are compared with themselves, with each other and
with what the ledger says of them, both ways: a row without its entry is as wrong as an entry without its row.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.audit.chain import GENESIS, sha256
from monographs.audit.models import Entry, reference, row_digest
from monographs.audit.record import lock_ledger
from monographs.audit.verify import Altered, Head, check_ledger
from monographs.clinics.verify import check_clinic
from monographs.comments.models import Comment, CommentDecision
from monographs.comments.models import State as CommentState
from monographs.leaflets.models import Leaflet
from monographs.leaflets.standing import COLUMNS, Standing
from monographs.medicines.models import MedicineName
from monographs.medicines.names import folded_otherwise
from monographs.operations.verify_names import check_names
from monographs.publication import passages
from monographs.publication.models import Cancellation, Kind, Page, Publication
from monographs.publication.passage_index import is_in_step
from monographs.publication.passages import Passage
from monographs.publication.showings import FOREVER, Showing, title_in
from monographs.review.models import APPROVED_STATES, Decision, FactCheck, Outcome, Review
from monographs.review.standing import worked_out
from monographs.revisions.models import Revision

_CHUNK = 200  # rows in memory at once; a revision or page may have some ten thousand characters
_CALLED_OFF, _ANSWERED = "leaflet.release-cancelled", "reply.answered"
_OPENED = {"review.submitted", "review.emergency"}


def rows_to_check() -> int:
    """About how many steps `check_history` takes, for a progress bar."""
    return Entry.objects.count() + 1 + len(_leaflets())


def check_history(known: Head | None = None) -> Iterator[Head]:
    """Check the ledger, the clinic, then every leaflet; yields the ledger's head so far after each step.

    Raises `Altered`. Nothing is locked while it reads. What looks wrong in one of these is looked at again with
    writers held back, so that a verb at work in the meantime is not taken for a change behind its back.
    """
    head = Head()
    for head in check_ledger(known):
        yield head
    _check(check_clinic)
    yield head
    for leaflet in _leaflets():
        _check(partial(_check_leaflet, leaflet))
        yield head
    _check_folding()
    _check(check_names)
    _check_index()


def _check_folding() -> None:
    """Names are found by their folded form, which each must have by the folding of today."""
    for number, folded in folded_otherwise():
        problem = _("its name is folded as “%s” today, but the row says otherwise.") % folded
        raise Altered(MedicineName._meta.db_table, number, problem)


def _check(part: Callable[[], None]) -> None:
    try:
        part()
    except Altered:
        with transaction.atomic():
            lock_ledger()
            part()


def _leaflets() -> list[int]:
    """Ids of all leaflets that are there or have a history."""
    prefix = f"{Leaflet._meta.model_name}/"
    recorded = Entry.objects.filter(subject__startswith=prefix).order_by().values_list("subject", flat=True).distinct()
    there = Leaflet.objects.order_by().values_list("pk", flat=True)
    return sorted({*there, *(_number(subject) for subject in recorded)})


def _number(about: str) -> int:
    """12 of ``"leaflet/12"``."""
    number = about.partition("/")[2]
    if not number.isascii() or not number.isdigit():
        raise Altered(Entry._meta.db_table, 0, _("an entry is about “%s”, which is nothing.") % about)
    return int(number)


class Said(NamedTuple):
    """What one entry says of a row: as little as is compared, because a leaflet may have a hundred thousand."""

    verb: str
    by_id: int | None
    by_name: str
    why: str
    effective_at: dt.datetime
    data: dict


class _Recorded:
    """What the ledger says of one leaflet's rows, by the row that it says it of, oldest first."""

    _KEYS = {"hash", "decision", "page", "was", "text", "verdict"}  # each stands in the details of one kind of act

    def __init__(self, leaflet: int):
        self.entries: dict[str, list[Said]] = defaultdict(list)
        entries = Entry.objects.about(Leaflet(pk=leaflet)).values_list("position", "about", *Said._fields)
        for position, about, *columns in entries.iterator(chunk_size=_CHUNK):
            said = Said(*columns[:-1], _details(position, columns[-1]))
            if said.verb == _CALLED_OFF or said.verb in _OPENED or self._KEYS & said.data.keys():
                self.entries[about].append(said)

    def of(self, thing: models.Model, key: str) -> list[Said]:
        """The entries about ``thing`` whose details have ``key``, oldest first."""
        return [said for said in self.entries.get(reference(thing), ()) if key in said.data]

    def rows(self, model: type[models.Model], key: str) -> dict[int, int]:
        """Row number → how many entries with ``key`` speak of that row of ``model``."""
        prefix = f"{model._meta.model_name}/"
        found = {}
        for about, entries in self.entries.items():
            count = sum(1 for said in entries if key in said.data) if about.startswith(prefix) else 0
            if count:
                found[_number(about)] = count
        return found


def _details(position: int, text: str) -> dict:
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise Altered(Entry._meta.db_table, position, _("its details cannot be read."))
    return data


def _check_leaflet(leaflet: int) -> None:
    recorded = _Recorded(leaflet)
    _check_revisions(leaflet, recorded)
    _check_reviews(leaflet, recorded)
    _check_standing(leaflet)
    _check_decisions(leaflet, recorded)
    _check_publications(leaflet, recorded)
    _check_cancellations(leaflet, recorded)
    _check_showings(leaflet)
    _check_moderation(leaflet, recorded)
    _check_replies(leaflet, recorded)
    _check_fact_checks(leaflet, recorded)
    _check_passages(leaflet)


def _check_revisions(leaflet: int, recorded: _Recorded) -> None:
    previous, seen = GENESIS, set()
    revisions = Revision.objects.filter(leaflet=leaflet).order_by("number")
    for number, revision in enumerate(revisions.iterator(chunk_size=_CHUNK), 1):
        seen.add(revision.pk)
        _same(revision, _("the revision's number"), number, revision.number)
        _same(revision, _("the SHA-256 of its content"), revision.computed_digest(), revision.digest)
        _same(revision, _("the hash of the revision before"), previous, revision.previous_hash)
        _same(revision, _("the hash of its columns"), revision.computed_hash(), revision.hash)
        data = _only(revision, recorded.of(revision, "hash")).data
        _same(revision, _("the hash in the ledger"), data.get("hash"), revision.hash)
        _same(revision, _("the SHA-256 in the ledger"), data.get("digest"), revision.digest)
        previous = revision.hash
    _none_missing(Revision, recorded.rows(Revision, "hash"), seen)


def _check_reviews(leaflet: int, recorded: _Recorded) -> None:
    """Each is of the text that was submitted, by who submitted it: four eyes are counted from that."""
    opened = defaultdict(list)
    for about, entries in recorded.entries.items():
        if of_opening := [said for said in entries if said.verb in _OPENED]:
            opened[_number(about)] = of_opening
    seen = set()
    signed_at = models.Max("decisions__at", filter=models.Q(decisions__outcome=Outcome.APPROVED))
    reviews = Review.objects.filter(leaflet=leaflet).annotate(signed_at=signed_at).select_related("revision")
    for review in reviews.order_by("pk"):
        seen.add(review.pk)
        said = _only(review, opened[review.pk])
        _same(review, _("the person in the ledger"), said.by_id, review.submitted_by_id)
        _same(review, _("the note in the ledger"), said.why, review.note)
        _same(review, _("the SHA-256 in the ledger"), said.data.get("digest"), review.revision.digest)
        approved_at = review.signed_at if review.state in APPROVED_STATES else None
        _same(review, _("the instant of its approval"), approved_at, review.approved_at)
    _none_missing(Review, opened, seen)


def _check_standing(leaflet: int) -> None:
    """Where it stands for lists and the desk follows from its revisions and reviews."""
    there = Standing.objects.filter(leaflet=leaflet).first()
    for must in worked_out(Leaflet.objects.filter(pk=leaflet)):
        if not there:
            raise Altered(Standing._meta.db_table, leaflet, _("the leaflet is there, but not where it stands."))
        for name in COLUMNS:
            label = Standing._meta.get_field(name.removesuffix("_id")).verbose_name
            _same(there, str(label), getattr(must, name), getattr(there, name))


def _check_decisions(leaflet: int, recorded: _Recorded) -> None:
    decided = {
        said.data["decision"]: (about, said)
        for about, entries in recorded.entries.items()
        for said in entries
        if "decision" in said.data
    }
    decisions = Decision.objects.filter(review__leaflet=leaflet).select_related("review__revision").order_by("pk")
    seen = set()
    for decision in decisions.iterator(chunk_size=_CHUNK):
        seen.add(decision.pk)
        if decision.pk not in decided:
            raise _altered(decision, _("the ledger says nothing of it."))
        about, said = decided[decision.pk]
        _same(decision, _("the review"), about, reference(decision.review))
        _same(decision, _("the outcome in the ledger"), said.verb, f"review.{decision.outcome}")
        signer = decision.by_id, decision.signer_name
        _same(decision, _("the person in the ledger"), (said.by_id, said.by_name), signer)
        _same(decision, _("the note in the ledger"), said.why, decision.note)
        _same(decision, _("the SHA-256 in the ledger"), said.data.get("digest"), decision.digest)
        _same(decision, _("the checklist in the ledger"), said.data.get("checklist"), decision.checklist)
        _same(decision, _("the meaning in the ledger"), said.data.get("meaning"), decision.meaning)
        _same(decision, _("the SHA-256 of the revision"), decision.review.revision.digest, decision.digest)
        _same_columns(decision, said)
    _none_missing(Decision, decided, seen)


def _check_publications(leaflet: int, recorded: _Recorded) -> None:
    publications = Publication.objects.filter(leaflet=leaflet).select_related("revision", "review").order_by("pk")
    seen = set()
    for publication in publications.iterator(chunk_size=_CHUNK):
        seen.add(publication.pk)
        entries = recorded.of(publication, "page")
        if not entries:
            raise _altered(publication, _("the ledger says nothing of it."))
        said = entries[0]
        _same(publication, _("the SHA-256 in the ledger"), said.data.get("digest"), publication.digest)
        _same(publication, _("the version in the ledger"), said.data.get("version"), publication.version)
        _same(publication, _("the instant in the ledger"), said.effective_at, publication.effective_from)
        _same(publication, _("the person in the ledger"), said.by_id, publication.by_id)
        _same(publication, _("the reason in the ledger"), said.why, publication.why or publication.change_note)
        _same_columns(publication, said)
        if publication.revision_id:
            _check_approval(publication)
        _check_pages(publication, entries)
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


def _check_pages(publication: Publication, entries: list[Said]) -> None:
    pages = Page.objects.filter(publication=publication).order_by("pk")
    if (count := pages.count()) != len(entries):
        raise _altered(
            publication,
            _("the ledger speaks of %(expected)s compiled pages, but there are %(found)s.")
            % {"expected": len(entries), "found": count},
        )
    for page, said in zip(pages.iterator(chunk_size=_CHUNK), entries, strict=False):
        _same(page, _("the SHA-256 of its HTML"), sha256(page.html), page.digest)
        _same(page, _("the SHA-256 in the ledger"), said.data["page"], page.digest)
        _same_columns(page, said, key="page_row")


def _check_cancellations(leaflet: int, recorded: _Recorded) -> None:
    called_off = {
        _number(about): said
        for about, entries in recorded.entries.items()
        for said in entries
        if said.verb == _CALLED_OFF
    }
    there = {row.publication_id: row for row in Cancellation.objects.filter(publication__leaflet=leaflet)}
    for publication in sorted(called_off.keys() | there):
        if publication in called_off and publication in there:
            _same_columns(there[publication], called_off[publication])
            continue
        problem = (
            _("the ledger says that publication %s was called off, but the row is missing.")
            if publication in called_off
            else _("the ledger does not say that publication %s was called off.")
        )
        number = there[publication].pk if publication in there else 0
        raise Altered(Cancellation._meta.db_table, number, problem % publication)


def _check_showings(leaflet: int) -> None:
    """What is looked up for patients follows from the timeline: worked out anew from `Publication.objects.valid`."""
    timeline = (
        Publication.objects.valid()
        .filter(leaflet=leaflet)
        .annotate(title=title_in("revision__content_json"))
        .only("effective_from", "revision")
        .order_by("effective_from", "pk")
    )
    there, title = {row.pk: row for row in Showing.objects.filter(leaflet=leaflet)}, ""
    for publication, following in pairwise([*timeline, None]):
        showing = there.pop(publication.pk, None)
        if not showing:
            raise Altered(Showing._meta.db_table, publication.pk, _("this publication is valid, but not looked up."))
        title = publication.title if publication.revision_id else title
        ends_at = following.effective_from if following else max(FOREVER, publication.effective_from)
        _same(showing, _("the instant from which it is shown"), publication.effective_from, showing.starts_at)
        _same(showing, _("the instant until which it is shown"), ends_at, showing.ends_at)
        _same(showing, _("the title by which patients know it"), title, showing.title)
    for showing in there.values():
        raise _altered(showing, _("this publication is not valid, or another leaflet's, but looked up."))


def _check_moderation(leaflet: int, recorded: _Recorded) -> None:
    decisions = CommentDecision.objects.filter(comment__leaflet=leaflet).order_by("pk")
    taken: dict[int, int] = defaultdict(int)
    for decision in decisions.iterator(chunk_size=_CHUNK):
        entries = recorded.of(Comment(pk=decision.comment_id), "was")
        if taken[decision.comment_id] >= len(entries):
            raise _altered(decision, _("the ledger says nothing of it."))
        said = entries[taken[decision.comment_id]]
        taken[decision.comment_id] += 1
        became = CommentState.APPROVED if said.verb == _ANSWERED else said.verb.removeprefix("reply.")
        step = decision.was, decision.became
        _same(decision, _("the step in the ledger"), (said.data["was"], str(became)), step)
        _same(decision, _("the person in the ledger"), said.by_id, decision.by_id)
        _same(decision, _("the reason in the ledger"), said.why.strip(), decision.reason)
        _same_columns(decision, said)
    for number, count in recorded.rows(Comment, "was").items():
        if count != taken.get(number, 0):
            raise Altered(
                CommentDecision._meta.db_table,
                0,
                _("the ledger knows of %(expected)s decisions on %(about)s, but there are %(found)s.")
                % {"expected": count, "about": reference(Comment(pk=number)), "found": taken.get(number, 0)},
            )


def _check_replies(leaflet: int, recorded: _Recorded) -> None:
    """Their words are those that were sent, and their state is what was decided last."""
    last = CommentDecision.objects.filter(comment=models.OuterRef("pk")).order_by("-pk").values("became")[:1]
    replies = Comment.objects.filter(leaflet=leaflet).annotate(decided=models.Subquery(last)).order_by("pk")
    seen = set()
    for reply in replies.iterator(chunk_size=_CHUNK):
        seen.add(reply.pk)
        said = _only(reply, recorded.of(reply, "text"))
        _same(reply, _("the SHA-256 of its words in the ledger"), said.data["text"], reply.computed_digest())
        _same(reply, _("whether staff wrote it"), said.by_id, reply.staff_id)
        _same(reply, _("the state that was decided"), reply.decided or CommentState.PENDING, reply.state)
    _none_missing(Comment, recorded.rows(Comment, "text"), seen)


def _check_fact_checks(leaflet: int, recorded: _Recorded) -> None:
    """Experts' answers are what the ledger says, each of the revision that it was about."""
    answered = FactCheck.objects.filter(revision__leaflet=leaflet).exclude(verdict="", answer="", answered_at=None)
    seen = set()
    for check in answered.select_related("revision").order_by("pk"):
        seen.add(check.pk)
        said = _only(check, recorded.of(check, "verdict"))
        _same(check, _("the answer in the ledger"), (said.data["verdict"], said.why), (check.verdict, check.answer))
        _same(check, _("the SHA-256 of the revision"), said.data.get("digest"), check.revision.digest)
        _same(check, _("the expert in the ledger"), said.data.get("expert"), check.expert)
        _same_columns(check, said)
    _none_missing(FactCheck, recorded.rows(FactCheck, "verdict"), seen)


def _check_passages(leaflet: int) -> None:
    """What the search reads is what the shown text says. Passages that another version's rules made are made anew by
    the clock (`passages.catch_up`), and so are those that are not there yet."""
    for publication in passages.wanted(timezone.now()).filter(leaflet=leaflet).select_related("revision"):
        rows = Passage.objects.filter(publication=publication)
        if not rows.exists() or rows.outdated().exists():
            continue
        if wrong := passages.first_wrong(publication):
            number, column = wrong
            problem = _("its column “%s” is not what the text gives.") % column
            raise Altered(Passage._meta.db_table, number, problem)


def _check_index() -> None:
    """What is found is what the passages say."""
    if not is_in_step():
        raise Altered(Passage._meta.db_table, 0, _("the index of its words is not that of its rows."))


def _same(row: models.Model, what: str, expected: object, found: object) -> None:
    if expected != found:
        raise _altered(
            row,
            _("%(what)s is %(expected)s, but the row says %(found)s.")
            % {"what": what, "expected": expected, "found": found},
        )


def _same_columns(row: models.Model, said: Said, *, key: str = "row") -> None:
    """All the rest of the row. Entries made before the program kept this digest have none."""
    if key in said.data:
        _same(row, _("the SHA-256 of its columns in the ledger"), said.data[key], row_digest(row))


def _only(row: models.Model, entries: list[Said]) -> Said:
    if len(entries) != 1:
        raise _altered(row, _("the ledger has %s entries of its making, not one.") % len(entries))
    return entries[0]


def _none_missing(model: type[models.Model], said: Mapping[int, object], seen: set[int]) -> None:
    for number in sorted(said.keys() - seen):
        raise Altered(model._meta.db_table, number, _("the ledger speaks of this row, but it is missing."))


def _altered(row: models.Model, problem: str) -> Altered:
    return Altered(row._meta.db_table, row.pk, problem)
