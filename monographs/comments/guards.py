"""The database's own second look: readers meet a reply as it was sent, and only if somebody decided so.

Whoever writes the row, verb, shell or SQL: a reply begins as one that waits, it stays where it was sent and so do its
words until they are erased, once and for good, its state moves only after the step that the newest decision on it
names and never back from what its writer withdrew, and it has a place on the leaflet's page
(`comments.standing.places`) only while it is shown, or its empty place is kept for its answers, and what it answers has
one. Decisions are append-only, and `verify_history` finds one that the ledger does not know.
"""

_NULLABLE = ("parent_id", "staff_id", "replaces_id")
_AS_SENT = ("leaflet_id", "publication_id", "at")
_IS_ERASED_NOW = "(OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)"
_REDACTED = """COALESCE((
    SELECT CASE WHEN r.was_name = OLD.name AND r.was_body = OLD.body AND r.name = NEW.name AND r.body = NEW.body
        THEN 1 ELSE 0 END
    FROM monographs_redaction r WHERE r.comment_id = NEW.id ORDER BY r.id DESC LIMIT 1
), 0) = 1"""
# The clinic's answer to an erased reply may lose its reader's name (`comments.afterwards.unnaming`). Its words are not
# judged here: the ledger has their new seal, and `verify_history` finds any others.
_UNNAMED = """(NEW.staff_id IS NOT NULL AND NEW.name = OLD.name AND EXISTS (
    SELECT 1 FROM monographs_comment above WHERE above.id = NEW.parent_id AND above.erased_at IS NOT NULL
))"""
_ELSEWHERE = [
    *(f"NEW.{column} <> OLD.{column}" for column in _AS_SENT),
    *(f"COALESCE(NEW.{column}, 0) <> COALESCE(OLD.{column}, 0)" for column in _NULLABLE),
    "(OLD.erased_at IS NOT NULL AND (NEW.erased_at IS NULL OR NEW.erased_at <> OLD.erased_at))",
]
_NEW_SEAL, _NEW_WORDS = "NEW.seal <> OLD.seal", "(NEW.name <> OLD.name OR NEW.body <> OLD.body)"
_IS_TOUCHED = " OR ".join([*_ELSEWHERE, _NEW_SEAL, _NEW_WORDS])
_OTHERWISE = " OR ".join(
    [
        *_ELSEWHERE,
        f"({_NEW_SEAL} AND NOT {_IS_ERASED_NOW})",
        f"({_NEW_WORDS} AND NOT {_IS_ERASED_NOW} AND NOT ({_REDACTED}) AND NOT {_UNNAMED})",
    ]
)
_MOVES = "NEW.state <> OLD.state"
_UNDECIDED = """
COALESCE((
    SELECT d.was || ' to ' || d.became FROM monographs_commentdecision d
    WHERE d.comment_id = NEW.id ORDER BY d.id DESC LIMIT 1
), '') <> OLD.state || ' to ' || NEW.state
"""
_HAS_A_PLACE = "NEW.place <> ''"
_NOT_ON_THE_PAGE = """
(NEW.state <> 'approved' AND NOT EXISTS (
    SELECT 1 FROM monographs_emptyplace kept WHERE kept.comment_id = NEW.id
)) OR (NEW.parent_id IS NOT NULL AND COALESCE((
    SELECT above.place FROM monographs_comment above WHERE above.id = NEW.parent_id
), '') = '')
"""
# Nobody approves by being nobody: what is decided without a person is its writer's doing, or the clock's.
_BY_NOBODY = "NEW.by_id IS NULL AND NEW.became = 'approved'"
_BACK_AGAIN = "OLD.state = 'withdrawn' AND NEW.state <> 'withdrawn'"
_DECISIONS = "monographs_commentdecision"
_TABLE, _REDACTIONS = "monographs_comment", "monographs_redaction"
# Who, when and why stay; the words may only go, all of them, and with those of the reply.
_NOT_ERASED = """
NOT (NEW.erased_at IS NOT NULL AND NEW.was_name = '' AND NEW.was_body = '' AND NEW.name = '' AND NEW.body = ''
    AND NEW.comment_id = OLD.comment_id AND NEW.by_id = OLD.by_id AND NEW.at = OLD.at AND NEW.reason = OLD.reason
    AND (SELECT c.erased_at FROM monographs_comment c WHERE c.id = OLD.comment_id) IS NOT NULL)
"""

# name, verb, table, when the row is refused on SQLite and on PostgreSQL, the sentence, which rows are looked at
# (`audit.guards`): what a row says itself costs PostgreSQL no call of a function.
GUARDS = (
    (
        "monographs_comment_waits_first", "INSERT", _TABLE, "TRUE", "TRUE",
        "a reply waits until somebody decides on it", "NEW.state <> 'pending'",
    ),
    (
        "monographs_comment_as_sent", "UPDATE", _TABLE, _OTHERWISE, _OTHERWISE,
        "a reply keeps its words and its place", _IS_TOUCHED,
    ),
    (
        "monographs_comment_decided", "UPDATE", _TABLE, _UNDECIDED, _UNDECIDED,
        "nobody decided that this reply changes its state", _MOVES,
    ),
    (
        "monographs_comment_taken_back", "UPDATE", _TABLE, "TRUE", "TRUE",
        "what its writer has taken back stays so", _BACK_AGAIN,
    ),
    (
        "monographs_decision_by_somebody", "INSERT", _DECISIONS, "TRUE", "TRUE",
        "nobody shows a reply without a person who decided it", _BY_NOBODY,
    ),
    (
        "monographs_comment_in_its_place", "UPDATE", _TABLE, _NOT_ON_THE_PAGE, _NOT_ON_THE_PAGE,
        "what is not shown has no place on a page", _HAS_A_PLACE,
    ),
    (
        "monographs_redaction_stays", "UPDATE", _REDACTIONS, _NOT_ERASED, _NOT_ERASED,
        "what was taken out of a reply stays on record until the reply is erased",
    ),
    (
        "monographs_redaction_kept", "DELETE", _REDACTIONS, "TRUE", "TRUE",
        "what was taken out of a reply stays on record until the reply is erased",
    ),
)  # fmt: skip
