"""Many names at once: from a list into the medicines that are there, and those that the list adds."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from monographs.audit.chain import canonical_json, sha256
from monographs.audit.record import act, record
from monographs.clinics.models import the_clinic
from monographs.medicines.actions import free_address, taken_addresses
from monographs.medicines.listed import list_as_medicines
from monographs.medicines.models import Medicine, MedicineCode, MedicineName, NameKind
from monographs.medicines.name_files import Line, Remark, read_names
from monographs.refusals import Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission
from monographs.text.addresses import address
from monographs.text.letters.folding import fold

GTIN = MedicineCode.System.GTIN
AT_ONCE = 500  # lines in one transaction: nobody waits for a long list


@dataclass
class Result:
    """What a part of a list became: how many were added, how many lines said nothing new, and what is to be told."""

    lines: int = 0
    medicines: int = 0
    names: int = 0
    codes: int = 0
    known: int = 0
    remarks: list[Remark] = field(default_factory=list)

    def add(self, other: "Result") -> None:
        self.lines += other.lines
        self.medicines += other.medicines
        self.names += other.names
        self.codes += other.codes
        self.known += other.known
        self.remarks += other.remarks


def import_names(data: bytes, *, by: StaffMember | None, is_dry_run: bool = False) -> Iterator[tuple[int, Result]]:
    """Add what a file (`name_files`) has of names and codes; yields how many lines it has and what each part became.

    Each part is a verb of its own, of whole medicines: another writer waits for one part, and a run that is broken off
    is finished by the next. Nothing that is there is changed, so a second run adds nothing. A dry run does the same
    and keeps nothing. Raises NotAllowed, or Unacceptable for a file that can't be read.
    """
    lines: dict[str, list[Line]] = defaultdict(list)
    unread = Result()
    for read in read_names(data):
        unread.lines += 1
        if isinstance(read, Remark):
            unread.remarks.append(read)
        else:
            lines[fold(read.medicine)].append(read)
    total = unread.lines
    unread.lines -= sum(map(len, lines.values()))
    yield total, unread
    digest = hashlib.sha256(data).hexdigest()
    for part in _parts(lines):
        with transaction.atomic():
            result = _add_part(part, by=by, file_digest=digest)
            transaction.set_rollback(is_dry_run)
        yield total, result


def _parts(lines: dict[str, list[Line]]) -> Iterator[dict[str, list[Line]]]:
    place = 0
    numbered = []
    for folded in sorted(lines):
        place += len(lines[folded])
        numbered.append((place // AT_ONCE, folded))
    for _number, medicines in groupby(numbered, key=lambda entry: entry[0]):
        yield {folded: lines[folded] for _number, folded in medicines}


@act
def _add_part(part: dict[str, list[Line]], *, by: StaffMember | None, file_digest: str) -> Result:
    if by:
        check_permission(by, "add_medicine", _("You may not add medicines."))
        check_permission(by, "add_medicinename", _("You may not add names of medicines."))
    result = Result(lines=sum(map(len, part.values())))
    medicines, added = _medicines(part, result)
    names = _add_names(part, medicines, added, result)
    codes = _add_codes(part, medicines, result)
    if added or names or codes:
        data = {
            "file": file_digest,
            "medicines": len(added),
            "names": len(names),
            "codes": len(codes),
            "added": sha256(canonical_json(sorted(names) + sorted(codes))),
        }
        record("medicine.names-imported", by=by, about=the_clinic(), data=data, is_public=True)
    return result


def _medicines(part: dict[str, list[Line]], result: Result) -> tuple[dict[str, Medicine], list[Medicine]]:
    """The medicine that each group of lines belongs to, and those of them that are new.

    A medicine that the clinic lists as another name of one other medicine is that other medicine.
    """
    generic, other = _known(part)
    addresses = taken_addresses(address(lines[0].medicine) for lines in part.values())
    found, new = {}, []
    for folded, lines in part.items():
        first = lines[0]
        if folded in generic:
            found[folded] = generic[folded]
        elif len(other[folded]) == 1:
            found[folded] = medicine = other[folded][0]
            sentence = _("“%(name)s” is another name of %(medicine)s here; its names were listed there.")
            result.remarks.append(Remark(first.number, sentence % {"name": first.medicine, "medicine": medicine}))
        elif other[folded]:
            meant = ", ".join(sorted(str(medicine) for medicine in other[folded]))
            sentence = _("“%(name)s” is another name of several medicines here (%(medicines)s); left out.")
            result.remarks.append(Remark(first.number, sentence % {"name": first.medicine, "medicines": meant}))
        else:
            try:
                slug = free_address(first.medicine, addresses)
            except Unacceptable as refusal:
                result.remarks.append(Remark(first.number, str(refusal)))
                continue
            addresses[slug] = first.medicine
            new.append(Medicine(name=first.medicine, slug=slug))
            found[folded] = new[-1]
    Medicine.objects.bulk_create(new)
    result.medicines = len(new)
    return found, new


def _known(part: Iterable[str]) -> tuple[dict[str, Medicine], dict[str, list[Medicine]]]:
    generic: dict[str, Medicine] = {}
    other: dict[str, list[Medicine]] = defaultdict(list)
    for name in MedicineName.objects.filter(folded__in=list(part)).select_related("medicine").order_by("pk"):
        if name.kind == NameKind.GENERIC:
            generic.setdefault(name.folded, name.medicine)
        elif name.medicine not in other[name.folded]:
            other[name.folded].append(name.medicine)
    return generic, other


def _add_names(
    part: dict[str, list[Line]], medicines: dict[str, Medicine], added: list[Medicine], result: Result
) -> list[tuple[int, str, str]]:
    listed = {
        (medicine, name.casefold())
        for medicine, name in MedicineName.objects.filter(medicine__in=medicines.values()).values_list(
            "medicine", "name"
        )
    }
    rows = [MedicineName(medicine=medicine, name=medicine.name, kind=NameKind.GENERIC) for medicine in added]
    own = {(medicine.pk, medicine.name.casefold()) for medicine in added}
    for folded, medicine in medicines.items():
        for line in part[folded]:
            key = medicine.pk, line.name.casefold()
            if key in listed:
                result.known += 1
            elif key not in own:
                # The generic name is the medicine's own; what a list calls another one so is a name beside it.
                kind = NameKind.SYNONYM if line.kind == NameKind.GENERIC else line.kind
                rows.append(MedicineName(medicine=medicine, name=line.name, kind=kind))
            listed.add(key)
    MedicineName.objects.bulk_create(rows, batch_size=AT_ONCE)
    list_as_medicines({row.medicine_id for row in rows})
    result.names = len(rows)
    return [(row.medicine_id, row.name, str(row.kind)) for row in rows]


def _add_codes(
    part: dict[str, list[Line]], medicines: dict[str, Medicine], result: Result
) -> list[tuple[int, str, str]]:
    there = MedicineCode.objects.filter(medicine__in=medicines.values())
    listed = set(there.values_list("medicine", "system", "code"))
    packs = _packs_of_others(part)
    wanted = set()
    for folded, medicine in medicines.items():
        for line in part[folded]:
            if line.system == GTIN and packs.setdefault(line.code, medicine.pk) != medicine.pk:
                sentence = _("The pack %(code)s belongs to another medicine here; left out.")
                result.remarks.append(Remark(line.number, sentence % {"code": line.code}))
            elif line.code:
                wanted.add((medicine.pk, line.system, line.code))
    rows = [MedicineCode(medicine_id=pk, system=system, code=code) for pk, system, code in sorted(wanted - listed)]
    MedicineCode.objects.bulk_create(rows, batch_size=AT_ONCE)
    result.codes = len(rows)
    return [(row.medicine_id, row.system, row.code) for row in rows]


def _packs_of_others(part: dict[str, list[Line]]) -> dict[str, int]:
    """Whose the packs are that the lines name, where anybody has them: one GTIN is of one medicine."""
    named = {line.code for lines in part.values() for line in lines if line.system == GTIN}
    return dict(MedicineCode.objects.filter(system=GTIN, code__in=named).values_list("code", "medicine"))
