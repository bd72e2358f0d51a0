"""What becomes of a review where its revision goes to patients, or comes back from them (`publication.actions`)."""

import datetime as dt

from django.db.models import BigIntegerField
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.audit.record import act
from monographs.leaflets.models import Leaflet
from monographs.prepared import Given, PreparedUpdate
from monographs.refusals import Conflict, Unacceptable
from monographs.review.models import Outcome, Review, State
from monographs.review.moving import decide, freeze, set_state
from monographs.review.rules import last_released
from monographs.revisions.actions import newest_revision
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission
from monographs.text.letters.signs import cleaned, is_blank


@act
def release(review: Review, *, effective_from: dt.datetime) -> None:
    """Its revision goes to patients (`publication.actions.publish`): the draft is free again.

    As with every verb here that a change of the timeline calls, where the leaflet stands is noted with what it shows
    (`publication.shown.showings.rewrite_showings`).
    """
    review.released_from = effective_from
    set_state(review, State.RELEASED)
    freeze(review.leaflet, False)


@act
def unrelease(review: Review) -> None:
    """Its scheduled release is cancelled: approved again, or ended if the draft has moved on meanwhile."""
    is_newest = newest_revision(review.leaflet).pk == review.revision_id
    is_alone = not Review.objects.active().filter(leaflet=review.leaflet).exists()
    Review.objects.filter(pk=review.pk).update(released_from=None)
    if is_newest and is_alone:
        set_state(review, State.APPROVED)
        freeze(review.leaflet, True)
    else:
        set_state(review, State.ENDED)


@act
def open_emergency(leaflet: Leaflet, *, by: StaffMember, reason: str, seen: int | None = None) -> Review:
    """Put it on record that the newest revision is released without approval (`publication.actions`), and why.

    ``seen`` is the id of the revision that was on the screen: that one is released, not another. The review that
    is opened waits for an approval in retrospect by somebody who contributed nothing.
    """
    check_permission(by, "release_in_emergency", _("You may not release leaflets in an emergency."))
    reason = cleaned(reason).strip()
    if is_blank(reason):
        raise Unacceptable(_("Say why this can't wait for a second reader. The reason stays on record."))
    revision = newest_revision(leaflet)
    if not revision:
        raise Unacceptable(_("There is nothing to release yet: save the leaflet first."))
    if seen not in (None, revision.pk):
        raise Conflict(_("The text has changed since you opened this page. Read it again before you release it."))
    # It takes the place of an emergency release that is not approved yet (`ReviewQuerySet.emergency`). That one
    # stays unapproved, whoever signed it: who wrote it has contributed to this one.
    review = Review.objects.create(
        leaflet=leaflet,
        revision=revision,
        base=last_released(leaflet),
        state=State.EMERGENCY,
        submitted_by=by,
        note=reason,
        released_from=timezone.now(),
    )
    decide(review, Outcome.EMERGENCY, by=by, note=reason)
    return review


@act
def end_release(leaflet: Leaflet) -> None:
    """Nothing is shown any more (withdrawn): what was released has ended."""
    _ENDED.write(leaflet=leaflet.pk)


_ENDED = PreparedUpdate(
    lambda: (
        Review.objects.filter(leaflet=Given("leaflet", BigIntegerField()), state=State.RELEASED),
        {"state": State.ENDED},
    )
)
