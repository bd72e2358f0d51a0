"""What happens to a report: begun from a reply or typed, completed, sent, numbered by the authority, erased.

No word of it comes to the ledger, which is kept for ever: fields by their names, and of what was sent a seal.
"""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from monographs.audit.record import act, record
from monographs.clinics.models import the_clinic
from monographs.comments.afterwards import erasure
from monographs.comments.models import Comment
from monographs.reactions.codes import LANGUAGE_OF
from monographs.reactions.items import minimum, missing, more_asked
from monographs.reactions.models import CODED, WORDS, State, SuspectedReaction
from monographs.reactions.rules import problems_of
from monographs.refusals import Conflict, Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission
from monographs.text.letters.signs import cleaned

WRITTEN = ("medicine_id", *CODED, *WORDS)
"""The columns that staff fill in."""
LONGEST_NUMBER = 100  # characters of an authority's reference number


@act
def begin(comment: Comment, *, by: StaffMember) -> SuspectedReaction:
    """The report that belongs to a reply: a new draft, or the one that was begun before, so that pressing twice or by
    two people makes one.

    Of the reply's text and name nothing is copied. Taken from around it: the leaflet's medicine, the day it came, the
    leaflet's language, and the clinic's country for the reporter's (EMA GVP Module VI, section VI.B.2: that where the
    notification was received, if the reporter's is not known). Raises NotAllowed, Conflict if the words of the reply
    are erased, Unacceptable for an answer of the clinic.
    """
    _check_may(by)
    comment = Comment.objects.select_related("leaflet__medicine").get(pk=comment.pk)
    begun = SuspectedReaction.objects.filter(comment=comment).first()
    if begun:
        return begun
    if comment.erased_at:
        raise Conflict(_("The words of this reply are erased. There is nothing left to report."))
    if comment.is_staff_answer:
        raise Unacceptable(_("This is an answer of the clinic. Report what a reader told instead."))
    return _begun(
        SuspectedReaction(
            comment=comment,
            medicine=comment.leaflet.medicine,
            received_on=timezone.localdate(comment.at),
            reporter_language=LANGUAGE_OF.get(comment.leaflet.language.split("-")[0], ""),
            reporter_country=the_clinic().country,
        ),
        by=by,
    )


@act
def write(reaction: SuspectedReaction, *, by: StaffMember) -> SuspectedReaction:
    """A draft that staff type without a reply. The same form sent twice (``form_key``) is one report.

    Raises NotAllowed, or Unacceptable for what makes no sense.
    """
    _check_may(by)
    written = reaction.form_key and SuspectedReaction.objects.filter(form_key=reaction.form_key).first()
    if written:
        return written
    _tidy(reaction)
    return _begun(reaction, by=by)


def _begun(reaction: SuspectedReaction, *, by: StaffMember) -> SuspectedReaction:
    reaction.made_by = by
    reaction.save(force_insert=True)
    record("reaction.begun", by=by, about=reaction, data={"reply": reaction.comment_id} if reaction.comment_id else {})
    return reaction


@act
def change(reaction: SuspectedReaction, *, by: StaffMember) -> bool:
    """Save the draft as it is in memory; whether anything was new.

    Raises NotAllowed, Unacceptable for what makes no sense, Conflict if it was sent or erased meanwhile.
    """
    _check_may(by)
    was = _as_it_stands(reaction)
    check_open(was)
    _tidy(reaction)
    changed = [name for name in WRITTEN if getattr(reaction, name) != getattr(was, name)]
    if changed:
        reaction.save(update_fields=changed)
        record("reaction.changed", by=by, about=reaction, data={"fields": changed})
    return bool(changed)


@act
def send(reaction: SuspectedReaction, *, by: StaffMember, is_asked_for: bool = False) -> SuspectedReaction:
    """Put down that the report was sent to the authority; from now on it stays as it is.

    ``is_asked_for``: brand and batch of a medicine under additional monitoring were asked for and are not to be had.
    Raises NotAllowed, Conflict if it was sent or erased, Unacceptable with the names of what is missing.
    """
    _check_may(by)
    reaction = _as_it_stands(reaction)
    check_open(reaction)
    if lacking := missing(minimum(reaction)):
        raise Unacceptable(_("This report cannot be sent yet. Missing: %(items)s.") % {"items": lacking})
    lacking = missing(more_asked(reaction))
    if lacking and not is_asked_for:
        raise Unacceptable(
            _(
                "%(medicine)s is under additional monitoring (▼). Missing: %(items)s. Add it, or tick that it was "
                "asked for and is not to be had."
            )
            % {"medicine": reaction.medicine, "items": lacking}
        )
    reaction.state, reaction.sent_at, reaction.sent_by = State.SENT, timezone.now(), by
    reaction.save(update_fields=("state", "sent_at", "sent_by"))
    record("reaction.sent", by=by, about=reaction, data={"text": reaction.computed_digest()})
    return reaction


@act
def keep_number(reaction: SuspectedReaction, *, by: StaffMember, number: str) -> SuspectedReaction:
    """Keep the reference number that the authority gave, or a corrected one.

    Raises NotAllowed, Conflict if the report was not sent, Unacceptable for a number that is blank or too long.
    """
    _check_may(by)
    reaction, number = _as_it_stands(reaction), " ".join(cleaned(number).split())
    if reaction.state == State.DRAFT:
        raise Conflict(_("This report is not sent yet, so it has no reference number."))
    if not number:
        raise Unacceptable(_("Please type the reference number."))
    if len(number) > LONGEST_NUMBER:
        raise Unacceptable(_("A reference number has at most %(limit)s characters.") % {"limit": LONGEST_NUMBER})
    if number != reaction.reference_number:
        reaction.state, reaction.reference_number = State.WITH_NUMBER, number
        reaction.save(update_fields=("state", "reference_number"))
        record("reaction.numbered", by=by, about=reaction)
    return reaction


@act
def erase(reaction: SuspectedReaction, *, by: StaffMember) -> SuspectedReaction:
    """Take away all that tells of the person, and the key of its seal, for good. What stays: the medicine, the codes,
    the state, and the authority's reference number.

    What was sent to the authority is theirs to erase. Raises NotAllowed, or Conflict if it was erased before.
    """
    check_permission(by, "erase_comment", _("You may not erase reports."))
    reaction = _as_it_stands(reaction)
    if reaction.erased_at:
        raise Conflict(_("The words of this report are erased already."))
    for name in WORDS:
        setattr(reaction, name, None if name == "patient_age" else "")
    reaction.seal, reaction.erased_at = "", timezone.now()
    reaction.save(update_fields=(*WORDS, "seal", "erased_at"))
    record("reaction.erased", by=by, about=reaction, data={"erased": True})
    return reaction


@act
def erase_with_reply(comment: Comment, *, by: StaffMember) -> Comment:
    """Erase a reply and the words of the report that was made from it. Raises as `erasure.erase` does."""
    reaction = SuspectedReaction.objects.filter(comment=comment, erased_at=None).first()
    if reaction:
        erase(reaction, by=by)
    return erasure.erase(comment, by=by)


@act
def note_export(*, by: StaffMember, count: int) -> None:
    """Put on record that somebody takes so many reports out of the house. Raises NotAllowed."""
    check_permission(by, "export_suspectedreaction", _("You may not export suspected adverse reactions."))
    record("reaction.exported", by=by, about=by, data={"count": count})


def check_open(reaction: SuspectedReaction) -> None:
    """Raise Conflict unless it is a draft that has its words."""
    if reaction.erased_at:
        raise Conflict(_("The words of this report are erased. There is nothing left to change or send."))
    if reaction.state != State.DRAFT:
        raise Conflict(
            _("%(name)s sent this report on %(when)s. It stays as it was sent; only its reference number can be added.")
            % {"name": reaction.sent_by, "when": date_format(timezone.localtime(reaction.sent_at), "j M Y, H:i")}
        )


def _check_may(by: StaffMember) -> None:
    check_permission(by, "change_suspectedreaction", _("You may not report suspected adverse reactions."))


def _as_it_stands(reaction: SuspectedReaction) -> SuspectedReaction:
    return SuspectedReaction.objects.select_related("medicine", "sent_by").get(pk=reaction.pk)


def _tidy(reaction: SuspectedReaction) -> None:
    """Words as every colleague's are kept; refused with the first thing that makes no sense."""
    for name in WORDS:
        value = getattr(reaction, name)
        if isinstance(value, str):
            setattr(reaction, name, cleaned(value).strip())
    reaction.reporter_country = reaction.reporter_country.strip().upper()
    for name, problem in problems_of(reaction).items():
        raise Unacceptable(f"{reaction._meta.get_field(name).verbose_name}: {problem}")
