"""All models, for Django to find; each lives in its room."""

from monographs.audit.models import Entry
from monographs.clinics.models import Clinic
from monographs.comments.models import Comment, CommentDecision
from monographs.leaflets.models import Leaflet, Section, Source
from monographs.medicines.models import Medicine, MedicineCode, MedicineName
from monographs.publication.models import Cancellation, Page, Publication
from monographs.review.models import ChecklistItem, Decision, Review
from monographs.revisions.models import Revision
from monographs.staff.models import StaffMember

__all__ = [
    "Cancellation",
    "ChecklistItem",
    "Clinic",
    "Comment",
    "CommentDecision",
    "Decision",
    "Entry",
    "Leaflet",
    "Medicine",
    "MedicineCode",
    "MedicineName",
    "Page",
    "Publication",
    "Review",
    "Revision",
    "Section",
    "Source",
    "StaffMember",
]
