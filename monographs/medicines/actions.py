"""What happens to medicines."""

from collections.abc import Iterable

from django.utils.text import slugify
from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.medicines.models import Medicine, MedicineCode, MedicineName, NameKind
from monographs.refusals import Unacceptable
from monographs.staff.models import StaffMember
from monographs.text.folding import fold


def find_medicine(name: str) -> Medicine | None:
    """The medicine of this generic name, however it is capitalised or accented."""
    return Medicine.objects.filter(names__folded=fold(name), names__kind=NameKind.GENERIC).first()


@act
def add_medicine(
    name: str,
    *,
    by: StaffMember | None,
    drug_class: str = "",
    atc_code: str = "",
    names: Iterable[tuple[str, str]] = (),
    codes: Iterable[tuple[str, str]] = (),
) -> Medicine:
    """A new medicine with its names ``(name, kind)`` and codes ``(system, code)``.

    Raises Unacceptable for a name that can't stand in an address or is taken.
    """
    slug = slugify(name)
    if not slug:
        raise Unacceptable(_("“%(name)s” has no letters or digits for a web address.") % {"name": name})
    if Medicine.objects.filter(slug=slug).exists():
        raise Unacceptable(_("There is a medicine called “%(name)s” already.") % {"name": name})
    medicine = Medicine.objects.create(name=name, slug=slug, drug_class=drug_class, atc_code=atc_code)
    add_names(medicine, names=names, codes=codes)
    record("medicine.added", by=by, about=medicine)
    return medicine


@act
def add_names(
    medicine: Medicine, *, names: Iterable[tuple[str, str]] = (), codes: Iterable[tuple[str, str]] = ()
) -> None:
    """Add what is missing: names, codes, and always the generic name itself."""
    MedicineName.objects.filter(medicine=medicine, kind=NameKind.GENERIC).exclude(name=medicine.name).update(
        kind=NameKind.FORMER
    )
    MedicineName.objects.update_or_create(medicine=medicine, name=medicine.name, defaults={"kind": NameKind.GENERIC})
    for name, kind in names:
        MedicineName.objects.get_or_create(medicine=medicine, name=name, defaults={"kind": kind})
    for system, code in codes:
        MedicineCode.objects.get_or_create(medicine=medicine, system=system, code=code)
