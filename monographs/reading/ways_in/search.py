"""Search: what was found, or where else to look."""

import hashlib
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.csrf import csrf_exempt

from monographs.reading.alerts.beside import AlertsBeside
from monographs.reading.languages.switch import own_page_words
from monographs.reading.patterns import pattern
from monographs.reading.public import Site, public_page, show_filled
from monographs.reading.ways_in.found import answer_html, names_html, texts_html
from monographs.reading.ways_in.help_first import help_html
from monographs.reading.ways_in.index import alphabet
from monographs.reading.ways_in.of_each_other import of_each_other_html
from monographs.reading.ways_in.searched import Searched, look_for
from monographs.search.missed import note_missed
from monographs.search.named.a_to_z import letters, letters_lately
from monographs.search.named.asked import tidy_query
from monographs.search.named.suggestions import beginning, suggest
from monographs.together.asked import named_twice

SUGGESTIONS_HOLD = "public, max-age=60"  # a name that is new by a minute is found by the search itself


@public_page(uses=["q", "page"])
def search(request: HttpRequest, site: Site) -> HttpResponse:
    """The empty form, or what was found for what somebody typed into it."""
    query = tidy_query(request.GET.get("q", ""))
    found = look_for(query, page=_page_asked_for(request), at=site.at)
    is_in_danger = found.is_in_danger
    if found.finds_no_leaflet and not is_in_danger:
        note_missed(query, at=site.at)
    words = {
        "query": query,
        "meant": found.query if found.typed else "",
        "help": help_html(site) if is_in_danger or found.is_urgent else "",
        **_found_words(found, site, is_in_danger=is_in_danger),
        **_around(request, query, site),
    }
    # Who is in danger has made no slip of the pen.
    shape = {
        "finds_nothing": found.finds_nothing and not words["help"],
        "found_elsewhere": bool(found.elsewhere.hits),
        "answer_is_vague": found.is_vague,
    }
    return show_filled("reading/search.html", words, site=site, **shape)


def _page_asked_for(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")[:4]
    return int(asked) if asked.isdecimal() else 1


def _found_words(found: Searched, site: Site, *, is_in_danger: bool) -> dict[str, SafeString]:
    alerts = AlertsBeside(site)
    of_each_other = _of_each_other(found, site)
    told = {each.name for each in found.several} if of_each_other else ()
    has_answer = bool(found.answer or of_each_other)
    # Names that are spelt nearly so ask it themselves; "baby not breathing" is no question about a medicine.
    may_ask = not found.names.is_near and (found.is_urgent or not is_in_danger)
    return {
        "names": names_html(found.names, found.query, alerts, has_answer=has_answer, told=told),
        "answer": answer_html(found.answer, alerts, may_ask=may_ask, unknown=found.unknown),
        "of_each_other": of_each_other,
        "texts": texts_html(found.texts, found.query, alerts, is_other=found.texts_are_other)
        + texts_html(found.elsewhere, found.typed, alerts, is_other=False),
    }


def _of_each_other(found: Searched, site: Site) -> SafeString:
    if found.is_urgent:  # who took too much reads first what to do, and that alone
        return mark_safe("")
    return of_each_other_html(found.several, named_twice(found.query, found.names), site)


def _around(request: HttpRequest, query: str, site: Site) -> dict[str, object]:
    """What stands around whatever was found: the letters, the same page in other languages."""
    used = letters_lately(site.at) if query else letters(site.at)  # the empty form is a page that is kept
    asked = f"?{urlencode({'q': query})}" if query else ""
    shown = pattern("reading/letters.html").filled({}, {"letters": alphabet(used)})
    return {"letters": shown, **own_page_words(request, "search", query=asked)}


@csrf_exempt
def suggestions(request: HttpRequest) -> HttpResponse:
    """Names that begin with ``q``, as JSON: ``{"names": [{"name": "Brufen", "of": "Ibuprofen"}, …]}``; ``of`` is left
    out where it is the name itself.

    One address for all spellings of a beginning (another spelling is led to it), so that caches keep one answer.
    """
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    asked = request.GET.get("q", "")
    prefix = beginning(asked)
    if request.GET.urlencode() != urlencode({"q": prefix}):
        response = HttpResponseRedirect(f"{reverse('suggestions')}?{urlencode({'q': prefix})}")
        response["Cache-Control"] = SUGGESTIONS_HOLD
        return response
    found = suggest(prefix, timezone.now())
    names = [{"name": each.name} | ({"of": each.medicine} if each.medicine != each.name else {}) for each in found]
    response = JsonResponse({"names": names}, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
    tag = f'W/"{hashlib.sha256(response.content).hexdigest()[:27]}"'
    response = get_conditional_response(request, etag=tag, response=response)
    response["ETag"] = tag
    response["Cache-Control"] = SUGGESTIONS_HOLD
    return response
