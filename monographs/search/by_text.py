"""Finding leaflets by what they say."""

import datetime as dt

from django.db.models import Q

from monographs.publication.models import Page
from monographs.publication.showings import title_in
from monographs.search.hits import Hit
from monographs.search.quotes import quote
from monographs.search.spelling import joined
from monographs.text.amounts.numbers import ways_to_write
from monographs.text.letters.folding import fold


def find(query: str, at: dt.datetime) -> list[Hit]:
    """Live leaflets whose page has every word: those with a word in the title first, then by how often.

    What has no letter and no number finds nothing.
    """
    if not joined(fold(query)):
        return []
    words = [ways_to_write(word) for word in dict.fromkeys(query.split())]
    pages = Page.objects.current(at).filter(publication__revision__isnull=False)
    for ways in words:
        # SQLite's LIKE knows upper and lower case in ASCII only.
        spellings = {spelling for way in ways for spelling in (way, way.lower(), way.upper(), way.capitalize())}
        has_word = Q()
        for spelling in spellings:
            has_word |= Q(plain_text__icontains=spelling)
        pages = pages.filter(has_word)
    found = pages.values_list(
        "publication__leaflet__slug",
        title_in("publication__revision__content_json"),
        "publication__leaflet__medicine__name",
        "plain_text",
        "html",
        "publication__leaflet__language",
        "publication__kind",
    )
    folded = [fold(word) for word in query.split()]
    hits = []
    for slug, title, name, text, html, language, kind in found:
        has_title = any(word in fold(title) for word in folded)
        lowered = text.casefold()
        count = sum(lowered.count(way.casefold()) for ways in words for way in ways)
        hit = Hit(slug, title, name, "", quote(html, words), language, kind)
        hits.append((not has_title, -count, title, hit))
    return [hit for *_order, hit in sorted(hits, key=lambda entry: (*entry[:3], entry[3].slug))]
