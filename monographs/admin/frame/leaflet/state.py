"""Where a leaflet stands, who has it, what keeps it from patients, and what this person may do about it."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from monographs.admin.frame.leaflet.addresses import leaflet_url
from monographs.admin.frame.leaflet.buttons import Button, buttons_for
from monographs.admin.frame.leaflet.facts import Facts, facts_of
from monographs.admin.frame.leaflet.places import PlacedFinding, in_form
from monographs.leaflets.models import Leaflet
from monographs.publication.actions import check_approved_since_withdrawal, check_may_publish, check_next_review
from monographs.publication.due import is_overdue
from monographs.publication.models import Kind
from monographs.quality.rules import blocking
from monographs.refusals import Refused
from monographs.review.findings import findings_of
from monographs.review.models import Decision, Outcome, Review, State
from monographs.review.rules import approvals_needed, held_up_by
from monographs.revisions.models import Revision
from monographs.staff.models import StaffMember
from monographs.templatetags.staff_words import moment


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


def state_of(leaflet: Leaflet, user: StaffMember, *, newest: Revision | None = None) -> LeafletState:
    """The state of a saved leaflet, as ``user`` should see it, in the active language and the site's time zone.

    ``newest`` is its newest revision where that has been read already.
    """
    facts = facts_of(leaflet, timezone.now(), newest=newest)
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
        buttons=buttons_for(facts, user, is_held=bool(blocks)),
    )


Stand = tuple[str, str, str]  # the state's name, the state in words, and who has the leaflet


def _stand(facts: Facts) -> Stand:
    """The first of these that has something to say."""
    if not facts.newest:
        return "empty", _("Nothing has been written yet."), _("An author")
    author = facts.newest.by.name if facts.newest.by else _("An author")
    return _in_review(facts) or _not_public_yet(facts, author) or _shown(facts, author)


def _in_review(facts: Facts) -> Stand | None:
    if not facts.active:
        return None
    if facts.active.state == State.WAITING:
        return "waiting", _waits(facts.active, facts.decisions), _("A second reader who wrote none of it")
    return "approved", _decided(facts, Outcome.APPROVED, _("Approved by %(name)s on %(when)s.")), _("A publisher")


def _waits(review: Review, decisions: tuple[Decision, ...]) -> str:
    words = {
        "when": moment(review.submitted_at),
        "name": review.submitted_by.name,
        "number": review.revision.number,
    }
    sentence = _("Waiting for review since %(when)s. %(name)s sent revision %(number)s.") % words
    given = sum(decision.outcome == Outcome.APPROVED for decision in decisions)
    if given:
        words = {"given": given, "needed": max(approvals_needed(review), given)}
        sentence += " " + _("%(given)s of %(needed)s approvals given.") % words
    return sentence


def _decided(facts: Facts, outcome: Outcome, sentence: str) -> str:
    """The sentence with who decided so and when; "" if nobody did."""
    decision = facts.decision(outcome)
    return sentence % {"name": decision.signer_name, "when": moment(decision.at)} if decision else ""


def _not_public_yet(facts: Facts, author: str) -> Stand | None:
    """A draft that came back from review, or one that goes to patients by itself."""
    state = facts.review.state if facts.review else None
    sent_back = _decided(facts, Outcome.SENT_BACK, _("Sent back by %(name)s on %(when)s."))
    if state == State.SENT_BACK and sent_back:
        return "sent-back", sent_back, author
    if facts.release and facts.is_draft_public:
        words = {"when": moment(facts.release.effective_from), "version": facts.release.version}
        return "scheduled", _("Scheduled for %(when)s as version %(version)s.") % words, _("Nobody: it goes by itself")
    recalled = _decided(facts, Outcome.RECALLED, _("Recalled from review by %(name)s on %(when)s. The draft is open."))
    return ("recalled", recalled, author) if state == State.RECALLED and recalled else None


def _shown(facts: Facts, author: str) -> Stand:
    """By what patients read now."""
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
    return (
        "published",
        _("Published: version %(version)s since %(when)s.") % words,
        _who_has_the_published(facts, author),
    )


def _who_has_the_published(facts: Facts, author: str) -> str:
    if facts.emergency:
        return _("A second reader who wrote none of it")
    return author if is_overdue(facts.current, at=timezone.now()) else _("Nobody: there is nothing to do")


def _public(facts: Facts) -> tuple[str, ...]:
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


def _warnings(facts: Facts) -> tuple[str, ...]:
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


def _blocks(facts: Facts) -> tuple[tuple[str, ...], tuple[PlacedFinding, ...]]:
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
    findings = in_form(blocking(findings_of(content, facts.leaflet)), content, form_url=leaflet_url(facts.leaflet))
    return (_("It must be sent for review and approved by a second reader."),), tuple(findings)
