"""What somebody typed into the leaflet's form, read without asking the database whether its rows still exist."""

from collections.abc import Mapping
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from monographs.exchange.draft import default_heading, section_keys
from monographs.leaflets.content import Content, SectionContent, SourceContent
from monographs.leaflets.drafts import content_of
from monographs.leaflets.form_size import MOST_PARTS, MOST_ROWS
from monographs.leaflets.limits import fits_leaflet
from monographs.leaflets.models import Leaflet, Section, Source
from monographs.leaflets.sections import BY_KEY, OTHER
from monographs.leaflets.settled import settled
from monographs.refusals import Unacceptable
from monographs.revisions.models import Revision
from monographs.text.amounts.dates import NotADay, read_day

LAST = 32767  # the position of what has none: behind everything


def typed_content(posted: Mapping, leaflet: Leaflet) -> Content:
    """The form's fields (a QueryDict) as content, tidied and settled like a saved draft.

    Rows ticked for deletion and rows left empty are left out; a value that no field would take (an impossible
    date) stands as it was typed, so that it can be shown again: `problems_of` names it.
    """
    saved = content_of(leaflet)
    typed = Content(
        title=_line(posted.get("title")),
        medicine=saved.medicine,
        language=saved.language,
        edition=saved.edition,
        key_facts=tuple(line.strip() for line in _text(posted.get("key_facts")).split("\n") if line.strip()),
        sections=_sections(posted, saved.language),
        sources=_sources(posted),
        next_review_on=day_of(posted.get("next_review_on")),
        made_from=saved.made_from,
    )
    return settled(typed, before=saved)


def fields_of(content: Content, *, based_on: int) -> list[tuple[str, str]]:
    """The content as the form would send it: ``typed_content`` of these fields gives it back."""
    fields = [
        ("based_on", str(based_on)),
        ("title", content.title),
        ("key_facts", "\n".join(content.key_facts)),
        ("next_review_on", content.next_review_on),
        ("sections-TOTAL_FORMS", str(len(content.sections))),
        ("sources-TOTAL_FORMS", str(len(content.sources))),
    ]
    for number, section in enumerate(content.sections):
        row = {
            "row_key": section.key,
            "kind": section.kind,
            "heading": section.heading,
            "body": section.body,
            "is_not_applicable": "on" if section.is_not_applicable else "",
            "reason": section.reason,
            "position": str(number + 1),
        }
        fields += [(f"sections-{number}-{name}", value) for name, value in row.items()]
    for number, source in enumerate(content.sources):
        row = {
            "citation": source.citation,
            "url": source.url,
            "accessed_on": source.accessed_on,
            "position": str(number + 1),
        }
        fields += [(f"sources-{number}-{name}", value) for name, value in row.items()]
        fields += [(f"sources-{number}-supports", kind) for kind in source.supports]
    return fields


def as_posted(pairs: object) -> QueryDict:
    """Fields kept as [name, value] as the form would send them. Raises ValueError for anything else."""
    fields = QueryDict(mutable=True)
    try:
        for name, value in pairs:
            if not isinstance(name, str) or not isinstance(value, str):
                raise TypeError
            fields.appendlist(name, _whole(value))
    except TypeError as error:
        raise ValueError("no [name, value] pairs") from error
    return fields


def _whole(text: str) -> str:
    """Text that can be kept: JSON can name half of a character (a lone surrogate), which becomes U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def says_the_same(content: Content, revision: Revision) -> bool:
    """Whether this is what the revision says. The medicine is not asked: it is changed on a page of its own."""
    return replace(revision.content, medicine=content.medicine) == content


def check_rows(posted: Mapping) -> None:
    """Raise Unacceptable for more rows than the form could show again."""
    for prefix in ("sections", "sources"):
        total = posted.get(f"{prefix}-TOTAL_FORMS") or "0"
        if total.isascii() and total.isdigit() and (len(total) > 5 or int(total) > MOST_ROWS):
            raise Unacceptable(
                _("A leaflet can have sections and sources, at most %(most)s of each. Nothing was recorded.")
                % {"most": MOST_PARTS}
            )


def saved_number(posted: Mapping) -> int:
    """The number of the revision that was open in the form; 0 where the form doesn't say."""
    text = posted.get("based_on") or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def revision_numbered(leaflet: Leaflet, number: int) -> Revision | None:
    """That revision, or None."""
    return Revision.objects.filter(leaflet=leaflet, number=number).first()


def problems_of(content: Content, leaflet: Leaflet) -> list[str]:
    """What keeps the content from being saved as a draft: one sentence each, naming the place."""
    own, problems = _("Title, key facts and next review"), []

    def day(place: str, written: str) -> str | None:
        if problem := _day_problem(written):
            problems.append(f"{place}: {problem}")
        return None if problem else written or None

    draft = Leaflet(
        title=content.title,
        key_facts="\n".join(content.key_facts),
        next_review_on=day(own, content.next_review_on),
    )
    checked: list[tuple[str, object, tuple[str, ...]]] = [(own, draft, ("medicine", "language", "edition", "slug"))]
    for section in content.sections:
        row = Section(
            key=section.key,
            kind=section.kind,
            heading=section.heading,
            body=section.body,
            is_not_applicable=section.is_not_applicable,
            reason=section.reason,
        )
        checked.append((section.heading, row, ("leaflet",)))
    for source in content.sources:
        place = _("Source “%(citation)s”") % {"citation": Truncator(source.citation).chars(60)}
        row = Source(citation=source.citation, url=source.url, accessed_on=day(place, source.accessed_on))
        checked.append((place, row, ("leaflet",)))
    try:
        fits_leaflet(section.body for section in content.sections)
    except ValidationError as error:
        problems.append(error.message)
    for place, row, excluded in checked:
        try:
            row.clean_fields(exclude=excluded)
            if isinstance(row, Section) and row.is_not_applicable and not row.reason:
                raise ValidationError(_("Say why this section does not apply to the medicine."))
        except ValidationError as error:
            problems += [f"{place}: {message}" for message in error.messages]
    return problems


def _sections(posted: Mapping, language: str) -> tuple[SectionContent, ...]:
    rows = []
    for place, row in enumerate(_rows(posted, "sections")):
        kind = row("kind") if row("kind") in BY_KEY else OTHER
        heading, body, reason = _line(row("heading")), _text(row("body")), _line(row("reason"))
        if not (row("kind") or heading or body or reason):
            continue
        heading = heading or default_heading(kind, language)
        section = SectionContent(_line(row("row_key")), kind, heading, body, bool(row("is_not_applicable")), reason)
        rows.append((_position(row("position")), place, section))
    sections = [section for _position, _place, section in sorted(rows, key=lambda row: row[:2])]
    seen: set[str] = set()
    given = []
    for section in sections:
        given.append(section.key if section.key not in seen else "")
        seen.add(section.key)
    named = [(section.kind, section.heading, key) for section, key in zip(sections, given, strict=True)]
    return tuple(
        SectionContent(key, section.kind, section.heading, section.body, section.is_not_applicable, section.reason)
        for section, key in zip(sections, section_keys(named), strict=True)
    )


def _sources(posted: Mapping) -> tuple[SourceContent, ...]:
    rows = []
    for place, row in enumerate(_rows(posted, "sources")):
        supports = tuple(kind for kind in row.many("supports") if kind in BY_KEY)
        source = SourceContent(_line(row("citation")), _line(row("url")), day_of(row("accessed_on")), supports)
        if source.citation or source.url:
            rows.append((_position(row("position")), place, source))
    return tuple(source for _position, _place, source in sorted(rows, key=lambda row: row[:2]))


class _Row:
    def __init__(self, posted: Mapping, prefix: str):
        self.posted, self.prefix = posted, prefix

    def __call__(self, name: str) -> str:
        return self.posted.get(f"{self.prefix}-{name}") or ""

    def many(self, name: str) -> list[str]:
        return self.posted.getlist(f"{self.prefix}-{name}")


def _rows(posted: Mapping, prefix: str) -> list[_Row]:
    total = posted.get(f"{prefix}-TOTAL_FORMS") or "0"
    count = min(int(total), MOST_ROWS) if total.isascii() and total.isdigit() and len(total) < 6 else 0
    rows = [_Row(posted, f"{prefix}-{number}") for number in range(count)]
    return [row for row in rows if not row("DELETE")]


def _text(text: str | None) -> str:
    lines = (text or "").replace("\x00", "").replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _line(text: str | None) -> str:
    return " ".join((text or "").replace("\x00", "").splitlines()).strip()


def day_of(text: str | None) -> str:
    """A date as anybody may write it (1 June 2027) as ISO date; what has not one reading stays as it is."""
    text = _line(text)
    try:
        return read_day(text).isoformat() if text else ""
    except NotADay:
        return text


def _day_problem(text: str) -> str:
    """Why no field would take this as a day, in a sentence; "" for a day and for none."""
    try:
        if text:
            read_day(text)
    except NotADay as problem:
        return str(problem)
    return ""


def _position(text: str) -> int:
    return min(int(text), LAST) if text.isascii() and text.isdigit() and len(text) < 9 else LAST
