"""The table of every address of the staff's site: which permission lets a person look, and which one act."""

import dataclasses
import json

from monographs.admin.replies.triage.word_rules import seen_of
from monographs.admin.writing.typed import fields_of
from monographs.alerts.actions import compose_alert
from monographs.alerts.models import Alert
from monographs.clinics.models import Clinic, the_clinic
from monographs.comments.models import Comment
from monographs.comments.triage.word_rules import WordRule, add_rule
from monographs.leaflets.models import Leaflet
from monographs.review.models import ChecklistItem
from monographs.revisions.actions import newest_revision
from tests.admin.forms import form_of
from tests.admin.test_transitions_by_role import TRANSITIONS, schedule
from tests.makers import change_leaflet, make_approved, make_published, make_review
from tests.makers_alerts import make_alert
from tests.makers_together import make_finding
from tests.people import PASSWORD, make_person
from tests.translations.translating import make_translation

ANYBODY, NOBODY = frozenset({"any role"}), frozenset()
SECRET = "Take 6mg once a day."
NEW_PASSWORD = "a longer pass phrase of mine"


@dataclasses.dataclass(frozen=True)
class Door:
    """One address: the permissions of which one lets a person look, and one lets a person act by sending ``form``.

    ``shuts`` is what who may not look gets: 403, or 302 where Django only leads on to another address.
    """

    looks: frozenset[str]
    acts: frozenset[str] = NOBODY
    form: dict = dataclasses.field(default_factory=dict)
    leaflet: Leaflet | WordRule | Alert | None = None
    is_transition: bool = False
    shuts: tuple[int, ...] = (403,)


def may(*codenames: str) -> frozenset[str]:
    return frozenset(codenames)


def screens(draft: Leaflet, remark) -> dict[str, Door]:
    """Our own screens, below admin/; a draft after version 1, and the leaflets in the state each transition needs."""
    at = "leaflets/<int:pk>/"
    newest = newest_revision(draft)
    typed = [(name, SECRET if value == "Take 7mg." else value) for name, value in fields_of(newest.content, based_on=1)]
    merged = {"typed": json.dumps(typed), "based_on": newest.number, "choice-section-dosage": "mine"}
    typing = {"_typed": "1", **form_of(draft, title="New")}
    said = {"body": "A word.", "section_key": "", "quote": ""}
    remarks = Door(may("remark_leaflet"), may("remark_leaflet"), said)
    spanish = make_translation(make_published(medicine="Transamol"))
    waiting = make_review(change_leaflet(make_published(medicine="Waitamol").leaflet, dosage="Take 6mg."))
    finding = make_finding(make_published(medicine="Onesidamol"))
    states = {
        "submit": draft,
        "recall": waiting.leaflet,
        "send-back": waiting.leaflet,
        "approve": waiting.leaflet,
        "publish": make_approved(medicine="Approvamol").leaflet,
        "cancel-release": schedule(make_approved(medicine="Schedulamol")).leaflet,
        "withdraw": draft,
        "emergency": draft,
    }
    return {
        **{
            f"{at}{name}/": Door(may(*TRANSITIONS[name][0]), leaflet=leaflet, is_transition=True)
            for name, leaflet in states.items()
        },
        f"{at}revisions/<int:number>/restore/": Door(may("restore_revision"), is_transition=True),
        "replies/": Door(may("view_comment")),
        "replies/<int:pk>/": Door(
            may("view_comment"), may("moderate_comment"), {"verb": "approve", "seen": "pending-0-0"}
        ),
        "replies/several/": Door(
            NOBODY,
            may("moderate_comment"),
            {"verb": "approve", "chosen": f"{Comment.objects.order_by('pk')[0].pk}:pending-0-0", "is_sure": "on"},
            shuts=(405,),
        ),
        "replies/person/": Door(may("erase_comment", "export_person")),
        "replies/rules/": Door(may("view_comment")),
        "replies/figures/": Door(may("view_comment")),
        "replies/<int:pk>/redact/": Door(
            may("view_comment"), may("moderate_comment"), {"passages": "milk", "reason": "Tells who.", "seen": 0}
        ),
        "replies/<int:pk>/original/": Door(may("view_comment")),
        "replies/<int:pk>/crisis/": Door(may("view_comment"), may("moderate_comment"), {"verb": "open"}),
        "replies/<int:pk>/reports/": Door(may("view_comment")),
        "replies/<int:pk>/case.json": Door(may("view_comment")),
        "replies/<int:pk>/appeal/": Door(NOBODY, shuts=(404, 403)),  # nobody asked for one
        "replies/<int:pk>/suspected-reaction/": Door(
            may("view_suspectedreaction"), may("change_suspectedreaction")
        ),
        "contradictions/": Door(may("view_leaflet")),
        "contradictions/judge/": Door(
            NOBODY, may("remark_leaflet"), {"why": "Meant so.", "digest": finding.digest}, shuts=(405,)
        ),
        "word-rules/": Door(may("view_wordrule")),
        "word-rules/add/": Door(may("change_wordrule"), may("change_wordrule"), new_word_rule()),
        "word-rules/<int:pk>/end/": Door(
            NOBODY, may("change_wordrule"), {"why": "Over."}, leaflet=make_word_rule(), shuts=(405,)
        ),
        "replies/letters/": Door(may("moderate_comment"), may("moderate_comment"), {"how": "never", "at_hour": "8"}),
        "replies/unanswered/": Door(may("view_comment")),
        "replies/<int:pk>/aside/": Door(NOBODY, shuts=(302,)),  # it waits, so it is in no list
        "replies/<int:pk>/answer/": Door(
            may("answer_comment"), may("answer_comment"), {"do": "send", "body": "Yes.", "seen": "pending-0-0"}
        ),
        "replies/<int:pk>/hanging/": Door(NOBODY, shuts=(302,)),  # nothing hangs under it
        "replies/<int:pk>/change-request/": Door(
            may("answer_comment"), may("answer_comment"), {"section": "dosage", "words": "Which spoon?"}
        ),
        "change-requests/": Door(may("change_leaflet", "answer_comment")),
        f"{at}change-requests/": Door(may("change_leaflet", "answer_comment")),
        f"{at}change-requests/<int:number>/": Door(
            NOBODY, may("submit_leaflet"), {"do": "decline", "why": "It says so."}, shuts=(302,)
        ),
        f"{at}replies/": Door(may("moderate_comment"), may("moderate_comment"), {"choice": "closed"}),
        f"{at}review/": Door(may("view_review"), leaflet=waiting.leaflet),
        f"{at}history/": Door(may("view_revision")),
        f"{at}seen/": Door(may("view_revision")),
        f"{at}compare/": Door(may("view_revision")),
        f"{at}translations/": Door(may("view_revision"), may("add_leaflet"), {"language": "es"}),
        f"{at}translation.xlf": Door(may("view_revision"), leaflet=spanish),
        "leaflets/behind/": Door(may("view_revision")),
        f"{at}revisions/<int:number>/": Door(may("view_revision")),
        f"{at}preview/": Door(may("view_leaflet")),
        f"{at}resolve/": Door(may("change_leaflet"), may("change_leaflet"), merged),
        f"{at}unsaved/": Door(may("change_leaflet")),  # her own text only, and she has none
        f"{at}remarks/": Door(may("view_remark"), may("remark_leaflet"), said),
        f"{at}remarks/<int:remark>/<str:do>/": remarks,
        f"{at}fact-checks/": Door(
            may("view_factcheck"), may("ask_factcheck"), {"expert": "Dr Who", "question": "So?", "days": "7"}
        ),
        f"{at}decisions/<int:decision>/certificate/": Door(may("view_decision")),
        f"{at}publications/<int:publication>/certificate/": Door(may("view_publication")),
        f"{at}autosave/": Door(NOBODY, may("change_leaflet"), typing, shuts=(405, 403)),
        "leaflets/autosave/": Door(NOBODY, may("change_leaflet"), {"_typed": "1", "title": "New"}, shuts=(405, 403)),
        "leaflets/markdown-preview/": Door(NOBODY, shuts=(405, 403)),
        "leaflets/image-upload/": Door(NOBODY, shuts=(405, 403)),
        "leaflets/settle/": Door(NOBODY, shuts=(405, 403)),
        "": Door(ANYBODY),
        "login/": Door(ANYBODY),
        "logout/": Door(NOBODY, shuts=(405,)),
        "password_change/": Door(ANYBODY),
        "password_change/done/": Door(ANYBODY),
        "account/": Door(ANYBODY),
        "account/app/": Door(ANYBODY),
        "account/passkey/": Door(ANYBODY),
        "account/codes/": Door(NOBODY, shuts=(302,)),  # there are none
        "account/remove/<int:pk>/": Door(NOBODY, shuts=(302,)),
        "account/end/": Door(NOBODY, shuts=(405,)),
        "account/second-factor/": Door(NOBODY, shuts=(302,)),  # whoever is in is past it
        "autocomplete/": Door(NOBODY),
        "jsi18n/": Door(ANYBODY),
        "r/<path:content_type_id>/<path:object_id>/": Door(NOBODY, shuts=(404, 302)),
    }  # fmt: skip


def alert_pages() -> dict[str, Door]:
    """An alert by Ana, and the form of another one, previewed."""
    alert = make_alert()
    words = {"title_en": "Stop", "text_en": "Do not take it.", "reason": "A recall.", "severity": "urgent"}
    composed, medicines = compose_alert(
        by=make_person("ana"), words=[("en", "Stop", "Do not take it.")], reason="A recall.", severity="urgent",
        medicines=[], is_for_all=True, is_emergency=False, starts_at=None, ends_at=None,
    )  # fmt: skip
    new = {**words, "where": "all", "save": "1", "seen": composed.computed_digest(medicines)}
    return {
        "": Door(may("view_alert")),
        "add/": Door(may("write_alert"), may("write_alert"), new),
        "<int:pk>/": Door(may("view_alert"), leaflet=alert),
        "<int:pk>/approve/": Door(
            NOBODY, may("approve_alert"), {"seen": alert.digest, "password": PASSWORD}, leaflet=alert, shuts=(405,)
        ),
        "<int:pk>/decline/": Door(
            NOBODY, may("approve_alert"), {"reason": "Another batch."}, leaflet=alert, shuts=(405,)
        ),
        "<int:pk>/end/": Door(NOBODY, may("end_alert"), {"reason": "Over."}, leaflet=alert, shuts=(405,)),
    }  # fmt: skip


def make_word_rule() -> WordRule:
    return add_rule("miracle bracelet", by=make_person("carla"), action="label", label="spam", why="Sold here.")


def new_word_rule() -> dict:
    return {
        "words": "magic ring", "action": "label", "label": "spam", "why": "Sold here, too.", "save": "1",
        "seen": seen_of("magic ring", ""),
    }  # fmt: skip


def inlines(**totals: int) -> dict:
    return {f"{name}-{count}": total for name, total in totals.items() for count in ("TOTAL_FORMS", "INITIAL_FORMS")}


def model_pages(draft: Leaflet) -> dict[str, Door]:
    """Django's pages of each model: what its forms hold to add and to change one."""
    clinic, person, item = the_clinic(), make_person("carla"), ChecklistItem.objects.first()
    details = [field.name for field in Clinic._meta.fields if field.name not in ("id", "quality_severities")]
    clinic_form = {name: getattr(clinic, name) for name in details if getattr(clinic, name) is not False}
    rule = {"medicine": "", "section_kind": "", "approvals": "3", "role": ""}
    names = {"first_name": "Nora", "last_name": "Nurse", "is_staff": "on"}
    password = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    medicine = {"drug_class": "", "atc_code": "", **inlines(names=0, codes=0, class_words=0)}
    started = {"medicine": draft.medicine_id, "language": "pl", "edition": "standard", "slug": "", "title": "Nowy",
               "key_facts": "", "next_review_on": "", "why": "", **inlines(sections=0, sources=0)}  # fmt: skip
    forms = {
        "monographs/approvalrule": (rule, {**rule, "approvals": "4"}),
        "monographs/cannedanswer": (
            {"title": "New", "body": "Yes.", "language": "en", "is_active": "on"},
            {"title": "Milk", "body": "No.", "language": "en", "is_active": "on"},
        ),
        "monographs/replyrules": ({}, {"closes_after_days": "90", "ask_instead": ""}),
        "monographs/checklistitem": (
            {"text": "New.", "position": 9, "is_active": "on"},
            {"text": "Other.", "position": item.position, "is_active": "on"},
        ),
        "monographs/clinic": ({}, {**clinic_form, "phone": "01632 960 555", "staffed_hours": "Mon-Fri 09:00-17:00"}),
        "monographs/comment": ({}, {}),
        "monographs/leaflet": (started, form_of(draft, title="Renamed")),
        "monographs/entry": ({}, {}),
        "monographs/medicine": (
            {"name": "Newmol", "slug": "newmol", **medicine},
            {"name": "Renamed", **medicine},
        ),
        "monographs/letter": ({}, {}),
        "monographs/retentionperiod": ({}, {"days": "60"}),
        "monographs/missedsearch": ({}, {}),
        "monographs/playbook": ({}, {"steps": "Sit down.", "words": "Hello.", "when_to_call": "At once."}),
        "monographs/rejectionreason": (
            {"title": "New", "text": "Please call us.", "position": 9, "is_active": "on"},
            {"title": "Other", "text": "Please call us.", "position": 1, "is_active": "on"},
        ),
        "monographs/suspectedreaction": (
            {"received_on": "2026-11-03", "outcome": "0"},
            {"received_on": "2026-11-03", "outcome": "0", "reaction": "rash"},
        ),
        "monographs/rotaturn": (
            {"person": person.pk, "position": "1", "weekdays": ["0"]},
            {"person": person.pk, "position": "2"},
        ),
        "monographs/staffmember": (
            {"username": "nora", **names, **password},
            {"username": person.username, **names, "is_active": "on"},
        ),
        "monographs/secondfactorrule": ({}, {"roles": [], "days_of_grace": "3"}),
        "auth/group": ({"name": "Nurse"}, {"name": "Moderator", "permissions": []}),
    }
    pages = {}
    for path, (add, change) in forms.items():
        model = path.partition("/")[2]
        view, adds = may(f"view_{model}", f"change_{model}"), may(f"add_{model}") if add else NOBODY
        changes = may(f"change_{model}") if change else NOBODY
        if model == "suspectedreaction":
            adds = changes  # who completes reports begins them
        deletes = (
            may(f"delete_{model}") if model in {"approvalrule", "cannedanswer", "missedsearch", "rotaturn"} else NOBODY
        )
        pages |= {
            f"{path}/": Door(view),
            f"{path}/add/": Door(adds, adds, add),
            f"{path}/<path:object_id>/change/": Door(view, changes, change),
            f"{path}/<path:object_id>/delete/": Door(deletes, deletes, {"post": "yes"}),
            f"{path}/<path:object_id>/history/": Door(view),
            f"{path}/<path:object_id>/": Door(NOBODY, shuts=(302,)),
        }
    for only in ("clinic", "replyrules", "secondfactorrule"):  # there is one: on to its page
        pages[f"monographs/{only}/"] = Door(NOBODY, shuts=(302,))
    for name, door in alert_pages().items():
        pages[f"monographs/alert/{name}"] = door
    ticks = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": item.pk, "form-0-position": 7, "_save": "x"}
    pages["monographs/checklistitem/"] = Door(
        may("view_checklistitem"), may("change_checklistitem"), {**ticks, "form-0-is_active": "on"}
    )
    pages["monographs/entry/export/<str:form>/"] = Door(may("view_entry"))
    pages["monographs/suspectedreaction/export/"] = Door(NOBODY, may("export_suspectedreaction"), shuts=(405,))
    pages["monographs/suspectedreaction/<int:pk>/number/"] = Door(NOBODY, shuts=(405,))  # it is not sent
    pages["monographs/suspectedreaction/<int:pk>/erase/"] = Door(NOBODY, may("erase_comment"), shuts=(405,))
    changes = may("change_staffmember")
    pages["monographs/staffmember/<int:pk>/unlock/"] = Door(NOBODY, shuts=(405,))  # nothing is locked
    pages["monographs/staffmember/<int:pk>/sessions/"] = Door(NOBODY, changes, shuts=(405,))
    pages["monographs/staffmember/<int:pk>/second-factor/"] = Door(changes)
    # The last one: it gives the session another key, and that is undone.
    pages["monographs/staffmember/<id>/password/"] = Door(changes, changes, password)
    pages["monographs/staffmember/<int:pk>/unlock/"] = Door(NOBODY, changes, {}, shuts=(405,))
    return pages
