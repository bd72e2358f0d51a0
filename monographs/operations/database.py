"""What a database of this site needs beside its tables."""

from django.db.backends.base.base import BaseDatabaseWrapper

from monographs.audit.append_only import protect
from monographs.audit.models import Entry
from monographs.clinics.models import the_clinic
from monographs.comments.models import CommentDecision
from monographs.publication.guards import guard_publications
from monographs.publication.models import Cancellation, Page, Publication
from monographs.review.models import Decision, ensure_checklist
from monographs.revisions.models import Revision
from monographs.staff.roles import ensure_roles

APPEND_ONLY = (Entry, Revision, Decision, Publication, Cancellation, Page, CommentDecision)


def complete(connection: BaseDatabaseWrapper) -> None:
    """The triggers, the roles, the clinic's row, a first checklist. Can be run again; overwrites nothing."""
    if Page._meta.db_table not in connection.introspection.table_names():
        return  # migrated back to before our tables
    protect(connection, [model._meta.db_table for model in APPEND_ONLY])
    guard_publications(connection)
    ensure_roles()
    ensure_checklist()
    the_clinic()
