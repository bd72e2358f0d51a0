"""Staff's screens: importing this registers the model pages with Django's admin."""

from monographs.admin import (
    approval_rules,
    checklist,
    clinic,
    comments,
    leaflets,
    ledger,
    medicines,
    missed_searches,
    staff,
)

__all__ = [
    "approval_rules",
    "checklist",
    "clinic",
    "comments",
    "leaflets",
    "ledger",
    "medicines",
    "missed_searches",
    "staff",
]
