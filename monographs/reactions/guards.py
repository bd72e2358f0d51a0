"""The database's own second look: a report begins as a draft, what was sent stays as it was sent, none is deleted.

Whoever writes the row, verb, shell or SQL: where it came from and who began it never change; from the sending on only
the reference number does, and words only by being erased, once and for good. Its state goes one way.
"""

from monographs.reactions.models import CODED, WORDS

_TABLE = "monographs_suspectedreaction"
_AS_BEGUN = ("made_by_id", "made_at")
_AS_SENT = ("sent_at", "sent_by_id", "medicine_id", *CODED)
_IS_ERASED_NOW = "(OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)"


def _differ(columns: tuple[str, ...], is_not: str) -> str:
    return " OR ".join(f"NEW.{column} {is_not} OLD.{column}" for column in columns)


def _otherwise(is_not: str) -> str:
    """``is_not``: "is another value, or one of them is none", in the words of each database."""
    came_from = f"(NEW.comment_id {is_not} OLD.comment_id)"
    return " OR ".join(
        [
            _differ(_AS_BEGUN, is_not),
            came_from,
            f"(OLD.state <> 'draft' AND ({_differ(_AS_SENT, is_not)}))",
            f"(OLD.state <> 'draft' AND NOT {_IS_ERASED_NOW} AND ({_differ((*WORDS, 'seal'), is_not)}))",
            f"(OLD.erased_at IS NOT NULL AND NEW.erased_at {is_not} OLD.erased_at)",
            "(OLD.state <> 'draft' AND NEW.state = 'draft')",
            "(OLD.state = 'with-number' AND NEW.state <> 'with-number')",
            "(OLD.state = 'draft' AND NEW.state = 'with-number')",
        ]
    )


# name, verb, table, when the row is refused on SQLite and on PostgreSQL, the sentence (`audit.guards`)
GUARDS = (
    (
        "monographs_reaction_begins", "INSERT", _TABLE, "NEW.state <> 'draft'", "NEW.state <> 'draft'",
        "a report begins as a draft",
    ),
    (
        "monographs_reaction_as_sent", "UPDATE", _TABLE, _otherwise("IS NOT"), _otherwise("IS DISTINCT FROM"),
        "a report stays as it was sent",
    ),
    (
        "monographs_reaction_stays", "DELETE", _TABLE, "OLD.id IS NOT NULL", "OLD.id IS NOT NULL",
        "a report is never deleted",
    ),
)  # fmt: skip
