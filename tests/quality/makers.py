"""Leaflets to check: each passes every rule but for what a test puts in."""

import dataclasses

from monographs.leaflets.content import Content, SectionContent
from monographs.quality.findings import Finding
from monographs.quality.rules import BY_NAME
from tests.makers import make_content


def with_body(body: str, *, kind: str = "dosage", **fields) -> Content:
    """A leaflet whose section of this kind says ``body``."""
    content = make_content(**fields)
    return dataclasses.replace(
        content,
        sections=tuple(
            dataclasses.replace(section, body=body) if section.kind == kind else section for section in content.sections
        ),
    )


def with_sections(*kinds: str, **fields) -> Content:
    """A leaflet with sections of these kinds in this order, each keyed by its kind."""
    sections = tuple(SectionContent(kind, kind, kind.replace("_", " ").title(), "Some words.") for kind in kinds)
    return make_content(sections=sections, **fields)


def found_by(rule: str, content: Content) -> list[Finding]:
    """What one rule finds."""
    return list(BY_NAME[rule].check(content))


def excerpts(rule: str, body: str, **fields) -> list[str]:
    """The offending words that one rule finds in a section's body."""
    return [finding.excerpt for finding in found_by(rule, with_body(body, **fields))]
