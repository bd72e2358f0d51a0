"""Safety alerts, through the real verbs."""

from monographs.alerts.actions import approve_alert, write_alert
from monographs.alerts.models import Alert, AlertAct
from tests.makers import make_medicine
from tests.people import PASSWORD, make_person

ENGLISH = ("en", "Do not use batch 123", "Take it back to your pharmacy.")
ARABIC = ("ar", "لا تستعمل التشغيلة 123", "أعده إلى صيدليتك.")


def make_alert(*, by=None, **fields) -> Alert:
    """By Ana, about Testamol, waiting for a second person; an emergency's is by Priya, who alone may."""
    by = by or make_person("priya" if fields.get("is_emergency") else "ana")
    if not fields.get("is_for_all"):
        fields.setdefault("medicines", [make_medicine()])
    return write_alert(by=by, **{"words": [ENGLISH], "reason": "A recall.", **fields})


def approve(alert: Alert, *, by=None, **fields) -> AlertAct:
    """With everything in order, by Bruno; ``fields`` replace one of the things in order."""
    return approve_alert(alert, by=by or make_person("bruno"), **{"password": PASSWORD, "seen": alert.digest, **fields})


def make_approved_alert(**fields) -> Alert:
    """Written by Ana, approved by Bruno."""
    alert = make_alert(**fields)
    approve(alert)
    return alert
