"""What the staff judged of leaflets that may contradict each other."""

import json

from django.utils.translation import gettext as _

from monographs.audit.models import Entry, reference, row_digest
from monographs.operations.verify.recorded import CHUNK
from monographs.operations.verify.rows import altered, none_missing, same
from monographs.together.models import Judgement


def check_judgements() -> None:
    """Each row is one that the ledger knows, as it was written then, and none is missing. Raises `Altered`."""
    prefix = reference(Judgement(pk=0)).removesuffix("0")
    entries = Entry.objects.filter(verb="together.judged", about__startswith=prefix).order_by("position")
    said = {int(about.removeprefix(prefix)): data for about, data in entries.values_list("about", "data")}
    seen = set()
    for judgement in Judgement.objects.order_by("pk").iterator(chunk_size=CHUNK):
        seen.add(judgement.pk)
        if judgement.pk not in said:
            raise altered(judgement, _("the ledger says nothing of it."))
        expected = json.loads(said[judgement.pk]).get("row")
        same(judgement, _("the SHA-256 of its columns in the ledger"), expected, row_digest(judgement))
    none_missing(Judgement, said, seen)
