"""A search for several medicines: what their leaflets say of each other, as on the page of medicines taken together."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from monographs.reading.languages.addresses import address, language_of_the_address
from monographs.reading.public import Site
from monographs.search.index.kept import the_index
from monographs.together.asked import Choice
from monographs.together.sheet import Sheet, make_sheet


def of_each_other_html(several: Sequence[Choice], twice: Sequence[tuple[str, ...]], site: Site) -> SafeString:
    """For each two of ``several`` medicines the sentences in which a leaflet warns of the other, or that none names it;
    nothing where none of them has a leaflet. ``twice`` are names of one medicine each. Three queries, or four; none for
    less than two medicines."""
    if not (several or twice):
        return mark_safe("")
    language = language_of_the_address()
    sheet = _sheet(several, language, site) if several else Sheet()
    pairs = [pair for pair in (*sheet.told, *sheet.silent) if len(pair.without_leaflet) < 2]
    if not (pairs or twice):
        return mark_safe("")
    known = [("m", each.name) for each in sheet.members if each.is_known]
    context = {
        "twice": twice,
        "pairs": pairs,
        "together": f"{address('together')}?{urlencode(known)}" if pairs and len(known) > 1 else "",
        "clinic": site.clinic,
        "language": language,
    }
    return mark_safe(render_to_string("reading/of_each_other.html", context))  # noqa: S308 - a template's output


def _sheet(medicines: Sequence[Choice], language: str, site: Site) -> Sheet:
    languages = dict.fromkeys((language, settings.LANGUAGE_CODE, "en"))
    return make_sheet(medicines, languages=languages, index=the_index(), at=site.at, is_brief=True)
