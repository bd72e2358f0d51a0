"""Second readers' decisions are what was signed."""

from django.utils.translation import gettext as _

from monographs.audit.models import reference
from monographs.operations.verify.recorded import CHUNK, Recorded
from monographs.operations.verify.rows import altered, none_missing, same, same_columns
from monographs.review.models import Decision


def check_decisions(leaflet: int, recorded: Recorded) -> None:
    decided = {
        said.data["decision"]: (about, said)
        for about, entries in recorded.entries.items()
        for said in entries
        if "decision" in said.data
    }
    decisions = Decision.objects.filter(review__leaflet=leaflet).select_related("review__revision").order_by("pk")
    seen = set()
    for decision in decisions.iterator(chunk_size=CHUNK):
        seen.add(decision.pk)
        if decision.pk not in decided:
            raise altered(decision, _("the ledger says nothing of it."))
        about, said = decided[decision.pk]
        same(decision, _("the review"), about, reference(decision.review))
        same(decision, _("the outcome in the ledger"), said.verb, f"review.{decision.outcome}")
        signer = decision.by_id, decision.signer_name
        same(decision, _("the person in the ledger"), (said.by_id, said.by_name), signer)
        same(decision, _("the note in the ledger"), said.why, decision.note)
        same(decision, _("the SHA-256 in the ledger"), said.data.get("digest"), decision.digest)
        same(decision, _("the checklist in the ledger"), said.data.get("checklist"), decision.checklist)
        same(decision, _("the meaning in the ledger"), said.data.get("meaning"), decision.meaning)
        same(decision, _("the SHA-256 of the revision"), decision.review.revision.digest, decision.digest)
        same_columns(decision, said)
    none_missing(Decision, decided, seen)
