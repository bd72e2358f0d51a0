"""The addresses whose look-ups must not grow with the record: each page, each filter, each sorting, the last page."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from monographs.admin.people.letters import LetterAdmin
from monographs.admin.record.ledger import HISTORIES
from monographs.admin.replies.deciding.filters import AGES, PASSED_ON
from monographs.admin.writing.leaflet_list import STANDS
from monographs.admin.writing.leaflets import LeafletAdmin
from monographs.alerts.models import Alert
from monographs.alerts.standing import AlertStanding
from monographs.audit.models import Entry
from monographs.comments.deciding.reasons import RejectionReason
from monographs.comments.labels import Label
from monographs.comments.models import Comment, State
from monographs.comments.objections.reports import Why
from monographs.leaflets.models import Edition, Leaflet
from monographs.mail.models import Letter
from monographs.medicines.models import Medicine
from monographs.publication.models import Publication
from monographs.reactions.models import State as ReactionState

LAST_PAGE = 20  # of a list of leaflets: more can't be turned to


def public_pages() -> Iterator[str]:
    """What patients ask for."""
    now = timezone.now()
    shown = Publication.objects.read(now).select_related("leaflet__medicine").order_by("pk")[0].leaflet
    gone = Publication.objects.shown(now).filter(kind="withdrawal").order_by("pk").first()
    name = shown.medicine.name
    yield from ("/", "/healthz", "/a-z/", f"/a-z/{name[0].lower()}/", "/updates.atom", "/sitemap.xml", "/robots.txt")
    here = f"/leaflets/{shown.slug}/"
    yield from ("/alerts/", "/alerts.atom")
    yield from (f"/alerts/{row.pk}/" for row in AlertStanding.objects.begun(now).order_by("-shown_from", "-alert")[:1])
    yield from (here, f"{here}versions/", f"{here}versions/1/", f"{here}reply/sent/")
    yield from (f"{here}changes/", f"{here}versions/1/changes/", f"/medicines/{shown.medicine.slug}/updates.atom")
    yield from (f"{here}leaflet.txt", f"{here}versions/1/leaflet.txt", f"{here}reply/help/")
    yield from _of_replies()
    if gone:
        yield f"/leaflets/{gone.leaflet.slug}/"
    yield from ("/print/", f"/print/?m={shown.slug}", f"/print/?m={name}", f"/print/leaflets.pdf?m={shown.slug}")
    yield from ("/ar/", "/ar/a-z/", f"/ar{here}", f"/ar/search/?q={name}")
    yield from (f"/search/?q={name}", f"/search/?q={name[:-2]}", "/search/?q=headache+with+milk", "/search/?q=Qwxz")
    yield from (f"/search/?q=drink+with+{name}", f"/search/?q={name}+with+warfarin")
    yield from ("/together/", f"/together/?m={name}&m={gone.leaflet.medicine.name if gone else 'Qwxz'}")
    yield from (f"/search/suggestions/?q={name[:length].lower()}" for length in (1, 4))


def _of_replies() -> Iterator[str]:
    """The leaflet that has the newest reply, and what leads from it."""
    if reply := Comment.objects.shown().select_related("leaflet").order_by("-pk").first():
        here = f"/leaflets/{reply.leaflet.slug}/"
        yield from (here, f"{here}replies/{reply.pk}/report/")


def long_public_pages() -> Iterator[str]:
    """Pages that only a large site has."""
    yield from ("/a-z/all/2/", "/a-z/b/2/", "/sitemap-1.xml")


def staff_pages() -> Iterator[tuple[str, str]]:
    """Who asks for what."""
    leaflet = Publication.objects.read(timezone.now()).order_by("pk")[0].leaflet
    for person in ("author", "reader", "publisher", "moderator", "administrator"):
        yield person, reverse("admin:index")
    yield from (("author", address) for address in (*_of_leaflet(leaflet), *_leaflets(leaflet), *_medicines()))
    yield from (("moderator", address) for address in (*_replies(leaflet), *_answers(leaflet)))
    yield from (("moderator", address) for address in _reactions())
    yield from (("publisher", address) for address in _alerts())
    found = reverse("admin:contradictions")
    yield from (
        ("author", f"{found}{asked}") for asked in ("", "?judged=1", "?before=9", "?judged=1&before=9", "?kind=amount")
    )
    yield from (("auditor", address) for address in (*_ledger(leaflet), *_letters()))


def _of_leaflet(leaflet: Leaflet) -> Iterator[str]:
    yield reverse("admin:monographs_leaflet_change", args=[leaflet.pk])
    yield from (
        reverse(f"admin:leaflet-{screen}", args=[leaflet.pk])
        for screen in ("history", "remarks", "fact-checks", "translations")
    )
    yield reverse("admin:leaflet-compare", args=[leaflet.pk]) + "?old=1&new=1"


def _alerts() -> Iterator[str]:
    address = reverse("admin:monographs_alert_changelist")
    yield from (address, f"{address}?page=2", reverse("admin:monographs_alert_add"))
    newest = Alert.objects.order_by("-pk").values_list("pk", flat=True)[:1]
    yield from (reverse("admin:monographs_alert_change", args=[pk]) for pk in newest)


def _leaflets(leaflet: Leaflet) -> Iterator[str]:
    address = reverse("admin:monographs_leaflet_changelist")
    yield reverse("admin:translations-behind")
    yield from (address, reverse("admin:monographs_leaflet_add"))
    yield from (f"{address}?stands={stands}" for stands in STANDS)
    yield from (f"{address}?review={when}" for when in ("overdue", "90", "none"))
    yield from (f"{address}?holder={who}" for who in ("mine", "readers", "publishers", "authors"))
    yield f"{address}?language={leaflet.language}"
    yield from (f"{address}?edition={edition}" for edition in Edition.values)
    yield from (f"{address}?medicine={leaflet.medicine_id}", f"{address}?medicine={leaflet.medicine.name[:4]}")
    yield from (f"{address}?q={words}" for words in (leaflet.title[0], leaflet.title, "zzz"))
    for column in LeafletAdmin.sortable_by:
        number = LeafletAdmin.list_display.index(column)
        yield from (f"{address}?o={number}", f"{address}?o=-{number}")
    yield f"{address}?stands=published&o=-{LeafletAdmin.list_display.index('next_review')}"
    yield f"{address}?p={LAST_PAGE}"


def _medicines() -> Iterator[str]:
    address = reverse("admin:monographs_medicine_changelist")
    medicine = Medicine.objects.order_by("pk")[0]
    yield from (address, f"{address}?q={medicine.name[:3]}", f"{address}?o=-0", f"{address}?drug_class=none")
    yield reverse("admin:monographs_medicine_change", args=[medicine.pk])


def _answers(leaflet: Leaflet) -> Iterator[str]:
    unanswered = reverse("admin:reply-unanswered")
    yield from (unanswered, f"{unanswered}?page=50", f"{unanswered}?only=questions")
    yield from (f"{unanswered}?leaflet={leaflet.pk}", f"{unanswered}?leaflet={leaflet.pk}&only=questions")
    if reply := Comment.objects.shown().filter(leaflet=leaflet, staff=None).order_by("pk").first():
        yield reverse("admin:reply-answer", args=[reply.pk])
        yield reverse("admin:reply-change-request", args=[reply.pk])
    yield reverse("admin:change-requests")
    yield from (reverse(f"admin:leaflet-{screen}", args=[leaflet.pk]) for screen in ("change-requests", "replies"))


def _replies(leaflet: Leaflet) -> Iterator[str]:
    queue, tabs = reverse("admin:reply-queue"), [*State, PASSED_ON]
    yield from (f"{queue}?state={tab}&page={page}" for tab in tabs for page in (1, 50))
    wanted = [
        *(f"label={label}" for label in (Label.CRISIS, Label.QUESTION)),
        *(f"leaflet={words}" for words in (leaflet.title[:4], "zzz")),
        f"language={leaflet.language}",
        *(f"age={age}" for age in AGES),
        *(f"reporter={reporter}" for reporter in ("any", 1)),
        f"label={Label.SPAM}&leaflet={leaflet.title[:4]}&age=up-to-week",
    ]
    yield from (f"{queue}?state={tab}&{asked}" for tab in tabs for asked in wanted)
    yield from (f"{queue}?state={tab}&reason={Why.FALSE}" for tab in (State.PENDING, State.APPROVED))
    yield f"{queue}?state={State.REJECTED}&reason={RejectionReason.objects.order_by('pk')[0].pk}"
    newest = Comment.objects.order_by("-pk").values_list("pk", flat=True)[:1]
    yield from (reverse("admin:reply", args=[pk]) for pk in newest)
    yield from (reverse("admin:reply-rules"), reverse("admin:reply-figures"))
    yield reverse("admin:word-rules")
    yield reverse("admin:word-rule-add")
    yield reverse("admin:reply-news")
    yield reverse("admin:monographs_rotaturn_changelist")


def _letters() -> Iterator[str]:
    address = reverse("admin:monographs_letter_changelist")
    last = min(-(-Letter.objects.count() // LetterAdmin.list_per_page), 100) or 1
    yield from (address, f"{address}?p={last}", *(f"{address}?state={state}" for state in ("waiting", "given-up")))


def _reactions() -> Iterator[str]:
    address = reverse("admin:monographs_suspectedreaction_changelist")
    medicine = Medicine.objects.order_by("pk")[0]
    yield from (address, f"{address}?medicine={medicine.pk}", f"{address}?medicine={medicine.pk}&state__exact=draft")
    yield from (f"{address}?state__exact={state}" for state in ReactionState)


def _ledger(leaflet: Leaflet) -> Iterator[str]:
    address = reverse("admin:monographs_entry_changelist")
    first, last = Entry.objects.order_by("position").first(), Entry.objects.order_by("-position").first()
    yield from (address, f"{address}?p=100", f"{address}?q=Made-up", f"{address}?q=nothing+of+the+kind")
    yield from (f"{address}?history={kind}" for kind in HISTORIES)
    yield from (f"{address}?history=leaflet/{leaflet.pk}", f"{address}?by__id__exact={leaflet.standing.writer_id}")
    yield from (f"{address}?verb={verb}" for verb in ("reply.received", "leaflet.withdrawn"))
    yield from (f"{address}?is_public__exact={value}" for value in (0, 1))
    for entry in (first, Entry.objects.get(position=max(last.position // 2, 1)), last):
        yield f"{address}?at__year={entry.at.year}&at__month={entry.at.month}"
        yield f"{address}?at__year={entry.at.year}&at__month={entry.at.month}&at__day={entry.at.day}"
    yield from (reverse("admin:monographs_entry_export", args=[form]) + "?verb=reply.received" for form in ("csv",))
    yield reverse("admin:monographs_entry_change", args=[last.pk])
