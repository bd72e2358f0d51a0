"""The class under the title is in the leaflet's own language: who listens hears it with the voice of that."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.leaflets.content import Content
from monographs.quality.findings import Observation, Rule, Severity


def class_in_site_language(content: Content) -> Iterator[Observation]:
    """The medicine has a class and no words for it in the language of this leaflet, which is not the site's."""
    medicine = content.medicine
    if medicine.drug_class and content.language not in (settings.LANGUAGE_CODE, medicine.class_language):
        yield Observation(
            "title",
            _("Medicine"),
            medicine.drug_class,
            _("The kind of medicine under the title is not in the language of the leaflet."),
            _("Write it down in this language on the medicine's page, under “Class in other languages”."),
        )


RULES = (
    Rule(
        "class-language",
        Severity.WARNS,
        gettext_lazy("The kind of medicine is in another language"),
        "WCAG 2.2, success criterion 3.1.2 (language of parts)",
        class_in_site_language,
    ),
)
