"""The queue in which moderators decide: urgent ones first, then whichever waits longest."""

from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.admin.replies.access import check_may_see, context_of, may
from monographs.admin.replies.deciding.done import done
from monographs.admin.replies.deciding.drawn import draw_once
from monographs.admin.replies.deciding.filters import (
    COUNTED_AT_MOST,
    PASSED_ON,
    FilterForm,
    in_tab,
    narrowed,
)
from monographs.admin.replies.deciding.listed import CountOf, all_that_is_shown, listed
from monographs.comments.deciding.escalation import PERMISSION
from monographs.comments.deciding.reasons import RejectionReason
from monographs.comments.models import State
from monographs.staff.models import StaffMember

PAGE_SIZE = 20  # replies
TABS = {
    State.PENDING.value: State.PENDING.label,
    PASSED_ON: gettext_lazy("passed on"),
    State.APPROVED.value: State.APPROVED.label,
    State.REJECTED.value: State.REJECTED.label,
    State.SPAM.value: State.SPAM.label,
    State.WITHDRAWN.value: State.WITHDRAWN.label,
}


def urls(site: AdminSite) -> list[URLPattern]:
    """The queue."""
    return [path("replies/", site.admin_view(queue), name="reply-queue")]


def queue(request: HttpRequest) -> HttpResponse:
    """The replies of one tab that are wanted, twenty a page."""
    check_may_see(request)
    tab = request.GET.get("state", "")
    tab = tab if tab in TABS else State.PENDING.value
    reasons = list(RejectionReason.objects.filter(is_active=True))
    form = FilterForm(request.GET, reasons=reasons if tab == State.REJECTED else ())
    wanted, lists = form.wanted, {one: in_tab(one, for_lead=may(request, PERMISSION)) for one in TABS}
    lists[tab] = narrowed(lists[tab], wanted, tab=tab, at=timezone.now())
    counts = _counts(lists, request.user)
    paginator = Paginator(lists[tab], PAGE_SIZE)
    paginator.count = counts[tab]
    page = paginator.get_page(request.GET.get("page"))
    # Their numbers are read first: joined to a list that is cut, whole tables are read for what stands beside each.
    numbers = list(page.object_list.values_list("pk", flat=True))
    page.object_list = listed(request, all_that_is_shown(numbers))
    context = {
        "title": _("Replies"),
        "tab": tab,
        "tabs": [
            {"state": one, "label": TABS[one], "count": count, "is_more": count >= COUNTED_AT_MOST}
            for one, count in counts.items()
        ],
        "form": form,
        "wanted": wanted,
        "filters": as_query(wanted),
        "replies": page.object_list,
        "drawn": draw_once(page.object_list),
        "reasons": reasons,
        "page": page,
        "done": done(request),
        "now": timezone.now(),
    }
    return render(request, "admin/replies/queue.html", context_of(request, **context))


def _counts(lists: dict[str, QuerySet], person: StaffMember) -> dict[str, int]:
    """How many there are in each tab, so far and no further; one query, which has a row because somebody asks."""
    columns = [CountOf(replies.values("pk")[:COUNTED_AT_MOST]) for replies in lists.values()]
    asked = StaffMember.objects.filter(pk=person.pk)
    return dict(zip(lists, asked.values_list(*columns)[0], strict=True))


def as_query(wanted: dict) -> str:
    """What is wanted as a piece of an address, to come back to it after a decision."""
    query = QueryDict(mutable=True)
    query.update({name: str(value) for name, value in wanted.items()})
    return query.urlencode()
