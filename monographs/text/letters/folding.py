"""Spelling-tolerant forms of names: what search and the A–Z list compare."""

import unicodedata

from django.db import models


def fold(text: str) -> str:
    """Lower case, without accents or doubled spaces: ``fold("  Méthadone ") == "methadone"``.

    Two texts whose numbers differ never fold alike: ``10⁵`` is "10^5", ``1½`` is "1 1/2".
    """
    text = text.casefold()
    apart = text if text.isascii() else _apart(text)
    return " ".join("".join(character for character in apart if not unicodedata.combining(character)).split())


def _apart(text: str) -> str:
    """NFKD, where a raised, ringed or vulgar number beside another number stays another number."""
    found, kind_before = "", ""
    for character in text:
        plain = unicodedata.normalize("NFKD", character).replace("\u2044", "/")
        kind = unicodedata.decomposition(character).partition(" ")[0]
        goes_on = kind == kind_before and kind in {"", "<super>", "<sub>"}
        if plain[:1].isdigit() and found[-1:].isdigit() and not goes_on:
            found += "^" if kind == "<super>" else " "
        found += plain
        kind_before = kind
    return unicodedata.normalize("NFKD", found)  # marks of several letters in their one order


class FoldedField(models.CharField):
    """A column that keeps the folded form of another, whichever way the row is saved."""

    def __init__(self, *args, source: str = "", **kwargs):
        self.source = source
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance, add):
        value = fold(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value
