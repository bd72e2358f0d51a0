"""What a leaflet says, as one plain value: what drafts hold, revisions keep and formats exchange.

``Content`` knows no database. Its JSON form carries ``schema``, the version of this shape, so that a
revision written years ago can still be read: `from_dict` accepts every schema ever written. `to_dict` writes the
first schema that can say it all, so that a text that does not need what is new keeps its digest.
"""

import dataclasses
from dataclasses import dataclass

SCHEMA = 3
_BEFORE_CLASS_WORDS = 2
_BEFORE_TRANSLATIONS = 1


@dataclass(frozen=True)
class MedicineContent:
    """The medicine as the leaflet names it. ``brands`` are shown under the title.

    ``class_language`` is the language of ``drug_class`` where the medicine has words for it in the leaflet's own (since
    schema 3); "" for that of the site.
    """

    name: str
    brands: tuple[str, ...] = ()
    drug_class: str = ""
    atc_code: str = ""
    class_language: str = ""


@dataclass(frozen=True)
class SectionContent:
    """One section. ``kind`` is a key of `sections.BY_KEY`, ``body`` is Markdown.

    ``key`` is stable for the section's life (it is the anchor in the page and how a move is told from
    a rewrite). A section that does not apply to this medicine has an empty body and says why in ``reason``.
    """

    key: str
    kind: str
    heading: str
    body: str = ""
    is_not_applicable: bool = False
    reason: str = ""


@dataclass(frozen=True)
class SourceContent:
    """A reference. ``accessed_on`` is an ISO date or ""; ``supports`` are section kinds, empty for all."""

    citation: str
    url: str = ""
    accessed_on: str = ""
    supports: tuple[str, ...] = ()


@dataclass(frozen=True)
class MadeFrom:
    """As of which text a translation is made: revision number ``revision`` of the leaflet whose address ends in
    ``leaflet``. Both are for good."""

    leaflet: str
    revision: int


@dataclass(frozen=True)
class Heading:
    """What stands above a leaflet. ``next_review_on`` is an ISO date or ""."""

    title: str
    medicine: MedicineContent
    next_review_on: str = ""
    made_from: MadeFrom | None = None

    @classmethod
    def from_dict(cls, data: dict) -> "Heading":
        """Of the JSON form of a whole leaflet, of any schema. Raises ValueError for a schema from the future."""
        _check_schema(data)
        return cls(data["title"], _medicine(data), data["next_review_on"], _made_from(data))


@dataclass(frozen=True)
class Content:
    """A whole leaflet. ``key_facts`` are single lines of Markdown; ``next_review_on`` is an ISO date or "".

    ``made_from`` is there in a translation alone (since schema 2).
    """

    title: str
    medicine: MedicineContent
    language: str = "en"
    edition: str = "standard"
    key_facts: tuple[str, ...] = ()
    sections: tuple[SectionContent, ...] = ()
    sources: tuple[SourceContent, ...] = ()
    next_review_on: str = ""
    made_from: MadeFrom | None = None

    @property
    def is_easy_read(self) -> bool:
        return self.edition == "easy-read"

    def to_dict(self) -> dict:
        """The JSON form, with its schema version."""
        data = dataclasses.asdict(self)
        schema = _BEFORE_CLASS_WORDS if self.made_from else _BEFORE_TRANSLATIONS
        if not self.made_from:
            del data["made_from"]
        if self.medicine.class_language:
            schema = SCHEMA
        else:
            del data["medicine"]["class_language"]
        return {"schema": schema, **data}

    @classmethod
    def from_dict(cls, data: dict) -> "Content":
        """Read any schema written so far. Raises ValueError for a schema from the future."""
        _check_schema(data)
        return cls(
            title=data["title"],
            medicine=_medicine(data),
            language=data["language"],
            edition=data["edition"],
            key_facts=tuple(data["key_facts"]),
            sections=tuple(SectionContent(**section) for section in data["sections"]),
            sources=tuple(
                SourceContent(**{**source, "supports": tuple(source["supports"])}) for source in data["sources"]
            ),
            next_review_on=data["next_review_on"],
            made_from=_made_from(data),
        )


def _check_schema(data: dict) -> None:
    if data["schema"] > SCHEMA:
        raise ValueError(f"This leaflet was written with schema {data['schema']}; this program reads up to {SCHEMA}.")


def _made_from(data: dict) -> MadeFrom | None:
    return MadeFrom(**data["made_from"]) if "made_from" in data else None


def _medicine(data: dict) -> MedicineContent:
    return MedicineContent(**{**data["medicine"], "brands": tuple(data["medicine"]["brands"])})
