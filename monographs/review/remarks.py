"""Remarks on the text: made, answered, resolved, reopened."""

from dataclasses import dataclass

from django.db.models import BigAutoField, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.leaflets.content import Content
from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, Prepared
from monographs.refusals import Conflict, NotAllowed, Unacceptable
from monographs.review.completing import complete_signed
from monographs.review.models import Remark
from monographs.review.rules import has_contributed
from monographs.revisions.models import Revision
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission
from monographs.staff.rules import check_permission
from monographs.text.letters.signs import cleaned, is_blank
from monographs.text.markup.markdown import plain

MAX_LENGTH = 5_000  # characters


@dataclass(frozen=True)
class PlacedRemark:
    """A remark beside the text as it is now: ``heading`` of its section ("" for the whole leaflet; of a section that
    is gone the one it had), and whether the section or the quoted passage is gone from it."""

    remark: Remark
    heading: str
    is_vanished: bool


@act
def add_remark(
    revision: Revision, *, by: StaffMember, body: str, section_key: str = "", quote: str = "", is_blocking: bool = False
) -> Remark:
    """A remark on a passage of this revision.

    Raises Unacceptable for no words or a passage that is not there, Conflict for the same remark once more.
    """
    check_permission(by, "remark_leaflet", _("You may not remark on leaflets."))
    body, quote = _words(body), quote.strip()
    remark = Remark(
        leaflet=revision.leaflet,
        revision=revision,
        section_key=section_key,
        quote=quote,
        body=body,
        is_blocking=is_blocking,
        by=by,
    )
    if _is_vanished(remark, revision.content):
        raise Unacceptable(_("The passage you quote does not stand in that section. Copy it from the text, please."))
    same = {name: getattr(remark, name) for name in ("revision", "section_key", "quote", "body", "by")}
    if Remark.objects.filter(**same, parent=None, resolved_at=None).exists():
        raise Conflict(_("You have made this remark already."))
    remark.save()
    record("remark.made", by=by, about=remark, subject=revision.leaflet, why=body, data={"blocking": is_blocking})
    return remark


@act
def answer_remark(remark: Remark, *, by: StaffMember, body: str) -> Remark:
    """A word in the thread of a remark. Raises Unacceptable for none, Conflict for the same as the last one."""
    check_permission(by, "remark_leaflet", _("You may not remark on leaflets."))
    thread, body = remark.parent or remark, _words(body)
    last = thread.answers.order_by("pk").last()
    if last and (last.by_id, last.body) == (by.pk, body):
        raise Conflict(_("You have given this answer already."))
    answer = Remark.objects.create(
        leaflet=remark.leaflet,
        revision=remark.revision,
        parent=thread,
        section_key=remark.section_key,
        body=body,
        by=by,
    )
    record("remark.answered", by=by, about=answer, subject=remark.leaflet, why=answer.body)
    return answer


@act
def resolve(remark: Remark, *, by: StaffMember, answer: str = "") -> None:
    """The remark is dealt with, and if there is an answer, that is the last word; refused, neither is recorded.

    One that blocks can only be resolved by who made it or a second reader of the text.
    """
    check_permission(by, "remark_leaflet", _("You may not remark on leaflets."))
    if answer.strip():
        answer_remark(remark, by=by, body=answer)
    is_reader = by.has_perm(permission("approve_leaflet")) and not has_contributed(remark.leaflet, by)
    if remark.is_blocking and remark.by_id != by.pk and not is_reader:
        raise NotAllowed(
            _("Only who made this remark, or a second reader who wrote none of the text, can say that it is resolved.")
        )
    if not Remark.objects.filter(pk=remark.pk, resolved_at=None).update(resolved_at=timezone.now(), resolved_by=by):
        raise Conflict(_("This remark is resolved already."))
    record("remark.resolved", by=by, about=remark, subject=remark.leaflet)
    complete_signed(remark.leaflet, by=by)


@act
def reopen(remark: Remark, *, by: StaffMember) -> None:
    """The remark is not dealt with after all."""
    check_permission(by, "remark_leaflet", _("You may not remark on leaflets."))
    if not Remark.objects.filter(pk=remark.pk, resolved_at__isnull=False).update(resolved_at=None, resolved_by=None):
        raise Conflict(_("This remark is open already."))
    record("remark.reopened", by=by, about=remark, subject=remark.leaflet)


def placed_remarks(leaflet: Leaflet, content: Content) -> list[PlacedRemark]:
    """All threads of a leaflet beside ``content``, open ones first; none is left out because its passage is."""
    headings = {section.key: section.heading for section in content.sections}
    remarks = (
        Remark.objects.filter(leaflet=leaflet, parent=None)
        .select_related("by", "resolved_by", "revision")
        .prefetch_related("answers__by")
    )
    placed = [
        PlacedRemark(remark, headings.get(remark.section_key) or _old_heading(remark), _is_vanished(remark, content))
        for remark in remarks
    ]
    return sorted(placed, key=lambda item: (item.remark.resolved_at is not None, not item.remark.is_blocking))


def open_remarks(leaflet: Leaflet, content: Content) -> list[PlacedRemark]:
    """The threads that are not resolved, those that block an approval first."""
    if not _OPEN.count(leaflet=leaflet.pk):
        return []
    return [placed for placed in placed_remarks(leaflet, content) if placed.remark.resolved_at is None]


def _find_open() -> QuerySet:
    of_leaflet = Remark.objects.filter(leaflet=Given("leaflet", BigAutoField()), parent=None, resolved_at=None)
    return of_leaflet.order_by().values_list("pk")[:1]


_OPEN = Prepared(_find_open)


def _old_heading(remark: Remark) -> str:
    """What its section was called in the revision that it was made on."""
    return next((part.heading for part in remark.revision.content.sections if part.key == remark.section_key), "")


def _is_vanished(remark: Remark, content: Content) -> bool:
    """The passage may be copied from the page or from the source text; both are looked through."""
    sections = [section for section in content.sections if section.key == remark.section_key]
    if remark.section_key and not sections:
        return True
    texts = [f"{part.heading}\n\n{part.body}\n\n{part.reason}" for part in sections or content.sections]
    if not remark.section_key:  # a passage may begin in one part and end in another
        texts = ["\n\n".join([content.title, *content.key_facts, *texts])]
    quote = _folded(remark.quote)
    return not any(quote in _folded(text) or quote in _folded(plain(text, language=content.language)) for text in texts)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _words(body: str) -> str:
    body = cleaned(body).strip()
    if is_blank(body):
        raise Unacceptable(_("Please write the remark before you save it."))
    if len(body) > MAX_LENGTH:
        raise Unacceptable(_("A remark has at most %(limit)s characters.") % {"limit": f"{MAX_LENGTH:,}"})
    return body
