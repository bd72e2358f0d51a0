"""The gate at every door (form, submit, import): the checks with the severities that this clinic has chosen."""

from monographs.clinics.models import the_clinic
from monographs.leaflets.content import Content
from monographs.quality.findings import Finding
from monographs.quality.rules import BY_NAME, check


def findings_for(content: Content) -> list[Finding]:
    """All findings, those that block first.

    A choice that can't be made (for a rule that is no more, or silence where a rule usually blocks) is passed
    over, however it came into the database.
    """
    chosen = the_clinic().quality_severities.items()
    tuned = {name: severity for name, severity in chosen if name in BY_NAME and severity in BY_NAME[name].choices}
    return check(content, severities=tuned)
