"""What stands beside a reply, on the list and on its own page: looked up in a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, zip_longest

from django.db.models import (
    BigAutoField,
    DateTimeField,
    F,
    IntegerField,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from monographs.admin.frame.written.alike import Alike
from monographs.admin.replies.access import may
from monographs.admin.replies.deciding.drawn import Decided, Head, quoted
from monographs.comments.deciding.claims import holder
from monographs.comments.deciding.escalation import PERMISSION, Escalation
from monographs.comments.deciding.judging import standing
from monographs.comments.deciding.redaction import Redaction
from monographs.comments.deciding.seen import as_seen
from monographs.comments.labels import ORDER, Label
from monographs.comments.models import Comment, CommentDecision, ReplyLabel, ReplyWriter, State
from monographs.comments.objections.appeals import Appeal
from monographs.comments.objections.reports import Report
from monographs.comments.standing.threads import HANGING
from monographs.prepared import Given, PreparedIn
from monographs.publication.models import version_of
from monographs.publication.shown.showings import Showing
from monographs.staff.models import StaffMember

OTHERS_COUNTED = 20  # replies of one reader; more of them look the same to whoever decides
_TOLD_FROM = dt.timedelta(minutes=1)  # that a reply waits: nobody needs to read “for 0 minutes”
ANSWERABLE = {State.APPROVED, State.PENDING}


class CountOf(Subquery):
    """How many rows a query has, as a column; of a sliced one no more than are in it.

    Also where only whether there are any is asked: for EXISTS, PostgreSQL may read the other table from end to end.
    """

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
    empty_result_set_value = 0  # of a query that nothing can meet, which Django does not ask


def all_that_is_shown(numbers: list[int]) -> list[Comment]:
    """The replies of these numbers, in their order, with whatever the page names: one query for the replies, and one
    each for labels, decisions and what is ``below`` them. Their SQL is made once."""
    found = {reply.pk: reply for reply in _BY_NUMBERS.things(numbers, now=timezone.now())}
    beside = {name: _by_reply(rows.things(numbers), of) for name, (rows, of) in _BESIDE.items()}
    for number, reply in found.items():
        reply.below = beside["below"][number]
        # What `prefetch_related` would leave: the managers of a reply answer with it, and ask nothing.
        reply._prefetched_objects_cache = {name: beside[name][number] for name in ("labels", "decisions")}
    return [found[number] for number in numbers if number in found]


def _by_reply(rows: Iterable[Model], of: str) -> dict[int, list]:
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, of)].append(row)
    return found


def _cries(reply: str) -> CountOf:
    return CountOf(
        ReplyLabel.objects.filter(comment=OuterRef(reply), label=Label.CRISIS).exclude(is_wrong=True).order_by()
    )


def _with_columns(replies: QuerySet, now: Given) -> QuerySet:
    version = JSONObject(
        major="publication__major", minor="publication__minor", revision="publication__revision__number"
    )
    return (
        replies.select_related("leaflet", "publication", "parent__staff", "staff", "claimed_by")
        .defer("publication__change_note", "publication__why")
        .annotate(
            hanging=HANGING,
            parent_is_shut=_cries("parent"),
            revision_then=F("publication__revision__number"),
            now=Subquery(Showing.objects.live(now).filter(leaflet=OuterRef("leaflet")).values_list(version)[:1]),
            times_redacted=CountOf(Redaction.objects.filter(comment=OuterRef("pk")).order_by()),
            reports_waiting=CountOf(Report.objects.filter(comment=OuterRef("pk"), decided_at=None).order_by()),
            passed_on=Subquery(_passed_on(OuterRef("pk"))),
            has_open_appeal=CountOf(Appeal.objects.filter(comment=OuterRef("pk"), decided_at=None)),
            others_that_day=CountOf(others_that_day(OuterRef("hidden_address"), OuterRef("pk"))),
            others_by_mail=CountOf(others_by_mail(OuterRef("writer__email"), OuterRef("pk"))),
        )
    )


def _below(numbers: list[Given]) -> QuerySet:
    replies = Comment.objects.filter(parent__pk__in=numbers, state__in=ANSWERABLE)
    return replies.select_related("staff").annotate(is_shut=_cries("pk")).order_by("at", "pk")


def _decisions(numbers: list[Given]) -> QuerySet:
    return CommentDecision.objects.filter(comment__pk__in=numbers).select_related("by", "publication")


# Each with the column that says whose it is.
_BESIDE = {
    "below": (PreparedIn(_below, BigAutoField()), "parent_id"),
    "decisions": (PreparedIn(_decisions, BigAutoField()), "comment_id"),
    "labels": (
        PreparedIn(lambda numbers: ReplyLabel.objects.filter(comment__pk__in=numbers), BigAutoField()),
        "comment_id",
    ),
}
_BY_NUMBERS = PreparedIn(
    lambda numbers: _with_columns(Comment.objects.filter(pk__in=numbers).order_by(), Given("now", DateTimeField())),
    BigAutoField(),
)


def _passed_on(reply: object) -> QuerySet:
    """Why it was passed on last, and by whom."""
    said = JSONObject(why="reason", user="by__username", first="by__first_name", last="by__last_name")
    return Escalation.objects.filter(comment=reply).order_by("-pk").values_list(said)[:1]


def others_that_day(address: object, but: object) -> QuerySet:
    """Other replies from the same network address on the same day: a reader, a household or a ward."""
    # As a range of one value: by a plan for all replies, an address that most lack would be looked for in all of them.
    theirs = {"hidden_address__gte": address, "hidden_address__lte": address, "hidden_address__gt": ""}
    sent = Comment.objects.filter(**theirs).exclude(pk=but)
    # All are equal in the first: by their numbers alone PostgreSQL would look for the newest among all replies.
    return sent.order_by("-hidden_address", "-pk")[:OTHERS_COUNTED]


def others_by_mail(email: object, but: object) -> QuerySet:
    """Other replies that left the same e-mail address."""
    left = ReplyWriter.objects.filter(email__gte=email, email__lte=email, email__gt="").exclude(comment=but)
    return left.order_by("-email", "-pk")[:OTHERS_COUNTED]


def listed(request: HttpRequest, replies: Iterable[Comment]) -> list[Comment]:
    """The replies as a list; each knows the one below it (for whoever works by keyboard) and what can be done."""
    found, now = list(replies), timezone.now()
    for here, following in zip_longest(found, found[1:]):
        here.following = following.pk if following else ""
        _complete(request, here, now)
    return found


def _complete(request: HttpRequest, reply: Comment, now: dt.datetime) -> None:
    reply.seen = as_seen(reply)
    reply.is_crisis = bool(standing(reply, Label.CRISIS))
    reply.is_shut = reply.is_crisis  # its own page opens it
    reply.is_never_spam = bool(standing(reply, Label.CRISIS, Label.REACTION))
    reply.shown_labels = by_label(reply.labels.all(), is_shut=reply.is_shut)
    reply.marked_words = personal_words(reply.labels.all())
    reply.holder = holder(reply, now)
    reply.is_mine = reply.holder == request.user
    reply.is_held = bool(reply.holder) and not reply.is_mine
    reply.version_now = version_of(reply.now["major"], reply.now["minor"]) if reply.now else ""
    reply.has_changed_since = bool(reply.now) and reply.now["revision"] != reply.revision_then
    reply.waits = reply.waits_since is not None
    reply.has_waited = reply.waits and now - reply.waits_since >= _TOLD_FROM
    reply.head = Head(reply, now)
    reply.history = [Decided(decision) for decision in reply.decisions.all()]
    if reply.passed_on:
        by = reply.passed_on
        by["name"] = StaffMember(username=by["user"], first_name=by["first"], last_name=by["last"]).name
    reply.can_be_decided = _can_be_decided(request, reply)
    reply.can_be_answered = (
        may(request, "answer_comment")
        and (reply.state == State.APPROVED or reply.can_be_decided)
        and reply.state in ANSWERABLE
        and not reply.is_staff_answer
        and not reply.erased_at
        and not reply.is_held
    )


def _can_be_decided(request: HttpRequest, reply: Comment) -> bool:
    return (
        may(request, "moderate_comment")
        and not reply.erased_at
        and not reply.is_held
        and reply.state != State.WITHDRAWN
        and (not reply.is_escalated or may(request, PERMISSION))
    )


def named(label: ReplyLabel) -> ReplyLabel:
    """With the label in words, and what it saw as a list of stretches."""
    label.title = Label(label.label).label if label.label in Label.values else label.label
    label.stretches = [stretch for stretch in label.words.split(" … ") if stretch]
    label.said = quoted(label.stretches)
    return label


@dataclass
class Seen:
    """What all rules of one label saw in a reply."""

    label: str
    title: str
    rules: list[ReplyLabel]
    is_shut: bool = False  # the reply: its words are not on the page

    @property
    def stretches(self) -> list[str]:
        """What they saw, each stretch once: what a longer one holds is not said again, nor what was called wrong."""
        said = list(dict.fromkeys(words for rule in self.rules if not rule.is_wrong for words in rule.stretches))
        return [words for words in said if not any(words in other for other in said if other != words)]

    @property
    def said(self) -> SafeString:
        """The same as quotations."""
        return quoted(self.stretches)

    @property
    def has_many(self) -> bool:
        return len(self.rules) > 1

    @property
    def count(self) -> int:
        return len(self.rules)

    @property
    def is_doubted(self) -> bool:
        """Whether somebody called one of them wrong."""
        return any(rule.is_wrong for rule in self.rules)

    @property
    def drawn(self) -> Alike:
        """Which of it is the same in others."""
        many = {"count": len(self.rules), "is_doubted": self.is_doubted} if self.has_many else {}
        shape = {
            "label": self.label,
            "title": str(self.title),
            "has_many": self.has_many,
            "is_shut": self.is_shut,
            **many,
        }
        return Alike(shape, {"said": self.said} if self.has_many else {})


def by_label(labels: Iterable[ReplyLabel], *, is_shut: bool = False) -> list[Seen]:
    """What rules saw, label by label in the order in which people must see them."""
    ordered = sorted(map(named, labels), key=lambda one: ORDER.get(one.label, len(ORDER)))
    groups = [(label, list(rules)) for label, rules in groupby(ordered, key=lambda one: one.label)]
    return [Seen(label, rules[0].title, rules, is_shut) for label, rules in groups]


def personal_words(labels: Iterable[ReplyLabel]) -> list[str]:
    """What in the text looks like somebody's own, to be marked in it."""
    return [
        stretch
        for label in labels
        if label.label == Label.PERSONAL_DATA and not label.is_wrong
        for stretch in label.words.split(" … ")
        if stretch
    ]
