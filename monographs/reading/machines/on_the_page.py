"""What a leaflet's page says to search engines and to who shares a link: schema.org (JSON-LD) and Open Graph.

Every value is one that stands on the page, in the version that is shown: a machine is told nothing that a patient is
not. A notice, an older version and a preview say nothing of the kind.
"""

import json
from urllib.parse import urljoin

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from monographs.leaflets.content import MedicineContent
from monographs.leaflets.editions import titled
from monographs.publication.models import Page
from monographs.reading.languages.addresses import address_of_slug, permanent_address
from monographs.reading.public import Site
from monographs.templatetags.leaflet_language import marked_in_order

_IN_A_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def for_machines(page: Page, origin: str, site: Site) -> dict[str, object]:
    """The words of `reading/for_machines.html`, in the active language; ``origin`` as `switch.origin_of` has it."""
    publication = page.publication
    leaflet = publication.leaflet
    title = titled(publication.revision.heading.title, leaflet.edition, leaflet.language)
    described = {"title": marked_in_order(title, leaflet.language)}
    description = (
        _("%(title)s for patients: what it is for, how to take it, side effects and when to ask for help.") % described
    )
    address = f"{origin}{permanent_address(leaflet.slug)}"
    changed_on = site.day_of(publication.effective_from).isoformat()
    about_page = {"url": address, "name": title, "description": description, "dateModified": changed_on}
    return {
        "canonical": address,
        "description": description,
        "changed_on": changed_on,
        "feed_address": address_of_slug("medicine-feed", page.medicine_slug),
        "json_ld": as_script(_web_page(page, site, about_page)),
    }


def _web_page(page: Page, site: Site, about_page: dict[str, str]) -> dict[str, object]:
    """A MedicalWebPage about a Drug (schema.org 29); what is not known is left out. Days (ISO 8601) are those that the
    page names in words."""
    publication, clinic = page.publication, site.clinic
    heading, language = publication.revision.heading, publication.leaflet.language
    medicine = heading.medicine
    publisher = {"@type": "MedicalOrganization", "name": clinic.name}
    if clinic.logo:
        publisher["logo"] = urljoin(about_page["url"], clinic.logo_url)
    about = {
        "@type": "Drug",
        "name": medicine.name if medicine.name.casefold() in heading.title.casefold() else heading.title,
        "proprietaryName": list(medicine.brands),
        "drugClass": {"@type": "DrugClass", "name": _class(medicine, language)} if medicine.drug_class else None,
    }
    return {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "url": about_page["url"],
        "name": about_page["name"],
        "description": about_page["description"],
        "inLanguage": language,
        "version": publication.version,
        "dateModified": about_page["dateModified"],
        "lastReviewed": site.day_of(page.reviewed_at).isoformat() if page.reviewed_at else None,
        "audience": {"@type": "Patient"},
        "publisher": publisher,
        "about": {name: value for name, value in about.items() if value},
    }


def _class(medicine: MedicineContent, language: str) -> str | dict[str, str]:
    """The class, with its language where that is not the leaflet's (JSON-LD 1.1, 4.2.4: language-tagged values)."""
    own = medicine.class_language or settings.LANGUAGE_CODE
    return medicine.drug_class if own == language else {"@language": own, "@value": medicine.drug_class}


def as_script(data: dict[str, object]) -> SafeString:
    """JSON that can stand in a script element: no sign in it ends the element, or begins another."""
    known = {name: value for name, value in data.items() if value}
    text = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    return SafeString(text.translate(_IN_A_SCRIPT))  # "<", ">" and "&" are escaped
