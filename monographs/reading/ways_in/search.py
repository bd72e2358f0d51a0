"""Search: what was found, or where else to look."""

import hashlib
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from monographs.publication.found.passages import Weight
from monographs.reading.alerts.beside import AlertsBeside
from monographs.reading.languages.switch import own_page_words
from monographs.reading.patterns import pattern
from monographs.reading.public import Site, public_page, show_filled
from monographs.reading.ways_in.found import answer_html, names_html, texts_html
from monographs.reading.ways_in.help_first import help_html, may_be_in_danger
from monographs.reading.ways_in.index import alphabet
from monographs.reading.ways_in.of_each_other import of_each_other_html
from monographs.search.index.kept import the_index
from monographs.search.missed import note_missed
from monographs.search.named.a_to_z import letters, letters_lately
from monographs.search.named.asked import may_be_unknown_name, medicines_in, tidy_query
from monographs.search.named.names import How, NameAnswer, answer
from monographs.search.named.suggestions import beginning, suggest
from monographs.search.questions import answers
from monographs.search.texts import fulltext
from monographs.text.letters.folding import fold
from monographs.text.words.lexicon import is_everyday
from monographs.together.asked import named_together, named_twice

SUGGESTIONS_HOLD = "public, max-age=60"  # a name that is new by a minute is found by the search itself


@public_page(uses=["q", "page"])
def search(request: HttpRequest, site: Site) -> HttpResponse:
    query = tidy_query(request.GET.get("q", ""))
    names = answer(query, site.at)
    several = named_together(query, names) if names.hits else ()
    # What several medicines do to each other is asked of their leaflets about each other.
    beside = ("interactions",) if several else ()
    answered = answers.answer(query, at=site.at, medicines=_named(names, query), without=beside)
    named = {hit.publication for hit in names.hits}
    # What names a medicine is no question about another that has its words here and there.
    texts = fulltext.find(
        query,
        at=site.at,
        page=_page_asked_for(request),
        names=the_index(),
        without=named,
        together=bool(names.found),
    )
    is_in_danger = may_be_in_danger(query, names)
    if query and not (named or texts.hits or is_in_danger):
        note_missed(query, at=site.at)
    alerts = AlertsBeside(site)
    # Who took too much reads first what to do, and that alone.
    is_urgent = bool(answered) and answered.is_urgent
    of_each_other = "" if is_urgent else of_each_other_html(several, named_twice(query, names), site)
    told = {each.name for each in several} if of_each_other else ()
    words = {
        "query": query,
        "help": help_html(site) if is_in_danger or is_urgent else "",
        "names": names_html(names, query, alerts, has_answer=bool(answered or of_each_other), told=told),
        "answer": answer_html(
            answered,
            alerts,
            is_near=names.is_near,
            unknown=_unknown_in(query, answered, names),
        ),
        "of_each_other": of_each_other,
        "texts": texts_html(texts, query, alerts, is_other=_are_other(texts, query, names)),
        **_around(request, query, site),
    }
    # Who is in danger has made no slip of the pen.
    finds_nothing = bool(query) and not (names.found or texts.hits or answered or words["help"])
    shape = {"finds_nothing": finds_nothing, "answer_is_vague": bool(answered) and answered.is_vague}
    return show_filled("reading/search.html", words, site=site, **shape)


def _unknown_in(query: str, answered: answers.Answer | None, names: NameAnswer) -> list[str]:
    """The medicines that a question names and nobody knows here, where it would be asked which one is meant."""
    return medicines_in(fold(query)) if answered and answered.asks_which and not names.found else []


def _around(request: HttpRequest, query: str, site: Site) -> dict[str, object]:
    """What stands around whatever was found: the letters, the same page in other languages."""
    used = letters_lately(site.at) if query else letters(site.at)  # the empty form is a page that is kept
    asked = f"?{urlencode({'q': query})}" if query else ""
    shown = pattern("reading/letters.html").filled({}, {"letters": alphabet(used)})
    return {"letters": shown, **own_page_words(request, "search", query=asked)}


def _page_asked_for(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")[:4]
    return int(asked) if asked.isdecimal() else 1


def _are_other(texts: fulltext.Found, query: str, names: NameAnswer) -> bool:
    """Whether what is found by its words is beside what was looked for: a name that is known, or that may be one."""
    is_titled = any(hit.weight == Weight.TITLE for hit in texts.hits)
    return bool(names.found) or (may_be_unknown_name(fold(query)) and not is_titled)


def _named(names: NameAnswer, query: str) -> list[int]:
    """The medicines that a question is about: those that it names, not those whose names are like it. A question of
    everyday words alone ("alcohol?") is about none, though something is called so."""
    is_named = names.how in (How.NAME, How.NAMED, How.TOGETHER) and not is_everyday(fold(query))
    return [found.medicine for found in names.found if is_named and not found.slips]


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
