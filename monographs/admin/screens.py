"""The screens that are not model pages. Each module has ``urls(site) -> list[URLPattern]``."""

from monographs.admin.people import account
from monographs.admin.record import certificate, history
from monographs.admin.release import publication
from monographs.admin.replies import (
    answer,
    appeals,
    bulk,
    change_requests,
    closing,
    figures,
    news,
    person,
    playbook,
    queue,
    reactions,
    redaction,
    reply_page,
    reports,
    rules,
    unanswered,
    word_rules,
)
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
