"""Revisions follow one another unchanged, and reviews are of those that were submitted."""

from collections import defaultdict

from django.utils.translation import gettext as _

from monographs.audit.chain import GENESIS
from monographs.operations.verify.recorded import CHUNK, OPENED, Recorded, number_in
from monographs.operations.verify.rows import none_missing, only_one, same
from monographs.review.models import Review
from monographs.revisions.models import Revision


def check_revisions(leaflet: int, recorded: Recorded) -> None:
    previous, seen = GENESIS, set()
    revisions = Revision.objects.filter(leaflet=leaflet).order_by("number")
    for number, revision in enumerate(revisions.iterator(chunk_size=CHUNK), 1):
        seen.add(revision.pk)
        same(revision, _("the revision's number"), number, revision.number)
        same(revision, _("the SHA-256 of its content"), revision.computed_digest(), revision.digest)
        same(revision, _("the hash of the revision before"), previous, revision.previous_hash)
        same(revision, _("the hash of its columns"), revision.computed_hash(), revision.hash)
        data = only_one(revision, recorded.of(revision, "hash")).data
        same(revision, _("the hash in the ledger"), data.get("hash"), revision.hash)
        same(revision, _("the SHA-256 in the ledger"), data.get("digest"), revision.digest)
        previous = revision.hash
    none_missing(Revision, recorded.rows(Revision, "hash"), seen)


def check_reviews(leaflet: int, recorded: Recorded) -> None:
    """Each is of the text that was submitted, by who submitted it: four eyes are counted from that."""
    opened = defaultdict(list)
    for about, entries in recorded.entries.items():
        if of_opening := [said for said in entries if said.verb in OPENED]:
            opened[number_in(about)] = of_opening
    seen = set()
    for review in Review.objects.filter(leaflet=leaflet).select_related("revision").order_by("pk"):
        seen.add(review.pk)
        said = only_one(review, opened[review.pk])
        same(review, _("the person in the ledger"), said.by_id, review.submitted_by_id)
        same(review, _("the note in the ledger"), said.why, review.note)
        same(review, _("the SHA-256 in the ledger"), said.data.get("digest"), review.revision.digest)
    none_missing(Review, opened, seen)
