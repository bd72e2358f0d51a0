"""A reply's words are erased, and the clinic's answers below it begin "Dear Bea,": the name goes there as well.

An answer keeps everything else. What it said before stands nowhere any more; the ledger has a new seal of what is left.
"""

import re

from django.utils import translation
from django.utils.translation import gettext as _

from monographs.audit.record import record
from monographs.comments.models import Comment
from monographs.staff.models import StaffMember
from monographs.text.letters.folding import fold
from monographs.text.words.lexicon import is_everyday

_LETTER = r"[^\W\u3400-\u9fff]"  # Chinese is written without spaces
_ADDRESSED = r"(?=\s*(?:[,!:،，！：؟—–-]|\n|$))"


def take_name_out(comment: Comment, name: str, *, by: StaffMember | None) -> None:
    """Put "reader" for the name in the clinic's answers to a reply that has just been erased, within that verb."""
    pattern = _pattern(name)
    if not pattern:
        return
    with translation.override(comment.leaflet.language):
        reader = _("reader")
    for answer in comment.replies.filter(staff__isnull=False, erased_at=None):
        body = pattern.sub(reader, answer.body)
        if body == answer.body:
            continue
        answer.body = body
        answer.save(update_fields=("body",))
        record(
            "reply.unnamed",
            by=by,
            about=answer,
            subject=comment.leaflet,
            data={"unnamed": answer.computed_digest()},
            is_public=True,
        )


def _pattern(name: str) -> re.Pattern | None:
    """The whole name, and each of its words that is none of the language's; a word such as "May" or "Will" only where
    somebody is addressed by it, at the end of a phrase."""
    ways = [re.escape(name)] if len(name.split()) > 1 else []
    for word in name.split():
        if len(word) > 1 and any(sign.isalpha() for sign in word):
            ways.append(re.escape(word) + (_ADDRESSED if is_everyday(fold(word)) else ""))
    return re.compile(rf"(?<!{_LETTER})(?:{'|'.join(ways)})(?!{_LETTER})") if ways else None
