"""What readers are told of their reports and appeals follows the state of the reply, whichever verb moved it.

Knows their rows by the reply alone: the rooms' verbs about them stand above the one that moves replies.
"""

from django.db.models import BigIntegerField, Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.comments.models import Comment, CommentDecision, State
from monographs.prepared import Given, PreparedUpdate
from monographs.staff.models import StaffMember

_NOT_DECIDED = {"is_upheld": None, "grounds": "", "decided_by": None, "decided_at": None}


def follow_with_reports(comment: Comment, *, by: StaffMember | None, reason: str) -> int:
    """After a reply moved: its reports that wait are answered, with the grounds; those whose answer was taken back wait
    again. How many were answered."""
    if comment.state == State.PENDING:
        shown = comment.decisions.filter(became=State.APPROVED).last()
        if shown:  # those that were answered before it was shown again are another story
            comment.reports.filter(is_upheld=True, decided_at__gt=shown.at).update(**_NOT_DECIDED)
        return 0
    is_upheld = comment.state != State.APPROVED
    usual = _("The reply was taken away.") if is_upheld else _("We looked at the reply once more, and it stays.")
    return _ANSWERED.write(
        reply=comment.pk,
        is_upheld=is_upheld,
        grounds=reason.strip() or usual,
        decided_by=by and by.pk,
        decided_at=timezone.now(),
    )


def _answer() -> tuple[QuerySet, dict[str, Given]]:
    reports = Comment._meta.get_field("reports").related_model
    columns = {name: Given(name, reports._meta.get_field(name)) for name in _NOT_DECIDED}
    return reports.objects.filter(comment=Given("reply", BigIntegerField()), decided_at=None), columns


_ANSWERED = PreparedUpdate(_answer)


def appeal_that_decided(comment: Comment, decision: CommentDecision) -> Model | None:
    """The appeal because of which a decision showed the reply; None where it was another's."""
    appeal = getattr(Comment.objects.select_related("appeal").get(pk=comment.pk), "appeal", None)
    is_its = appeal and appeal.is_upheld and decision.became == State.APPROVED and decision.was != State.PENDING
    return appeal if is_its and appeal.decided_at <= decision.at and appeal.decided_by_id == decision.by_id else None


def reopen(appeal: Model) -> None:
    """It waits for somebody's decision again."""
    for name, value in _NOT_DECIDED.items():
        setattr(appeal, name, value)
    appeal.save(update_fields=tuple(_NOT_DECIDED))
