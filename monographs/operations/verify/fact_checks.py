"""Experts' answers."""

from django.utils.translation import gettext as _

from monographs.operations.verify.recorded import Recorded
from monographs.operations.verify.rows import none_missing, only_one, same, same_columns
from monographs.review.models import FactCheck


def check_fact_checks(leaflet: int, recorded: Recorded) -> None:
    """Experts' answers are what the ledger says, each of the revision that it was about."""
    answered = FactCheck.objects.filter(revision__leaflet=leaflet).exclude(verdict="", answer="", answered_at=None)
    seen = set()
    for check in answered.select_related("revision").order_by("pk"):
        seen.add(check.pk)
        said = only_one(check, recorded.of(check, "verdict"))
        same(check, _("the answer in the ledger"), said.data["verdict"], check.verdict)
        same(check, _("the SHA-256 of the revision"), said.data.get("digest"), check.revision.digest)
        same_columns(check, said)
    none_missing(FactCheck, recorded.rows(FactCheck, "verdict"), seen)
