"""How much each revision changed: told in the history, and remembered, as neither of two revisions ever changes."""

import json
import re
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monographs.leaflets.content import Content, SectionContent
from monographs.leaflets.models import Leaflet
from monographs.revisions.models import Revision
from monographs.text.changes.differences import words
from monographs.text.markup.markdown import plain, plain_line

_HAS_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_REMEMBERED = 2_000  # sizes, of a few hundred bytes each


@dataclass(frozen=True)
class Size:
    """How much a revision changed: words that came and went, and the headings of the parts that differ."""

    added: int
    removed: int
    places: tuple[str, ...]


_Pair = tuple[str | None, str, str | None]  # digests of the text before and after, and the language of the headings
_known: dict[_Pair, Size] = {}
_lock = threading.Lock()


def sizes_of(leaflet: Leaflet, revisions: Iterable[Revision]) -> dict[int, Size]:
    """By primary key, in the active language. Each revision has ``before``: the digest of the one before it, or None.

    What the revisions say is looked up, in one query, for those alone whose size is not known yet.
    """
    language = get_language()
    pairs = {revision: (revision.before, revision.digest, language) for revision in revisions}
    with _lock:
        found = {pair: _known[pair] for pair in pairs.values() if pair in _known}
    if missing := [revision for revision, pair in pairs.items() if pair not in found]:
        texts = _texts(leaflet, missing)
        new = {pairs[one]: _size(texts.get(one.number - 1), texts[one.number]) for one in missing}
        _remember(new)
        found |= new
    return {revision.pk: found[pair] for revision, pair in pairs.items()}


def _remember(new: dict[_Pair, Size]) -> None:
    """The oldest are forgotten first."""
    with _lock:
        _known.update(new)
        for pair in list(_known)[: max(0, len(_known) - _REMEMBERED)]:
            del _known[pair]


def _texts(leaflet: Leaflet, revisions: Iterable[Revision]) -> dict[int, Content]:
    """By number, of these revisions and of the one before each."""
    numbers = {number for revision in revisions for number in (revision.number - 1, revision.number)}
    found = Revision.objects.filter(leaflet=leaflet, number__in=numbers).order_by()
    return {number: Content.from_dict(json.loads(text)) for number, text in found.values_list("number", "content_json")}


def _size(before: Content | None, after: Content) -> Size:
    """Counted, not aligned: a section that only moved has changed no word, but is named.

    Parts that are the same in both are not read: their words would be taken away again.
    """
    was, now = _parts(before), _parts(after)
    old = {key: _text(part) for key, part in was.items() if now.get(key) != part}
    new = {key: _text(part) for key, part in now.items() if was.get(key) != part}
    old_words = Counter(chain.from_iterable(map(_words, old.values())))
    new_words = Counter(chain.from_iterable(map(_words, new.values())))
    places = [key for key in new if old.get(key) != new[key]] + [key for key in old if key not in now]
    return Size(
        added=(new_words - old_words).total(),
        removed=(old_words - new_words).total(),
        places=tuple(dict.fromkeys(label for _key, label in places)) if before else (),
    )


_Part = str | tuple[str, str | tuple[str, ...] | SectionContent]


def _parts(content: Content | None) -> dict[tuple[str, str], _Part]:
    """The leaflet's parts by (key, name in words), each a text as it is or with the language that it is read in."""
    if not content:
        return {}
    parts: dict[tuple[str, str], _Part] = {("title", _("Title")): content.title}
    parts["key_facts", _("Key facts")] = content.language, content.key_facts
    for section in content.sections:
        parts[section.key, section.heading] = content.language, section
    parts["sources", _("Sources")] = "\n".join(" ".join((source.citation, source.url)) for source in content.sources)
    parts["next_review_on", _("Next review date")] = content.next_review_on
    return parts


def _text(part: _Part) -> str:
    """As patients read it."""
    if isinstance(part, str):
        return part
    language, typed = part
    if isinstance(typed, SectionContent):
        return "\n".join((plain(typed.body, language=language), typed.reason))
    return "\n".join(plain_line(fact, language=language) for fact in typed)


def _words(text: str) -> list[str]:
    return [word for word in words(text) if _HAS_LETTER_OR_DIGIT.search(word)]
