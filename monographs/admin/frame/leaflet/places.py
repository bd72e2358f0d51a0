"""From a quality finding to its place: the field where it is put right, or the passage in the text being read."""

from collections.abc import Sequence
from dataclasses import dataclass

from monographs.leaflets.content import Content
from monographs.quality.findings import Finding

_FIELDS = {
    "title": "id_title", "key_facts": "id_key_facts", "next_review_on": "id_next_review_on", "sources": "sources-group",
}  # fmt: skip


@dataclass(frozen=True)
class PlacedFinding:
    """A finding and the address that leads to its place."""

    finding: Finding
    address: str


def in_form(findings: Sequence[Finding], content: Content, *, form_url: str = "") -> list[PlacedFinding]:
    """Each with the address of its field in the leaflet's form; without ``form_url`` on the same page."""
    return [PlacedFinding(finding, f"{form_url}{field_of(finding.place, content)}") for finding in findings]


def field_of(place: str, content: Content) -> str:
    """The anchor of a place in the leaflet's form: ``"dosage"`` → ``"#sections-5"``; ``"#content"`` for no field."""
    rows = {section.key: f"sections-{number}" for number, section in enumerate(content.sections)}
    return f"#{_FIELDS.get(place) or rows.get(place, 'content')}"


def in_text(findings: Sequence[Finding], contents: Sequence[Sequence[str]], *, otherwise: str) -> list[PlacedFinding]:
    """Each with the anchor of its part of the compiled text (``contents`` of `Compiled`), else ``otherwise``."""
    anchors = {anchor for anchor, _heading in contents}

    def anchor_of(place: str) -> str:
        return next((anchor for anchor in (f"part-{place}", place) if anchor in anchors), otherwise)

    return [PlacedFinding(finding, f"#{anchor_of(finding.place)}") for finding in findings]
