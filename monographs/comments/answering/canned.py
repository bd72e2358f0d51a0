"""Answers prepared beforehand, with places that are filled in for the reply that is answered.

What is sent is what the person saw and may have changed: a text that still has an open place is refused.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.audit.record import act, record
from monographs.clinics.models import Clinic
from monographs.comments.models import MAX_LENGTH, Comment
from monographs.leaflets.content import Content
from monographs.leaflets.sections import BY_KEY
from monographs.refusals import Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission
from monographs.text.letters.signs import cleaned

_OPEN = re.compile(r"\{\s*([a-zA-Z_]+)\s*(?::\s*([\w-]*)\s*)?\}")  # {name}, {section:how-to-take}
_SECTION = "section"


@dataclass(frozen=True)
class About:
    """What places are filled from: the reply, the text that patients read now, and the clinic."""

    comment: Comment
    content: Content
    clinic: Clinic


_FILLED: dict[str, Callable[[About], str]] = {
    "name": lambda about: about.comment.name or _("reader"),
    "medicine": lambda about: about.content.medicine.name,
    "leaflet": lambda about: about.content.title,
    "clinic_name": lambda about: about.clinic.name,
    "clinic_phone": lambda about: about.clinic.phone,
    "clinic_email": lambda about: about.clinic.email,
    "urgent_number": lambda about: about.clinic.urgent_number,
    "emergency_number": lambda about: about.clinic.emergency_number,
}
PLACES = (*(f"{{{name}}}" for name in _FILLED), "{section:how-to-take}")  # for help texts


def _check_places(text: str) -> None:
    if unknown := unknown_places(text):
        raise ValidationError(unknown_sentence(unknown), code="unknown_place")


class CannedAnswer(models.Model):
    """A text to begin an answer with. Change it by `save_canned_answer`."""

    title = models.CharField(gettext_lazy("title"), max_length=100, help_text=gettext_lazy("For colleagues."))
    body = models.TextField(
        gettext_lazy("text"),
        validators=[MaxLengthValidator(MAX_LENGTH), _check_places],
        help_text=gettext_lazy(
            "Places that are filled in: {name}, {medicine}, {leaflet}, {clinic_name}, {clinic_phone}, {clinic_email}, "
            "{urgent_number}, {emergency_number}, and {section:dosage} for a section of the leaflet by its kind."
        ),
    )
    language = models.CharField(
        gettext_lazy("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    is_active = models.BooleanField(gettext_lazy("in use"), default=True)

    class Meta:
        verbose_name = gettext_lazy("prepared answer")
        verbose_name_plural = gettext_lazy("prepared answers")
        ordering = ("language", "title", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("language", "title"),
                name="prepared_answer_title_once",
                violation_error_message=gettext_lazy("There is a prepared answer with this title in this language."),
            ),
        )

    def __str__(self):
        return self.title


def kind_named(name: str) -> str:
    """The kind of section that ``how-to-take`` or ``dosage`` means, "" for none."""
    return next((key for key in (name.replace("-", "_").lower(), _ALIASES.get(name.lower(), "")) if key in BY_KEY), "")


_ALIASES = {"how-to-take": "dosage", "how_to_take": "dosage", "what-it-is-for": "uses"}


def open_places(text: str) -> list[str]:
    """The places in a text that are to be filled in, as they stand there, each once."""
    return list(dict.fromkeys(found.group() for found in _OPEN.finditer(text)))


def unknown_places(text: str) -> list[str]:
    """Those of them that nothing fills."""
    return [place for place in open_places(text) if not _is_known(*_OPEN.fullmatch(place).groups())]


def _is_known(name: str, of: str | None) -> bool:
    return bool(of and kind_named(of)) if name == _SECTION else name in _FILLED and of is None


def unknown_sentence(places: list[str]) -> str:
    return _("Nothing can be filled in for %(places)s. What can be: %(known)s.") % {
        "places": ", ".join(places),
        "known": ", ".join(PLACES),
    }


def fill(canned: CannedAnswer, about: About) -> str:
    """The text with its places filled in, in the language of the leaflet that was asked about.

    What there is nothing for (no telephone, no such section) stays an open place, and `check_filled` refuses it.
    """
    with translation.override(about.comment.leaflet.language):
        return _OPEN.sub(lambda found: _word_for(*found.groups(), about) or found.group(), canned.body)


def _word_for(name: str, of: str | None, about: About) -> str:
    if name != _SECTION:
        return _FILLED[name](about) if name in _FILLED and of is None else ""
    kind = kind_named(of or "")
    headings = [one.heading for one in about.content.sections if one.kind == kind and not one.is_not_applicable]
    return quoted(headings[0]) if headings else ""


def quoted(heading: str) -> str:
    """A heading as an answer cites it (`comments.answering.changed_since` looks for it)."""
    return f"“{heading}”"


def check_filled(text: str) -> None:
    """Raise Unacceptable if a known place is still open: a reader would read ``{clinic_phone}``."""
    left = [place for place in open_places(text) if place not in unknown_places(text)]
    if left:
        raise Unacceptable(
            _("There is nothing to fill in for %(places)s. Write it yourself, or take it out.")
            % {"places": ", ".join(left)}
        )


def canned_for(language: str) -> list[CannedAnswer]:
    """Those in use in this language."""
    return list(CannedAnswer.objects.filter(language=language, is_active=True))


_FIELDS = ("title", "body", "language", "is_active")


@act
def save_canned_answer(canned: CannedAnswer, *, by: StaffMember) -> bool:
    """Save a new or changed one; whether there was anything to record.

    Raises NotAllowed, or Unacceptable for a place that nothing fills.
    """
    is_new = canned.pk is None
    codename = "add_cannedanswer" if is_new else "change_cannedanswer"
    check_permission(by, codename, _("You may not change prepared answers."))
    canned.body = cleaned(canned.body).strip()
    if unknown := unknown_places(canned.body):
        raise Unacceptable(unknown_sentence(unknown))
    were = {} if is_new else CannedAnswer.objects.filter(pk=canned.pk).values(*_FIELDS).get()
    are = {name: getattr(canned, name) for name in _FIELDS}
    if were == are:
        return False
    canned.save()
    data = {name: {"was": were.get(name), "is": are[name]} for name in _FIELDS if were.get(name) != are[name]}
    record("prepared-answer.added" if is_new else "prepared-answer.changed", by=by, about=canned, data=data)
    return True


@act
def delete_canned_answer(canned: CannedAnswer, *, by: StaffMember) -> None:
    """Take it away; answers that began with it stay as they are."""
    check_permission(by, "delete_cannedanswer", _("You may not change prepared answers."))
    record("prepared-answer.deleted", by=by, about=canned, data={"title": canned.title, "body": canned.body})
    canned.delete()
