"""What the editor asks about a pasted stretch of text: how it reads once its signs are settled."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path

from monographs.admin.writing.editor import for_script, too_long_to_paste
from monographs.leaflets.limits import LONGEST_LEAFLET
from monographs.text.letters.settling import settle, settle_facts, settle_signs


def urls(site: AdminSite) -> list[URLPattern]:
    """The one address of this screen."""
    return [path("leaflets/settle/", settle_pasted, name="settle-pasted")]


@for_script("change_leaflet", "add_leaflet")
def settle_pasted(request: HttpRequest) -> JsonResponse:
    """``text``, settled; {"text": …}, or 413 with a sentence for what no leaflet could hold.

    ``opens`` is "1" where it begins at a line's start: elsewhere its first line begins no list. ``kind`` "facts"
    is for fields of which each line is an item already.
    """
    text = request.POST.get("text", "")
    if len(text.replace("\r\n", "\n")) > LONGEST_LEAFLET:
        return JsonResponse({"error": too_long_to_paste()}, status=413)
    if request.POST.get("kind") == "facts":
        return JsonResponse({"text": settle_facts(text)})
    if request.POST.get("opens") == "1":
        return JsonResponse({"text": settle(text)})
    first, newline, rest = settle_signs(f"|{text}").partition("\n")  # the bar stands for what is before it
    return JsonResponse({"text": f"{first[1:]}{newline}{settle(rest)}"})
