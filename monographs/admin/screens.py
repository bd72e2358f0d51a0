"""The screens that are not model pages. Each module has ``urls(site) -> list[URLPattern]``."""

from monographs.admin.people import account
from monographs.admin.record import certificate, history
from monographs.admin.release import publication
from monographs.admin.replies.answering import answer, change_requests, unanswered
from monographs.admin.replies.arranging import closing, news
from monographs.admin.replies.deciding import bulk, figures, queue, reply_page
from monographs.admin.replies.matters import appeals, person, playbook, redaction, reports
from monographs.admin.replies.reactions import pages as reactions
from monographs.admin.replies.triage import rules, word_rules
from monographs.admin.review import compare, contradictions, fact_check, remarks, review
from monographs.admin.writing import conflicts, editor, paste, translations

SCREENS = (
    account,
    unanswered,
    answer,
    change_requests,
    closing,
    queue,
    news,
    person,
    redaction,
    playbook,
    reports,
    appeals,
    reactions,
    word_rules,
    reply_page,
    bulk,
    rules,
    figures,
    review,
    publication,
    history,
    compare,
    contradictions,
    editor,
    paste,
    conflicts,
    remarks,
    fact_check,
    certificate,
    translations,
)
