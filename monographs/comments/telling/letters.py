"""Letters about replies: to moderators with label, rule, leaflet and age, and to a reply's writer, who confirmed the
address. No word of a reader, and no name, goes into either.

Each function puts letters into the outbox in the caller's transaction, and says each thing once (`mail.outbox.post`,
``key``). Letters to moderators can't be unsubscribed; those to writers can.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import BigIntegerField
from django.urls import reverse
from django.utils import timezone

from monographs.comments.labels import Label
from monographs.comments.models import Comment, ReplyWriter, State
from monographs.comments.sender.secret import confirmation_of, secret_of
from monographs.comments.telling.rota import on_call
from monographs.mail.addresses import mark, on_this_site
from monographs.mail.models import Letter
from monographs.mail.outbox import forget_letters_to, post, take_back
from monographs.mail.unsubscribing import ABOUT_REPLIES
from monographs.prepared import Given, Prepared
from monographs.staff.models import StaffMember

UNDOABLE = dt.timedelta(minutes=10)  # in which a decision can be taken back before its writer hears of it
CONFIRMATIONS_A_DAY = 3  # to one address: whoever types a stranger's must not fill their mailbox
LISTED = 20  # replies in one letter


def tell_of_crisis(comment: Comment, found: Iterable) -> list[StaffMember]:
    """Write to everybody on call, at once, that somebody may be in danger; who they are. Once for each reply, whatever
    its writer changes in it.

    ``found``: what triage saw; each has a ``label`` and the ``rule`` that put it, and their words are left out.
    """
    now = timezone.now()
    rules = [(Label(one.label).label, one.rule) for one in found if one.label == Label.CRISIS]
    context = {"reply": _line(comment, now=now, labels=rules)}
    people, first = on_call(now), comment
    while first.replaces:
        first = first.replaces
    for person in people:
        key = f"crisis {first.pk} for {person.pk}"
        post("reply-crisis", to=person.email, context={**context, "name": person.name}, key=key, is_urgent=True)
    return people


def post_list(
    name: str, person: StaffMember, replies: list[Comment], *, at: dt.datetime, is_urgent: bool = False, **context
) -> bool:
    """A letter to a moderator that lists at most `LISTED` of some replies (with their labels prefetched)."""
    lines = [_line(comment, now=at) for comment in replies[:LISTED]]
    context = {**context, "name": person.name, "replies": lines, "rest": max(len(replies) - LISTED, 0)}
    pages = {"queue": "admin:reply-queue", "news": "admin:reply-news"}
    context |= {"is_urgent": is_urgent, **{name: on_this_site(reverse(page)) for name, page in pages.items()}}
    return post(name, to=person.email, context=context, is_urgent=is_urgent)


def _line(comment: Comment, *, now: dt.datetime, labels: list[tuple[str, str]] | None = None) -> dict:
    """What a letter may say of a reply: number, leaflet, labels with their rules, age, and where it is."""
    if labels is None:
        labels = [(_in_words(one.label), one.rule) for one in comment.labels.all() if not one.is_wrong]
    return {
        "number": comment.pk,
        "leaflet": comment.leaflet.title,
        "labels": [(label, ", ".join(rules)) for label, rules in _together(labels).items()],
        "waits_since": comment.waits_since or comment.at,
        "now": now,
        "address": on_this_site(reverse("admin:reply", args=[comment.pk])),
    }


def _together(labels: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The rules of each label, once each: a cry for help may meet ten. Labels stay lazy, for the letter's language."""
    rules: dict[str, list[str]] = {}
    for label, rule in labels:
        of_label = rules.setdefault(label, [])
        if rule not in of_label:
            of_label.append(rule)
    return rules


def _in_words(label: str) -> str:
    return Label(label).label if label in Label.values else label


# --- To the writer of a reply ---


def tell_of_arrival(comment: Comment, found: Iterable, writer: ReplyWriter | None = None) -> None:
    """A reply was kept, with what triage found in it: the people on call hear of a cry for help, and who left an
    address is asked to confirm it."""
    found = list(found)
    if any(one.label == Label.CRISIS for one in found):
        tell_of_crisis(comment, found)
    if writer:
        link = reverse("confirm-address", args=[comment.pk, confirmation_of(comment, writer.email)])
        ask_to_confirm(writer, link)


def ask_to_confirm(writer: ReplyWriter, address_of_link: str) -> bool:
    """Ask whether the address is the writer's, by a link that only its mailbox gets; whether a letter was posted.

    Before that nobody is written to about the reply. Not more than `CONFIRMATIONS_A_DAY` to an address.
    """
    if not writer.email or writer.confirmed_at:
        return False
    day_ago = timezone.now() - dt.timedelta(days=1)
    if Letter.objects.filter(to=writer.email, name="confirm-address", posted_at__gt=day_ago).count() >= (
        CONFIRMATIONS_A_DAY
    ):
        return False
    return _write(writer, "confirm-address", f"confirm {mark(writer.email)[:16]}", {"link": _full(address_of_link)})


def tell_of_step(comment: Comment) -> None:
    """Whatever its new state has to tell, to its writer and to the writer of what it answers."""
    if comment.state in (State.PENDING, State.WITHDRAWN):
        take_back_told(comment)
        return
    tell_decided(comment)
    tell_answered(comment)


def tell_decided(comment: Comment) -> bool:
    """The reply is shown, or it is rejected; what is spam is not told so. Waits for `UNDOABLE`, in case a slip is taken
    back (`take_back_told`); the same decision taken again is not told again."""
    if comment.state not in (State.APPROVED, State.REJECTED):
        return False
    due = timezone.now() + UNDOABLE
    context = {"is_shown": comment.state == State.APPROVED}
    return _write(_writer_of(comment), "reply-decided", f"decided {comment.state}", context, due=due)


def take_back_told(comment: Comment) -> None:
    """A decision was taken back: a letter about it that waits is not sent, and what is decided next is told."""
    told = [_decided(comment, state) for state in (State.APPROVED, State.REJECTED)]
    take_back(*told, f"reply {comment.parent_id} answered {comment.pk}")


def tell_answered(answer: Comment) -> bool:
    """To the writer of what was answered, once the answer is shown to everybody; then it need not be said that the
    question is shown."""
    if not answer.parent_id or answer.state != State.APPROVED:
        return False
    parent = Comment.objects.shown().on_pages().filter(pk=answer.parent_id).first()
    writer = _writer_of(parent) if parent else None
    due, context = timezone.now() + UNDOABLE, {"is_by_clinic": answer.is_staff_answer}
    is_told = _write(writer, "reply-answered", f"answered {answer.pk}", context, due=due)
    if is_told:
        take_back(_decided(parent, State.APPROVED))
    return is_told


def tell_leaflet_changed(comment: Comment, version: str) -> bool:
    """What the writer asked about is written otherwise, in this version of the leaflet."""
    return _write(_writer_of(comment), "reply-leaflet-changed", f"changed {version}", {})


def forget_writer(comment: Comment) -> None:
    """Nothing more is sent about the reply, and no letter keeps the address. Before `ReplyWriter` goes."""
    if writer := ReplyWriter.objects.filter(comment=comment).first():
        forget_letters_to(writer.email, key=f"{_about(comment)} ")


def _writer_of(comment: Comment) -> ReplyWriter | None:
    return _WRITER.thing(reply=comment.pk)


_WRITER = Prepared(
    lambda: (
        ReplyWriter.objects.select_related("comment__leaflet")
        .filter(comment=Given("reply", BigIntegerField()), confirmed_at__isnull=False)
        .exclude(email="")[:1]
    )
)


def _write(writer: ReplyWriter | None, name: str, what: str, context: dict, *, due: dt.datetime | None = None) -> bool:
    """A letter of which its reader can unsubscribe, in the leaflet's language, with the way to the reply's own page."""
    if not writer or writer.comment.erased_at:
        return False
    comment = writer.comment
    status = _full(reverse("own-reply", args=[secret_of(comment)]))
    return post(
        name,
        to=writer.email,
        context={"status": status, **context},
        key=f"{_about(comment)} {what}",
        kind=ABOUT_REPLIES,
        language=comment.leaflet.language,
        due=due,
    )


def _decided(comment: Comment, state: State) -> str:
    return f"{_about(comment)} decided {state}"


def _about(comment: Comment) -> str:
    return f"reply {comment.pk}"


def _full(address: str) -> str:
    return address if "://" in address else on_this_site(address)
