"""What a medicine is for, in one sentence: to tell two medicines apart whose names look alike."""

from collections.abc import Iterable

from monographs.leaflets.content import Content
from monographs.publication.models import Publication
from monographs.quality.excerpts import whole_sentences
from monographs.search.hits import Shown
from monographs.text.markup.markdown import plain

LONGEST = 300  # characters; a longer sentence tells nothing apart
_SECTIONS = ("uses", "what_it_is")


def what_for(shown: Iterable[Shown]) -> dict[int, str]:
    """By publication, the first sentence of its leaflet's "What it is used for" (else of "What it is"); one query.

    What has no such sentence of at most `LONGEST` characters, or opens with the words before a list, is left out, and
    so is a notice.
    """
    rows = Publication.objects.filter(pk__in=[each.publication for each in shown], revision__isnull=False)
    found = {}
    for publication in rows.select_related("revision"):
        if sentence := _first_sentence(publication.revision.content):
            found[publication.pk] = sentence
    return found


def _first_sentence(content: Content) -> str:
    bodies = {section.kind: section.body for section in reversed(content.sections)}
    for kind in _SECTIONS:
        blocks = plain(bodies.get(kind, ""), language=content.language).strip().splitlines()
        sentence = next(iter(whole_sentences(blocks[0])), "") if blocks else ""
        if sentence and len(sentence) <= LONGEST and not sentence.rstrip().endswith(":"):
            return sentence
    return ""
