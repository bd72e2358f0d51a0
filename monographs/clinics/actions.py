"""The clinic changes its details."""

import json

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.clinics.days_off import settled
from monographs.clinics.fragments import all_fragments
from monographs.clinics.hours import parse
from monographs.clinics.models import NEEDED, Clinic, ClinicDetails, the_clinic
from monographs.clinics.numbers import problems_of
from monographs.files.pictures import PictureName
from monographs.refusals import Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission
from monographs.text.markup.finished.slots import CARE_SLOTS


def change_clinic(clinic: Clinic, *, by: StaffMember | None) -> None:
    """Save the clinic's details; every page of a leaflet is assembled from them from the next request on.

    One row and one entry of the ledger, however many leaflets there are; none if nothing is new. What patients read
    until now can still be shown (`publication.page.assemble.as_read`). ``by`` is None where a program sets the clinic
    up. Raises NotAllowed, or Unacceptable for a changed field that takes one telephone number and has none, or two, for
    hours or days off that can't be read, for a logo that is no picture of ours, and for a person who empties what a
    writer in need must be told (`clinics.models.NEEDED`).
    """
    clinic.days_off = _settled_days(clinic)
    # Made before the turn to write: the first time catalogues and numbering plans are read from files.
    _change(clinic, all_fragments(clinic), by=by)


@act
def _change(clinic: Clinic, fragments: dict, *, by: StaffMember | None) -> None:
    if by:
        check_permission(by, "change_clinic", _("You may not change the clinic's details."))
    was = Clinic.objects.get(pk=clinic.pk)
    fields = [name for name, value in clinic.details.items() if value != was.details[name]]
    for name, problem in problems_of(clinic, fields).items():
        raise Unacceptable(f"{clinic._meta.get_field(name).verbose_name}: {problem}")
    if "staffed_hours" in fields:
        _check_hours(clinic)
    if clinic.logo and not (PictureName.parse(clinic.logo) and clinic.logo_width and clinic.logo_height):
        raise Unacceptable(_("The logo is no picture that was kept here. Please send it again."))
    for name in NEEDED if by else ():
        if name in fields and not getattr(clinic, name).strip():
            label = clinic._meta.get_field(name).verbose_name
            raise Unacceptable(
                _("%(field)s: it can’t be left empty; whoever writes in need is told of it.") % {"field": label}
            )
    clinic.save()
    checks = {"quality_severities": clinic.quality_severities} if "quality_severities" in fields else {}
    _keep(clinic, fragments, verb="clinic.changed", by=by, data={"fields": fields, **checks})


def _settled_days(clinic: Clinic) -> str:
    try:
        return settled(clinic.days_off)
    except ValidationError as error:
        raise Unacceptable(f"{clinic._meta.get_field('days_off').verbose_name}: {error.messages[0]}") from error


def _check_hours(clinic: Clinic) -> None:
    try:
        parse(clinic.staffed_hours)
    except ValidationError as error:
        raise Unacceptable(f"{clinic._meta.get_field('staffed_hours').verbose_name}: {error.messages[0]}") from error


@act
def keep_details() -> None:
    """Keep the present details if no row has them yet, or the newest lacks a field, language or slot of this program.

    For after a migration. Of a site that was there before it changes nothing that patients see.
    """
    clinic, newest = the_clinic(), ClinicDetails.objects.order_by("-from_at", "-pk").first()
    if not newest or not _has_all(newest):
        _keep(clinic, all_fragments(clinic), verb="clinic.details-kept", by=None, data={})


def _has_all(row: ClinicDetails) -> bool:
    fragments = json.loads(row.fragments)
    has_languages = all(fragments.get(language, {}).keys() >= set(CARE_SLOTS) for language, _name in settings.LANGUAGES)
    return has_languages and json.loads(row.details).keys() >= Clinic().details.keys()


def _keep(clinic: Clinic, fragments: dict, *, verb: str, by: StaffMember | None, data: dict) -> None:
    """The entry that names the row, then the row: the database takes none that the ledger does not know."""
    newest = ClinicDetails.objects.order_by("-from_at", "-pk").first()
    now = timezone.now()
    row = ClinicDetails.of(clinic, fragments, from_at=max(now, newest.from_at) if newest else now)
    if newest and newest.digest == row.digest:
        return
    record(verb, by=by, about=clinic, data={**data, "details": row.digest}, is_public=True, effective_at=row.from_at)
    row.save(force_insert=True)
