"""The gate at every door (form, submit, import): the checks with the severities that this clinic has chosen."""

from monographs.clinics.models import the_clinic
from monographs.leaflets.content import Content
from monographs.quality.findings import Finding
from monographs.quality.rules import BY_NAME, check


def findings_for(content: Content) -> list[Finding]:
    """All findings, those that block first. A severity for a rule that no longer exists is passed over."""
    tuned = {name: severity for name, severity in the_clinic().quality_severities.items() if name in BY_NAME}
    return check(content, severities=tuned)
