"""The desk: the admin's first page shows each person the work that is theirs."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import (
    Count,
    Q,
    QuerySet,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monographs.admin.desk.things import (
    CHANGE_REQUESTS,
    COUNTED_AT_MOST,
    DRAFTS,
    DUE,
    EMERGENCIES,
    LAST_ACTS,
    REPLIES,
    ROWS,
    SCHEDULED,
    SENT_BACK,
    TO_PUBLISH,
    UNANSWERED,
    Things,
    in_emergency,
)
from monographs.audit.models import Entry
from monographs.clinics.models import Clinic, the_clinic
from monographs.comments.escalation import PERMISSION
from monographs.comments.labels import Label
from monographs.comments.models import Comment, Urgency
from monographs.mail.models import Letter
from monographs.publication.due import Notice, due_within, late_notices, publishers_with_address
from monographs.publication.models import Kind, Publication
from monographs.review.models import Outcome, Review, State
from monographs.review.waiting import approvable_by
from monographs.search.models import MissedSearch
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission

DAYS_AHEAD = 90


@dataclass(frozen=True)
class Row:
    """One thing to do: where it leads, what it is, a line about it, and whether it is late."""

    address: str
    title: str
    about: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class Pile:
    """One kind of work: at most `ROWS` rows of ``count``, and where the rest is."""

    key: str
    title: str
    count: int
    address: str
    rows: list[Row] = field(default_factory=list)

    @property
    def is_cut(self) -> bool:
        """Whether there may be more than was counted."""
        return self.count >= COUNTED_AT_MOST


def desk_of(person: StaffMember) -> list[Pile]:
    """The piles that are this person's concern and are not empty, most urgent first."""
    now = timezone.now()
    return [pile for make in PILES for pile in make(person, now) if pile.count]


def last_acts(person: StaffMember) -> list[Entry]:
    """What this person did last, as the ledger has it."""
    return LAST_ACTS.things(person=person.pk)


def _may(person: StaffMember, *codenames: str) -> bool:
    return any(person.has_perm(permission(codename)) for codename in codenames)


def _pile(key: str, title: str, things: QuerySet | Things, address: str, row: Callable[..., Row], **given) -> Pile:
    prepared = isinstance(things, Things)
    found = things.rows(**given) if prepared else list(things[: ROWS + 1])
    count = len(found)
    if count > ROWS:
        count = things.count(**given) if prepared else things.order_by()[:COUNTED_AT_MOST].count()
    return Pile(key, title, count, address, [row(thing) for thing in found[:ROWS]])


def _leaflets(query: str = "") -> str:
    return reverse("admin:monographs_leaflet_changelist") + query


def _leaflet(leaflet_id: int) -> str:
    return reverse("admin:monographs_leaflet_change", args=[leaflet_id])


def _review(review: Review) -> str:
    """Of a leaflet that is in review again, an emergency release is another review than the one shown first."""
    query = f"?review={review.pk}" if review.state == State.EMERGENCY else ""
    return reverse("admin:leaflet-review", args=[review.leaflet_id]) + query


def _day(moment: dt.datetime | dt.date) -> str:
    return date_format(timezone.localtime(moment) if isinstance(moment, dt.datetime) else moment, "j M Y")


def _to_review(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    if not _may(person, "approve_leaflet"):
        return
    given = Count("decisions", filter=Q(decisions__outcome=Outcome.APPROVED))
    yield _pile(
        "to-review",
        _("Waiting for my review"),
        approvable_by(person).annotate(given=given).select_related("leaflet", "submitted_by"),
        _leaflets("?holder=readers"),
        lambda review: Row(
            _review(review), str(review.leaflet), _waits(review), is_late=review.state == State.EMERGENCY
        ),
    )


def _waits(review: Review) -> str:
    """Since when a review waits, and how many have signed it already (``given``)."""
    sentence = (
        _("Released in an emergency by %(name)s on %(day)s: it must be approved in retrospect.")
        if review.state == State.EMERGENCY
        else _("%(name)s submitted it on %(day)s.")
    )
    sentence %= {"name": review.submitted_by.name, "day": _day(review.submitted_at)}
    if review.given:
        signed = ngettext(
            "%(count)s approval given, more needed.", "%(count)s approvals given, more needed.", review.given
        )
        sentence += " " + signed % {"count": review.given}
    return sentence


def _emergencies(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    """For those who released or wrote: somebody else must still approve it."""
    if not _may(person, "release_in_emergency", "submit_leaflet"):
        return
    things: QuerySet | Things = EMERGENCIES
    if _may(person, "approve_leaflet"):  # what waits for this very person is on the pile before
        things = in_emergency(now).exclude(pk__in=approvable_by(person).values("pk"))
    yield _pile(
        "emergencies",
        _("Released in an emergency, not approved yet"),
        things,
        _leaflets("?stands=emergency"),
        lambda review: Row(
            _review(review),
            str(review.leaflet),
            _("Released by %(name)s on %(day)s. Somebody who did not write it must approve it.")
            % {"name": review.submitted_by.name, "day": _day(review.released_from)},
            is_late=True,
        ),
        now=now,
    )


def _sent_back(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    if not _may(person, "submit_leaflet"):
        return
    yield _pile(
        "sent-back",
        _("Sent back to me"),
        SENT_BACK,
        _leaflets("?stands=sent-back"),
        lambda review: Row(_leaflet(review.leaflet_id), str(review.leaflet), f"{review.sender}: {review.reason}"),
        person=person.pk,
    )


def _drafts(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    if not _may(person, "change_leaflet"):
        return
    yield _pile(
        "drafts",
        _("My drafts"),
        DRAFTS,
        _leaflets("?holder=mine"),
        lambda draft: Row(
            _leaflet(draft.leaflet_id), str(draft.leaflet), _("Saved on %(day)s.") % {"day": _day(draft.saved_at)}
        ),
        person=person.pk,
    )


def _to_publish(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    if not _may(person, "publish_leaflet", "schedule_leaflet"):
        return

    def row(review: Review) -> Row:
        about = _("%(name)s approved it on %(day)s.") % {"name": review.reader, "day": _day(review.signed_at)}
        if review.is_held:
            about += " " + _("A remark must be resolved first.")
        return Row(_review(review), str(review.leaflet), about)

    yield _pile("to-publish", _("Approved, to be published"), TO_PUBLISH, _leaflets("?stands=approved"), row)


def _replies(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    if not _may(person, "moderate_comment"):
        return
    yield _pile(
        "replies",
        _("Replies waiting"),
        REPLIES[_may(person, PERMISSION)],
        reverse("admin:reply-queue"),
        _reply,
    )


def _reply(reply: Comment) -> Row:
    """Its label first. Of what may be a cry for help no word is on this page."""
    about = _("On %(leaflet)s, %(day)s.") % {"leaflet": reply.leaflet, "day": _day(reply.at)}
    address, is_late = reverse("admin:reply", args=[reply.pk]), reply.urgency == Urgency.URGENT
    if reply.label == Label.CRISIS:
        return Row(address, capfirst(Label.CRISIS.label), about, is_late=True)
    if reply.label in Label.values:
        about = f"{capfirst(Label(reply.label).label)}. {about}"
    return Row(address, str(reply), about, is_late)


def _unanswered(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    if not _may(person, "answer_comment"):
        return
    yield _pile(
        "unanswered",
        _("Replies without an answer"),
        UNANSWERED,
        reverse("admin:reply-unanswered"),
        lambda row: Row(
            reverse("admin:reply-answer", args=[row.pk]),
            capfirst(Label.CRISIS.label) if row.cry else str(row.comment),
            _("On %(leaflet)s, %(day)s.") % {"leaflet": row.comment.leaflet, "day": _day(row.since)},
        ),
    )


def _change_requests(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    """A reader's question showed that a leaflet is unclear."""
    if not _may(person, "submit_leaflet"):
        return
    yield _pile(
        "change-requests",
        _("Leaflets found unclear"),
        CHANGE_REQUESTS,
        reverse("admin:change-requests"),
        lambda one: Row(
            f"{reverse('admin:leaflet-change-requests', args=[one.leaflet_id])}#request-{one.pk}",
            str(one.leaflet),
            f"{one.about}: {one.words}",
        ),
    )


def _review_dates(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    if not _may(person, "change_leaflet", "publish_leaflet"):
        return
    today = timezone.localdate(now)

    def row(publication: Publication) -> Row:
        on = publication.next_review_on
        sentence = _("Overdue since %(day)s.") if on <= today else _("To be checked by %(day)s.")
        return Row(
            _leaflet(publication.leaflet_id), str(publication.leaflet), sentence % {"day": _day(on)}, on <= today
        )

    last_day = today + dt.timedelta(days=DAYS_AHEAD)
    title = _("Review dates coming up")
    yield _pile("review-dates", title, DUE, _leaflets("?review=90"), row, now=now, last_day=last_day)


def _letters(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    """For who keeps the site running: letters that should have gone out, or should have been written a day ago."""
    if not _may(person, "change_staffmember"):
        return
    by_person = defaultdict(list)
    for notice in late_notices(at=now):
        by_person[notice.person.pk].append(notice)
    rows = sorted((_late_letter(notices) for notices in by_person.values()), key=lambda row: row.title)
    if not publishers_with_address() and due_within(DAYS_AHEAD, at=now).exists():
        rows.append(
            Row(
                reverse("admin:monographs_staffmember_changelist"),
                _("Nobody who may publish has an e-mail address"),
                _("Review dates come up, and nobody is told. Give the publishers their addresses."),
                is_late=True,
            )
        )
    rows = [*_kept_letters(now), *rows]
    address = reverse("admin:monographs_staffmember_changelist")
    yield Pile("letters", _("Letters that did not go out"), len(rows), address, rows[:ROWS])


def _kept_letters(now: dt.datetime) -> Iterator[Row]:
    """What stands in the outbox and should not."""
    address = reverse("admin:monographs_letter_changelist")
    if late := Letter.objects.late(now)[:COUNTED_AT_MOST].count():
        sentence = ngettext("%(count)s letter is not sent", "%(count)s letters are not sent", late)
        about = _("Is the clock running, and the mail server?")
        yield Row(f"{address}?state=waiting", sentence % {"count": late}, about, is_late=True)
    if given_up := Letter.objects.to_see_to()[:COUNTED_AT_MOST].count():
        sentence = ngettext("%(count)s letter was given up", "%(count)s letters were given up", given_up)
        about = _("See what kept them, and send them again.")
        yield Row(f"{address}?state=given-up", sentence % {"count": given_up}, about, is_late=True)


def _late_letter(notices: list[Notice]) -> Row:
    person, since = notices[0].person, min(notice.since() for notice in notices)
    sentence = ngettext(
        "%(count)s review date since %(day)s. Is the clock running?",
        "%(count)s review dates since %(day)s. Is the clock running?",
        len(notices),
    )
    return Row(
        reverse("admin:monographs_staffmember_change", args=[person.pk]),
        f"{person.name} <{person.email}>",
        sentence % {"count": len(notices), "day": _day(since)},
        is_late=True,
    )


def _scheduled(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    if not _may(person, "publish_leaflet", "schedule_leaflet", "cancel_release", "change_leaflet"):
        return

    def row(publication: Publication) -> Row:
        sentence = _("It ends on %(moment)s.") if publication.kind == Kind.EXPIRY else _("From %(moment)s.")
        moment = timezone.localtime(publication.effective_from)
        return Row(
            _leaflet(publication.leaflet_id),
            f"{publication.leaflet} {publication.version}".strip(),
            sentence % {"moment": f"{date_format(moment, 'j M Y, H:i')} {moment.tzname()}"},
        )

    yield _pile(
        "scheduled",
        _("Scheduled releases"),
        SCHEDULED,
        _leaflets("?stands=scheduled"),
        row,
        now=now,
    )


def _missed_searches(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    if not _may(person, "view_missedsearch") or not _may(person, "add_leaflet"):
        return
    medicines = reverse("admin:monographs_medicine_changelist")
    yield _pile(
        "missed-searches",
        _("Searches that found nothing"),
        MissedSearch.objects.to_see_to(now),
        reverse("admin:monographs_missedsearch_changelist"),
        lambda search: Row(
            f"{medicines}?{urlencode({'q': search.query})}",
            search.query,
            _("Looked for %(count)s times, last on %(day)s.") % {"count": search.count, "day": _day(search.last_at)},
        ),
    )


def _clinic(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    """For who may mend it: what keeps replies closed, or leaves their writers without an answer to when somebody
    reads."""
    if not _may(person, "change_clinic"):
        return
    clinic = the_clinic()
    address = reverse("admin:monographs_clinic_change", args=[clinic.pk])
    rows = [
        Row(address, _label(name), _("Until it is given, readers can’t send replies."), is_late=True)
        for name in clinic.missing
    ]
    if not clinic.hours:
        about = _("Nobody has said so yet; readers are told that it may take days.")
        rows.append(Row(address, _label("staffed_hours"), about))
    yield Pile("clinic", _("Missing from the clinic’s details"), len(rows), address, rows)


def _label(name: str) -> str:
    label = str(Clinic._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


PILES = (
    _clinic,
    _to_review,
    _emergencies,
    _sent_back,
    _to_publish,
    _replies,
    _unanswered,
    _change_requests,
    _letters,
    _review_dates,
    _scheduled,
    _drafts,
    _missed_searches,
)
