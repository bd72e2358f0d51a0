"""What the editor asks the server for: a preview, a place for a picture, a place for unsaved text."""

import functools
from collections.abc import Callable

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from monographs.admin.frame.forms.medicine_field import LISTED_AT_MOST
from monographs.admin.frame.images import keep_picture
from monographs.admin.frame.leaflet.addresses import leaflet_url
from monographs.admin.frame.leaflet.page import leaflet_screen, show_as_patients_see
from monographs.admin.frame.leaflet.places import in_form
from monographs.admin.writing.typed import as_posted, saved_number, says_the_same, typed_content
from monographs.audit.record import refusal_of
from monographs.leaflets.autosave import (
    discard_text,
    keep_text,
    kept_text,
    note_presence,
    others_present,
    page_of,
)
from monographs.leaflets.content import Content
from monographs.leaflets.drafts import content_of
from monographs.leaflets.limits import LONGEST_LEAFLET, check_length, fits_section
from monographs.leaflets.models import Leaflet
from monographs.medicines.models import Medicine
from monographs.publication.page.assemble import assembled, details_at
from monographs.quality.rules import blocking
from monographs.refusals import Refused, Unacceptable
from monographs.review.findings import findings_of
from monographs.revisions.actions import newest_revision
from monographs.revisions.models import Revision
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission
from monographs.staff.rules import check_permission
from monographs.staff.second_factor.rule import asked_in, has_one
from monographs.templatetags.leaflet_text import for_readers
from monographs.text.letters.settling import settle
from monographs.text.markup.markdown import direction
from monographs.text.markup.markdown import render as render_markdown


def urls(site: AdminSite) -> list[URLPattern]:
    """Instead of markdownx's own addresses, which are open to anyone."""
    return [
        path("leaflets/markdown-preview/", markdown_preview, name="markdown-preview"),
        path("leaflets/image-upload/", image_upload, name="image-upload"),
        path("leaflets/autosave/", autosave, name="leaflet-autosave-new"),
        path("leaflets/<int:pk>/autosave/", autosave, name="leaflet-autosave"),
        path("leaflets/<int:pk>/preview/", leaflet_screen(site, leaflet_preview), name="leaflet-preview"),
    ]


def for_script(*codenames: str) -> Callable:
    """A view that a script calls: POST only, and what is refused is {"error": a sentence}; without a permission 403,
    never the log-in page."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            user = request.user
            if not (user.is_active and user.is_staff and any(user.has_perm(permission(name)) for name in codenames)):
                return JsonResponse(
                    {"error": _("You are not logged in any more, or may not do this. Your text is still here.")},
                    status=403,
                )
            asked = asked_in(request.session)
            if asked and asked.at_once and not has_one(user):  # `ClinicAdminSite.admin_view` keeps the pages
                return JsonResponse({"error": _("Set up a second factor first. Your text is still here.")}, status=403)
            try:
                return view(request, *args, **kwargs)
            except (Refused, OperationalError) as error:
                refused = refusal_of(error)
                if not refused:
                    raise
                return JsonResponse({"error": str(refused)}, status=refused.status)

        return never_cache(require_POST(answer))

    return wrap


@for_script("change_leaflet", "view_leaflet")
def markdown_preview(request: HttpRequest) -> HttpResponse:
    """The text in ``content`` exactly as the public page will show it; ``language`` as the site knows it."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        language = settings.LANGUAGE_CODE
    text = request.POST.get("content", "")
    try:
        fits_section(text)
    except ValidationError as error:
        html = format_html("<p>{}</p>", error.message)
    else:
        with translation.override(language):
            html = assembled(
                for_readers(render_markdown(settle(text), language=language)), language, details_at(timezone.now())
            )
    return HttpResponse(html, headers={"X-Direction": direction(language)})


@for_script("change_leaflet")
def image_upload(request: HttpRequest) -> JsonResponse:
    """Keep the picture in ``image``; its Markdown, the alternative text left for the author to write."""
    return JsonResponse({"image_code": f"![]({keep_picture(request.FILES.get('image'))})"})


@for_script("change_leaflet")
def autosave(request: HttpRequest, pk: int | None = None) -> JsonResponse:
    """The form's heartbeat: keeps what was typed (``_typed=1``) or drops it (``_discard=1``), tells who else is here.

    Answers {"kept": time or "", "others": sentence or "", "newer": sentence or "", "panel": HTML or ""};
    404 for a leaflet that is gone, 409 for one in review.
    """
    leaflet = Leaflet.objects.filter(pk=pk).first() if pk else None
    if pk and not leaflet:
        return JsonResponse({"error": _("This leaflet is gone. Copy your text before you leave the page.")}, status=404)
    if "_discard" in request.POST:
        discard_text(leaflet, by=request.user)
        return JsonResponse({"kept": "", "others": "", "newer": "", "panel": ""})
    if leaflet and leaflet.is_frozen:
        if "_typed" in request.POST:
            _keep(request, leaflet)
        return JsonResponse(
            {"error": _("This leaflet has gone to review meanwhile. Your text is kept, and offered when it is over.")},
            status=409,
        )
    return JsonResponse(_heartbeat(request, leaflet))


def _heartbeat(request: HttpRequest, leaflet: Leaflet | None) -> dict[str, str]:
    is_typed, page = "_typed" in request.POST, request.POST.get("page", "")
    before = kept_text(leaflet, by=request.user) if is_typed else None
    elsewhere = ""
    if before and page_of(before) not in (page, ""):
        elsewhere = _("You have unsaved text in another window too: only what you type last is kept.")
    if not leaflet:
        kept = _keep(request, None) if is_typed else ""
        return {"kept": kept, "others": elsewhere, "newer": "", "panel": ""}
    newest = newest_revision(leaflet)
    typed = typed_content(request.POST, leaflet) if is_typed else None
    kept = _keep_or_drop(request, leaflet, typed, newest) if typed else ""
    note_presence(leaflet, by=request.user)
    return {
        "kept": kept,
        "others": " ".join(filter(None, (elsewhere, others_sentence(leaflet, request.user)))),
        "newer": _newer(newest, request) if newest else "",
        "panel": panel_of(typed, leaflet) if typed else "",
    }


def _keep_or_drop(request: HttpRequest, leaflet: Leaflet, typed: Content, newest: Revision | None) -> str:
    """When it was kept; "" for what says the same as the saved text, which is kept no longer."""
    if newest and says_the_same(typed, newest):
        discard_text(leaflet, by=request.user, page=request.POST.get("page", ""))
        return ""
    return _keep(request, leaflet)


def leaflet_preview(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """The whole draft as patients will see it. Not for search engines, and under a banner that says what it is."""
    check_permission(request.user, "view_leaflet", _("You may not see leaflets that are not published."))
    return show_as_patients_see(request, "writing/preview", content_of(leaflet), leaflet_url=leaflet_url(leaflet))


def panel_of(content: Content, leaflet: Leaflet) -> str:
    """What the quality rules find, as HTML, each with a link to its place in the form."""
    too_long, findings = "", []
    try:
        check_length(content)
        findings = findings_of(content, leaflet)
    except Unacceptable as refused:
        too_long = str(refused)
    blocks = blocking(findings)
    placed = in_form(findings, content)
    return render_to_string(
        "admin/frame/leaflet/findings.html",
        {
            "too_long": too_long,
            "blocks": [one for one in placed if one.finding in blocks],
            "warnings": [one for one in placed if one.finding not in blocks],
        },
    )


def offer_of(request: HttpRequest, leaflet: Leaflet | None, newest: Revision | None) -> dict | None:
    """Text that this person typed and did not save: when, the way to see it, whether it belongs to this revision.

    None if there is none, or if it says what is saved by now.
    """
    kept = kept_text(leaflet, by=request.user)
    if not kept or (leaflet and newest and says_the_same(typed_content(as_posted(kept.data), leaflet), newest)):
        return None
    is_older = bool(newest and newest.number != kept.based_on)
    sentence = _("You have unsaved text from %(time)s.") % {"time": _clock(kept.at)}
    if is_older:
        words = {"name": _who(newest, request.user), "number": newest.number}
        sentence += " " + _("%(name)s saved revision %(number)s after you began it.") % words
    return {
        "sentence": sentence,
        "url": reverse("admin:leaflet-unsaved", args=[leaflet.pk]) if newest else "",
        "data": None if is_older else kept.data,
    }


def too_long_to_paste() -> str:
    """The sentence for what no leaflet could hold."""
    return _(
        "This is too long to be pasted: a whole leaflet can have at most %(most)s characters. Nothing was pasted, and "
        "what you wrote is still here."
    ) % {"most": f"{LONGEST_LEAFLET:,}"}


def _addresses() -> dict[str, str]:
    """Of each medicine that can be chosen from a list, by its number; none where names are written."""
    few = dict(Medicine.objects.order_by().values_list("pk", "slug")[: LISTED_AT_MOST + 1])
    return {str(pk): slug for pk, slug in few.items()} if len(few) <= LISTED_AT_MOST else {}


def settings_for_script(leaflet: Leaflet | None, offer: dict | None) -> dict:
    """What the editor's script must know, as JSON; texts in the person's language."""
    autosave_url = (
        reverse("admin:leaflet-autosave", args=[leaflet.pk]) if leaflet else reverse("admin:leaflet-autosave-new")
    )
    return {
        "preview": reverse("admin:markdown-preview"),
        "upload": reverse("admin:image-upload"),
        "settle": reverse("admin:settle-pasted"),
        "longestPaste": LONGEST_LEAFLET,
        "autosave": autosave_url,
        "cookie": settings.CSRF_COOKIE_NAME,
        "styles": [static("monographs/css/tokens.css"), static("monographs/css/public.css")],
        "language": leaflet.language if leaflet else "",
        # By which the address of a new leaflet is proposed: a browser must not spell a name in its own way.
        "addresses": {} if leaflet else _addresses(),
        "kept": offer,
        "words": {
            "bold": _("Bold"),
            "heading": _("Heading"),
            "list": _("List"),
            "table": _("Table"),
            "link": _("Link"),
            "picture": _("Picture…"),
            "emergency": _("Card: emergency"),
            "today": _("Card: help today"),
            "tell": _("Card: tell your doctor"),
            "toolbar": _("Formatting"),
            "preview": _("As patients will see it"),
            "loggedOut": _(
                "You are not logged in any more. Your text is still here: log in again in another tab, then go on."
            ),
            "offline": _("The server can't be reached. Your text is still here."),
            "trouble": _("The server has trouble at the moment. Your text is still here: try again in a minute."),
            "tooLong": _("This is too long to be kept or saved. Your text is still here: shorten it, or copy it."),
            "tooLongToPaste": too_long_to_paste(),
            "uploading": _("Sending the picture…"),
            "uploaded": _("The picture is in the text. Write between the square brackets what it shows."),
            "notUploaded": _("The picture was not accepted."),
            "waitingForPicture": _("A picture is still being sent. The leaflet is saved when it is in the text…"),
            "pictureMissing": _(
                "Nothing was saved yet: a picture that was being sent did not come into the text. Its section says "
                "why. Send it again, or save without it."
            ),
            "saving": _("Saving…"),
            "kept": _("Unsaved text kept at %s."),
            "offer": _("Until you choose, nothing more is kept."),
            "compare": _("See it beside the saved text"),
            "restore": _("Restore it"),
            "discard": _("Discard it"),
            "restored": _("Your unsaved text is back in the form. Save it to record it."),
            "up": _("Move up: %s"),
            "down": _("Move down: %s"),
            "moved": _("Now number %s of %s."),
            "shortcut": _("Ctrl + S (⌘ S) saves, too."),
        },
    }


def _keep(request: HttpRequest, leaflet: Leaflet | None) -> str:
    data = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "_typed"}
        for value in values
    ]
    return _clock(keep_text(leaflet, by=request.user, based_on=saved_number(request.POST), data=data))


def _clock(moment) -> str:
    local = timezone.localtime(moment)
    return date_format(local, "H:i" if local.date() == timezone.localdate() else "j F Y, H:i")


def others_sentence(leaflet: Leaflet, user: StaffMember) -> str:
    """Who else has this form open, and since when they have text that is not saved."""
    sentences = []
    for other in others_present(leaflet, by=user):
        if other.at:
            words = {"name": other.by.name, "time": _clock(other.at)}
            sentences.append(_("%(name)s has this leaflet open too, and has text from %(time)s not saved yet.") % words)
        else:
            sentences.append(_("%(name)s has this leaflet open too.") % {"name": other.by.name})
    return " ".join(sentences)


def _newer(newest: Revision, request: HttpRequest) -> str:
    if newest.number == saved_number(request.POST):
        return ""
    return _("%(name)s saved this leaflet meanwhile. When you save, you will see both texts.") % {
        "name": _who(newest, request.user)
    }


def _who(revision: Revision, user: StaffMember) -> str:
    if revision.by == user:
        return _("In another window you")
    return revision.by.name if revision.by else _("Somebody")
