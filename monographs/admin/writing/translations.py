"""A leaflet's translations: begun here, held against their source, brought up to date; and the list of those behind."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.admin.frame.leaflet.page import leaflet_screen, show, to_leaflet, to_screen, whole_number
from monographs.admin.writing.beside import shown_revision
from monographs.exchange.agency.actions import file_for_agency, take_in
from monographs.exchange.agency.xliff import MOST_BYTES
from monographs.leaflets.models import Leaflet
from monographs.publication.models import Publication
from monographs.refusals import Refused, Unacceptable
from monographs.revisions.actions import newest_revision
from monographs.revisions.compare import compare
from monographs.revisions.models import Revision
from monographs.revisions.named import names_in
from monographs.staff.roles import permission
from monographs.staff.rules import check_permission
from monographs.translations.actions import begin_translation, bring_up_to_date
from monographs.translations.behind import translations_behind

LISTED = 200


class BeginForm(forms.Form):
    """Into which language."""

    language = forms.ChoiceField(label=gettext_lazy("Language"))

    def __init__(self, *args, taken: set[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, name) for code, name in settings.LANGUAGES if code not in taken]


def urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of these screens."""
    return [
        path("leaflets/behind/", site.admin_view(behind_page), name="translations-behind"),
        path("leaflets/<int:pk>/translation.xlf", leaflet_screen(site, agency_file), name="translation-xliff"),
        path("leaflets/<int:pk>/translations/", leaflet_screen(site, translations_page), name="leaflet-translations"),
    ]


def behind_page(request: HttpRequest) -> HttpResponse:
    """All translations of which patients meet a part that is behind, and the easy-read leaflets behind the full one."""
    check_permission(request.user, "view_revision", _("You may not see drafts and their history."))
    return show(
        request,
        "writing/behind",
        None,
        _("Translations and easy-read leaflets that are behind"),
        behind=translations_behind(timezone.now(), most=LISTED),
        most=LISTED,
    )


def translations_page(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """Of a source: its translations, and a form to begin one. Of a translation: what its source says by now."""
    check_permission(request.user, "view_revision", _("You may not see drafts and their history."))
    refused = None
    if request.method == "POST":
        try:
            return _done(request, leaflet)
        except Refused as error:
            refused = error
    view = _translation if leaflet.source_id else _source
    return view(request, leaflet, refused)


def _done(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    if request.POST.get("do") == "up-to-date":
        number = whole_number(request.POST.get("to"), _("The revision"))
        bring_up_to_date(leaflet, to=number, by=request.user, why=request.POST.get("why", "").strip()[:300])
        messages.success(
            request,
            _("The draft is as of revision %(number)s now. Send it for review when its words are right.")
            % {"number": number},
        )
        return to_screen("leaflet-translations", leaflet)
    if request.POST.get("do") == "take-in":
        return _taken_in(request, leaflet)
    language = request.POST.get("language", "")
    begun = begin_translation(leaflet, by=request.user, language=language)
    messages.success(request, _("The translation is begun. Write each section beside what it says in the source."))
    return to_leaflet(begun)


def agency_file(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    """The draft of a translation for an agency."""
    check_permission(request.user, "view_revision", _("You may not see drafts and their history."))
    return HttpResponse(
        file_for_agency(leaflet),
        content_type="application/xliff+xml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{leaflet.slug}.xlf"'},
    )


def _taken_in(request: HttpRequest, leaflet: Leaflet) -> HttpResponse:
    file = request.FILES.get("file")
    if not file:
        raise Unacceptable(_("Choose the file that came back."))
    if file.size > MOST_BYTES:
        raise Unacceptable(_("This file is too large to be a leaflet. Nothing was changed."))
    taken = take_in(leaflet, file.read(), filename=file.name, by=request.user, replace_draft="replace" in request.POST)
    if taken.revision:
        messages.success(request, _("Taken in as revision %(number)s, a draft.") % {"number": taken.revision.number})
    else:
        messages.info(request, _("The draft says all of it already."))
    if taken.open_parts:
        words = {"number": taken.open_parts}
        messages.warning(
            request, _("Parts that are not translated in the file: %(number)s. They stay as they were.") % words
        )
    return to_screen("leaflet-translations", leaflet)


def _source(request: HttpRequest, leaflet: Leaflet, refused: Refused | None) -> HttpResponse:
    translations = list(Leaflet.objects.filter(source=leaflet).select_related("standing").order_by("language", "pk"))
    now = timezone.now()
    behind = translations_behind(now, most=LISTED, leaflets=tuple(one.pk for one in translations))
    parts = {one.leaflet.pk: one for one in behind}
    taken = set(
        Leaflet.objects.filter(medicine=leaflet.medicine_id, edition=leaflet.edition).values_list("language", flat=True)
    )
    return show(
        request,
        "writing/translations",
        leaflet,
        _("Translations: %(leaflet)s") % {"leaflet": leaflet},
        refused=refused,
        rows=[(one, parts.get(one.pk)) for one in translations],
        shown=shown_revision(leaflet),
        form=BeginForm(taken=taken),
        may_begin=request.user.has_perm(permission("add_leaflet")),
    )


def _translation(request: HttpRequest, leaflet: Leaflet, refused: Refused | None) -> HttpResponse:
    newest = newest_revision(leaflet)
    if not newest or not newest.content.made_from:
        raise Unacceptable(_("There is nothing to compare yet: save the leaflet first."))
    as_of = Revision.objects.select_related("by").get(
        leaflet=leaflet.source_id, number=newest.content.made_from.revision
    )
    shown = shown_revision(leaflet.source)
    coming = Publication.objects.coming(timezone.now()).filter(leaflet=leaflet.source_id, revision__isnull=False)
    next_one = coming.select_related("revision").order_by("effective_from").first()
    target = next((one for one in (shown, next_one and next_one.revision) if one and one.number != as_of.number), None)
    comparison = None
    if target:
        comparison = compare(as_of.content, target.content, names=names_in(as_of.content, target.content))
    return show(
        request,
        "writing/translation",
        leaflet,
        _("Translation of %(source)s: %(leaflet)s") % {"source": leaflet.source, "leaflet": leaflet},
        refused=refused,
        newest=newest,
        source=leaflet.source,
        as_of=as_of,
        shown=shown,
        target=target,
        is_coming=bool(target and target != shown),
        comparison=comparison,
        is_shown=bool(shown_revision(leaflet)),
        behind=next(iter(translations_behind(timezone.now(), most=1, leaflets=(leaflet.pk,))), None),
        may_write=request.user.has_perm(permission("change_leaflet")) and not leaflet.is_frozen,
        why=request.POST.get("why", ""),
    )
