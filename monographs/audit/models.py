"""The ledger: who did what to which thing, when, why and from where. Append-only and hash-chained."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Func, Value
from django.db.models.functions import Left, StrIndex
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monographs.audit.chain import canonical_json, hash_of, sha256

# ``leaflet/`` of ``leaflet/12``: whose histories an entry is among.
KIND_OF_SUBJECT = Left("subject", StrIndex("subject", Value("/")))


class KindOfSubject(Func):
    """The same for queries, with nothing in it to be filled in: SQLite takes the index for no other."""

    arity, output_field = 1, models.CharField()
    template = "LEFT(%(expressions)s, STRPOS(%(expressions)s, '/'))"

    def as_sqlite(self, compiler, connection, **context) -> tuple[str, list[object]]:
        template = "SUBSTR(%(expressions)s, 1, INSTR(%(expressions)s, '/'))"
        return self.as_sql(compiler, connection, template=template, **context)


class EntryQuerySet(models.QuerySet):
    def about(self, subject: models.Model) -> "EntryQuerySet":
        """The whole history of one subject (a leaflet, the clinic), oldest first."""
        return self.filter(subject=reference(subject)).order_by("position")

    def public(self, at) -> "EntryQuerySet":
        """Entries that changed what the public sees and are in effect at an instant, newest first."""
        return self.filter(is_public=True, effective_at__lte=at).order_by("-effective_at", "-position")

    def newest_where(self, **one: object) -> "EntryQuerySet":
        """Entries with this ``verb`` or ``by``, newest first: as many as are taken are read, and no others.

        Asked as a range that holds one value, in the order of its index. Told that they are equal, PostgreSQL takes
        the ledger's own order for as good and reads back through all acts since, on a guess that one comes soon: an
        hour of replies, or a year in which no medicine was added.
        """
        ((column, value),) = one.items()
        return self.filter(**{f"{column}__gte": value, f"{column}__lte": value}).order_by(f"-{column}", "-position")


class Entry(models.Model):
    """One act. Rows are written by `audit.record` only; database triggers refuse UPDATE and DELETE."""

    position = models.PositiveBigIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    verb = models.CharField(_("what"), max_length=60)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, db_index=False, related_name="+",
        verbose_name=_("who"),
    )  # fmt: skip
    by_name = models.CharField(_("name of who"), max_length=200, blank=True)
    about = models.CharField(_("about"), max_length=80)
    about_label = models.CharField(_("about, in words"), max_length=300)
    subject = models.CharField(_("belongs to the history of"), max_length=80)
    why = models.TextField(_("why"), blank=True)
    data = models.TextField(_("details"), default="{}", help_text=_("Canonical JSON."))
    address = models.CharField(_("from which address"), max_length=45, blank=True)
    is_public = models.BooleanField(_("changes what the public sees"), default=False)
    effective_at = models.DateTimeField(_("in effect from"))
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ("-position",)
        indexes = (
            # What the public stamp is made of (`public_stamp`), in its order, and only its rows: SQLite takes no index
            # on ``is_public`` for ``WHERE is_public``.
            models.Index(
                fields=("-effective_at", "-position"), condition=models.Q(is_public=True), name="entry_newest_public"
            ),
            models.Index(fields=("-position",), condition=models.Q(is_public=True), name="entry_last_public"),
            # One for each way in which the ledger is read a page at a time.
            models.Index(fields=("subject", "position"), name="entry_history"),
            models.Index(KIND_OF_SUBJECT, "position", name="entry_kind"),
            models.Index(fields=("verb", "position"), name="entry_what"),
            models.Index(fields=("by", "position"), name="entry_who"),
            models.Index(fields=("at",), name="entry_when"),
        )

    def __str__(self):
        return f"{self.position} {self.verb}"

    @property
    def what(self) -> str:
        """The verb for people: ``"review: sent back"``."""
        return verb_in_words(self.verb)

    def computed_hash(self) -> str:
        """What ``hash`` must be: SHA-256 over every other column and the hash before."""
        return hash_of(
            self.previous_hash,
            self.position, self.at, self.verb, self.by_id, self.by_name, self.about, self.about_label, self.subject,
            self.why, self.data, self.address, self.is_public, self.effective_at,
        )  # fmt: skip


def verb_in_words(verb: str) -> str:
    """``"review.sent-back"`` → ``"review: sent back"``."""
    return verb.replace(".", ": ").replace("-", " ")


def reference(thing: models.Model) -> str:
    """A stable short name of a row: ``"leaflet/12"``."""
    return f"{thing._meta.model_name}/{thing.pk}"


def row_digest(row: models.Model) -> str:
    """SHA-256 over a row's columns but its number, for the ledger to keep of a row that never changes.

    Empty columns don't count, so that a column that a later program adds alters no digest.
    """
    columns = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.primary_key or value in (None, "", [], {}):
            continue
        if isinstance(value, dt.datetime):
            value = value.astimezone(dt.UTC).isoformat(timespec="microseconds")
        columns[field.attname] = value.isoformat() if isinstance(value, dt.date) else value
    return sha256(canonical_json(columns))
