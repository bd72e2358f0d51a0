"""What happens to medicines."""

import string
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.medicines.gtin import gtin_of
from monographs.medicines.listed import list_as_medicines
from monographs.medicines.models import ClassWords, Medicine, MedicineCode, MedicineName, NameKind
from monographs.refusals import Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission
from monographs.text.addresses import address
from monographs.text.letters.folding import fold
from monographs.text.letters.signs import complaint, visible


def find_medicine(name: str) -> Medicine | None:
    """The medicine of this generic name, however it is capitalised or accented."""
    return Medicine.objects.filter(names__folded=fold(name), names__kind=NameKind.GENERIC).first()


def new_address(name: str) -> str:
    """The address of a medicine that is to be added. Raises Unacceptable for a name that has none or is taken.

    An address that stands for another name (it was made by other rules, or typed) is passed over.
    """
    return free_address(name, taken_addresses([address(name)]))


def free_address(name: str, taken: Mapping[str, str]) -> str:
    """The address of a name, where ``taken`` says whose each address is. Raises Unacceptable as `new_address` does."""
    slug = address(name)
    if not slug:
        raise Unacceptable(_("“%(name)s” has no letters or digits for a web address.") % {"name": name})
    candidates = _candidates(slug)
    for known in filter(None, map(taken.get, candidates)):
        if address(known) == slug:
            raise Unacceptable(_("There is a medicine called “%(name)s” already.") % {"name": known})
    free = next((candidate for candidate in candidates if candidate not in taken), None)
    if not free:
        raise Unacceptable(_("There is no free web address for “%(name)s”. Type one.") % {"name": name})
    return free


def taken_addresses(slugs: Iterable[str]) -> dict[str, str]:
    """Of these addresses, and of those that would take their place, the ones in use: address → name."""
    rows = Medicine.objects.order_by().values_list("slug", "name")
    taken = dict(rows.filter(slug__in=list(slugs)))
    instead = [candidate for slug in taken for candidate in _candidates(slug)]
    return taken | dict(rows.filter(slug__in=instead)) if instead else taken


def _candidates(slug: str) -> list[str]:
    return [slug, *(f"{slug}-{letter}" for letter in string.ascii_lowercase[1:])]


@act
def add_medicine(
    name: str,
    *,
    by: StaffMember | None,
    drug_class: str = "",
    atc_code: str = "",
    names: Iterable[tuple[str, str]] = (),
    codes: Iterable[tuple[str, str]] = (),
    classes: Iterable[tuple[str, str]] = (),
) -> Medicine:
    """A new medicine with its names ``(name, kind)``, codes ``(system, code)``, and what its class is called in other
    languages than the site's, ``(language, words)``.

    Raises NotAllowed, or Unacceptable for a name that can't stand in an address, is taken, or has a sign that nobody
    sees or that imitates another.
    """
    if by:
        check_permission(by, "add_medicine", _("You may not add medicines."))
    names, classes = list(names), list(classes)
    _check_signs(name, drug_class, *(other for other, _kind in names), *(words for _language, words in classes))
    medicine = Medicine.objects.create(name=name, slug=new_address(name), drug_class=drug_class, atc_code=atc_code)
    list_names(medicine, names=names, codes=codes)
    _add_classes(medicine, classes)
    record("medicine.added", by=by, about=medicine, is_public=True)  # patients may look for it by name
    return medicine


@act
def add_names(
    medicine: Medicine,
    *,
    by: StaffMember | None,
    names: Iterable[tuple[str, str]] = (),
    codes: Iterable[tuple[str, str]] = (),
    classes: Iterable[tuple[str, str]] = (),
) -> None:
    """Add the names and codes that a known medicine lacks, and what its class is called in languages that have no words
    for it; patients find it by them from now on. Raises NotAllowed, or Unacceptable as `add_medicine` does for words.
    """
    classes = list(classes)
    _check_signs(*(words for _language, words in classes))
    if new_classes := _add_classes(medicine, classes):
        if by:
            check_permission(by, "change_medicine", _("You may not change medicines."))
        record("medicine.changed", by=by, about=medicine, data={"classes": new_classes}, is_public=True)
    new_names, new_codes = list_names(medicine, names=names, codes=codes)
    if new_names or new_codes:
        if by:
            check_permission(by, "add_medicinename", _("You may not add names of medicines."))
        data = {"names": new_names, "codes": new_codes}
        record("medicine.names-added", by=by, about=medicine, data=data, is_public=True)


def _check_signs(*texts: str) -> None:
    for text in texts:
        if wrong := complaint(text):
            raise Unacceptable(f"“{visible(text)}”: {wrong}")


def _add_classes(medicine: Medicine, classes: Iterable[tuple[str, str]]) -> list[str]:
    """Which of them were missing, each with its language."""
    added = []
    for language, words in classes:
        if ClassWords.objects.get_or_create(medicine=medicine, language=language, defaults={"words": words})[1]:
            added.append(f"{language}: {words}")
    return added


def list_names(
    medicine: Medicine, *, names: Iterable[tuple[str, str]] = (), codes: Iterable[tuple[str, str]] = ()
) -> tuple[list[str], list[str]]:
    """Add what is missing, and always the generic name itself; which names and codes were. The caller records it."""
    MedicineName.objects.filter(medicine=medicine, kind=NameKind.GENERIC).exclude(name=medicine.name).update(
        kind=NameKind.FORMER
    )
    MedicineName.objects.update_or_create(
        medicine=medicine,
        name=medicine.name,
        defaults={"kind": NameKind.GENERIC, "listed_under": medicine.listed_under},
    )
    new_names, new_codes = [], []
    for name, kind in names:
        if MedicineName.objects.get_or_create(medicine=medicine, name=name, defaults={"kind": kind})[1]:
            new_names.append(name)
    for system, given in codes:
        code = gtin_of(given) if system == MedicineCode.System.GTIN else given
        if MedicineCode.objects.get_or_create(medicine=medicine, system=system, code=code)[1]:
            new_codes.append(f"{system} {code}")
    list_as_medicines([medicine])
    return new_names, new_codes
