"""The database's own second look: no alert before readers that only its writer has seen, unless it is an emergency.

Whoever writes the row, verb, shell or SQL: an alert's writer approves it not, nothing is decided on one that was
declined or ended, what was decided on is what was written, and a standing shows only what may be shown, no longer than
it may be, and only where the alert says where.
"""

_NOT_TO_BE_DECIDED = """
EXISTS (
    SELECT 1 FROM monographs_alertact a WHERE a.alert_id = NEW.alert_id AND a.kind IN ('declined', 'ended')
) OR NOT EXISTS (SELECT 1 FROM monographs_alert a WHERE a.id = NEW.alert_id AND a.digest = NEW.digest)
OR NEW.kind = 'approved' AND EXISTS (
    SELECT 1 FROM monographs_alert a WHERE a.id = NEW.alert_id AND a.by_id = NEW.by_id
)
"""
_NOT_TO_BE_SHOWN = """
NEW.shown_from IS NOT NULL AND (
    NOT EXISTS (
        SELECT 1 FROM monographs_alert a WHERE a.id = NEW.alert_id
        AND (a.is_emergency OR EXISTS (
            SELECT 1 FROM monographs_alertact x WHERE x.alert_id = a.id AND x.kind = 'approved'
        ))
        AND (a.starts_at IS NULL OR NEW.shown_from >= a.starts_at)
        AND (a.ends_at IS NULL OR NEW.shown_until <= a.ends_at)
        AND (a.is_for_all OR EXISTS (SELECT 1 FROM monographs_alertmedicine m WHERE m.alert_id = a.id))
    ) OR EXISTS (
        SELECT 1 FROM monographs_alertact x
        WHERE x.alert_id = NEW.alert_id AND x.kind IN ('declined', 'ended') AND NEW.shown_until > x.at
    )
)
"""
_DECIDED_LATER = "EXISTS (SELECT 1 FROM monographs_alertstanding s WHERE s.alert_id = NEW.alert_id)"

# name, verb, table, when the row is refused on SQLite and on PostgreSQL, the sentence (`audit.guards`)
GUARDS = (
    (
        "monographs_alert_decided", "INSERT", "monographs_alertact", *2 * (_NOT_TO_BE_DECIDED,),
        "this cannot be decided on this alert any more, or not by its writer",
    ),
    (
        "monographs_alert_medicines", "INSERT", "monographs_alertmedicine", *2 * (_DECIDED_LATER,),
        "an alert keeps the medicines that it was written about",
    ),
    *(
        (
            f"monographs_alert_{name}", verb, "monographs_alertstanding", *2 * (_NOT_TO_BE_SHOWN,),
            "this alert may not be shown, or not then",
        )
        for name, verb in (("shown", "INSERT"), ("still_shown", "UPDATE"))
    ),
)  # fmt: skip
