"""A translation that comes back from an agency becomes a draft: nothing that patients read changes."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.exchange.agency.xliff import Returned, read_xliff, to_xliff
from monographs.leaflets.content import Content
from monographs.leaflets.models import Leaflet
from monographs.quality.held_against.translated import translated
from monographs.refusals import Conflict, Unacceptable
from monographs.revisions.actions import newest_revision, save_draft
from monographs.revisions.made_from import source_of
from monographs.revisions.models import Revision
from monographs.staff.models import StaffMember

TAKEN_IN = "translation.taken-in"


@dataclass(frozen=True)
class TakenIn:
    """``revision`` is None where the draft said all of it already; ``open_parts`` are not translated in the file."""

    revision: Revision | None
    open_parts: int


def file_for_agency(leaflet: Leaflet) -> bytes:
    """The draft of a translation as XLIFF. Raises Unacceptable for what is no translation."""
    newest, source = _draft_and_source(leaflet)
    return to_xliff(source, newest.content, number=newest.number)


@act
def take_in(leaflet: Leaflet, data: bytes, *, filename: str, by: StaffMember, replace_draft: bool = False) -> TakenIn:
    """Make the draft say what an agency's file says; parts that it does not translate stay as they are.

    What the draft said before stays in its history. Raises Unacceptable where `read_xliff` does or a number is not the
    source's, Conflict if the draft was changed since the file went out, unless ``replace_draft``.
    """
    newest, source = _draft_and_source(leaflet)
    returned = read_xliff(data, source, newest.content)
    if returned.draft != str(newest.number) and not replace_draft:
        raise Conflict(
            _(
                "The draft is revision %(now)s by now; this file went out with revision %(was)s. Nothing was changed. "
                "Take it in all the same if the file is right: what was written stays in the history."
            )
            % {"now": newest.number, "was": returned.draft or "?"}
        )
    content = _with(newest.content, returned)
    _check_numbers(content, source, returned)
    revision = save_draft(leaflet, content, by=by, why=_("Translated in %s.") % filename[:200])
    if revision:
        record(TAKEN_IN, by=by, about=revision, subject=leaflet, data={"file": filename[:200]})
    return TakenIn(revision, sum(text is None for text in returned.texts.values()))


def _draft_and_source(leaflet: Leaflet) -> tuple[Revision, Content]:
    newest = newest_revision(leaflet)
    source = source_of(newest.content) if newest else None
    if not source:
        raise Unacceptable(_("This leaflet is no translation."))
    return newest, source


def _with(content: Content, returned: Returned) -> Content:
    def said(name: str, before: str) -> str:
        text = returned.texts.get(name)
        return before if text is None else text

    sections = tuple(
        replace(one, heading=said(f"heading.{one.key}", one.heading), body=said(f"body.{one.key}", one.body))
        for one in content.sections
    )
    facts = said("key-facts", "\n".join(content.key_facts))
    return replace(
        content,
        title=said("title", content.title),
        key_facts=tuple(line.strip() for line in facts.split("\n") if line.strip()),
        sections=sections,
    )


def _check_numbers(content: Content, source: Content, returned: Returned) -> None:
    """Beside what is locked: a number that was typed, or one in words that was left out."""
    places = {name.partition(".")[2] or name.replace("-", "_") for name, text in returned.texts.items() if text}
    wrong = [one.message for one in translated(content, source) if one.place in places]
    if wrong:
        raise Unacceptable(" ".join([_("Nothing was changed."), *wrong[:5]]))
