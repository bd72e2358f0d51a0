"""The database's own second look: nothing before patients without an approval, and at its own address.

Whoever writes the row, verb, shell or SQL: for a publication a trigger asks for a decision "approved" on the
same review, of the same revision, with the same digest, that is not void and not older than a withdrawal, or, for
an emergency release, for the record of the emergency while it is open, and for no leaflet that is withdrawn; each
serves once. A leaflet's address, medicine,
language and edition are for good, or an approved text could be shown as another medicine's. A cancellation must
be in the ledger from before the instant of what it calls off, or taking a row away would bring back what it
replaced: a withdrawn leaflet, a dose that was wrong. For a page it asks that the SHA-256 of the HTML is the one
that the ledger has for this publication, and that it is the only one. SQLite itself can't make a SHA-256; Django
brings the function along with each of its connections, so that another program's INSERT of a page fails for want of
it, which is as good.
A showing (what is looked up for patients) names a publication that is neither cancelled nor void, from its own
instant, and ends when what takes its place begins, or before; a publication is not cancelled, and its approval not
made void, before its showing is gone (`showings.take_off`).

What this can't prevent: somebody with the database's own password who first writes a ledger entry of the
right shape, or takes the triggers away. Both leave traces: `verify_history` finds an entry that is not in
the chain, a decision, publication or page that the ledger does not know, and `check --deploy` and the start
of the site miss the trigger. An entry made with the program's own `audit.record` is in the chain, and shows
what was put before patients.
"""

_UNAPPROVED = """
NOT EXISTS (
    SELECT 1 FROM monographs_review r
    JOIN monographs_revision v ON v.id = r.revision_id
    JOIN monographs_decision d ON d.review_id = r.id AND d.digest = v.digest
    JOIN monographs_entry e ON e.subject = 'leaflet/' || NEW.leaflet_id AND e.about = 'review/' || NEW.review_id
      AND e.data LIKE '%"decision":' || d.id || ',"digest":"' || d.digest || '"%'
    WHERE r.id = NEW.review_id AND r.leaflet_id = NEW.leaflet_id
      AND r.revision_id = NEW.revision_id AND v.digest = NEW.digest
      AND {of_this_kind}
)
"""
_OF_ORDINARY = """
d.outcome = 'approved' AND e.verb = 'review.approved' AND r.state = 'approved'
AND NOT EXISTS (
    SELECT 1 FROM monographs_decision x
    WHERE x.review_id = NEW.review_id AND x.outcome IN ('sent-back', 'recalled')
)
AND NOT EXISTS (
    SELECT 1 FROM monographs_publication p
    WHERE p.review_id = NEW.review_id AND p.revision_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM monographs_cancellation c WHERE c.publication_id = p.id)
)
AND NOT EXISTS (
    SELECT 1 FROM monographs_publication w
    WHERE w.leaflet_id = NEW.leaflet_id AND w.kind = 'withdrawal' AND w.effective_from >= d.at
)
"""
_OF_EMERGENCY = """
d.outcome = 'emergency' AND e.verb = 'review.emergency' AND r.state = 'emergency'
AND NOT EXISTS (SELECT 1 FROM monographs_publication p WHERE p.review_id = NEW.review_id)
AND NOT EXISTS (
    SELECT 1 FROM monographs_publication w
    WHERE w.leaflet_id = NEW.leaflet_id AND w.kind = 'withdrawal' AND NOT EXISTS (
        SELECT 1 FROM monographs_publication p
        WHERE p.leaflet_id = NEW.leaflet_id AND p.id > w.id AND p.kind IN ('normal', 'restoration')
          AND NOT EXISTS (SELECT 1 FROM monographs_cancellation c WHERE c.publication_id = p.id)
    )
)
"""
_IS_EMERGENCY = "NEW.revision_id IS NOT NULL AND NEW.kind = 'emergency'"
_IS_ORDINARY = "NEW.revision_id IS NOT NULL AND NEW.kind <> 'emergency'"
_SENTENCE = "this revision has no matching approval and cannot be published"
_UNRECORDED = """
NEW.digest <> {sha256} OR NOT EXISTS (
    SELECT 1 FROM monographs_publication p
    JOIN monographs_entry e ON e.subject = 'leaflet/' || p.leaflet_id AND e.about = 'publication/' || p.id
      AND e.data LIKE '%"page":"' || NEW.digest || '"%'
    WHERE p.id = NEW.publication_id
) OR EXISTS (SELECT 1 FROM monographs_page p WHERE p.publication_id = NEW.publication_id)
"""
_TOO_LATE = """
NOT EXISTS (
    SELECT 1 FROM monographs_publication p
    JOIN monographs_entry e ON e.subject = 'leaflet/' || p.leaflet_id AND e.about = 'publication/' || p.id
      AND e.verb = 'leaflet.release-cancelled' AND e.at < p.effective_from
    WHERE p.id = NEW.publication_id
)
"""
_TOO_LATE_SENTENCE = "what is in effect cannot be cancelled, and the ledger must know of a cancellation"
_PAGE_SENTENCE = "the ledger does not know this page, so it cannot be shown"

# A publication, by its alias in the query, that is neither cancelled nor void; and one that is valid besides
# (`models.PublicationQuerySet.standing`, `valid`).
_STANDS = """
NOT EXISTS (SELECT 1 FROM monographs_cancellation c WHERE c.publication_id = {p}.id)
AND NOT EXISTS (
    SELECT 1 FROM monographs_decision d
    WHERE d.review_id = {p}.review_id AND d.outcome IN ('sent-back', 'recalled')
      AND d.at >= {p}.at AND d.at < {p}.effective_from
)
"""
_IS_VALID = """
{p_stands} AND (p.kind <> 'expiry' OR NOT EXISTS (
    SELECT 1 FROM monographs_publication l
    WHERE l.leaflet_id = p.leaflet_id AND l.id > p.id AND l.effective_from <= p.effective_from AND l.kind <> 'expiry'
      AND {l_stands}
))
"""
_NOT_TO_BE_SHOWN = """
NOT EXISTS (
    SELECT 1 FROM monographs_publication p
    WHERE p.id = NEW.publication_id AND p.leaflet_id = NEW.leaflet_id AND p.effective_from = NEW.starts_at
      AND {is_valid}
) OR EXISTS (
    SELECT 1 FROM monographs_publication p
    WHERE p.leaflet_id = NEW.leaflet_id AND p.effective_from >= NEW.starts_at AND p.effective_from < NEW.ends_at
      AND (p.effective_from > NEW.starts_at OR p.id > NEW.publication_id)
      AND {is_valid}
)
"""
_IS_VALID = _IS_VALID.format(p_stands=_STANDS.format(p="p"), l_stands=_STANDS.format(p="l"))
_NOT_TO_BE_SHOWN = _NOT_TO_BE_SHOWN.format(is_valid=_IS_VALID)
_NOT_TO_BE_SHOWN_SENTENCE = "this publication is not what the leaflet shows from then until then"
_CANCELLED_WHILE_SHOWN = """
EXISTS (SELECT 1 FROM monographs_showing s WHERE s.publication_id = NEW.publication_id)
"""
_CANCELLED_WHILE_SHOWN_SENTENCE = "what is called off must be taken out of what is shown first"
_VOID_WHILE_SHOWN = """
NEW.outcome IN ('sent-back', 'recalled') AND EXISTS (
    SELECT 1 FROM monographs_publication p JOIN monographs_showing s ON s.publication_id = p.id
    WHERE p.review_id = NEW.review_id AND NEW.at >= p.at AND NEW.at < p.effective_from
)
"""
_VOID_WHILE_SHOWN_SENTENCE = "a release that becomes void must be taken out of what is shown first"

_ELSEWHERE = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in ("slug", "medicine_id", "language", "edition"))
_ELSEWHERE += " OR OLD.source_id IS NOT NULL AND (NEW.source_id IS NULL OR NEW.source_id <> OLD.source_id)"
_ELSEWHERE_SENTENCE = "a leaflet keeps its address, medicine, language and edition, and what it translates"

# name, verb, table, when the row is refused on SQLite and on PostgreSQL, the sentence, of which rows (`audit.guards`)
GUARDS = (
    *(
        (
            f"monographs_publication_{name}", "INSERT", "monographs_publication",
            *2 * (_UNAPPROVED.format(of_this_kind=of_this_kind),), _SENTENCE, only,
        )
        for name, of_this_kind, only in (
            ("approved", _OF_ORDINARY, _IS_ORDINARY), ("in_emergency", _OF_EMERGENCY, _IS_EMERGENCY)
        )
    ),
    ("monographs_cancelled_in_time", "INSERT", "monographs_cancellation", _TOO_LATE, _TOO_LATE, _TOO_LATE_SENTENCE),
    ("monographs_leaflet_for_good", "UPDATE", "monographs_leaflet", _ELSEWHERE, _ELSEWHERE, _ELSEWHERE_SENTENCE),
    *(
        (
            f"monographs_showing_{name}", verb, "monographs_showing",
            _NOT_TO_BE_SHOWN, _NOT_TO_BE_SHOWN, _NOT_TO_BE_SHOWN_SENTENCE,
        )
        for name, verb in (("follows", "INSERT"), ("keeps_following", "UPDATE"))
    ),
    (
        "monographs_cancelled_off_timeline", "INSERT", "monographs_cancellation",
        *2 * (f"NOT ({_TOO_LATE}) AND {_CANCELLED_WHILE_SHOWN}",), _CANCELLED_WHILE_SHOWN_SENTENCE,
    ),
    (
        "monographs_void_off_timeline", "INSERT", "monographs_decision",
        _VOID_WHILE_SHOWN, _VOID_WHILE_SHOWN, _VOID_WHILE_SHOWN_SENTENCE,
    ),
    (
        "monographs_page_recorded",
        "INSERT",
        "monographs_page",
        _UNRECORDED.format(sha256="SHA256(NEW.html)"),
        _UNRECORDED.format(sha256="encode(sha256(convert_to(NEW.html, 'UTF8')), 'hex')"),
        _PAGE_SENTENCE,
    ),
)  # fmt: skip
