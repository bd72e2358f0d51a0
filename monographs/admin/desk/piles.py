"""The desk: the admin's first page shows each person the work that is theirs."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monographs.admin.desk.alerts import alerts_to_confirm, own_alerts
from monographs.admin.desk.pile import Found, Pile, Row, day_of, leaflet_list, leaflet_page, make_pile, may
from monographs.admin.desk.replies import change_requests, replies, unanswered
from monographs.admin.desk.things import (
    COUNTED_AT_MOST,
    DRAFTS,
    DUE,
    EMERGENCIES,
    LAST_ACTS,
    ROWS,
    SCHEDULED,
    SENT_BACK,
    TO_PUBLISH,
    TO_REVIEW,
    in_emergency,
    letters_kept,
    with_approvals,
)
from monographs.admin.frame.leaflet.addresses import page_url
from monographs.admin.frame.written.alike import Alike
from monographs.audit.models import Entry
from monographs.clinics.models import Clinic, the_clinic
from monographs.leaflets.models import Leaflet
from monographs.publication.due import Notice, day_read_at, due_within, late_notices, publishers_with_address
from monographs.publication.models import Kind, Publication
from monographs.quality.pieces.excerpts import beginning
from monographs.review.models import Review, State
from monographs.review.waiting import approvable_by, resting_on
from monographs.search.models import first_to_see_to
from monographs.staff.models import StaffMember
from monographs.templatetags.leaflet_language import in_order
from monographs.translations.behind import translations_behind

DAYS_AHEAD = 90


def desk_of(person: StaffMember) -> list[Pile]:
    """The piles that are this person's concern and are not empty, most urgent first."""
    now = timezone.now()
    return [pile for make in PILES for pile in make(person, now) if pile.count]


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did once, as the ledger has it."""

    entry: Entry

    @property
    def alike(self) -> Alike:
        """Its line on the page; they all are."""
        at = timezone.localtime(self.entry.at)
        about = in_order(beginning(self.entry.about_label, 80), "en")
        return Alike({}, {"about": about, "what": self.entry.what, "at": f"{day_of(at)}, {at:%H:%M}"})


def last_acts(person: StaffMember) -> list[Act]:
    """What this person did last."""
    return [Act(entry) for entry in LAST_ACTS.things(person=person.pk)]


def _review(review: Review) -> str:
    """Of a leaflet that is in review again, an emergency release is another review than the one shown first."""
    query = f"?review={review.pk}" if review.state == State.EMERGENCY else ""
    return page_url("leaflet-review", review.leaflet_id) + query


def _to_review(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    if not may(person, "approve_leaflet"):
        return
    things: QuerySet | Found = TO_REVIEW
    if not person.is_active or resting_on(person, now):
        things = with_approvals(approvable_by(person))
    yield make_pile(
        "to-review",
        _("Waiting for my review"),
        things,
        leaflet_list("?holder=readers"),
        lambda review: Row(
            _review(review), str(review.leaflet), _waits(review), is_late=review.state == State.EMERGENCY
        ),
        person=person.pk,
        now=now,
    )


def _waits(review: Review) -> str:
    """Since when a review waits, and how many have signed it already (``given``)."""
    sentence = (
        _("Released in an emergency by %(name)s on %(day)s: it must be approved in retrospect.")
        if review.state == State.EMERGENCY
        else _("%(name)s submitted it on %(day)s.")
    )
    sentence %= {"name": review.submitted_by.name, "day": day_of(review.submitted_at)}
    if review.given:
        signed = ngettext(
            "%(count)s approval given, more needed.", "%(count)s approvals given, more needed.", review.given
        )
        sentence += " " + signed % {"count": review.given}
    return sentence


def _emergencies(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    """For those who released or wrote: somebody else must still approve it."""
    if not may(person, "release_in_emergency", "submit_leaflet"):
        return
    things: QuerySet | Found = EMERGENCIES
    if may(person, "approve_leaflet"):  # what waits for this very person is on the pile before
        things = in_emergency(now).exclude(pk__in=approvable_by(person).values("pk"))
    yield make_pile(
        "emergencies",
        _("Released in an emergency, not approved yet"),
        things,
        leaflet_list("?stands=emergency"),
        lambda review: Row(
            _review(review),
            str(review.leaflet),
            _("Released by %(name)s on %(day)s. Somebody who did not write it must approve it.")
            % {"name": review.submitted_by.name, "day": day_of(review.released_from)},
            is_late=True,
        ),
        now=now,
    )


def _sent_back(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    if not may(person, "submit_leaflet"):
        return
    yield make_pile(
        "sent-back",
        _("Sent back to me"),
        SENT_BACK,
        leaflet_list("?stands=sent-back"),
        lambda review: Row(leaflet_page(review.leaflet_id), str(review.leaflet), f"{review.sender}: {review.reason}"),
        person=person.pk,
    )


def _drafts(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    if not may(person, "change_leaflet"):
        return
    saved = _("Saved on %(day)s.")
    yield make_pile(
        "drafts",
        _("My drafts"),
        DRAFTS,
        leaflet_list("?holder=mine"),
        lambda draft: Row(leaflet_page(draft.leaflet_id), str(draft.leaflet), saved % {"day": day_of(draft.saved_at)}),
        person=person.pk,
    )


def _to_publish(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    if not may(person, "publish_leaflet", "schedule_leaflet"):
        return

    def row(review: Review) -> Row:
        about = _("%(name)s approved it on %(day)s.") % {"name": review.reader, "day": day_of(review.signed_at)}
        if review.is_held:
            about += " " + _("A remark must be resolved first.")
        return Row(_review(review), str(review.leaflet), about)

    yield make_pile("to-publish", _("Approved, to be published"), TO_PUBLISH, leaflet_list("?stands=approved"), row)


def _review_dates(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    if not may(person, "change_leaflet", "publish_leaflet"):
        return
    today = timezone.localdate(now)
    overdue, to_be_checked = _("Overdue since %(day)s."), _("To be checked by %(day)s.")

    def row(publication: Publication) -> Row:
        on = publication.next_review_on
        sentence = (overdue if on <= today else to_be_checked) % {"day": day_of(on)}
        return Row(leaflet_page(publication.leaflet_id), str(publication.leaflet), sentence, on <= today)

    last_day = today + dt.timedelta(days=DAYS_AHEAD)
    title = _("Review dates coming up")
    due = DUE[day_read_at(now)]
    yield make_pile("review-dates", title, due, leaflet_list("?review=90"), row, now=now, last_day=last_day)


def _behind(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    """Translations, and easy-read leaflets, of which patients meet a part that is not what the source says by now."""
    if not may(person, "change_leaflet"):
        return
    found = translations_behind(now, most=COUNTED_AT_MOST)
    rows = [
        Row(
            _page_of_translation(one.leaflet),
            str(one.leaflet),
            _("Behind its source since %(day)s.") % {"day": day_of(one.since)},
        )
        for one in found[:ROWS]
    ]
    title = _("Translations and easy-read leaflets that are behind")
    yield Pile("behind", title, len(found), reverse("admin:translations-behind"), rows)


def _page_of_translation(leaflet: Leaflet) -> str:
    """An easy-read leaflet that is no translation has none."""
    return page_url("leaflet-translations" if leaflet.source_id else "monographs_leaflet_change", leaflet.pk)


def _letters(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    """For who keeps the site running: letters that should have gone out, or should have been written a day ago."""
    if not may(person, "change_staffmember"):
        return
    by_person, publishers = defaultdict(list), publishers_with_address()
    for notice in late_notices(at=now, publishers=publishers):
        by_person[notice.person.pk].append(notice)
    rows = sorted((_late_letter(notices) for notices in by_person.values()), key=lambda row: row.title)
    if not publishers and due_within(DAYS_AHEAD, at=now).exists():
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
    late, given_up = letters_kept(now)
    if late:
        sentence = ngettext("%(count)s letter is not sent", "%(count)s letters are not sent", late)
        about = _("Is the clock running, and the mail server?")
        yield Row(f"{address}?state=waiting", sentence % {"count": late}, about, is_late=True)
    if given_up:
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
        page_url("monographs_staffmember_change", person.pk),
        f"{person.name} <{person.email}>",
        sentence % {"count": len(notices), "day": day_of(since)},
        is_late=True,
    )


def _scheduled(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    if not may(person, "publish_leaflet", "schedule_leaflet", "cancel_release", "change_leaflet"):
        return

    def row(publication: Publication) -> Row:
        sentence = _("It ends on %(moment)s.") if publication.kind == Kind.EXPIRY else _("From %(moment)s.")
        moment = timezone.localtime(publication.effective_from)
        return Row(
            leaflet_page(publication.leaflet_id),
            f"{publication.leaflet} {publication.version}".strip(),
            sentence % {"moment": f"{day_of(moment)}, {moment:%H:%M} {moment.tzname()}"},
        )

    yield make_pile(
        "scheduled",
        _("Scheduled releases"),
        SCHEDULED,
        leaflet_list("?stands=scheduled"),
        row,
        now=now,
    )


def _missed_searches(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    if not may(person, "view_missedsearch") or not may(person, "add_leaflet"):
        return
    medicines = reverse("admin:monographs_medicine_changelist")
    found, count = first_to_see_to(now, most=ROWS)
    looked_for = _("Looked for %(count)s times, last on %(day)s.")
    rows = [
        Row(
            f"{medicines}?{urlencode({'q': search.query})}",
            search.query,
            looked_for % {"count": search.count, "day": day_of(search.last_at)},
        )
        for search in found
    ]
    title = _("Searches that found nothing")
    address = reverse("admin:monographs_missedsearch_changelist")
    yield Pile("missed-searches", title, min(count, COUNTED_AT_MOST), address, rows)


def _clinic(person: StaffMember, now: dt.datetime) -> Iterator[Pile]:
    """For who may mend it: what keeps replies closed, or leaves their writers without an answer to when somebody
    reads."""
    if not may(person, "change_clinic"):
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
    alerts_to_confirm,
    own_alerts,
    _to_review,
    _emergencies,
    _sent_back,
    _to_publish,
    replies,
    unanswered,
    change_requests,
    _behind,
    _letters,
    _review_dates,
    _scheduled,
    _drafts,
    _missed_searches,
)
