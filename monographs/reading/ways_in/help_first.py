"""Whom to call, before all that was found: for who searches in an emergency, and types what is wrong."""

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from monographs.comments.triage.labelling import is_cry
from monographs.reading.patterns import pattern
from monographs.reading.public import Site
from monographs.search.named.names import How, NameAnswer
from monographs.search.questions.danger import names_a_danger


def may_be_in_danger(query: str, names: NameAnswer) -> bool:
    """Whether a search is a cry for help as one in a reply is, or a sign of danger without a medicine that was found:
    what leaflets say to "ibuprofen stroke" is an answer. It is rather seen where there is none than missed."""
    if not query or names.how == How.NAME:
        return False
    return (not names.found and names_a_danger(query)) or is_cry(query, get_language())


def help_html(site: Site) -> SafeString:
    """The numbers that the clinic gave; nothing where it gave none."""
    clinic = site.clinic
    if not (clinic.emergency_number or clinic.urgent_number or clinic.crisis_lines):
        return mark_safe("")
    return pattern("reading/help_first.html").filled({}, {"same_clinic": site.same_clinic}, clinic=clinic)
