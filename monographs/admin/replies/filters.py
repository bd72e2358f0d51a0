"""Which replies of the queue one wants to see. Each filter is found along an index, however many are decided."""

import datetime as dt

from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from monographs.admin.frame.finding import found_by
from monographs.comments.labels import Label
from monographs.comments.models import Comment, ReplyLabel, State
from monographs.comments.reasons import GivenReason, RejectionReason

LEAFLETS_AT_MOST = 20  # that a name may stand for: who means so many types one letter more
LOOKED_THROUGH = 5_000  # decided replies, the newest, in which a label, a language or a reason is looked for
PASSED_ON = "passed-on"  # a tab beside those of the states

AGES = {
    "up-to-hour": (_("up to an hour"), "gte", dt.timedelta(hours=1)),
    "up-to-day": (_("up to a day"), "gte", dt.timedelta(days=1)),
    "up-to-week": (_("up to a week"), "gte", dt.timedelta(days=7)),
    "over-day": (_("over a day"), "lt", dt.timedelta(days=1)),
    "over-week": (_("over a week"), "lt", dt.timedelta(days=7)),
    "over-month": (_("over a month"), "lt", dt.timedelta(days=30)),
}


class FilterForm(forms.Form):
    """What is asked for in the address. ``wanted`` has the parts that are in order; the others say what is wrong."""

    label = forms.ChoiceField(required=False, label=_("Label"), choices=[("", _("any"))])
    leaflet = forms.CharField(
        required=False,
        max_length=200,
        label=_("Leaflet"),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(required=False, label=_("Language"), choices=[("", _("any")), *settings.LANGUAGES])
    age = forms.ChoiceField(
        required=False, label=_("Age"), choices=[("", _("any")), *((key, one[0]) for key, one in AGES.items())]
    )
    reason = forms.TypedChoiceField(required=False, label=_("Reason"), coerce=int, empty_value="", choices=())

    def __init__(self, *args, reasons: list[RejectionReason] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["label"].choices = [("", _("any")), *Label.choices]
        if reasons:
            self.fields["reason"].choices = [("", _("any")), *((one.pk, one.title) for one in reasons)]
        else:
            del self.fields["reason"]

    @property
    def wanted(self) -> dict:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}


def in_tab(tab: str, *, for_lead: bool) -> QuerySet:
    """The replies of a tab in their order. What was passed on is at the top for those to whom, and apart for others."""
    waiting = Comment.objects.waiting()
    if tab == PASSED_ON:
        return waiting.filter(is_escalated=True)
    if tab == State.PENDING:
        return (
            waiting.order_by("-is_escalated", *waiting.query.order_by)
            if for_lead
            else waiting.filter(is_escalated=False)
        )
    return Comment.objects.filter(state=tab).order_by("-at", "-pk")


def narrowed(replies: QuerySet, wanted: dict, *, tab: str, at: dt.datetime) -> QuerySet:
    """Those that are wanted. Of decided ones the leaflet's own are looked through, or the newest of all."""
    is_decided = tab not in (State.PENDING, PASSED_ON)
    if "leaflet" in wanted:
        replies = replies.filter(leaflet__in=found_by(wanted["leaflet"])[:LEAFLETS_AT_MOST])
    if "age" in wanted:
        _words, how, ago = AGES[wanted["age"]]
        replies = replies.filter(**{f"{'at' if is_decided else 'waits_since'}__{how}": at - ago})
    if is_decided and wanted.keys() & {"label", "language", "reason"}:
        order = replies.query.order_by
        replies = Comment.objects.filter(pk__in=replies.values("pk")[:LOOKED_THROUGH]).order_by(*order)
    if "label" in wanted:
        seen = ReplyLabel.objects.filter(comment=OuterRef("pk"), label=wanted["label"]).exclude(is_wrong=True)
        replies = replies.filter(Exists(seen))
    if "language" in wanted:
        replies = replies.filter(leaflet__language=wanted["language"])
    if "reason" in wanted:
        given = GivenReason.objects.filter(decision__comment=OuterRef("pk"), reason=wanted["reason"])
        replies = replies.filter(Exists(given))
    return replies
