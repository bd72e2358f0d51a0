"""Whether everything that goes on record is still what was recorded: what joins the rooms to the ledger.

The ledger's own chain is checked by `audit.verify`, the clinic's details by `clinics.verify`; here each leaflet's
revisions, decisions, publications, pages and moderators' decisions are compared with themselves, with each other and
with what the ledger says of them, both ways: a row without its entry is as wrong as an entry without its row. Each
file checks one kind of row and raises `Altered` for the first that differs.
"""

from monographs.operations.verify.history import check_history, rows_to_check

__all__ = ["check_history", "rows_to_check"]
