"""A medicine's class in words of a language: those that were written down for it, else those of its own entry, which
are in the site's language."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.db.models import BigIntegerField, QuerySet

from monographs.medicines.models import ClassWords, Medicine
from monographs.prepared import Given, PreparedIn


class DrugClass(NamedTuple):
    """``words`` for a class, "" for none, and the language that they are in."""

    words: str
    language: str


def of_entry(words: str) -> DrugClass:
    """The class as the medicine's entry has it."""
    return DrugClass(words, settings.LANGUAGE_CODE)


def class_of(medicine: Medicine, language: str) -> DrugClass:
    """What a medicine's class is called in a language, else in the site's; one query, none for the site's."""
    entry = of_entry(medicine.drug_class)
    if language == entry.language:
        return entry
    own = class_words([medicine.pk]).get(medicine.pk, {}).get(language)
    return DrugClass(own, language) if own else entry


def class_words(medicines: Iterable[int]) -> dict[int, dict[str, str]]:
    """By medicine the words for its class in other languages than the site's, by language; one query."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for medicine, language, words in _rows.rows(medicines):
        if language != settings.LANGUAGE_CODE:
            found[medicine][language] = words
    return found


def _of(medicines: list[Given]) -> QuerySet:
    rows = ClassWords.objects.filter(medicine__pk__in=medicines)
    return rows.order_by("pk").values_list("medicine", "language", "words")


_rows = PreparedIn(_of, BigIntegerField())
