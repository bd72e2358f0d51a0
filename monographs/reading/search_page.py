"""Search: what was found, or where else to look."""

from django.http import HttpRequest, HttpResponse

from monographs.reading.index import alphabet
from monographs.reading.public import Site, public_page, show
from monographs.search.missed import note_missed
from monographs.search.names import find, nearest, tidy_query


@public_page(uses=["q"])
def search(request: HttpRequest, site: Site) -> HttpResponse:
    query = tidy_query(request.GET.get("q", ""))
    hits = find(query, site.at)
    if query and not hits:
        note_missed(query, at=site.at)
    context = {
        "query": query,
        "hits": hits,
        "near": nearest(query, site.at) if query and not hits else [],
        "letters": alphabet(site.at),
    }
    return show("reading/search.html", context, site=site)
