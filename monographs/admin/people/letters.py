"""The letters of this site: which waits, which was sent or given up and why. Their words are not shown: those to
readers hold addresses that only their readers may know."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from monographs.mail.models import Letter
from monographs.refusals import Refused
from monographs.staff.letters import send_again

NAMES = {
    "review-due": gettext_lazy("review dates"),
    "alert-unconfirmed": gettext_lazy("safety alert that nobody has confirmed"),
    "locked-out": gettext_lazy("log-in locked"),
    "locked-out-of-signing": gettext_lazy("signing locked"),
    "reply-crisis": gettext_lazy("cry for help"),
    "replies-waiting": gettext_lazy("replies that wait"),
    "replies-overdue": gettext_lazy("replies that wait too long"),
    "confirm-address": gettext_lazy("question to confirm an address"),
    "reply-decided": gettext_lazy("what was decided on a reply"),
    "reply-answered": gettext_lazy("answer to a reply"),
    "reply-leaflet-changed": gettext_lazy("leaflet changed after a reply"),
}
_READ_ONLY = (
    "which", "to_whom", "state", "posted_at", "due_at", "next_at", "tries", "last_error", "sent_at", "given_up_at",
    "message_id",
)  # fmt: skip


class StateFilter(admin.SimpleListFilter):
    """What is not sent: the list has the rest."""

    title, parameter_name = gettext_lazy("state"), "state"

    def lookups(self, request, model_admin):
        return (("waiting", _("waiting")), ("given-up", _("given up")))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Letter]) -> QuerySet[Letter]:
        adjectives = {"waiting": queryset.waiting, "given-up": queryset.given_up}
        return adjectives[self.value()]() if self.value() in adjectives else queryset


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin):
    """A list to look at. What can be done is to send again what was given up."""

    list_display = ("which", "to_whom", "state", "last_error", "tries", "posted_at")
    list_filter = (StateFilter,)
    sortable_by = ()
    ordering = ("-posted_at", "-pk")
    list_per_page = 50
    show_full_result_count = False
    actions = ("try_anew",)
    fields = readonly_fields = _READ_ONLY

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        """For the list's button; nothing of a letter itself is changed."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=gettext_lazy("Send again"), permissions=("change",))
    def try_anew(self, request: HttpRequest, letters: QuerySet[Letter]) -> None:
        done, refused = 0, ""
        for letter in letters:
            try:
                send_again(letter, by=request.user)
                done += 1
            except Refused as refusal:
                refused = str(refusal)
        if done:
            sentence = ngettext("%(count)s letter is sent again.", "%(count)s letters are sent again.", done)
            messages.success(request, sentence % {"count": done})
        if refused:
            messages.warning(request, _("Some were left out: only letters that were given up can be sent again."))

    @admin.display(description=gettext_lazy("which letter"))
    def which(self, letter: Letter) -> str:
        return str(NAMES.get(letter.name, letter.name))

    @admin.display(description=gettext_lazy("to whom"))
    def to_whom(self, letter: Letter) -> str:
        return letter.to_whom

    @admin.display(description=gettext_lazy("state"))
    def state(self, letter: Letter) -> str:
        if letter.sent_at:
            return _("sent")
        return _("given up") if letter.given_up_at else _("waiting")
