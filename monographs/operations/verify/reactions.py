"""Reports of suspected adverse reactions."""

import json

from django.utils.translation import gettext as _

from monographs.audit.models import Entry, reference
from monographs.operations.verify.recorded import CHUNK
from monographs.operations.verify.rows import altered, none_missing, same
from monographs.reactions.models import State, SuspectedReaction

_OF_ITS_STATE = {"reaction.sent": State.SENT, "reaction.numbered": State.WITH_NUMBER}


def check_reactions() -> None:
    """Each report is one that the ledger knows, in the state that it says, with the words that were sent, or without
    them only if that is on record. Raises `Altered`."""
    begun = {int(about.partition("/")[2]): 1 for about in _about_all().values_list("about", flat=True)}
    seen = set()
    for reaction in SuspectedReaction.objects.order_by("pk").iterator(chunk_size=CHUNK):
        seen.add(reaction.pk)
        if reaction.pk not in begun:
            raise altered(reaction, _("the ledger says nothing of it."))
        _check(reaction)
    none_missing(SuspectedReaction, begun, seen)


def _about_all():
    prefix = reference(SuspectedReaction(pk=0)).removesuffix("0")
    return Entry.objects.filter(verb="reaction.begun", about__startswith=prefix).order_by("position")


def _check(reaction: SuspectedReaction) -> None:
    said = list(Entry.objects.about(reaction).values_list("verb", "by", "data"))
    verbs = [verb for verb, _by, _data in said]
    states = [_OF_ITS_STATE[verb] for verb in verbs if verb in _OF_ITS_STATE]
    same(reaction, _("the state in the ledger"), str(states[-1] if states else State.DRAFT), reaction.state)
    same(reaction, _("whether its words are erased"), "reaction.erased" in verbs, bool(reaction.erased_at))
    same(reaction, _("who began it"), said[0][1], reaction.made_by_id)
    for verb, by, data in said:
        if verb == "reaction.sent":
            same(reaction, _("who sent it"), by, reaction.sent_by_id)
            if not reaction.erased_at:
                same(reaction, _("the seal of what was sent"), json.loads(data)["text"], reaction.computed_digest())
