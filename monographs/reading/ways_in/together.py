"""Medicines that are taken together: their key facts on one sheet, and what their leaflets say of each other.

What somebody takes is nobody's business: an answer is kept by no cache, named to no other site and found by no search
engine; nothing is written down, and `deploy/nginx.conf` logs the address without its query.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from monographs.reading.alerts.pages import alerts_above_several
from monographs.reading.languages.addresses import address, language_of_the_address
from monographs.reading.languages.switch import own_page_words
from monographs.reading.public import PRIVATE, Site, public_page, show
from monographs.search.index.kept import the_index
from monographs.together.asked import MOST, Answered, Asked, Choice, asked
from monographs.together.sheet import make_sheet

_LEAST_FIELDS = 2


@dataclass(frozen=True)
class Doubt:
    """A field that is not clear: what was understood, and ``choices``, each with the address that asks for it."""

    field: Answered
    choices: tuple[tuple[Choice, str], ...]


@public_page(uses=["m", "more"])
def together(request: HttpRequest, site: Site) -> HttpResponse:
    """The form, and below it the sheet of what was asked for."""
    typed = request.GET.getlist("m")
    answer = asked(typed)
    language = language_of_the_address()
    languages = dict.fromkeys((language, settings.LANGUAGE_CODE, "en"))
    sheet = make_sheet(answer.medicines, languages=languages, index=the_index(), at=site.at)
    doubts = [_doubt(field, answer) for field in answer.fields if not field.is_clear]
    context = {
        "alerts": alerts_above_several(site, {each.medicine: each.name for each in answer.medicines}),
        "is_folded": len(sheet.members) > 1 and not doubts and "more" not in request.GET,
        "fields": _fields(answer, len(typed) if "more" in request.GET else 0),
        "has_room": len(answer.fields) < MOST,
        "doubts": doubts,
        "guesses": [field for field in answer.fields if field.is_guess],
        "left_out": answer.left_out,
        "sheet": sheet,
        "at": site.at,
        "canonical": request.build_absolute_uri(address("together")),
        **own_page_words(request, "together", query=_query(typed[:MOST])),
    }
    response = show("reading/together.html", context, site=site)
    response["Referrer-Policy"] = "no-referrer"
    if request.GET:
        response["Cache-Control"] = PRIVATE
        response["X-Robots-Tag"] = "noindex"
    return response


def _fields(answer: Asked, sent: int) -> list[str]:
    """What stands in the fields: one more than was filled in, or than were ``sent`` with "add another"."""
    typed = [field.typed for field in answer.fields[:MOST]]
    count = min(max(len(typed) + 1, sent + 1 if sent else 0, _LEAST_FIELDS), MOST)
    return [*typed, *[""] * (count - len(typed))]


def _doubt(field: Answered, answer: Asked) -> Doubt:
    return Doubt(field, tuple((choice, _address(field, choice, answer.fields)) for choice in field.choices))


def _address(doubted: Answered, choice: Choice, fields: Iterable[Answered]) -> str:
    """The same question with one of its fields made clear."""
    names: list[str] = []
    for field in fields:
        if field is doubted:
            names += [*(each.name for each in field.meant), choice.name]
        else:
            names.append(field.typed)
    return _query(names)


def _query(names: Iterable[str]) -> str:
    return f"?{urlencode([('m', name) for name in names])}" if names else ""
