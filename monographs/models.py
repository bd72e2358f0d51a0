"""All models, for Django to find; each lives in its room."""

from monographs.alerts.models import Alert, AlertAct, AlertMedicine
from monographs.alerts.standing import AlertsShown, AlertStanding
from monographs.audit.models import Entry
from monographs.audit.readers import AddressKey
from monographs.clinics.models import Clinic, ClinicDetails
from monographs.comments.answering.canned import CannedAnswer
from monographs.comments.answering.change_requests import ChangeRequest
from monographs.comments.answering.unanswered import Unanswered
from monographs.comments.crisis.playbook import CrisisCase, Opening, Playbook
from monographs.comments.deciding.escalation import Escalation
from monographs.comments.deciding.reasons import GivenReason, RejectionReason
from monographs.comments.deciding.redaction import Redaction
from monographs.comments.models import Comment, CommentDecision, ReplyLabel, ReplyWriter
from monographs.comments.objections.appeals import Appeal
from monographs.comments.objections.reports import Report
from monographs.comments.standing.closing import LeafletReplies, ReplyRules
from monographs.comments.standing.places import EmptyPlace
from monographs.comments.telling.overdue import OverdueAlarm
from monographs.comments.telling.rota import ReplyNews, RotaTurn
from monographs.comments.triage.word_rules import WordRule
from monographs.data_life.periods import RetentionPeriod
from monographs.leaflets.models import Autosave, Leaflet, Section, Source
from monographs.leaflets.standing import Standing
from monographs.mail.models import Letter, Unsubscribed
from monographs.medicines.models import ClassWords, Medicine, MedicineCode, MedicineName
from monographs.operations.database.worked_out import WorkedOut
from monographs.publication.found.passages import Passage
from monographs.publication.models import Cancellation, Page, Publication, Reminder
from monographs.publication.shown.showings import Showing
from monographs.reactions.models import SuspectedReaction
from monographs.review.models import ApprovalRule, ChecklistItem, Decision, FactCheck, Remark, Review
from monographs.revisions.models import Revision
from monographs.search.models import MissedSearch
from monographs.staff.models import StaffMember
from monographs.staff.passwords.attempts import Attempts
from monographs.staff.second_factor.rule import SecondFactorRule
from monographs.staff.sessions.open import OpenSession
from monographs.together.models import Finding, Judgement, Naming, Reading

__all__ = [
    "AddressKey",
    "Alert",
    "AlertAct",
    "AlertMedicine",
    "AlertStanding",
    "AlertsShown",
    "Appeal",
    "ApprovalRule",
    "Attempts",
    "Autosave",
    "Cancellation",
    "CannedAnswer",
    "ChangeRequest",
    "ChecklistItem",
    "ClassWords",
    "Clinic",
    "ClinicDetails",
    "Comment",
    "CommentDecision",
    "CrisisCase",
    "Decision",
    "EmptyPlace",
    "Entry",
    "Escalation",
    "FactCheck",
    "Finding",
    "GivenReason",
    "Judgement",
    "Leaflet",
    "Letter",
    "LeafletReplies",
    "Medicine",
    "MedicineCode",
    "MedicineName",
    "MissedSearch",
    "Naming",
    "OpenSession",
    "OverdueAlarm",
    "Opening",
    "Page",
    "Passage",
    "Playbook",
    "Publication",
    "Reading",
    "Redaction",
    "RejectionReason",
    "Remark",
    "Reminder",
    "ReplyNews",
    "ReplyLabel",
    "ReplyRules",
    "ReplyWriter",
    "Report",
    "Review",
    "RetentionPeriod",
    "Revision",
    "RotaTurn",
    "SecondFactorRule",
    "Section",
    "Showing",
    "Source",
    "StaffMember",
    "Standing",
    "SuspectedReaction",
    "WordRule",
    "WorkedOut",
    "Unsubscribed",
    "Unanswered",
]
