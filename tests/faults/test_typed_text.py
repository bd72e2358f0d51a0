"""Whatever is typed, through every door: it is taken, or a sentence says why not; nothing is lost; never a 500."""

import copy
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client

from monographs.clinics.models import the_clinic
from monographs.comments.models import Comment
from monographs.exchange.actions import import_leaflet
from monographs.leaflets.models import Autosave, Leaflet
from monographs.medicines.models import Medicine
from monographs.publication.models import Publication
from monographs.refusals import Unacceptable
from monographs.review.fact_check import ask, token_of
from monographs.review.models import Decision, FactCheck, Remark
from monographs.review.remarks import add_remark
from monographs.revisions.actions import newest_revision
from monographs.text.letters.signs import cleaned, is_blank
from tests.admin.forms import body_of, change_url, form_of, place_of, with_body
from tests.admin.people.test_clinic_page import form_of as clinic_form_of
from tests.faults.typed import HUGE, NO_SPACE, TEXTS, as_facts, as_kept, as_line, fields_on, posted
from tests.makers import change_leaflet, make_approved, make_comment, make_leaflet, make_published, make_review
from tests.people import make_person
from tests.reading.parts import looked_long_ago, token_on

pytestmark = pytest.mark.django_db

# Two are refused for their length alone; one of them is enough for a database that is not asked.
EVERY_HUGE = [*[name for name in HUGE if name != NO_SPACE], pytest.param(NO_SPACE, marks=pytest.mark.once)]
URLENCODED = "application/x-www-form-urlencoded"


@dataclass
class Site:
    """A draft, a leaflet that is shown and replied to, one in review, one approved, and who may do everything."""

    client: Client
    draft: Leaflet
    shown: Publication
    reply: Comment
    review: object
    approved: object
    check: FactCheck
    link: str
    remark: Remark
    token: str
    opened: dict

    def post(self, address: str, fields: dict):
        return self.client.post(address, posted(fields), content_type=URLENCODED)


@pytest.fixture(scope="module")
def site_of_all(rows_of_the_file) -> Site:
    draft = make_leaflet("Draftamol")
    shown = make_published()
    review = make_review(make_leaflet("Reviewamol"))
    approved = make_approved(make_leaflet("Approvamol"))
    check = ask(newest_revision(draft), by=make_person("ana"), expert="Dr Who", question="Is that so?")
    client = Client(raise_request_exception=False)
    client.force_login(make_person("boss", is_superuser=True))
    remark = add_remark(newest_revision(draft), by=make_person("bruno"), body="Why?")
    reply, link, token = make_comment(shown), f"/fact-check/{token_of(check)}/", token_on(client, "testamol")
    return Site(client, draft, shown, reply, review, approved, check, link, remark, token, form_of(draft))


@pytest.fixture
def site(site_of_all) -> Site:
    return copy.deepcopy(site_of_all)


# --- The doors: each returns its answer and what is kept now. ---


def editor(site: Site, text: str):
    answer = site.post(change_url(site.draft), with_body(site.draft, "dosage", text))
    return answer, [body_of(site.draft, "dosage")]


def key_facts(site: Site, text: str):
    answer = site.post(change_url(site.draft), form_of(site.draft, key_facts=text))
    return answer, ["\n".join(newest_revision(site.draft).content.key_facts)]


def title(site: Site, text: str):
    answer = site.post(change_url(site.draft), form_of(site.draft, title=text))
    return answer, [newest_revision(site.draft).content.title]


def autosave(site: Site, text: str):
    fields = with_body(site.draft, "dosage", text) | {"_typed": "1"}
    answer = site.post(f"/admin/leaflets/{site.draft.pk}/autosave/", fields)
    return answer, [value for row in Autosave.objects.all() for _name, value in row.data]


def somebody_else_saves(site: Site) -> None:
    change_leaflet(site.draft, by=make_person("bea", role="Author"), dosage="Take 7mg once a day.")


def conflict(site: Site, text: str):
    """After `somebody_else_saves`, the form that was opened before."""
    mine = site.opened | {f"sections-{place_of(site.draft, 'dosage')}-body": text}
    answer = site.post(change_url(site.draft), mine)
    return answer, [value for row in Autosave.objects.all() for _name, value in row.data]


def new_remark(site: Site, text: str):
    answer = site.post(f"/admin/leaflets/{site.draft.pk}/remarks/", {"body": text, "section_key": ""})
    return answer, Remark.objects.values_list("body", flat=True)


def remark_on_a_passage(site: Site, text: str):
    fields = {"body": "Why this?", "quote": text, "section_key": "dosage"}
    answer = site.post(f"/admin/leaflets/{site.draft.pk}/remarks/", fields)
    return answer, Remark.objects.values_list("quote", flat=True)


def answer_to_a_remark(site: Site, text: str):
    answer = site.post(f"/admin/leaflets/{site.draft.pk}/remarks/{site.remark.pk}/answer/", {"body": text})
    return answer, Remark.objects.values_list("body", flat=True)


def fact_check_question(site: Site, text: str):
    fields = {"expert": "Dr Who", "question": text, "days": "7"}
    answer = site.post(f"/admin/leaflets/{site.draft.pk}/fact-checks/", fields)
    return answer, FactCheck.objects.values_list("question", flat=True)


def fact_check_answer(site: Site, text: str):
    answer = site.post(site.link, {"verdict": "remarks", "answer": text})
    return answer, FactCheck.objects.values_list("answer", flat=True)


def reply(site: Site, text: str):
    fields = {"token": site.token, "body": text, "name": "Dario", "looked": looked_long_ago()}
    return site.post("/leaflets/testamol/reply/", fields), Comment.objects.values_list("body", flat=True)


def name_of_a_reader(site: Site, text: str):
    fields = {"token": site.token, "body": "Thank you.", "name": text, "looked": looked_long_ago()}
    return site.post("/leaflets/testamol/reply/", fields), Comment.objects.values_list("name", flat=True)


def answer_to_a_reply(site: Site, text: str):
    answer = site.post(f"/admin/replies/{site.reply.pk}/", {"verb": "answer", "seen": "pending-0-0", "body": text})
    return answer, Comment.objects.values_list("body", flat=True)


def send_back(site: Site, text: str):
    fields = {"review": site.review.pk, "reason": text}
    answer = site.post(f"/admin/leaflets/{site.review.leaflet_id}/send-back/", fields)
    return answer, Decision.objects.values_list("note", flat=True)


def change_note(site: Site, text: str):
    fields = {"review": site.approved.pk, "when": "now", "size": "major", "change_note": text}
    answer = site.post(f"/admin/leaflets/{site.approved.leaflet_id}/publish/", fields)
    return answer, Publication.objects.values_list("change_note", flat=True)


def withdrawal(site: Site, text: str):
    fields = {"publication": site.shown.pk, "notice": text, "why": "Recalled."}
    answer = site.post(f"/admin/leaflets/{site.shown.leaflet_id}/withdraw/", fields)
    return answer, Publication.objects.values_list("notice", flat=True)


def reason_of_a_withdrawal(site: Site, text: str):
    fields = {"publication": site.shown.pk, "notice": "Ask us.", "why": text}
    answer = site.post(f"/admin/leaflets/{site.shown.leaflet_id}/withdraw/", fields)
    return answer, Publication.objects.values_list("why", flat=True)


def clinic_text(site: Site, text: str):
    answer = site.post("/admin/monographs/clinic/1/change/", clinic_form_of(the_clinic(), crisis_lines=text))
    return answer, [the_clinic().crisis_lines]


def clinic_number(site: Site, text: str):
    answer = site.post("/admin/monographs/clinic/1/change/", clinic_form_of(the_clinic(), emergency_number=text))
    return answer, [the_clinic().emergency_number]


def medicine(site: Site, text: str):
    inlines = ("class_words", "names", "codes")
    rows = {f"{prefix}-{name}_FORMS": "0" for prefix in inlines for name in ("TOTAL", "INITIAL")}
    fields = {"name": "Newamol", "slug": "newamol", "drug_class": text, **rows}
    answer = site.post("/admin/monographs/medicine/add/", fields)
    return answer, Medicine.objects.values_list("drug_class", flat=True)


TIDY = dict.fromkeys((title, name_of_a_reader, clinic_number, medicine), as_line) | {key_facts: as_facts}
DOORS = (
    editor, key_facts, title, autosave, conflict, new_remark, remark_on_a_passage, answer_to_a_remark,
    fact_check_question, fact_check_answer, reply, name_of_a_reader, answer_to_a_reply, send_back, change_note,
    withdrawal,
    reason_of_a_withdrawal, clinic_text, clinic_number, medicine,
)  # fmt: skip


def fault_of(door, site: Site, text: str) -> str:
    """What is wrong with the door's answer to this text, or ""; whatever it did is undone."""
    with transaction.atomic():
        answer, kept = door(site, text)
        page = answer.content.decode() if not answer.streaming else ""
        tidy = TIDY.get(door, as_kept)
        # Beside a leaflet, signs that nobody sees or that turn other words are taken out (`letters.signs`).
        is_taken = {tidy(text), tidy(cleaned(text))} & {tidy(one) for one in kept}
        transaction.set_rollback(True)
    if answer.status_code >= 500:
        return f"status {answer.status_code}"
    if is_taken or is_blank(text):
        return ""
    if tidy(text) not in {tidy(one) for one in fields_on(page)}:
        return f"lost (status {answer.status_code})"
    is_told = any(word in page for word in ('role="alert"', "errornote", "errorlist"))
    return "" if is_told else "no sentence"


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_every_text_is_taken_or_given_back_with_a_sentence(site, door):
    if door is conflict:
        somebody_else_saves(site)
    faults = {repr(text[:60]): fault for text in TEXTS if (fault := fault_of(door, site, text))}
    assert faults == {}


@pytest.mark.parametrize("name", EVERY_HUGE)
@pytest.mark.parametrize(
    "door", [editor, new_remark, fact_check_answer, reply, change_note, clinic_text, clinic_number]
)
def test_a_huge_text_is_given_back_with_a_sentence(site, door, name):
    assert fault_of(door, site, HUGE[name]) == ""


@pytest.mark.parametrize("name", EVERY_HUGE)
def test_preview_autosave_and_search_of_a_huge_text_are_answered(site, name):
    text = HUGE[name]
    answers = [
        site.post("/admin/leaflets/markdown-preview/", {"content": text}),
        autosave(site, text)[0],
        site.client.get(f"/search/?{posted({'q': text[:20_000]})}"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200]


def test_search_for_every_text_is_answered_and_keeps_the_words_in_its_field(site):
    for text in TEXTS:
        answer = site.client.get(f"/search/?{posted({'q': text})}")
        assert answer.status_code == 200
        if len(text) < 100:
            shown = {as_line(value) for value in fields_on(answer.content.decode())}
            without_controls = "".join(sign if sign >= " " else " " for sign in text)
            assert shown & {as_line(text), as_line(cleaned(text)), as_line(without_controls)}, repr(text)


def test_preview_shows_every_text_or_a_sentence(site):
    for text in TEXTS:
        answer = site.post("/admin/leaflets/markdown-preview/", {"content": text, "language": "ar"})
        assert answer.status_code == 200
        assert answer.content.strip() or not as_kept(text).strip("-=_*>#[]:| \n\u200b\u2800"), text


def test_text_put_together_with_signs_that_are_no_text_is_refused_in_a_sentence(site):
    """JSON can hold half of a pair of surrogates, which no database keeps."""
    newest = newest_revision(site.draft)
    for broken in (
        '[["title", "\\ud800"]]',
        '[["key_facts", "\\udfff\\u0000"], ["title", "x"]]',
        "[[1, 2]]",
        "{}",
        '"\\ud800"',
    ):
        answer = site.post(
            f"/admin/leaflets/{site.draft.pk}/resolve/",
            {"based_on": "1", "typed": broken, "choice-title": "mine", "choice-key_facts": "mine", "why": "\ud800"},
        )
        assert answer.status_code < 500, broken
    assert newest_revision(site.draft) == newest


def said_by_import(data: bytes, filename: str) -> str:
    """The refusal's sentence, or the words of the draft."""
    try:
        result = import_leaflet(data, filename=filename, medicine="Testol", by=None)
    except Unacceptable as refused:
        return str(refused)
    return " ".join(section.body for section in result.content.sections) + f" of {result.leaflet.title}, a new draft"


@pytest.mark.parametrize("filename", ["leaflet.txt", "leaflet.md"])
def test_every_text_is_imported_or_refused_in_a_sentence(site, filename):
    head = "---\ntitle: Testol\nmedicine: Testol\n---\n\n" if filename.endswith(".md") else "Testol\n\n"
    for text in (*TEXTS, HUGE["stars"]):
        data = f"{head}How to take it\n\n{text}\n".encode("utf-8", "surrogatepass")
        with transaction.atomic():
            assert len(said_by_import(data, filename)) > 20, repr(text[:60])
            transaction.set_rollback(True)
    with pytest.raises(Unacceptable):
        import_leaflet(HUGE["5 MB"].encode(), filename=filename, medicine="Testol", by=None)
