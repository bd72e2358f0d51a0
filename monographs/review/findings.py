"""The quality gate at every door: what is found in a text, a translation held against what it was made from."""

from monographs.leaflets.content import Content
from monographs.quality.findings import Finding
from monographs.quality.gate import findings_for
from monographs.revisions.made_from import source_of


def findings_of(content: Content) -> list[Finding]:
    """All findings, those that block first; one query for a translation, besides what `findings_for` asks."""
    return findings_for(content, source=source_of(content))
