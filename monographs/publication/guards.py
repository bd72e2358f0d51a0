"""The database's own second look: no publication of a revision without a matching approval.

Whoever writes the row, verb, shell or SQL, the trigger asks for a decision "approved" on the same review,
of the same revision, with the same digest, or, for an emergency release, for the record of the emergency
while it is open; it refuses the row otherwise.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_UNAPPROVED = """
NEW.revision_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM monographs_review r
    JOIN monographs_revision v ON v.id = r.revision_id
    JOIN monographs_decision d ON d.review_id = r.id AND d.digest = v.digest
    WHERE r.id = NEW.review_id AND r.leaflet_id = NEW.leaflet_id
      AND r.revision_id = NEW.revision_id AND v.digest = NEW.digest
      AND (NEW.kind <> 'emergency' AND d.outcome = 'approved' AND r.state IN ('approved', 'released')
           OR NEW.kind = 'emergency' AND d.outcome = 'emergency' AND r.state = 'emergency')
)
"""
_SENTENCE = "this revision has no matching approval and cannot be published"

_SQLITE = f"""
CREATE TRIGGER monographs_publication_approved BEFORE INSERT ON monographs_publication
WHEN {_UNAPPROVED}
BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END
"""

_POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION monographs_publication_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {_UNAPPROVED} THEN RAISE EXCEPTION '{_SENTENCE}' USING ERRCODE = 'restrict_violation'; END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER monographs_publication_approved BEFORE INSERT ON monographs_publication
FOR EACH ROW EXECUTE FUNCTION monographs_publication_approved();
"""


def guard_publications(connection: BaseDatabaseWrapper) -> None:
    """Create the trigger. Can be run again and again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL)
        else:
            cursor.execute("DROP TRIGGER IF EXISTS monographs_publication_approved")
            cursor.execute(_SQLITE)
