"""The database's own second look at the clinic's details: no number before patients that the ledger does not know.

As with pages (`publication.guards`), a row's digest must be the SHA-256 of what it says and stand in an entry about the
clinic, of the same instant. A row can't be put in before one that is there: what patients met would change behind them.
"""

_UNRECORDED = """
NEW.digest <> {sha256}
OR EXISTS (SELECT 1 FROM monographs_clinicdetails d WHERE d.from_at > NEW.from_at)
OR NOT EXISTS (
    SELECT 1 FROM monographs_entry e
    WHERE e.subject = 'clinic/1' AND e.about = 'clinic/1' AND e.effective_at = NEW.from_at
      AND e.data LIKE '%"details":"' || NEW.digest || '"%'
)
"""
_SENTENCE = "the ledger does not know these details of the clinic, so they cannot be shown"

GUARDS = (
    (
        "monographs_clinic_details_recorded",
        "INSERT",
        "monographs_clinicdetails",
        _UNRECORDED.format(sha256="SHA256(NEW.details || char(10) || NEW.fragments)"),
        _UNRECORDED.format(sha256="encode(sha256(convert_to(NEW.details || chr(10) || NEW.fragments, 'UTF8')), 'hex')"),
        _SENTENCE,
    ),
)
