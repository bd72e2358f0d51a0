"""Staff's screens: importing this registers the model pages with Django's admin."""

from monographs.admin.desk import missed_searches
from monographs.admin.people import clinic, second_factor_rule, staff
from monographs.admin.record import ledger
from monographs.admin.replies import canned, closing, queue, reactions
from monographs.admin.review import approval_rules, checklist
from monographs.admin.writing import leaflets, medicines

__all__ = [
    "approval_rules",
    "canned",
    "checklist",
    "clinic",
    "closing",
    "queue",
    "leaflets",
    "ledger",
    "medicines",
    "missed_searches",
    "reactions",
    "second_factor_rule",
    "staff",
]
