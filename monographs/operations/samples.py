"""Sample staff, sample leaflets, sample replies and a sample safety alert, for trying the site on one's own machine.

Everything goes through the real verbs, in the order of a clinic's day: Ana writes and submits, Bruno approves,
Priya publishes, readers reply, Carla decides and answers; Ana writes an alert, which Bruno approves. So the history of
a sample site is a true one.
"""

import dataclasses
import datetime as dt
import re
import tomllib
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.alerts.actions import approve_alert, write_alert
from monographs.alerts.models import Alert
from monographs.audit.record import lock_ledger
from monographs.clinics.actions import change_clinic
from monographs.clinics.models import Clinic, the_clinic
from monographs.comments.arrival import actions as arrival
from monographs.comments.crisis.playbook import close, is_crisis, open_reply
from monographs.comments.deciding import actions as comments
from monographs.comments.deciding.judging import judge
from monographs.comments.labels import Label
from monographs.comments.models import Comment
from monographs.exchange.actions import keep
from monographs.exchange.draft import ImportedLeaflet
from monographs.exchange.formats import read
from monographs.leaflets.models import Leaflet
from monographs.medicines.models import Medicine
from monographs.publication.actions import publish, withdraw
from monographs.refusals import Conflict
from monographs.review.actions import approve, submit
from monographs.review.models import ChecklistItem, Review
from monographs.review.rules import last_released
from monographs.staff import roles
from monographs.staff.models import StaffMember
from monographs.translations.actions import begin_translation

FOLDER = Path(__file__).resolve().parent.parent / "samples"
PASSWORD = "leaflets to try out"  # noqa: S105 - it is meant to be known; real sites refuse to start with these people
PEOPLE = {
    "ana": ("Ana", "Author", "Pharmacist", roles.AUTHOR),
    "bruno": ("Bruno", "Second-Reader", "Pharmacist", roles.SECOND_READER),
    "priya": ("Priya", "Publisher", "Lead pharmacist", roles.PUBLISHER),
    "carla": ("Carla", "Moderator", "Nurse", roles.MODERATOR),
    "lena": ("Lena", "Lead-Moderator", "Lead nurse", roles.LEAD_MODERATOR),
    "amir": ("Amir", "Auditor", "Clinical governance lead", roles.AUDITOR),
    "ada": ("Ada", "Administrator", "Practice manager", roles.ADMINISTRATOR),
}
# Telephone numbers that Ofcom keeps free for fiction; emergency and crisis lines are the real ones of the UK.
CLINIC = {
    "name": "Sample Clinic",
    "phone": "01632 960100",
    "email": "hello@clinic.example",
    "address": "1 Sample Street\nSampleton",
    "emergency_number": "999",
    "urgent_number": "111",
    "out_of_hours": "When we are closed, call 111. They can tell you where to go and what to do.",
    "crisis_lines": "Samaritans: 116 123\nShout, by text message: 85258",
    "reporting_name": "Yellow Card scheme",
    "reporting_url": "https://yellowcard.mhra.gov.uk/",
    "opening_hours": "Monday to Friday, 8:30am to 6:30pm",
    "staffed_hours": "Mon-Fri 08:30-18:30",
}
_FILE_NAME = re.compile(r"(?P<slug>.+)-v(?P<number>\d+)")

Say = Callable[[str], None]


def load_samples(say: Say, *, folder: Path = FOLDER) -> None:
    """Add every sample that is not there yet; ``say`` is told each thing done, in a line.

    All or nothing, and nothing twice: a leaflet that exists is left as it is. Raises Conflict outside local
    mode, in a database that real people use already, and where one of them has a sample's user name.
    """
    if not settings.IS_LOCAL:
        raise Conflict(
            _("Samples are for trying the site in local mode only; a real site refuses to start with sample staff.")
        )
    with transaction.atomic():
        lock_ledger()  # a second run at the same time waits here, and then finds all of it
        is_new = not StaffMember.objects.filter(is_sample=True).exists()
        staff = {username: _person(username, say) for username in PEOPLE}
        if is_new and StaffMember.objects.filter(is_sample=False).exists():
            raise Conflict(
                _("This database has staff of its own, so no samples were added: they could not be removed again.")
            )
        _sample_clinic(staff["ada"], say)
        added = {leaflet.slug: leaflet for leaflet in _leaflets(folder, staff, say)}
        _alerts(folder, staff, say)
        _replies(folder, added, (staff["carla"], staff["lena"]), say)


def _person(username: str, say: Say) -> StaffMember:
    first, last, profession, role = PEOPLE[username]
    known = StaffMember.objects.filter(username=username).first()
    if known and not known.is_sample:
        raise Conflict(
            _("There is a real person with the user name “%(username)s”, so no samples were added.")
            % {"username": username}
        )
    if known:
        return known
    person = StaffMember(
        username=username,
        first_name=first,
        last_name=last,
        profession=profession,
        registration_number=f"SAMPLE-{username.upper()}",
        email=f"{username}@clinic.example",
        is_staff=True,
        is_sample=True,
    )
    person.set_password(PASSWORD)
    person.save()
    person.groups.add(Group.objects.get(name=role))
    say(_("%(name)s, %(role)s: user name %(username)s") % {"name": person.name, "role": role, "username": username})
    return person


def _sample_clinic(by: StaffMember, say: Say) -> None:
    clinic = the_clinic()
    untouched = Clinic()
    if any(getattr(clinic, name) != getattr(untouched, name) for name in CLINIC):
        return
    for name, value in CLINIC.items():
        setattr(clinic, name, value)
    change_clinic(clinic, by=by)
    say(_("The clinic's details: %s") % clinic.name)


def _leaflets(folder: Path, staff: dict[str, StaffMember], say: Say) -> Iterable[Leaflet]:
    """Those that were added."""
    found = ((match, path) for path in folder.glob("*.md") if (match := _FILE_NAME.fullmatch(path.stem)))
    versions = sorted((match["slug"], int(match["number"]), path) for match, path in found)
    there = set(Leaflet.objects.values_list("slug", flat=True))
    for slug, files in groupby(versions, key=lambda version: version[0]):
        if slug in there:
            continue
        leaflet = None
        for _slug, _number, path in files:
            imported = _with_next_review(read(path.read_bytes(), filename=path.name), path.name, say)
            is_translation = _begin_translation(imported, slug, by=staff["ana"])
            leaflet = keep(imported, filename=path.name, by=staff["ana"], replace=is_translation).leaflet
            state = _bring_to_state(leaflet, imported, staff)
            say(f"{leaflet}, {path.stem.rpartition('-')[2]}: {state}")
        yield leaflet


def _begin_translation(imported: ImportedLeaflet, slug: str, *, by: StaffMember) -> bool:
    """A sample that translates another one is begun as of what patients read of that; the file has its words.

    Translations are read behind their source, whose name begins theirs.
    """
    source = imported.extras.get("sample", {}).get("translation_of")
    if not source:
        return False
    if not Leaflet.objects.filter(slug=slug).exists():
        begin_translation(Leaflet.objects.get(slug=source), by=by, language=imported.content.language, slug=slug)
    return True


def _with_next_review(imported: ImportedLeaflet, name: str, say: Say) -> ImportedLeaflet:
    """A leaflet can't be published when its next review is past: then, a year from today."""
    release_on = timezone.localdate() + dt.timedelta(days=_days_ahead(imported))
    planned = imported.content.next_review_on
    if planned and dt.date.fromisoformat(planned) > release_on:
        return imported
    moved = (release_on + dt.timedelta(days=365)).isoformat()
    say(_("%(file)s: the next review, %(planned)s, is past; moved to %(moved)s") % {
        "file": name, "planned": planned or "–", "moved": moved,
    })  # fmt: skip
    return dataclasses.replace(imported, content=dataclasses.replace(imported.content, next_review_on=moved))


def _days_ahead(imported: ImportedLeaflet) -> int:
    return imported.extras.get("sample", {}).get("days_ahead", 0)


def _bring_to_state(leaflet: Leaflet, imported: ImportedLeaflet, staff: dict[str, StaffMember]) -> str:
    sample = imported.extras.get("sample", {})
    state = sample.get("state", "draft")
    if state == "draft":
        return state
    review = submit(leaflet, by=staff["ana"])
    if state == "waiting":
        return state
    _approve(review, by=staff["bruno"])
    days = _days_ahead(imported)
    publish(
        review,
        by=staff["priya"],
        change_note=imported.change_note,
        size=imported.change_size or "major",
        effective_from=timezone.now() + dt.timedelta(days=days) if state == "scheduled" else None,
    )
    if state == "withdrawn":
        withdraw(
            leaflet, by=staff["priya"], notice=sample["notice"], why=_("To show what a withdrawn leaflet looks like.")
        )
    return state


def _approve(review: Review, *, by: StaffMember) -> None:
    base = last_released(review.leaflet)
    approve(
        review,
        by=by,
        password=PASSWORD,
        ticked=set(ChecklistItem.objects.filter(is_active=True).values_list("text", flat=True)),
        seen=(base.pk if base else None, review.revision_id),
    )


def _alerts(folder: Path, staff: dict[str, StaffMember], say: Say) -> None:
    """Where nobody has written an alert yet: what was ended stays on record, and comes back by nobody."""
    path = folder / "alerts.toml"
    if not path.exists() or Alert.objects.exists():
        return
    for sample in tomllib.loads(path.read_text(encoding="utf-8"))["alerts"]:
        alert = write_alert(
            by=staff["ana"],
            words=[(words["language"], words["title"], words["text"]) for words in sample["words"]],
            reason=sample["reason"],
            severity=sample["severity"],
            medicines=list(Medicine.objects.filter(name__in=sample["medicines"])),
        )
        approve_alert(alert, by=staff["bruno"], password=PASSWORD, seen=alert.digest)
        say(_("A safety alert: %s") % alert)


Moderators = tuple[StaffMember, StaffMember]


def _replies(folder: Path, leaflets: dict[str, Leaflet], moderators: Moderators, say: Say) -> None:
    path = folder / "replies.toml"
    replies = tomllib.loads(path.read_text(encoding="utf-8"))["replies"] if leaflets and path.exists() else []
    count = 0
    for reply in replies:
        if reply["leaflet"] in leaflets:
            count += _reply(leaflets[reply["leaflet"]], reply, None, moderators)
    if count:
        say(_("%d readers' replies") % count)


def _reply(leaflet: Leaflet, reply: dict, parent: Comment | None, moderators: Moderators) -> int:
    """Send it, decide on it, answer it, and the same for what was said to it; how many."""
    moderator, second = moderators
    comment = arrival.submit(leaflet, body=reply["body"], name=reply.get("name", ""), parent=parent)
    is_decided = reply["state"] in ("approved", "rejected", "spam")
    if reply["state"] == "spam":
        for label in comment.labels.filter(label__in=(Label.CRISIS, Label.REACTION)):
            judge(label, by=moderator, is_wrong=True)
    case = open_reply(comment, by=moderator) if is_decided and is_crisis(comment) else None
    decide = {"approved": comments.approve, "rejected": comments.reject, "spam": comments.mark_spam}.get(reply["state"])
    if decide is comments.approve:
        decide(comment, by=moderator)
    elif decide:
        decide(comment, by=moderator, reason=reply.get("reason", ""))
    comment.refresh_from_db()
    if reply.get("answer"):
        comments.answer(comment, by=moderator, body=reply["answer"])
    if case:
        close(case, by=second, note=_("A sample: somebody was called, and is well."))
    return 1 + sum(_reply(leaflet, answer, comment, moderators) for answer in reply.get("replies", []))
