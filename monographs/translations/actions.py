"""A translation: begun as of what patients read in another language, and brought up to date when that has changed."""

from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.leaflets.actions import start_leaflet
from monographs.leaflets.content import Content, MadeFrom
from monographs.leaflets.models import Leaflet
from monographs.publication.models import Publication
from monographs.refusals import Conflict, Unacceptable
from monographs.revisions.actions import newest_revision, save_draft
from monographs.revisions.models import Revision
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission

BEGUN, BROUGHT_UP_TO_DATE = "translation.begun", "translation.brought-up-to-date"


@act
def begin_translation(source: Leaflet, *, by: StaffMember | None, language: str, slug: str = "") -> Leaflet:
    """A leaflet in another language with the structure of what patients read of ``source`` now, and none of its words.

    Raises NotAllowed, Unacceptable for an unknown language, Conflict for a translation of a translation, where nothing
    is shown, or where there is a leaflet in that language already.
    """
    if source.source_id:
        raise Conflict(
            _("This leaflet is a translation itself. Translate the one that it was made from: %(leaflet)s.")
            % {"leaflet": source.source}
        )
    shown = Publication.objects.read(timezone.now()).filter(leaflet=source).select_related("revision").first()
    if not shown:
        raise Conflict(_("Patients can't read this leaflet yet, so there is no text to translate. Publish it first."))
    original = shown.revision
    leaflet = start_leaflet(
        source.medicine,
        by=by,
        language=language,
        edition=source.edition,
        title=original.content.title,
        slug=slug,
        made_from=(source, original.number),
    )
    record(BEGUN, by=by, about=leaflet, data={"source": source.slug, "revision": original.number})
    words = {"leaflet": source, "number": original.number}
    content = to_be_translated(original.content, MadeFrom(source.slug, original.number), language)
    save_draft(leaflet, content, by=by, why=_("Begun as a translation of %(leaflet)s, revision %(number)s.") % words)
    return leaflet


def to_be_translated(original: Content, made_from: MadeFrom, language: str) -> Content:
    """The structure of a text without its words: sections in order with their keys, sources, the next review.

    What is no text stays: the name of the medicine in the title, the citations, and which sections do not apply. A
    reason is for staff; it stays until somebody translates it, as the mark needs one.
    """
    return replace(
        original,
        language=language,
        key_facts=(),
        sections=tuple(replace(section, heading="", body="") for section in original.sections),
        made_from=made_from,
    )


@act
def bring_up_to_date(leaflet: Leaflet, *, to: int, by: StaffMember, why: str = "") -> Revision:
    """The draft of a translation says all that revision ``to`` of its source says: from now on it is as of that one.

    Called when the changes are worked in, or when none of them changes a word of the translation. Raises NotAllowed,
    Conflict where `save_draft` does or it is as of that revision already, Unacceptable for what is no translation, or a
    revision that patients do not read and were never to read.
    """
    check_permission(by, "change_leaflet", _("You may not write leaflets."))
    if not leaflet.source_id:
        raise Unacceptable(_("This leaflet is no translation."))
    newest = newest_revision(leaflet)
    was = newest.content.made_from if newest else None
    if not was:
        raise Unacceptable(_("There is nothing to bring up to date yet: save the leaflet first."))
    if was.revision == to:
        raise Conflict(_("This translation is as of revision %(number)s already.") % {"number": to})
    if not Publication.objects.standing().filter(leaflet=leaflet.source_id, revision__number=to).exists():
        raise Unacceptable(
            _("Revision %(number)s of %(leaflet)s was not released. A translation is made as of a released text.")
            % {"number": to, "leaflet": leaflet.source}
        )
    why = why or _("Brought up to date with revision %(number)s of %(leaflet)s.") % {
        "number": to, "leaflet": leaflet.source,
    }  # fmt: skip
    content = replace(newest.content, made_from=MadeFrom(was.leaflet, to))
    revision = save_draft(leaflet, content, by=by, why=why)
    record(BROUGHT_UP_TO_DATE, by=by, about=revision, subject=leaflet, why=why, data={"from": was.revision, "to": to})
    return revision
