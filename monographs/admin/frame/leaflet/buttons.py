"""What a person may do about a leaflet: one button for each way on, the one that is wanted next first."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from monographs.admin.frame.leaflet.addresses import screen_url
from monographs.admin.frame.leaflet.facts import Facts
from monographs.publication.actions import check_may_release_in_emergency
from monographs.refusals import Refused
from monographs.review.models import State
from monographs.review.rules import may_approve
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission


@dataclass(frozen=True)
class Button:
    """A way on. Each leads to a page that says what will happen and does it there (by POST)."""

    label: str
    url: str
    is_main: bool = False


@dataclass(frozen=True)
class _Way:
    """A button for whoever holds one of the permissions, where ``is_open``."""

    label: str
    name: str
    permissions: tuple[str, ...]
    is_open: bool
    query: str = ""


def buttons_for(facts: Facts, user: StaffMember, *, is_held: bool) -> tuple[Button, ...]:
    """``is_held``: something keeps the approved text from being published."""

    def may(way: _Way) -> bool:
        return way.is_open and any(user.has_perm(permission(codename)) for codename in way.permissions)

    def button(way: _Way, *, is_main: bool = False) -> Button:
        return Button(way.label, screen_url(way.name, facts.leaflet) + way.query, is_main=is_main)

    main = next((way for way in _main_ways(facts, user, is_held=is_held) if may(way)), None)
    others = [
        way
        for way in (*_ways_of_the_review(facts), *_ways_of_releases(facts, user), *_ways_to_look(facts))
        if may(way) and (not main or way.name != main.name or way.query)
    ]
    return (*([button(main, is_main=True)] if main else []), *map(button, others))


def _main_ways(facts: Facts, user: StaffMember, *, is_held: bool) -> list[_Way]:
    active, may_submit = facts.active, bool(facts.newest and not facts.active and not facts.is_draft_public)
    waits, is_approved = (bool(active and active.state == state) for state in (State.WAITING, State.APPROVED))
    may_sign = waits and user.has_perm(permission("approve_leaflet")) and may_approve(active, user)
    return [
        _Way(_("Read and approve"), "leaflet-review", ("approve_leaflet",), may_sign),
        _Way(_("Publish"), "leaflet-publish", ("publish_leaflet", "schedule_leaflet"), is_approved and not is_held),
        _Way(_("Send for review"), "leaflet-submit", ("submit_leaflet",), may_submit),
    ]


def _ways_of_the_review(facts: Facts) -> list[_Way]:
    is_active = bool(facts.active)
    return [
        _Way(_("See the review"), "leaflet-review", ("view_review",), is_active),
        _Way(_("Recall from review"), "leaflet-recall", ("recall_leaflet",), is_active),
    ]


def _ways_of_releases(facts: Facts, user: StaffMember) -> list[_Way]:
    emergency = facts.emergency
    to_sign = bool(emergency) and user.has_perm(permission("approve_leaflet")) and may_approve(emergency, user)
    in_emergency = user.has_perm(permission("release_in_emergency")) and _may_be_released_in_an_emergency(facts)
    is_shown = bool(facts.current and facts.current.revision_id)
    call_off = _("Cancel the release") if facts.release else _("Keep it longer")
    query = f"?review={emergency.pk}" if emergency else ""
    return [
        _Way(_("Approve in retrospect"), "leaflet-review", ("approve_leaflet",), to_sign, query),
        _Way(_("Release in an emergency"), "leaflet-emergency", ("release_in_emergency",), in_emergency),
        _Way(call_off, "leaflet-cancel-release", ("cancel_release",), bool(facts.coming)),
        _Way(_("Withdraw"), "leaflet-withdraw", ("withdraw_leaflet",), is_shown),
    ]


def _ways_to_look(facts: Facts) -> list[_Way]:
    is_written, is_read = bool(facts.newest), bool(facts.current)
    return [
        _Way(_("Remarks"), "leaflet-remarks", ("view_remark",), is_written),
        _Way(_("Ask an expert"), "leaflet-fact-checks", ("ask_factcheck",), is_written),
        _Way(_("History"), "leaflet-history", ("view_revision",), True),
        _Way(_("Requests to change"), "leaflet-change-requests", ("change_leaflet", "answer_comment"), is_read),
        _Way(_("Open or close replies"), "leaflet-replies", ("moderate_comment",), is_read),
    ]


def _may_be_released_in_an_emergency(facts: Facts) -> bool:
    if not facts.newest or facts.is_draft_public:
        return False
    try:
        check_may_release_in_emergency(facts.leaflet)
    except Refused:
        return False
    return True
