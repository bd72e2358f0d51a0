"""Whether a rule was right: a moderator says that a label is wrong, and whoever writes rules sees how often."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.comments.answering.unanswered import keep_list
from monographs.comments.crisis.playbook import check_opened
from monographs.comments.labels import Label
from monographs.comments.models import Comment, ReplyLabel, State, Urgency
from monographs.comments.triage.urgency import urgency_of
from monographs.refusals import Conflict
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission

LOOKED_THROUGH = 10_000  # labels, the newest: rules change, and what they did years ago says nothing of them
_UNDECIDED = {State.PENDING, State.WITHDRAWN}


@act
def judge(label: ReplyLabel, *, by: StaffMember, is_wrong: bool) -> ReplyLabel:
    """Say that a label is wrong, or that it was right after all. What was urgent by a wrong label alone is so no more.

    It goes on record with its rule, and without the words that the rule saw. Raises Conflict if it was said before.
    """
    check_permission(by, "moderate_comment", _("You may not decide on replies."))
    label = ReplyLabel.objects.select_related("comment__leaflet").get(pk=label.pk)
    if is_wrong and label.label == Label.CRISIS:
        check_opened(label.comment)
    if label.is_wrong is is_wrong:
        raise Conflict(_("This is said of the label already."))
    label.is_wrong, label.judged_by = is_wrong, by
    label.save(update_fields=("is_wrong", "judged_by"))
    _set_urgency(label.comment)
    keep_list(label.comment)
    record(
        "reply.label-wrong" if is_wrong else "reply.label-right",
        by=by,
        about=label.comment,
        subject=label.comment.leaflet,
        data={"label": label.label, "rule": label.rule},
    )
    return label


def _set_urgency(comment: Comment) -> None:
    """By the labels that stand. What readers' reports or a moderator's word rule brought forward stays there."""
    standing_ones = set(comment.labels.exclude(is_wrong=True).values_list("label", flat=True))
    by_labels, once = urgency_of(standing_ones), urgency_of(comment.labels.values_list("label", flat=True))
    is_forward = comment.reports.filter(decided_at=None).exists() or comment.urgency > once
    urgency = max(by_labels, min(comment.urgency, Urgency.SOON) if is_forward else Urgency.ORDINARY)
    Comment.objects.filter(pk=comment.pk).update(urgency=urgency)


def standing(comment: Comment, *labels: Label) -> set[str]:
    """Which of these labels it has that nobody called wrong. Reads ``labels``, or what of them was fetched before."""
    return {one.label for one in comment.labels.all() if one.label in labels and not one.is_wrong}


@dataclass
class RuleRecord:
    """What became of a rule's newest labels."""

    label: str
    rule: str
    seen: int = 0
    right: int = 0
    wrong: int = 0

    @property
    def precision(self) -> float | None:
        """The share of those that turned out right; None before anything was decided."""
        judged = self.right + self.wrong
        return self.right / judged if judged else None


def records_of_rules() -> list[RuleRecord]:
    """Each rule that put a label lately, the least precise first.

    Wrong is what a moderator called so, and “spam” on a reply that is shown; right is what they called so, or let stand
    when they decided.
    """
    found: dict[tuple[str, str], RuleRecord] = defaultdict(lambda: RuleRecord("", ""))
    newest = ReplyLabel.objects.order_by("-pk").values_list("label", "rule", "is_wrong", "comment__state")
    for label, rule, is_wrong, state in newest[:LOOKED_THROUGH]:
        of_rule = found[label, rule]
        of_rule.label, of_rule.rule = label, rule
        of_rule.seen += 1
        if is_wrong is None and state in _UNDECIDED:
            continue
        if is_wrong or (is_wrong is None and label == Label.SPAM and state == State.APPROVED):
            of_rule.wrong += 1
        else:
            of_rule.right += 1
    return sorted(found.values(), key=lambda one: (1 if one.precision is None else one.precision, -one.seen, one.rule))
