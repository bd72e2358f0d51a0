"""Spelling-tolerant forms of names: what search and the A–Z list compare."""

import unicodedata

from django.db import models


def fold(text: str) -> str:
    """Lower case, without accents or doubled spaces: ``fold("  Méthadone ") == "methadone"``."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(character for character in apart if not unicodedata.combining(character)).split())


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
