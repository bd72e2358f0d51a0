"""The database's own second look: a review stays the one of this text, and of who submitted it.

Four eyes are counted from who submitted what, and an approval stands on its review; only the state and the instant
of the release may move.
"""

_AS_SUBMITTED = ("leaflet_id", "revision_id", "submitted_by_id", "submitted_at", "note")
_OTHERWISE = " OR ".join(
    [
        *(f"NEW.{column} <> OLD.{column}" for column in _AS_SUBMITTED),
        "COALESCE(NEW.base_id, 0) <> COALESCE(OLD.base_id, 0)",
    ]
)

# name, verb, table, when the row is refused on SQLite and on PostgreSQL, the sentence (`audit.guards`)
GUARDS = (
    (
        "monographs_review_as_submitted", "UPDATE", "monographs_review", _OTHERWISE, _OTHERWISE,
        "a review keeps its text and who submitted it",
    ),
)  # fmt: skip
