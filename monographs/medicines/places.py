"""Where each name stands in the A–Z: its letter and sort key, kept in its own row."""

from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from monographs.text.letters.alphabets import VERSION, as_letter, letter_of, sort_key
from monographs.text.letters.signs import visible
from monographs.text.words.spelling import keys

LONGEST_KEY = 400  # signs: what differs only behind 200 letters stands in the order of its rows


class Place(NamedTuple):
    """``sorted_by`` says by which language and rules, so that rows that were sorted otherwise are found."""

    letter: str
    sort_key: str
    sorted_by: str


def sorted_by() -> str:
    """The language of the site and the version of the rules."""
    return f"{settings.LANGUAGE_CODE}/{VERSION}"


def place_of(name: str, listed_under: str = "") -> Place:
    """Where a name stands on this site: under its own letter, or the one that its author chose.

    A chosen letter that this language does not have (``ll`` in English) counts by its first.
    """
    return _place(name, listed_under, settings.LANGUAGE_CODE)


@lru_cache(maxsize=64)  # three columns of a row ask, one after the other
def _place(name: str, listed_under: str, language: str) -> Place:
    letter = letter_of(listed_under or name, language)
    if listed_under and as_letter(listed_under, language):
        letter = as_letter(listed_under, language)
    key = sort_key(name, language, under=letter)
    return Place(letter, key[:LONGEST_KEY], sorted_by())


class PlaceField(models.CharField):
    """A column of a name's `Place`, of the same name, kept whichever way the row is saved."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{**kwargs, "default": "", "editable": False})

    def pre_save(self, model_instance, add):
        value = getattr(place_of(model_instance.name, model_instance.listed_under), self.attname)
        setattr(model_instance, self.attname, value)
        return value


def first_key_of(name: str) -> str:
    """The key of a name's first word, by which a comparison of texts asks for it (`names.names_beginning_with`)."""
    return next(iter(keys(name)), "")


class FirstKeyField(models.CharField):
    """A column with the key of a name's first word, kept whichever way the row is saved."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{**kwargs, "default": "", "editable": False})

    def pre_save(self, model_instance, add):
        value = first_key_of(model_instance.name)
        setattr(model_instance, self.attname, value)
        return value


class LetterField(models.CharField):
    """One letter of the site's language or of another script, as it is kept; or ``0-9``; or nothing."""

    def to_python(self, value):
        text = super().to_python(value)
        if not text or not text.strip():
            return ""
        letter = as_letter(text, settings.LANGUAGE_CODE)
        if not letter:
            raise ValidationError(
                _("“%(text)s” is not one letter. Type a single one, or 0-9 for the names that begin with a digit."),
                code="no_letter",
                params={"text": visible(text)[:40]},
            )
        return letter
