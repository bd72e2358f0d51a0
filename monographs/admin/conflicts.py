"""When a save can't go through: in review, or somebody else was faster. What was typed is never lost."""

import json

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern
from django.utils.translation import gettext as _

from monographs.admin.leaflet_page import leaflet_screens, show, to_leaflet
from monographs.admin.merging import parts_of, put_together
from monographs.admin.typed import fields_of, problems_of, revision_numbered, saved_number, typed_content
from monographs.leaflets.autosave import discard_text, keep_text
from monographs.leaflets.content import Content
from monographs.leaflets.models import Leaflet
from monographs.refusals import Conflict, Unacceptable
from monographs.revisions.actions import save_draft
from monographs.revisions.compare import compare
from monographs.revisions.models import Revision
from monographs.staff.roles import permission
from monographs.staff.rules import check_permission


def urls(site: AdminSite) -> list[URLPattern]:
    """Saving what somebody put together from two texts."""
    return leaflet_screens(site, {"resolve": resolve})


def show_frozen(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """409: the leaflet is in review. What was typed is shown, and kept as unsaved text for who may write."""
    typed, based_on = typed_content(request.POST, leaflet), saved_number(request.POST)
    is_kept = request.user.has_perm(permission("change_leaflet"))
    if is_kept:
        keep_text(leaflet, by=request.user, based_on=based_on, data=fields_of(typed, based_on=based_on))
    texts = [(_("Title"), typed.title), (_("Key facts"), "\n".join(typed.key_facts))]
    texts += [(section.heading, section.body or section.reason) for section in typed.sections]
    texts += [(_("Source"), f"{source.citation} {source.url}".strip()) for source in typed.sources]
    return show(
        request,
        "frozen",
        leaflet,
        _("This leaflet is in review"),
        status=409,
        is_kept=is_kept,
        texts=[(label, text, min(20, text.count("\n") + len(text) // 90 + 2)) for label, text in texts if text],
    )


def show_conflict(request: HttpRequest, leaflet: Leaflet, newest: Revision) -> HttpResponse:
    """409: somebody saved while this person was writing. Both texts and the difference, to choose part by part.

    What was typed is also kept as unsaved text, so that closing the browser here loses nothing.
    """
    mine, based_on = typed_content(request.POST, leaflet), saved_number(request.POST)
    keep_text(leaflet, by=request.user, based_on=based_on, data=fields_of(mine, based_on=based_on))
    return _choose(request, leaflet, mine, newest, based_on=based_on, why=request.POST.get("why", ""), status=409)


def resolve(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """Save the text put together from both on top of theirs; ask again if a choice is missing or they saved again."""
    check_permission(request.user, "change_leaflet", _("You may not change leaflets."))
    if request.method != "POST":
        return to_leaflet(leaflet)
    typed = _typed(request.POST.get("typed", ""))
    mine, based_on = typed_content(typed, leaflet), saved_number(typed)
    seen = revision_numbered(leaflet, saved_number(request.POST))
    if not seen:
        raise Unacceptable(_("This page is incomplete. Your text is kept: open the leaflet again and restore it."))
    why = request.POST.get("why", "")[:300]
    base = revision_numbered(leaflet, based_on)
    before = base.content if base else None
    parts = parts_of(before, mine, seen.content, request.POST)
    again = {"based_on": based_on, "why": why, "posted": request.POST}
    if any(part.is_open for part in parts):
        return _choose(
            request, leaflet, mine, seen, status=400, sentences=[_("Please choose for every part below.")], **again
        )
    together = put_together(before, mine, seen.content, parts)
    problems = problems_of(together, leaflet)
    if problems:
        return _choose(request, leaflet, mine, seen, status=400, sentences=problems, **again)
    try:
        revision = save_draft(leaflet, together, by=request.user, why=why, based_on=seen.number)
    except Conflict as conflict:
        keep_text(leaflet, by=request.user, based_on=seen.number, data=fields_of(together, based_on=seen.number))
        newest = conflict.details.get("newest")
        if not newest:
            raise
        return _choose(request, leaflet, together, newest, based_on=seen.number, why=why, status=409)
    discard_text(leaflet, by=request.user)
    if revision:
        messages.success(request, _("Saved as revision %(number)s.") % {"number": revision.number})
    else:
        messages.info(request, _("Their text stands as it was, so nothing was recorded."))
    return to_leaflet(leaflet)


def _choose(
    request: HttpRequest,
    leaflet: Leaflet,
    mine: Content,
    theirs: Revision,
    *,
    based_on: int,
    why: str,
    status: int,
    posted: QueryDict | None = None,
    sentences: list[str] | None = None,
) -> HttpResponse:
    base = revision_numbered(leaflet, based_on)
    parts = parts_of(base.content if base else None, mine, theirs.content, posted)
    return show(
        request,
        "conflict",
        leaflet,
        _("Two people changed this leaflet"),
        status=status,
        theirs=theirs,
        parts=parts,
        comparison=compare(theirs.content, mine),
        typed=json.dumps(fields_of(mine, based_on=based_on)),
        why=why,
        sentences=sentences or [],
    )


def _typed(text: str) -> QueryDict:
    """The hidden field with what was typed: JSON of [name, value] pairs. Raises Unacceptable for anything else."""
    fields = QueryDict(mutable=True)
    try:
        for name, value in json.loads(text):
            if not isinstance(name, str) or not isinstance(value, str):
                raise TypeError
            fields.appendlist(name, value)
    except (ValueError, TypeError, RecursionError) as error:
        raise Unacceptable(
            _("This page is incomplete. Your text is kept: open the leaflet again and restore it.")
        ) from error
    return fields
