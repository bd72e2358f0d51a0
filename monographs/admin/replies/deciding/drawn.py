"""What a page says of a reply that is the same for many: put together here, so that it is rendered once for all."""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

from monographs.admin.frame.written.alike import Alike, Drawn
from monographs.comments.models import Comment, CommentDecision
from monographs.templatetags.readers_words import isolated, readable

_DECIDED_UPON = (
    "state", "is_crisis", "is_shut", "is_never_spam", "is_staff_answer", "is_escalated", "waits", "is_mine", "is_held",
    "can_be_decided", "can_be_answered", "reports_waiting", "has_open_appeal", "hanging", "urgency", "times_redacted",
)  # fmt: skip


def draw_once(replies: Iterable[Comment]) -> Drawn:
    """Makes each of these replies, as `listed` completes them, their heads, labels and decisions known by what they
    have in common with others; for ``drawn`` of the page."""
    for reply in replies:
        shape = {name: getattr(reply, name) for name in _DECIDED_UPON}
        shape |= {"erased_at": bool(reply.erased_at), "following": ""}
        shape |= {"holder": reply.holder, "claimed_until": reply.claimed_until if reply.holder else None}
        words = {"pk": reply.pk, "seen": reply.seen, **({"following": reply.following} if reply.following else {})}
        said = {name: getattr(reply, name) for name in ("get_state_display", "get_urgency_display")}
        reply.alike = Alike(shape, words, said)
        for seen in reply.shown_labels:
            seen.alike = seen.drawn
            for label in seen.rules:
                label.alike = Alike(
                    {"title": str(label.title), "is_wrong": label.is_wrong},
                    {"pk": label.pk, "rule": label.rule, "said": label.said},
                )
    return Drawn()


def moment(at: dt.datetime) -> tuple[str, str]:
    """For machines and for people, in the site's time: what ``date:"c"`` and ``date:"j M Y, H:i"`` make of it."""
    local = timezone.localtime(at)
    return local.isoformat(), date_format(local, "j M Y, H:i")


def quoted(stretches: Iterable[str]) -> SafeString:
    """What rules saw, each stretch as a quotation."""
    return format_html_join("", '<q dir="auto">{}</q> ', ((readable(stretch),) for stretch in stretches))


class Head:
    """What stands above a reply: who wrote it, when, on which version of what, and how that stands ``now``."""

    def __init__(self, reply: Comment, now: dt.datetime):
        staff = reply.is_staff_answer
        self.is_shut, self.is_staff_answer = reply.is_shut, staff
        self.has_name, self.who = bool(reply.name), isolated(reply.staff.name if staff else reply.name)
        self.pk, self.has_place, self.slug = reply.pk, bool(reply.place), reply.leaflet.slug
        self.leaflet, self.leaflet_pk = str(reply.leaflet), reply.leaflet_id
        self.version = reply.publication.version
        self.at, self.at_in_words = moment(reply.at)
        self.has_waited = reply.has_waited
        self.waits_for = timesince(reply.waits_since, now) if reply.has_waited else ""
        self.is_shown, self.has_changed_since = bool(reply.now), reply.has_changed_since
        self.revision_then, self.version_now = reply.revision_then, reply.version_now
        self.revision_now = reply.now["revision"] if reply.now else ""
        self.others_that_day, self.others_by_mail = reply.others_that_day, reply.others_by_mail

    @cached_property
    def alike(self) -> Alike:
        shape = ("is_shut", "is_staff_answer", "has_name", "has_place", "has_waited", "is_shown", "has_changed_since",
                 "others_that_day", "others_by_mail")  # fmt: skip
        words = ["who", "pk", "slug", "leaflet", "leaflet_pk", "at", "at_in_words", "waits_for", "version_now",
                 "revision_now"]  # fmt: skip
        absent = {name: "" for name in ("version", "revision_then") if not getattr(self, name)}
        words += [name for name in ("version", "revision_then") if name not in absent]
        shapes = {name: getattr(self, name) for name in shape} | absent
        return Alike(shapes, {name: getattr(self, name) for name in words})


class Decided:
    """One decision in a reply's history."""

    def __init__(self, decision: CommentDecision):
        self.at, self.at_in_words = moment(decision.at)
        self.by = decision.by.name if decision.by else ""
        self.version = decision.publication.version if decision.publication else ""
        self.reason, self._decision = decision.reason, decision

    def step(self) -> str:
        """From which state to which."""
        return str(self._decision)

    @cached_property
    def alike(self) -> Alike:
        besides = {"step": self.step}
        there = {name: value for name in ("by", "version", "reason") if (value := getattr(self, name))}
        absent = {name: "" for name in ("by", "version", "reason") if name not in there}
        step = {"was": self._decision.was, "became": self._decision.became}
        return Alike(step | absent, {"at": self.at, "at_in_words": self.at_in_words, **there}, besides)
