"""Which replies of the queue one wants to see. Each filter is found along an index, however many are decided."""

import datetime as dt
from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.db.models import DateTimeField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

from monographs.admin.replies.deciding.listed import CountOf
from monographs.beginnings import Begins
from monographs.comments.deciding.reasons import GivenReason, RejectionReason
from monographs.comments.labels import Label
from monographs.comments.models import Comment, ReplyLabel, State
from monographs.comments.objections.reports import Report, Why
from monographs.leaflets.models import Leaflet
from monographs.leaflets.standing import Standing
from monographs.text.letters.folding import fold

LEAFLETS_AT_MOST = 20  # that a name may stand for: who means so many types one letter more
COUNTED_AT_MOST = 1_000  # replies of one tab, and no further turned to; the list to search in has all
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

    label = forms.ChoiceField(required=False, label=_("Label"), choices=[("", _("any")), *Label.choices])
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
    reason = forms.ChoiceField(required=False)
    reporter = forms.RegexField(r"^(any|[0-9]{1,18})$", required=False, label=_("Reported by"))

    def __init__(self, *args, reasons: Sequence[RejectionReason] = (), **kwargs):
        """``reasons`` for a list of rejected replies; in others it is those of readers who reported one."""
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), one.title) for one in reasons] or Why.choices
        self.fields["reason"].choices = [("", _("any")), *choices]
        self.fields["reason"].label = _("Rejected because") if reasons else _("Reported because")
        self.fields["reporter"].widget = forms.Select(choices=self._reporters())

    def _reporters(self) -> list[tuple[str, object]]:
        """Nobody knows who reports; that two reports of a day came from the same address, one can tell."""
        choices, asked = [("", _("anybody or nobody")), ("any", _("any reader"))], self.data.get("reporter", "")
        if asked.isdecimal():
            choices.append((asked, _("the reader of report %(number)s") % {"number": asked}))
        return choices

    @property
    def wanted(self) -> dict:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}


def in_tab(tab: str, *, for_lead: bool) -> QuerySet:
    """The replies of a tab in their order. What was passed on is among them for those to whom, and apart for others."""
    if tab == PASSED_ON:
        return Comment.objects.waiting().filter(is_escalated=True)
    if tab == State.PENDING:
        return Comment.objects.waiting_for(lead=for_lead)
    return Comment.objects.filter(state=tab).order_by("-at", "-pk")


def has_decided(tab: str) -> bool:
    """Whether a tab lists what was decided, which never ends; few wait."""
    return tab not in (State.PENDING, PASSED_ON)


def narrowed(replies: QuerySet, wanted: dict, *, tab: str, at: dt.datetime) -> QuerySet:
    """Those that are wanted. Of decided ones the leaflet's own are looked through, or the newest of all."""
    is_decided = has_decided(tab)
    if "age" in wanted:
        _words, how, ago = AGES[wanted["age"]]
        replies = replies.filter(**{f"{'at' if is_decided else 'waits_since'}__{how}": at - ago})
    if "leaflet" in wanted:
        # The leaflets are read first: of names in a larger query a database guesses how many there are.
        leaflets = [row["pk"] for row in _leaflets(wanted["leaflet"])]
        replies = _newest_of(leaflets, replies) if is_decided else replies.filter(leaflet__in=leaflets)
    if is_decided and wanted.keys() & {"label", "language", "reason", "reporter"}:
        replies = replies.filter(at__gte=_since(replies))
    if "label" in wanted:
        seen = ReplyLabel.objects.filter(comment=OuterRef("pk"), label=wanted["label"]).exclude(is_wrong=True)
        replies = _that_have(replies, seen)
    if "language" in wanted:
        replies = replies.filter(leaflet__language=wanted["language"])
    if "reason" in wanted:
        replies = _that_have(replies, _with_reason(tab, wanted["reason"]))
    if "reporter" in wanted:
        replies = _that_have(replies, _reports_by(wanted["reporter"]))
    return replies


def _since(replies: QuerySet) -> Coalesce:
    """When the oldest came of those that are looked through: so the others are no part of the index that is read."""
    oldest = replies.values("at")[LOOKED_THROUGH - 1 : LOOKED_THROUGH]
    return Coalesce(Subquery(oldest), dt.datetime(1, 1, 2, tzinfo=dt.UTC), output_field=DateTimeField())


def _that_have(replies: QuerySet, rows: QuerySet) -> QuerySet:
    """Those of which there is such a row; asked of each by itself (`CountOf`), as few are looked through."""
    return replies.filter(GreaterThan(CountOf(rows.order_by().values("pk")[:1]), 0))


def _leaflets(words: str) -> QuerySet:
    """Numbers of those whose title, address or medicine, by any of its names, begins with these words; at most
    `LEAFLETS_AT_MOST`."""
    folded = fold(words)
    ways = (
        Standing.objects.filter(Begins("folded", folded)).order_by().values("leaflet"),
        Leaflet.objects.filter(Begins("slug", words.strip().lower())).order_by().values("pk"),
        Leaflet.objects.filter(Begins("medicine__names__folded", folded)).order_by().values("pk"),
    )
    # Each way stops by itself: a letter begins very many names.
    first, *others = (_among(Leaflet, way[:LEAFLETS_AT_MOST]) for way in ways)
    return first.union(*others)[:LEAFLETS_AT_MOST]


def _newest_of(leaflets: list[int], replies: QuerySet) -> QuerySet:
    """Those of these leaflets, in their order: of each a range of an index, and of all the newest that are looked
    through. The numbers of their replies are read first: put into a larger query, a database reads every reply for
    them."""
    if not leaflets:
        return replies.none()
    each = max(COUNTED_AT_MOST, LOOKED_THROUGH // len(leaflets))
    first, *others = (
        _among(Comment, replies.filter(leaflet=one).values("pk")[:each]).values_list("at", "pk") for one in leaflets
    )
    newest = first.union(*others, all=True).order_by("-at", "-pk")[:LOOKED_THROUGH]
    return Comment.objects.filter(pk__in=[number for _at, number in newest]).order_by("-at", "-pk")


def _among(model: type[Model], numbers: QuerySet) -> QuerySet:
    """The same numbers, of a query that was cut: SQLite takes no such query itself as a part of a union."""
    return model.objects.filter(pk__in=numbers).order_by().values("pk")


def _with_reason(tab: str, reason: str) -> QuerySet:
    if tab == State.REJECTED:
        return GivenReason.objects.filter(decision__comment=OuterRef("pk"), reason=reason)
    return Report.objects.filter(comment=OuterRef("pk"), why=reason)


def _reports_by(reporter: str) -> QuerySet:
    """Of any reader, or of the one who sent the report of this number, as far as the hidden address tells."""
    reports = Report.objects.filter(comment=OuterRef("pk"))
    if reporter == "any":
        return reports
    theirs = Report.objects.filter(pk=reporter).exclude(hidden_address="").values("hidden_address")
    return reports.filter(hidden_address__in=theirs)
