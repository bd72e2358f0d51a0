"""The clinic writes its own checklist for second readers; what it was on any day stays on record."""

from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.review.models import ChecklistItem
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission

_FIELDS = ("text", "position", "is_active")


@act
def save_checklist_item(item: ChecklistItem, *, by: StaffMember) -> bool:
    """Save a new or changed item; whether there was anything to record. Decisions keep the words they were given."""
    is_new = item.pk is None
    codename = "add_checklistitem" if is_new else "change_checklistitem"
    check_permission(by, codename, _("You may not change the review checklist."))
    were = {} if is_new else ChecklistItem.objects.filter(pk=item.pk).values(*_FIELDS).get()
    are = {name: getattr(item, name) for name in _FIELDS}
    if were == are:
        return False
    item.save()
    data = {name: {"was": were.get(name), "is": are[name]} for name in _FIELDS if were.get(name) != are[name]}
    record("checklist.added" if is_new else "checklist.changed", by=by, about=item, data=data)
    return True
