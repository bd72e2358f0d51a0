"""When a save can't go through: in review, or somebody else was faster. What was typed is never lost."""

import json

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern
from django.utils.translation import gettext as _

from monographs.admin.frame.leaflet.page import leaflet_screens, show, to_leaflet
from monographs.admin.writing.editor import settings_for_script
from monographs.admin.writing.merging import parts_of, put_together, told_apart
from monographs.admin.writing.typed import (
    as_posted,
    fields_of,
    problems_of,
    revision_numbered,
    saved_number,
    says_the_same,
    typed_content,
)
from monographs.leaflets.autosave import discard_text, keep_text, kept_text
from monographs.leaflets.content import Content
from monographs.leaflets.limits import LONGEST_SECTION
from monographs.leaflets.models import Leaflet
from monographs.leaflets.settled import settled
from monographs.refusals import Conflict, Unacceptable
from monographs.revisions.actions import newest_revision, save_draft
from monographs.revisions.compare import Comparison, compare
from monographs.revisions.models import Revision
from monographs.revisions.named import names_in
from monographs.staff.roles import permission
from monographs.staff.rules import check_permission


def urls(site: AdminSite) -> list[URLPattern]:
    """Saving what somebody put together from two texts, and looking at text that was typed and not saved."""
    return leaflet_screens(site, {"resolve": resolve, "unsaved": unsaved})


def show_frozen(request: HttpRequest, leaflet: Leaflet, typed: Content, *, based_on: int) -> HttpResponse:
    """409: the leaflet is in review. What was typed is shown, and kept as unsaved text for who may write."""
    is_kept = request.user.has_perm(permission("change_leaflet"))
    if is_kept:
        keep_text(leaflet, by=request.user, based_on=based_on, data=fields_of(typed, based_on=based_on))
    texts = [(_("Title"), typed.title), (_("Key facts"), "\n".join(typed.key_facts))]
    texts += [(section.heading, section.body or section.reason) for section in typed.sections]
    texts += [(_("Source"), f"{source.citation} {source.url}".strip()) for source in typed.sources]
    return show(
        request,
        "writing/frozen",
        leaflet,
        _("This leaflet is in review"),
        status=409,
        is_kept=is_kept,
        texts=[(label, text, min(20, text.count("\n") + len(text) // 90 + 2)) for label, text in texts if text],
    )


def show_conflict(request: HttpRequest, leaflet: Leaflet, newest: Revision) -> HttpResponse:
    """409: somebody saved while this person was writing. Both texts and the difference, to choose part by part.

    What was typed is also kept as unsaved text, so that closing the browser here loses nothing. Where both say
    the same (a second click on the button), there is nothing to choose.
    """
    mine, based_on = typed_content(request.POST, leaflet), saved_number(request.POST)
    if says_the_same(mine, newest):
        return _saved_already(request, leaflet, newest, page=request.POST.get("page", ""))
    keep_text(leaflet, by=request.user, based_on=based_on, data=fields_of(mine, based_on=based_on))
    return _choose(request, leaflet, mine, newest, based_on=based_on, why=request.POST.get("why", ""), status=409)


def unsaved(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """What this person typed and did not save, beside what is saved now; it can be put together, or discarded."""
    check_permission(request.user, "change_leaflet", _("You may not change leaflets."))
    kept, newest = kept_text(leaflet, by=request.user), newest_revision(leaflet)
    if request.method == "POST":
        discard_text(leaflet, by=request.user)
        messages.info(request, _("Your unsaved text is discarded."))
        return to_leaflet(leaflet)
    if not kept or not newest:
        messages.info(request, _("You have no unsaved text here."))
        return to_leaflet(leaflet)
    fields = as_posted(kept.data)
    mine = typed_content(fields, leaflet)
    if leaflet.is_frozen:
        return show_frozen(request, leaflet, mine, based_on=kept.based_on)
    if says_the_same(mine, newest):
        return _saved_already(request, leaflet, newest)
    why = fields.get("why", "")[:300]
    return _choose(request, leaflet, mine, newest, based_on=kept.based_on, why=why, status=200, kept_at=kept.at)


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
    mine = told_apart(before, mine, seen.content)
    parts = parts_of(before, mine, seen.content, request.POST)
    again = {"based_on": based_on, "why": why, "posted": request.POST}
    if any(part.is_open for part in parts):
        sentences = [_("Nothing is saved yet. Please choose for every part below.")]
        return _choose(request, leaflet, mine, seen, status=400, sentences=sentences, **again)
    together = put_together(mine, seen.content, parts)
    problems = problems_of(together, leaflet)
    if problems:
        return _choose(request, leaflet, mine, seen, status=400, sentences=problems, **again)
    try:
        revision = save_draft(leaflet, together, by=request.user, why=why, based_on=seen.number)
    except Conflict as conflict:
        newest = conflict.details.get("newest")
        if not newest:
            return show_frozen(request, leaflet, together, based_on=seen.number)
        if says_the_same(together, newest):
            return _saved_already(request, leaflet, newest)
        keep_text(leaflet, by=request.user, based_on=seen.number, data=fields_of(together, based_on=seen.number))
        return _choose(request, leaflet, together, newest, based_on=seen.number, why=why, status=409)
    discard_text(leaflet, by=request.user, page="")
    if revision:
        messages.success(request, _("Saved as revision %(number)s.") % {"number": revision.number})
    else:
        messages.info(request, _("The saved text stands as it was, so nothing was recorded."))
    return to_leaflet(leaflet)


def _saved_already(request: HttpRequest, leaflet: Leaflet, newest: Revision, *, page: str = "") -> HttpResponse:
    discard_text(leaflet, by=request.user, page=page)
    if newest.by == request.user:
        sentence = _("Your text is saved: it is revision %(number)s.")
    else:
        sentence = _("%(name)s saved the same text as revision %(number)s, so there is nothing more to record.")
    words = {"number": newest.number, "name": newest.by or _("Somebody")}
    messages.info(request, sentence % words)
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
    **more,
) -> HttpResponse:
    """The page on which both texts stand. ``more``: choices ``posted`` before, ``sentences``, ``kept_at``."""
    base = revision_numbered(leaflet, based_on)
    before = base.content if base else None
    mine = told_apart(before, mine, theirs.content)
    is_long = any(len(section.body) > LONGEST_SECTION for section in mine.sections)
    title = _("Your unsaved text") if more.get("kept_at") else _("Two people changed this leaflet")
    return show(
        request,
        "writing/conflict",
        leaflet,
        _("Your text and a newer one") if theirs.by == request.user and not more.get("kept_at") else title,
        status=status,
        theirs=theirs,
        is_own=theirs.by == request.user,
        is_newer=theirs.number != based_on,
        kept_at=more.get("kept_at"),
        parts=parts_of(before, mine, theirs.content, more.get("posted")),
        comparison=None if is_long else _compared(settled(theirs.content), settled(mine)),
        typed=json.dumps(fields_of(mine, based_on=based_on)),
        script=settings_for_script(leaflet, None),
        why=why,
        sentences=more.get("sentences", []),
    )


def _typed(text: str) -> QueryDict:
    """The hidden field with what was typed: JSON of [name, value] pairs. Raises Unacceptable for anything else."""
    try:
        return as_posted(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise Unacceptable(
            _("This page is incomplete. Your text is kept: open the leaflet again and restore it.")
        ) from error


def _compared(theirs: Content, mine: Content) -> Comparison:
    return compare(theirs, mine, names=names_in(theirs, mine))
