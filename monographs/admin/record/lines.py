"""The lines of a leaflet's history: what each tells of its act, and where it leads for this person."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.template.defaultfilters import linebreaks_filter
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monographs.admin.frame.leaflet.addresses import numbered_urls, screen_url
from monographs.admin.frame.written.alike import Alike
from monographs.admin.release.sizes import Size
from monographs.admin.release.timeline import Moment
from monographs.leaflets.models import Leaflet
from monographs.review.models import Decision, FactCheck, Outcome
from monographs.staff.models import StaffMember
from monographs.staff.roles import permission
from monographs.templatetags.readers_words import isolated, readable
from monographs.templatetags.staff_words import moment as in_words
from monographs.templatetags.staff_words import plain_moment

_Words = dict[str, object]


@dataclass(frozen=True, slots=True)
class Way:
    """A link of one moment; ``hidden`` tells those who hear it which of many it is."""

    address: str
    label: str
    hidden: str = ""

    @property
    def alike(self) -> Alike:
        words = {"address": self.address, "label": self.label, "which": self.hidden}
        return Alike({"is_one_of_many": bool(self.hidden)}, words)


@dataclass(frozen=True, slots=True)
class Line:
    """A moment with its ``size`` in words, "" for none, and where it leads for this person."""

    moment: Moment
    by: str
    size: str
    ways: list[Way]

    @property
    def alike(self) -> Alike:
        """All that the template puts in: who did what when, and of the rest what there is to tell (``has``)."""
        moment, entry = self.moment, self.moment.entry
        told = {"why": _paragraphs(entry.why), "size": self.size}
        told |= _of_answer(moment.fact_check) | _of_publication(moment) | _of_decision(moment.decision)
        told = {name: word for name, word in told.items() if word}
        shape = {
            "has": frozenset(told),
            "is_standing": moment.is_standing,
            "is_signed_with_passkey": bool(moment.decision and moment.decision.signed_with == "passkey"),
            "leads_on": bool(moment.revision or moment.review or moment.publication),
        }
        act = {
            "exactly": timezone.localtime(entry.at).isoformat(), "at": plain_moment(entry.at), "by": self.by,
            "what": moment.what, "position": entry.position,
        }  # fmt: skip
        return Alike(shape, act | told, parts={"ways": [way.alike for way in self.ways]})


def _paragraphs(text: str) -> str:
    return linebreaks_filter(text) if text else ""


def _of_answer(fact_check: FactCheck | None) -> _Words:
    if not fact_check:
        return {}
    return {
        "expert": isolated(fact_check.expert),
        "verdict": fact_check.get_verdict_display(),
        "answer": _paragraphs(readable(fact_check.answer)),
    }


def _of_publication(moment: Moment) -> _Words:
    """From when on, where that is another moment than the act's; and what patients read instead of the leaflet."""
    publication, entry = moment.publication, moment.entry
    if not publication:
        return {}
    is_later = not moment.decision and publication.effective_from != entry.at
    return {
        "when": in_words(publication.effective_from) if is_later else "",
        "notice": _paragraphs(publication.notice) if entry.verb == "leaflet.withdrawn" else "",
    }


def _of_decision(decision: Decision | None) -> _Words:
    if not decision:
        return {}
    return {
        "signer": decision.signer_name,
        "profession": decision.signer_profession,
        "registration": decision.signer_registration,
        "meaning": decision.meaning,
    }


def lines_of(leaflet: Leaflet, moments: Iterable[Moment], user: StaffMember) -> list[Line]:
    ways_of, the_site = _ways(leaflet, user), _("The site")
    return [
        Line(
            moment,
            moment.entry.by_name or the_site,
            _size_in_words(moment.size) if moment.size else "",
            ways_of(moment),
        )
        for moment in moments
    ]


def _size_in_words(size: Size) -> str:
    counted = ngettext(
        "%(added)s word added, %(removed)s removed", "%(added)s words added, %(removed)s removed", size.added
    ) % {"added": size.added, "removed": size.removed}
    return f"{counted}: {', '.join(size.places)}" if size.places else counted


def _ways(leaflet: Leaflet, user: StaffMember) -> Callable[[Moment], list[Way]]:
    """What may be seen and done is asked once for the page, and so is what does not differ from line to line."""
    sees_reviews, sees_decisions, sees_publications, restores = (
        user.has_perm(permission(name))
        for name in ("view_review", "view_decision", "view_publication", "restore_revision")
    )
    compare, review = screen_url("leaflet-compare", leaflet), screen_url("leaflet-review", leaflet)
    preview, restore, decision, publication = (
        numbered_urls(name, leaflet)
        for name in ("revision-preview", "revision-restore", "decision-certificate", "publication-certificate")
    )
    see, changed, restored = _("See revision %(number)s"), _("What changed"), _("Restore")
    certificate, of_approval = _("Certificate"), _("of this approval")

    def of_revision(number: int) -> Iterator[Way]:
        yield Way(preview(number), see % {"number": number})
        if number > 1:
            yield Way(f"{compare}?old={number - 1}&new={number}", changed)
        if restores:
            yield Way(restore(number), restored, str(number))

    def of_review(moment: Moment) -> Iterator[Way]:
        if moment.review and sees_reviews:
            yield Way(f"{review}?review={moment.review.pk}", _("See the review"))
        if moment.decision and moment.decision.outcome == Outcome.APPROVED and sees_decisions:
            yield Way(decision(moment.decision.pk), certificate, of_approval)
        if moment.publication and sees_publications:
            yield Way(publication(moment.publication.pk), certificate, f"№ {moment.publication.pk}")

    return lambda moment: list(of_revision(moment.revision.number) if moment.revision else of_review(moment))
