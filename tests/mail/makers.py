"""Letters for tests, by the real verb and one of the site's own templates."""

from monographs.mail.models import Letter
from monographs.mail.outbox import post


def make_letter(to: str = "anna@clinic.example", *, name: str = "Anna", **fields) -> Letter:
    """A letter to ``to`` in whose words ``name`` stands."""
    last = Letter.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    assert post("locked-out", to=to, context={"name": name, "minutes": 15, "password_was_right": False}, **fields)
    return Letter.objects.get(pk__gt=last)


def make_review_letter(title: str, to: str = "anna@clinic.example") -> Letter:
    """One that names a leaflet in its subject and text."""
    last = Letter.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    leaflets = [{"title": title, "version": "1", "due_on": None, "is_late": True}]
    assert post("review-due", to=to, context={"name": "Anna", "leaflets": leaflets})
    return Letter.objects.get(pk__gt=last)
