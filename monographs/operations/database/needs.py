"""What a database of this site needs beside its tables."""

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from monographs.alerts import guards as alerts
from monographs.alerts.models import Alert, AlertAct, AlertMedicine
from monographs.audit.append_only import protect, refuse_replacing
from monographs.audit.guards import guard
from monographs.audit.models import Entry
from monographs.clinics import guards as clinics
from monographs.clinics.actions import keep_details
from monographs.clinics.models import ClinicDetails
from monographs.comments import guards as comments
from monographs.comments.arrival.old_replies import label_waiting
from monographs.comments.deciding.reasons import RejectionReason, ensure_reasons
from monographs.comments.models import Comment, CommentDecision
from monographs.data_life.periods import RetentionPeriod, ensure_periods
from monographs.leaflets.models import Leaflet
from monographs.medicines.models import MedicineName
from monographs.medicines.names import KEYS, key_anew
from monographs.medicines.sorting import sort_anew
from monographs.operations.database.worked_out import WorkedOut, migrations_of, work_out
from monographs.publication import guards as publication
from monographs.publication.found.passage_index import complete_index
from monographs.publication.found.passages import Passage, catch_up
from monographs.publication.models import Cancellation, Page, Publication
from monographs.publication.shown.showings import Showing, rewrite_all_showings
from monographs.reactions import guards as reactions
from monographs.reactions.models import SuspectedReaction
from monographs.review import guards as review
from monographs.review.models import Decision, Review, ensure_checklist
from monographs.review.standing import rewrite_standings
from monographs.revisions import guards as revisions
from monographs.revisions.models import Revision
from monographs.staff.roles import ensure_roles
from monographs.staff.second_factor.rule import ensure_rule
from monographs.text.tokens.tokens import VERSION
from monographs.together.models import Judgement

GUARDS = (
    *clinics.GUARDS, *revisions.GUARDS, *review.GUARDS, *publication.GUARDS, *comments.GUARDS, *reactions.GUARDS,
    *alerts.GUARDS,
)  # fmt: skip
APPEND_ONLY = (
    Entry, ClinicDetails, Revision, Decision, Publication, Cancellation, Page, CommentDecision,
    Alert, AlertMedicine, AlertAct, Judgement,
)  # fmt: skip
# Of these some columns may change, and a guard asks which.
NOT_REPLACED = (*APPEND_ONLY, Leaflet, Review, Comment, SuspectedReaction)

_AFTER_A_MIGRATION = 2_000  # leaflets whose passages are made before the site starts; the clock makes the rest


def complete(connection: BaseDatabaseWrapper) -> None:
    """The triggers, the roles, the clinic's row with its details, a first checklist, the order of names, and once after
    migrations all that follows from the record. Can be run again; overwrites nothing."""
    tables = [model._meta.db_table for model in APPEND_ONLY]
    guarded = {table for _name, _verb, table, *_rest in GUARDS}
    newest = {model._meta.db_table for model in (Showing, RejectionReason, RetentionPeriod)}
    if not {*tables, *guarded, *newest} <= set(connection.introspection.table_names()):
        return  # migrated back to before one of our tables
    protect(connection, tables)
    refuse_replacing(connection, NOT_REPLACED)
    guard(connection, GUARDS)
    ensure_roles()
    ensure_rule()
    ensure_checklist()
    ensure_periods()
    keep_details()
    ensure_reasons()
    label_waiting()
    if Passage._meta.db_table in connection.introspection.table_names():  # not when migrated back to before them
        complete_index(connection)
    if _has_column(connection, MedicineName._meta.get_field("first_key")):
        sort_anew()
    if WorkedOut._meta.db_table in connection.introspection.table_names():
        # What an older program wrote while the migrations ran has none of these rows, or old ones.
        migrations = migrations_of(connection)
        work_out("standings", rewrite_standings, by=migrations)
        work_out("showings", lambda: list(rewrite_all_showings()), by=migrations)
        work_out("keys of names", key_anew, by=f"{migrations[:32]}/{KEYS}")
        of_texts = f"{migrations[:20]}/{VERSION}"
        work_out("passages", lambda: catch_up(at=timezone.now(), most=_AFTER_A_MIGRATION), by=of_texts)


def _has_column(connection: BaseDatabaseWrapper, column: models.Field) -> bool:
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, column.model._meta.db_table)
    return column.column in {found.name for found in columns}


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that `complete` makes and that are gone or switched off; none before there are tables."""
    tables = [model._meta.db_table for model in APPEND_ONLY]
    if not set(tables) <= set(connection.introspection.table_names()):
        return []
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
        suffixes = ("no_change", "no_truncate")
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        suffixes = ("no_UPDATE", "no_DELETE")
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {name for (name,) in cursor.fetchall()}
    wanted = [f"{table}_{suffix}" for table in tables for suffix in suffixes] + [name for name, *_rest in GUARDS]
    if connection.vendor == "sqlite":
        wanted += [f"{model._meta.db_table}_no_replace" for model in NOT_REPLACED]
    return [name for name in wanted if name not in there]
