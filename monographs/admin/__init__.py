"""Staff's screens: importing this registers the model pages with Django's admin."""

from monographs.admin import checklist, clinic, comments, leaflets, ledger, medicines, staff

__all__ = ["checklist", "clinic", "comments", "leaflets", "ledger", "medicines", "staff"]
