"""From the square on a pack to the leaflet: a GS1 Digital Link, ``/01/<GTIN>``, with whatever stands behind it.

GS1 Digital Link URI Syntax, section 4: behind the GTIN may stand variant (22), batch (10), serial number (21), and in
the query the expiry date (17) and more. The leaflet depends on the GTIN alone, so nothing else is looked at, and
nothing that is wrong with the rest loses it.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils import timezone

from monographs.medicines.gtin import WrongCheckDigit, gtin_of
from monographs.medicines.models import MedicineCode
from monographs.reading.alerts.pages import alerts_above
from monographs.reading.languages.addresses import leaflet_address
from monographs.reading.languages.switch import own_page, switch
from monographs.reading.public import PRIVATE, read_site, show
from monographs.reading.ways_in.index import alphabet
from monographs.search.named.a_to_z import in_our_language_first, letters
from monographs.search.shown.hits import ABSENT, shown_of


def pack(request: HttpRequest, scanned: str, language: str = "") -> HttpResponse:
    """The leaflet of the pack's medicine, in the ``language`` of the address if it has one; else a page that says what
    is wrong: a slip in the number, a pack that nobody entered, a medicine without a leaflet."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    at = timezone.now()
    medicine, problem = None, ""
    try:
        gtin = gtin_of(scanned.partition("/")[0])
    except WrongCheckDigit:
        problem = "slip"
    except ValueError:
        problem = "no-gtin"
    else:
        code = (
            MedicineCode.objects.filter(system=MedicineCode.System.GTIN, code=gtin).select_related("medicine").first()
        )
        medicine = code and code.medicine
        if medicine and (leaflets := shown_of([medicine.pk], at)[medicine.pk]):
            best = min(in_our_language_first(leaflets), key=lambda leaflet: leaflet.in_effect in ABSENT)
            return _private(redirect(leaflet_address(best.slug, best.language)))
    site = read_site(at)
    context = {
        "alerts": alerts_above(site, medicine.pk) if medicine else "",
        "languages": switch(own_page("pack", scanned)),
        "problem": problem,
        "medicine": medicine,
        "letters": alphabet(letters(at)),
    }
    return _private(show("reading/pack.html", context, site=site, status=404))


def _private(response: HttpResponse) -> HttpResponse:
    """Nobody keeps it: the pack may have a leaflet tomorrow."""
    response["Cache-Control"] = PRIVATE
    response["X-Robots-Tag"] = "noindex"
    return response
