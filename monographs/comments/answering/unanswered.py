"""What readers asked and the clinic has not answered, written down so that the list costs the same however many are
answered."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.audit.record import act, record
from monographs.comments.labels import Label
from monographs.comments.models import Comment, ReplyLabel, State
from monographs.prepared import Given, Prepared, PreparedDelete, PreparedInsert
from monographs.refusals import Conflict
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission


class UnansweredQuerySet(models.QuerySet):
    def oldest_first(self) -> "UnansweredQuerySet":
        """Those that wait for an answer, along an index that has these alone."""
        return self.filter(set_aside_at=None).order_by("since", "comment_id")


class Unanswered(models.Model):
    """A reader's reply that is shown and has no answer of the clinic's that is shown.

    Derived from the replies' states by `keep_list`, which every decision calls; `verify_history` works it out anew.
    What somebody set aside needs no answer, and stays here without standing in the list.
    """

    comment = models.OneToOneField(Comment, models.PROTECT, primary_key=True, related_name="unanswered")
    leaflet = models.ForeignKey("monographs.Leaflet", models.PROTECT, related_name="+", db_index=False)
    since = models.DateTimeField(gettext_lazy("received"))
    is_question = models.BooleanField(gettext_lazy("a rule saw a question in it"), default=False)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("set aside by"),
    )
    set_aside_at = models.DateTimeField(gettext_lazy("set aside"), null=True, blank=True)

    objects = UnansweredQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("reply without an answer")
        verbose_name_plural = gettext_lazy("replies without an answer")
        indexes = (
            models.Index(fields=("since", "comment"), name="unanswered_oldest", condition=models.Q(set_aside_at=None)),
            models.Index(
                fields=("is_question", "since", "comment"),
                name="unanswered_questions",
                condition=models.Q(set_aside_at=None),
            ),
            models.Index(
                fields=("leaflet", "since", "comment"),
                name="unanswered_of_leaflet",
                condition=models.Q(set_aside_at=None),
            ),
        )

    def __str__(self):
        return str(self.comment_id)


def worked_out() -> QuerySet[Comment]:
    """The replies that must have a row, with ``is_question``."""
    answers = Comment.objects.filter(parent=OuterRef("pk"), staff__isnull=False, state=State.APPROVED)
    labels = ReplyLabel.objects.filter(comment=OuterRef("pk"), label=Label.QUESTION).exclude(is_wrong=True)
    replies = Comment.objects.filter(state=State.APPROVED, staff=None, erased_at=None)
    return replies.filter(~Exists(answers)).annotate(is_question=Exists(labels))


def keep_list(comment: Comment) -> None:
    """Make the list follow from a reply that was decided on, relabelled or erased: it, or what it answers."""
    asked = comment.parent_id if comment.staff_id else comment.pk
    if not asked:
        return
    found = next(_MUST_STAND.rows(asked=asked), None)
    if found:
        _IN_THE_LIST.write_all([Unanswered(**dict(zip(_COLUMNS, found, strict=True)))])
    else:
        _NOT_IN_THE_LIST.write(asked=asked)


_COLUMNS = ("comment_id", "leaflet_id", "since", "is_question")
_ASKED = Given("asked", models.BigIntegerField())
_MUST_STAND = Prepared(lambda: worked_out().filter(pk=_ASKED).values_list("pk", "leaflet_id", "at", "is_question")[:1])
_IN_THE_LIST = PreparedInsert(Unanswered, or_update=("is_question",))
_NOT_IN_THE_LIST = PreparedDelete(lambda: Unanswered.objects.filter(pk=_ASKED))


@act
def set_aside(comment: Comment, *, by: StaffMember) -> Unanswered:
    """It needs no answer: a thank-you, or another reader has said it all. Raises Conflict if it is answered already."""
    return _mark(comment, by=by, is_aside=True)


@act
def take_up(comment: Comment, *, by: StaffMember) -> Unanswered:
    """It stands in the list again."""
    return _mark(comment, by=by, is_aside=False)


def _mark(comment: Comment, *, by: StaffMember, is_aside: bool) -> Unanswered:
    check_permission(by, "answer_comment", _("You may not answer replies for the clinic."))
    row = Unanswered.objects.filter(pk=comment.pk).select_related("comment__leaflet").first()
    if not row:
        raise Conflict(_("This reply is answered, or not shown any more."))
    if bool(row.set_aside_at) == is_aside:
        raise Conflict(
            _("A colleague has set this reply aside already.")
            if is_aside
            else _("This reply stands in the list already.")
        )
    row.set_aside_by, row.set_aside_at = (by, timezone.now()) if is_aside else (None, None)
    row.save(update_fields=("set_aside_by", "set_aside_at"))
    verb = "reply.needs-no-answer" if is_aside else "reply.needs-an-answer"
    record(verb, by=by, about=row.comment, subject=row.comment.leaflet)
    return row
