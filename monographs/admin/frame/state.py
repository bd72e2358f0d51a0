"""Where a leaflet stands, who has it, what keeps it from patients, and what this person may do about it."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from monographs.admin.frame.places import PlacedFinding, in_form
from monographs.leaflets.models import Leaflet
from monographs.publication.actions import (
    check_approved_since_withdrawal,
    check_may_publish,
    check_may_release_in_emergency,
    check_next_review,
)
from monographs.publication.due import is_overdue
from monographs.publication.models import Kind, Publication
from monographs.quality.gate import findings_for
from monographs.quality.rules import blocking
from monographs.refusals import Refused
from monographs.review.models import Decision, Outcome, Review, State
from monographs.review.rules import approvals_needed, held_up_by, may_approve
from monographs.revisions.models import Revision
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission
from monographs.templatetags.staff_words import moment


@dataclass(frozen=True)
class Button:
    """A way on. Each leads to a page that says what will happen and does it there (by POST)."""

    label: str
    url: str
    is_main: bool = False


@dataclass(frozen=True)
class LeafletState:
    """``name``: empty, draft, sent-back, recalled, waiting, approved, scheduled, published, withdrawn, expired.

    ``sentence`` says it in words, ``holder`` who has it, ``public`` what patients read now and from when on what
    else, ``warnings`` what is wrong with that (an emergency release nobody approved, a review date gone by), ``blocks``
    and ``findings`` what keeps the draft or the approved text from them. The main button is first.
    """

    name: str
    sentence: str
    holder: str
    public: tuple[str, ...]
    warnings: tuple[str, ...]
    blocks: tuple[str, ...]
    findings: tuple[PlacedFinding, ...]
    sent_back: Decision | None
    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class _Facts:
    """What is read from the database, once."""

    leaflet: Leaflet
    newest: Revision | None
    review: Review | None
    decisions: tuple[Decision, ...]
    emergency: Review | None
    current: Publication | None
    coming: tuple[Publication, ...]

    @property
    def active(self) -> Review | None:
        return self.review if self.review and self.review.is_active else None

    @property
    def release(self) -> Publication | None:
        """The scheduled release, if there is one."""
        return next((publication for publication in self.coming if publication.revision_id), None)

    @property
    def is_draft_public(self) -> bool:
        """Whether patients read, or are about to read, just what the draft says."""
        shown = self.release or self.current
        return bool(shown and shown.revision_id and self.newest and shown.digest == self.newest.digest)

    def decision(self, outcome: Outcome) -> Decision | None:
        return next((decision for decision in reversed(self.decisions) if decision.outcome == outcome), None)


def leaflet_url(leaflet: Leaflet) -> str:
    """The page on which the leaflet is written."""
    return reverse("admin:monographs_leaflet_change", args=[leaflet.pk])


def screen_url(name: str, leaflet: Leaflet, *args) -> str:
    """The address of one of a leaflet's screens: ``screen_url("leaflet-history", leaflet)``."""
    return reverse(f"admin:{name}", args=[leaflet.pk, *args])


def state_of(leaflet: Leaflet, user: StaffMember) -> LeafletState:
    """The state of a saved leaflet, as ``user`` should see it, in the active language and the site's time zone."""
    facts = _facts(leaflet, timezone.now())
    name, sentence, holder = _stand(facts)
    blocks, findings = _blocks(facts)
    if name == "approved" and not blocks:
        sentence += " " + _("Ready to publish.")
    return LeafletState(
        name=name,
        sentence=sentence,
        holder=holder,
        public=_public(facts),
        warnings=_warnings(facts),
        blocks=blocks,
        findings=findings,
        sent_back=facts.decision(Outcome.SENT_BACK) if name == "sent-back" else None,
        buttons=_buttons(facts, user, is_held=bool(blocks)),
    )


def _facts(leaflet: Leaflet, now: dt.datetime) -> _Facts:
    reviews = Review.objects.filter(leaflet=leaflet).select_related("revision", "submitted_by")
    review = reviews.active_first().first()
    timeline = Publication.objects.filter(leaflet=leaflet)
    return _Facts(
        leaflet=leaflet,
        newest=Revision.objects.filter(leaflet=leaflet).select_related("by").order_by("-number").first(),
        review=review,
        decisions=tuple(review.decisions.all()) if review else (),
        emergency=reviews.emergency(now).order_by("-pk").first(),
        current=timeline.shown(now).first(),
        coming=tuple(timeline.coming(now).order_by("effective_from", "pk")),
    )


def _stand(facts: _Facts) -> tuple[str, str, str]:
    """The state's name, the state in words, and who has the leaflet."""
    newest, review = facts.newest, facts.review
    if not newest:
        return "empty", _("Nothing has been written yet."), _("An author")
    author = newest.by.name if newest.by else _("An author")
    if facts.active and review.state == State.WAITING:
        words = {
            "when": moment(review.submitted_at),
            "name": review.submitted_by.name,
            "number": review.revision.number,
        }
        sentence = _("Waiting for review since %(when)s. %(name)s sent revision %(number)s.") % words
        given = sum(decision.outcome == Outcome.APPROVED for decision in facts.decisions)
        if given:
            words = {"given": given, "needed": max(approvals_needed(review), given)}
            sentence += " " + _("%(given)s of %(needed)s approvals given.") % words
        return "waiting", sentence, _("A second reader who wrote none of it")
    if facts.active:
        approval = facts.decision(Outcome.APPROVED)
        words = {"name": approval.signer_name, "when": moment(approval.at)}
        return "approved", _("Approved by %(name)s on %(when)s.") % words, _("A publisher")
    if review and review.state == State.SENT_BACK and (decision := facts.decision(Outcome.SENT_BACK)):
        words = {"name": decision.signer_name, "when": moment(decision.at)}
        return "sent-back", _("Sent back by %(name)s on %(when)s.") % words, author
    if facts.release and facts.is_draft_public:
        words = {"when": moment(facts.release.effective_from), "version": facts.release.version}
        return "scheduled", _("Scheduled for %(when)s as version %(version)s.") % words, _("Nobody: it goes by itself")
    if review and review.state == State.RECALLED and (decision := facts.decision(Outcome.RECALLED)):
        words = {"name": decision.signer_name, "when": moment(decision.at)}
        return "recalled", _("Recalled from review by %(name)s on %(when)s. The draft is open.") % words, author
    current = facts.current
    if not current:
        return "draft", _("Draft. It has not been sent for review."), author
    words = {"when": moment(current.effective_from), "version": current.version}
    if current.kind == Kind.WITHDRAWAL:
        return "withdrawn", _("Withdrawn since %(when)s.") % words, author
    if current.kind == Kind.EXPIRY:
        return "expired", _("Its time ended on %(when)s.") % words, author
    if not facts.is_draft_public:
        return "draft", _("The draft has changes that patients do not see. It has not been sent for review."), author
    sentence = _("Published: version %(version)s since %(when)s.") % words
    if facts.emergency:
        return "published", sentence, _("A second reader who wrote none of it")
    if is_overdue(current, at=timezone.now()):
        return "published", sentence, author
    return "published", sentence, _("Nobody: there is nothing to do")


def _public(facts: _Facts) -> tuple[str, ...]:
    current = facts.current
    words = {"when": moment(current.effective_from), "version": current.version} if current else {}
    if not current:
        lines = [_("Patients can't read this leaflet yet.")]
    elif current.revision_id:
        lines = [_("Patients read version %(version)s, since %(when)s.") % words]
    elif current.kind == Kind.WITHDRAWAL:
        lines = [
            _("Patients read a notice that the leaflet is withdrawn, since %(when)s.") % words,
            _("To bring it back, send it for review, have it approved and publish it again."),
        ]
    else:
        lines = [_("Patients read a notice that the leaflet is being renewed, since %(when)s.") % words]
    for publication in facts.coming:
        words = {"when": moment(publication.effective_from), "version": publication.version}
        if publication.revision_id:
            lines.append(_("From %(when)s they read version %(version)s.") % words)
        else:
            lines.append(_("From %(when)s the leaflet is taken down: its time ends.") % words)
    return tuple(lines)


def _warnings(facts: _Facts) -> tuple[str, ...]:
    """What somebody must see to about the text that patients read."""
    sentences = []
    if facts.emergency:
        words = {"number": facts.emergency.revision.number, "when": moment(facts.emergency.released_from)}
        sentences.append(
            _(
                "Revision %(number)s was released in an emergency on %(when)s: "
                "somebody who did not write it must still approve it."
            )
            % words
        )
    if facts.current and is_overdue(facts.current, at=timezone.now()):
        day = date_format(facts.current.next_review_on, "j F Y")
        sentences.append(_("Overdue: what patients read was to be checked again by %(day)s.") % {"day": day})
    return tuple(sentences)


def _blocks(facts: _Facts) -> tuple[tuple[str, ...], tuple[PlacedFinding, ...]]:
    """What keeps the text from patients, in sentences; for an open draft also what the quality gate finds."""
    if not facts.newest or facts.is_draft_public:
        return (), ()
    if facts.active and facts.active.state == State.WAITING:
        return tuple(held_up_by(facts.active)) or (_("A second reader must approve it."),), ()
    if facts.active:
        try:
            check_may_publish(facts.active)
            check_approved_since_withdrawal(facts.active, facts.current)
            check_next_review(facts.active, on=timezone.localdate())
        except Refused as refused:
            return (str(refused),), ()
        return (), ()
    content = facts.newest.content
    findings = in_form(blocking(findings_for(content)), content, form_url=leaflet_url(facts.leaflet))
    return (_("It must be sent for review and approved by a second reader."),), tuple(findings)


def _may_be_released_in_an_emergency(facts: _Facts) -> bool:
    if not facts.newest or facts.is_draft_public:
        return False
    try:
        check_may_release_in_emergency(facts.leaflet)
    except Refused:
        return False
    return True


def _buttons(facts: _Facts, user: StaffMember, *, is_held: bool) -> tuple[Button, ...]:
    leaflet, active = facts.leaflet, facts.active

    def may(*codenames: str) -> bool:
        return any(user.has_perm(permission(codename)) for codename in codenames)

    def button(label: str, name: str) -> Button:
        return Button(label, screen_url(name, leaflet))

    found: list[Button] = []
    main = None
    if active:
        if active.state == State.WAITING and may("approve_leaflet") and may_approve(active, user):
            main = button(_("Read and approve"), "leaflet-review")
        elif active.state == State.APPROVED and not is_held and may("publish_leaflet", "schedule_leaflet"):
            main = button(_("Publish"), "leaflet-publish")
        if may("view_review") and not (main and active.state == State.WAITING):
            found.append(button(_("See the review"), "leaflet-review"))
        if may("recall_leaflet"):
            found.append(button(_("Recall from review"), "leaflet-recall"))
    elif facts.newest and not facts.is_draft_public and may("submit_leaflet"):
        main = button(_("Send for review"), "leaflet-submit")
    if facts.emergency and may("approve_leaflet") and may_approve(facts.emergency, user):
        url = f"{screen_url('leaflet-review', leaflet)}?review={facts.emergency.pk}"
        found.append(Button(_("Approve in retrospect"), url))
    if may("release_in_emergency") and _may_be_released_in_an_emergency(facts):
        found.append(button(_("Release in an emergency"), "leaflet-emergency"))
    if facts.coming and may("cancel_release"):
        label = _("Cancel the release") if facts.release else _("Keep it longer")
        found.append(button(label, "leaflet-cancel-release"))
    if facts.current and facts.current.revision_id and may("withdraw_leaflet"):
        found.append(button(_("Withdraw"), "leaflet-withdraw"))
    if facts.newest and may("view_remark"):
        found.append(button(_("Remarks"), "leaflet-remarks"))
    if facts.newest and may("ask_factcheck"):
        found.append(button(_("Ask an expert"), "leaflet-fact-checks"))
    if may("view_revision"):
        found.append(button(_("History"), "leaflet-history"))
    if main:
        found.insert(0, Button(main.label, main.url, is_main=True))
    return tuple(found)
