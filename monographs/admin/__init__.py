"""Staff's screens: importing this registers the model pages with Django's admin."""

from monographs.admin.alerts import pages
from monographs.admin.desk import missed_searches
from monographs.admin.people import clinic, letters, second_factor_rule, staff
from monographs.admin.record import ledger
from monographs.admin.replies.answering import canned
from monographs.admin.replies.arranging import closing, reasons, rota
from monographs.admin.replies.deciding import search_list
from monographs.admin.replies.matters import person
from monographs.admin.replies.reactions import pages as reactions
from monographs.admin.review import approval_rules, checklist
from monographs.admin.writing import leaflets, medicines

__all__ = [
    "approval_rules",
    "canned",
    "person",
    "checklist",
    "clinic",
    "closing",
    "leaflets",
    "ledger",
    "letters",
    "medicines",
    "missed_searches",
    "pages",
    "reactions",
    "rota",
    "second_factor_rule",
    "reasons",
    "search_list",
    "staff",
]
