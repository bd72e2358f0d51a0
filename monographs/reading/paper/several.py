"""Several leaflets in one print: who hands over paper chooses them on a page, and gets one PDF with a cover."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from monographs.leaflets.editions import titled
from monographs.leaflets.models import Edition
from monographs.medicines.models import Medicine
from monographs.paper.articles.article import Article
from monographs.paper.articles.cover import Cover
from monographs.paper.pdf import make_several
from monographs.paper.setting.typefaces import can_set
from monographs.paper.sheet import SIZES
from monographs.paper.shelf import Shelf
from monographs.publication.relatives import Relative, relatives
from monographs.reading.behind import without_hidden
from monographs.reading.languages.addresses import language_of_the_address
from monographs.reading.languages.switch import own_page, switch
from monographs.reading.paper.files import LARGE, USUAL, article_as_file, file, printed
from monographs.reading.public import Site, public_page, show
from monographs.reading.shown import page_of
from monographs.text.markup.markdown import direction
from monographs.text.order.isolates import marked
from monographs.together.asked import Answered, asked

MOST = 8  # leaflets in one print
_MOST_FIELDS, _LONGEST = 2 * MOST, 200  # of a query that are looked at, and characters of each
_SHELF_BYTES = 6 * 1024 * 1024  # apart from the leaflets' own: there are many ways to choose several
_ADDRESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_shelf = Shelf(_SHELF_BYTES)


@dataclass(frozen=True)
class Chosen:
    """A leaflet that was chosen, under the title that patients read last; ``others`` of its medicine can be added."""

    slug: str
    title: str
    language: str
    is_notice: bool
    others: tuple[Relative, ...]

    @property
    def can_be_set(self) -> bool:
        return can_set(self.language)


@dataclass(frozen=True)
class Choice:
    """What a query asks for: ``chosen`` leaflets, at most `MOST`; what else was typed is told: ``unknown`` words,
    ``unclear`` ones with the names that they may mean, and ``left_out``, the titles of those that were too many.
    """

    chosen: tuple[Chosen, ...] = ()
    unknown: tuple[str, ...] = ()
    unclear: tuple[tuple[str, tuple[str, ...]], ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def printable(self) -> tuple[Chosen, ...]:
        return tuple(one for one in self.chosen if one.can_be_set)


@public_page(uses=["m"])
def print_page(request: HttpRequest, site: Site) -> HttpResponse:
    """Which leaflets, and the PDF of them."""
    asked_for = request.GET.getlist("m")
    return _page(site, _choice(asked_for, site), asked_for)


@public_page(uses=["m", "size"])
def several_pdf(request: HttpRequest, site: Site) -> HttpResponse:
    """The PDF of leaflets that are named by their addresses. If one of them isn't there, the page says which."""
    size, asked_for = request.GET.get("size", str(USUAL)), request.GET.getlist("m")
    if size not in map(str, SIZES):
        raise Http404
    slugs = tuple(dict.fromkeys(asked_for))
    if not 0 < len(slugs) <= MOST or not all(map(_ADDRESS.fullmatch, slugs)):
        return _page(site, _choice(asked_for, site), asked_for, status=404)
    try:
        cover = _cover(site, tuple(article_as_file(request, site, slug, "") for slug in slugs))
    except Http404:
        return _page(site, _choice(asked_for, site), asked_for, status=404)
    if not all(can_set(article.language) for article in cover.articles):
        return _page(site, _choice(asked_for, site), asked_for, status=404)
    made = printed(
        _shelf, cover, f"several {size}", lambda picture: make_several(cover, size=int(size), read_picture=picture)
    )
    return file(made, "application/pdf", "leaflets.pdf", cover.language)


def _page(site: Site, choice: Choice, asked_for: list[str], *, status: int = 200) -> HttpResponse:
    pdf = reverse("print-pdf")
    context = {
        "choice": choice,
        "pdf": f"{pdf}?{_query(one.slug for one in choice.printable)}" if choice.printable else "",
        "unclear": [
            (typed, [(name, "?" + _query([*(one.slug for one in choice.chosen), name])) for name in names])
            for typed, names in choice.unclear
        ],
        "sizes": LARGE,
        "most": MOST,
        "has_room": len(choice.chosen) < MOST,
        "languages": switch(own_page("print", query=_query_again(asked_for))),
    }
    return show("reading/print.html", context, site=site, status=status)


def _query(names: Iterable[str]) -> str:
    return urlencode([("m", name) for name in names])


def _query_again(asked_for: list[str]) -> str:
    """What was asked for, as far as it is looked at, behind the address in another language."""
    fields = [field[:_LONGEST] for field in asked_for[:_MOST_FIELDS]]
    return f"?{_query(fields)}" if fields else ""


def _cover(site: Site, articles: tuple[Article, ...]) -> Cover:
    """The first page, in the language of the leaflets if they share one, else in the site's."""
    languages = {article.language for article in articles}
    language = languages.pop() if len(languages) == 1 else settings.LANGUAGE_CODE
    with translation.override(language):
        title = _("Your leaflets")
        return Cover(
            title=title,
            lead=_("Each leaflet begins on a page of its own and says which version it is."),
            language=language,
            author=site.clinic.name,
            foot=marked(f"{title}, {site.clinic.name}", direction(language)),
            page_of=_("Page {page} of {pages}"),
            articles=articles,
            on=max(article.on for article in articles),
        )


# --- What was asked for ---


def _choice(typed: Iterable[str], site: Site) -> Choice:
    """What the fields name: a leaflet by its address, or a medicine by any of its names. A name that is spelt otherwise
    is asked back: whoever hands over paper must not hand over another medicine's.
    """
    fields = dict.fromkeys(filter(None, (field.strip()[:_LONGEST] for field in list(typed)[:_MOST_FIELDS])))
    found: dict[str, Chosen] = {}
    unknown: list[str] = []
    unclear: list[tuple[str, tuple[str, ...]]] = []
    for field in fields:
        if leaflet := _leaflet(field, site):
            found[field] = leaflet
            continue
        for answer in asked([field]).fields:
            leaflets = _named_by(answer, site)
            for slug, one in leaflets.items():
                found.setdefault(slug, one)
            choices = _to_be_asked_back(answer)
            unknown += answer.unknown or ([] if leaflets or choices else [field])
            unclear += [(answer.typed, choices)] if choices else []
    chosen = tuple(found.values())
    return Choice(chosen[:MOST], tuple(unknown), tuple(unclear), tuple(one.title for one in chosen[MOST:]))


def _named_by(answer: Answered, site: Site) -> dict[str, Chosen]:
    """The leaflets of the medicines that a field names rightly, by their addresses."""
    medicines = [] if answer.is_guess else [each.medicine for each in answer.meant]
    leaflets = {slug: _leaflet(slug, site) for slug in _of_medicines(medicines, site)}
    return {slug: leaflet for slug, leaflet in leaflets.items() if leaflet}


def _to_be_asked_back(answer: Answered) -> tuple[str, ...]:
    """The names that a field may mean."""
    return tuple(each.name for each in (answer.meant if answer.is_guess else answer.choices))


def _leaflet(slug: str, site: Site) -> Chosen | None:
    if not _ADDRESS.fullmatch(slug):
        return None
    try:
        page = page_of(slug, site.at)
    except Http404:
        return None
    leaflets = without_hidden(page.relatives, site, but=slug)
    others = tuple(
        one._replace(title=titled(one.title, one.edition, one.language)) for one in leaflets if one.slug != slug
    )
    return Chosen(slug, page.title, page.publication.leaflet.language, not page.publication.revision_id, others)


def _of_medicines(medicines: list[int], site: Site) -> list[str]:
    """The address of a leaflet for each medicine that has one: in the language of the page, else in the site's, and
    for most people, if there is such a one.
    """
    rows = dict(Medicine.objects.filter(pk__in=medicines).values_list("pk", "shown_leaflets")) if medicines else {}
    shown = [without_hidden(relatives(rows[medicine], site.at), site) for medicine in medicines if medicine in rows]
    return [min(leaflets, key=_fits).slug for leaflets in shown if leaflets]


def _fits(leaflet: Relative) -> tuple[bool, bool, bool]:
    here, ours = language_of_the_address(), settings.LANGUAGE_CODE
    return leaflet.language != here, leaflet.language != ours, leaflet.edition != Edition.STANDARD
