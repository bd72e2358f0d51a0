"""A reader's question shows that a leaflet is unclear: its author is asked to change it, and the reader is told when it
has changed."""

import datetime as dt

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.audit.record import act, record
from monographs.comments.models import Comment
from monographs.comments.telling.letters import tell_leaflet_changed
from monographs.leaflets.models import Leaflet
from monographs.leaflets.sections import BY_KEY, SECTION_KINDS
from monographs.publication.models import Publication
from monographs.publication.shown.showings import Showing
from monographs.refusals import Conflict, Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission
from monographs.text.letters.signs import cleaned, is_blank

MAX_LENGTH = 1_000  # characters
_AT_ONCE = 50  # requests whose askers are written to under one lock: less than a tenth of a second
KIND_CHOICES = [(kind.key, kind.heading) for kind in SECTION_KINDS]


class RequestState(models.TextChoices):
    OPEN = "open", gettext_lazy("waits for an author")
    DONE = "done", gettext_lazy("changed")
    DECLINED = "declined", gettext_lazy("declined")


class ChangeRequestQuerySet(models.QuerySet):
    def open(self) -> "ChangeRequestQuerySet":
        """For an author, the oldest first. Along an index that has these alone."""
        return self.filter(state=RequestState.OPEN).order_by("raised_at", "pk")

    def to_tell(self, at: dt.datetime) -> "ChangeRequestQuerySet":
        """Whose change patients have read by ``at``, and whose asker is not told of it."""
        return self.changed(at).filter(told_at=None).order_by("pk")

    def changed(self, at: dt.datetime) -> "ChangeRequestQuerySet":
        """Whose version patients have read by ``at``, or one that took its place when it was called off."""
        shown = Showing.objects.filter(
            leaflet=OuterRef("leaflet"),
            publication__gte=OuterRef("publication"),
            publication__revision__isnull=False,
            starts_at__lte=at,
        )
        return self.filter(Exists(shown), state=RequestState.DONE)


class ChangeRequest(models.Model):
    """What a moderator asks an author to make clearer, because of a reply. Closed by the version in which that was
    done, or declined with the reason."""

    leaflet = models.ForeignKey(Leaflet, models.PROTECT, related_name="change_requests", db_index=False)
    comment = models.ForeignKey(
        Comment, models.PROTECT, related_name="change_requests", verbose_name=gettext_lazy("reply")
    )
    section = models.CharField(
        gettext_lazy("section"),
        max_length=20,
        blank=True,
        choices=KIND_CHOICES,
        help_text=gettext_lazy("Empty: the leaflet as a whole."),
    )
    words = models.TextField(
        gettext_lazy("what is unclear"),
        validators=[MaxLengthValidator(MAX_LENGTH)],
        help_text=gettext_lazy(
            "In your own words, without anything that tells who asked: what you write here is kept when the reply is "
            "erased."
        ),
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=gettext_lazy("asked by")
    )
    raised_at = models.DateTimeField(gettext_lazy("asked"), default=timezone.now)
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=RequestState, default=RequestState.OPEN)
    publication = models.ForeignKey(
        Publication,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("version in which it was changed"),
    )
    why = models.TextField(gettext_lazy("what was changed, or why not"), blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("closed by"),
    )
    closed_at = models.DateTimeField(gettext_lazy("closed"), null=True, blank=True)
    told_at = models.DateTimeField(gettext_lazy("asker told"), null=True, blank=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("request to change a leaflet")
        verbose_name_plural = gettext_lazy("requests to change leaflets")
        ordering = ("-raised_at", "-pk")
        indexes = (
            models.Index(fields=("raised_at", "id"), name="change_request_open", condition=models.Q(state="open")),
            models.Index(
                fields=("publication", "id"),
                name="change_request_to_tell",
                condition=models.Q(state="done", told_at=None),
            ),
            models.Index(fields=("leaflet", "-raised_at"), name="change_request_of_leaflet"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("comment", "section"), name="change_request_once", condition=models.Q(state="open")
            ),
            models.CheckConstraint(
                name="change_request_closed_with_a_reason_or_version",
                condition=models.Q(state="open", closed_at=None, publication=None)
                | models.Q(state="done", closed_at__isnull=False, publication__isnull=False)
                | models.Q(state="declined", closed_at__isnull=False, publication=None) & ~models.Q(why=""),
            ),
        )

    def __str__(self):
        return f"{self.leaflet}: {self.about}"

    @property
    def about(self) -> str:
        """The heading of the section's kind, or that it is the whole leaflet."""
        return str(BY_KEY[self.section].heading) if self.section in BY_KEY else str(_("the whole leaflet"))


@act
def raise_request(comment: Comment, *, by: StaffMember, section: str, words: str) -> ChangeRequest:
    """Ask the leaflet's author to make something clearer. Asked twice of the same reply and section it is one request.

    Raises NotAllowed, Unacceptable for no words, too many or a section that is none, Conflict for an erased reply.
    """
    check_permission(by, "answer_comment", _("You may not ask for changes of leaflets."))
    comment = Comment.objects.select_related("leaflet").get(pk=comment.pk)
    words = cleaned(words).strip()
    if section and section not in BY_KEY:
        raise Unacceptable(_("Choose a section, or the whole leaflet."))
    if is_blank(words):
        raise Unacceptable(_("Say what is unclear, so that the author knows what to change."))
    if len(words) > MAX_LENGTH:
        raise Unacceptable(_("At most %(limit)s characters fit. Please shorten it.") % {"limit": f"{MAX_LENGTH:,}"})
    if comment.erased_at:
        raise Conflict(_("The words of this reply are erased."))
    if same := ChangeRequest.objects.open().filter(comment=comment, section=section).first():
        return same
    made = ChangeRequest.objects.create(
        leaflet=comment.leaflet, comment=comment, section=section, words=words, raised_by=by
    )
    data = {"reply": comment.pk, "section": section}
    record("change.requested", by=by, about=made, subject=comment.leaflet, data=data)
    return made


@act
def close_with(request: ChangeRequest, *, by: StaffMember, publication: Publication, why: str = "") -> ChangeRequest:
    """An author says in which version it was changed. Whoever asked is told when patients read it.

    Raises Unacceptable for a version that is not one of `versions_since`, Conflict if it is closed already.
    """
    request = _open_one(request, by)
    if not versions_since(request).filter(pk=publication.pk).exists():
        raise Unacceptable(_("Choose a version that was published after this was asked."))
    return _close(request, RequestState.DONE, by=by, why=why, publication=publication)


@act
def decline(request: ChangeRequest, *, by: StaffMember, why: str) -> ChangeRequest:
    """An author says why the leaflet stays as it is."""
    request = _open_one(request, by)
    if is_blank(why):
        raise Unacceptable(_("Say why the leaflet stays as it is: whoever asked for the change reads it."))
    return _close(request, RequestState.DECLINED, by=by, why=why)


def versions_since(request: ChangeRequest) -> QuerySet[Publication]:
    """Versions of the leaflet that were decided on after the request, and stand: shown, or to be shown."""
    here = Publication.objects.filter(leaflet=request.leaflet_id, revision__isnull=False, showing__isnull=False)
    return here.filter(at__gt=request.raised_at).order_by("-effective_from", "-pk")


def told_when_changed(at: dt.datetime) -> list[ChangeRequest]:
    """Write to whoever asked that the leaflet has changed, if they may be written to; their status page says it as
    well. The requests whose change patients read by now, each once, however many clocks run."""
    told = []
    while ChangeRequest.objects.to_tell(at).exists():
        told += _tell(at)
    return told


@act
def _tell(at: dt.datetime) -> list[ChangeRequest]:
    to_tell = ChangeRequest.objects.to_tell(at).select_related("leaflet", "publication", "comment__leaflet")
    requests = list(to_tell[:_AT_ONCE])
    for request in requests:
        request.told_at = at
        request.save(update_fields=("told_at",))
        tell_leaflet_changed(request.comment, request.publication.version)
    return requests


def changed_for(comment: Comment, at: dt.datetime) -> list[ChangeRequest]:
    """What changed in the leaflet because of this reply, read by patients at ``at``: for its writer's status page."""
    changed = comment.change_requests.changed(at)
    return list(changed.select_related("publication").order_by("closed_at"))


def _open_one(request: ChangeRequest, by: StaffMember) -> ChangeRequest:
    check_permission(by, "submit_leaflet", _("You may not answer requests to change leaflets."))
    request = ChangeRequest.objects.select_related("leaflet", "closed_by").get(pk=request.pk)
    if request.state != RequestState.OPEN:
        raise Conflict(_("%(name)s has closed this request already.") % {"name": request.closed_by.name})
    return request


def _close(
    request: ChangeRequest, state: RequestState, *, by: StaffMember, why: str, publication: Publication | None = None
) -> ChangeRequest:
    request.state, request.publication, request.why = state, publication, cleaned(why).strip()
    request.closed_by, request.closed_at = by, timezone.now()
    request.save(update_fields=("state", "publication", "why", "closed_by", "closed_at"))
    record(
        f"change.{state.value}",
        by=by,
        about=request,
        subject=request.leaflet,
        why=request.why,
        data={"reply": request.comment_id, "publication": publication.pk if publication else None},
    )
    return request
