"""A reply before it is kept: its words settled, what can't be taken refused, and what rules see in it.

All of it is done before the turn to write.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.utils.translation import gettext as _

from monographs.clinics.models import Clinic
from monographs.clinics.numbers import NUMBER_FIELDS, TEXT_FIELDS, dialled
from monographs.comments.arrival.known import Known
from monographs.comments.arrival.known import known as look_up
from monographs.comments.identity import personal_data
from monographs.comments.identity.personal_data import PersonalData
from monographs.comments.identity.protected_names import check_name
from monographs.comments.labels import ORDER, Found, Label, named_apart
from monographs.comments.models import MAX_LENGTH, MAX_NAME, Urgency
from monographs.comments.spam import advertising
from monographs.comments.spam.learning import Learnt
from monographs.comments.triage.labelling import crises_in, triage
from monographs.comments.triage.urgency import URGENCY, urgency_of
from monographs.comments.triage.word_rules import Judged, Stamp, check_not_refused, judge
from monographs.refusals import Unacceptable
from monographs.text.letters.signs import cleaned, is_blank

_LOOKED_AT = 2 * MAX_LENGTH  # characters of a text that is too long to be kept, in which a crisis is looked for


@dataclass(frozen=True)
class Incoming:
    """A reply with its words settled (`settle`), in a leaflet's language, as rules see it by the details of the
    clinic. ``stamp`` is that of the word rules, if it was looked up already; ``decision``: the number of the newest on
    any reply (`Known`)."""

    body: str
    name: str
    language: str
    clinic: Clinic
    stamp: Stamp | None = None
    decision: int = 0

    @cached_property
    def seen(self) -> tuple[Found, ...]:
        """What triage sees; in the name whether somebody cries for help there."""
        return (*triage(self.body, self.language), *_seen_in_name(self.name, self.language))

    @cached_property
    def personal(self) -> tuple[PersonalData, ...]:
        """What in text and name looks like somebody's own, the clinic's numbers and address left out."""
        said = f"{self.body}\n{self.name}"
        return personal_data.found_in(said, country=self.clinic.country, ours=ours(self.clinic))

    @cached_property
    def labels(self) -> frozenset[Label]:
        return frozenset(found.label for found in self.seen)

    @cached_property
    def judged(self) -> Judged:
        """What the moderators' own rules of words say."""
        return judge(self.body, self.language, name=self.name, stamp=self.stamp)

    @property
    def is_crisis(self) -> bool:
        return Label.CRISIS in self.labels

    @property
    def is_needed(self) -> bool:
        """Whether somebody is in need or tells of a side effect: no spam, and never refused for its words."""
        return bool(self.labels & URGENCY.keys())

    @property
    def urgency(self) -> Urgency:
        held = Urgency.SOON if self.judged.is_held else Urgency.ORDINARY
        return max(held, urgency_of(self.labels))

    def found(self, *, recent: Iterable[str] = (), learnt: Learnt | None = None) -> tuple[Found, ...]:
        """All that rules see, in the order of the labels; ``recent`` are texts that it may repeat, ``learnt`` what
        moderators threw away."""
        personal = [
            Found(Label.PERSONAL_DATA, f"personal-data.{kind.value}", words)
            for kind, words in dict.fromkeys((one.kind, one.words) for one in self.personal)
        ]
        advertises = (
            ()
            if self.is_needed
            else advertising.found_in(self.body, self.language, name=self.name, recent=recent, learnt=learnt)
        )
        found = (*self.seen, *personal, *advertises, *self.judged.found)
        return tuple(sorted(found, key=lambda one: ORDER[one.label]))


@lru_cache(maxsize=1_000)  # the same few names stand above most replies; in memory alone
def _seen_in_name(name: str, language: str) -> tuple[Found, ...]:
    return named_apart("name", crises_in(name, language))


def settle(body: str, name: str = "") -> tuple[str, str]:
    """Text and name without what turns, hides or piles up, as they stand on the page.

    Raises Unacceptable for a blank or too long text or a name that is too long.
    """
    body, name = cleaned(body).strip(), " ".join(cleaned(name).split())
    if is_blank(body):
        raise Unacceptable(_("Please write something before you send."), field="body")
    if len(body) > MAX_LENGTH:
        raise Unacceptable(
            _("Your reply has %(count)s characters; at most %(limit)s fit. Please shorten it.")
            % {"count": f"{len(body):,}", "limit": f"{MAX_LENGTH:,}"},
            field="body",
        )
    if len(name) > MAX_NAME:
        raise Unacceptable(_("Please use a shorter name, or none."), field="name")
    return body, "" if is_blank(name) else name


def look_at(body: str, name: str = "", *, language: str, clinic: Clinic, known: Known | None = None) -> Incoming:
    """A reply as it came, ready to be looked at. Raises what `settle` raises, and Unacceptable for a name that only
    staff can have or for words that a rule refuses. One query, unless what it asks is ``known``."""
    body, name = settle(body, name)
    known = known or look_up()
    check_name(name, clinic=clinic.name, staff=known.staff)
    incoming = Incoming(body, name, language, clinic, known.stamp, known.decision)
    if not incoming.is_needed:
        check_not_refused(incoming.judged)
    return incoming


def is_cry_for_help(*typed: str, language: str) -> bool:
    """Whether one of the texts that can't be taken for another reason may be one: its writer is shown where help is all
    the same."""
    return any(crises_in(cleaned(text[:_LOOKED_AT]), language) for text in typed)


def ours(clinic: Clinic) -> tuple[str, ...]:
    """The clinic's numbers and addresses, which are nobody's."""
    return _ours(*(getattr(clinic, name) for name in _ITS_OWN))


_ITS_OWN = ("country", *NUMBER_FIELDS, *TEXT_FIELDS, "email", "address")


@lru_cache(maxsize=10)
def _ours(*details: str) -> tuple[str, ...]:
    clinic = Clinic(**dict(zip(_ITS_OWN, details, strict=True)))
    numbers = [telephone.shown for one in dialled(clinic) for telephone in one.telephones]
    return (
        *numbers,
        clinic.email,
        *(found.words for found in personal_data.found_in(clinic.address, country=clinic.country)),
    )
