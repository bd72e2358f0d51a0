"""The screens that are not model pages. Each module has ``urls(site) -> list[URLPattern]``."""

from monographs.admin import (
    certificate,
    comments,
    compare,
    conflicts,
    editor,
    fact_check,
    history,
    paste,
    publication,
    remarks,
    review,
)

SCREENS = (
    comments,
    review,
    publication,
    history,
    compare,
    editor,
    paste,
    conflicts,
    remarks,
    fact_check,
    certificate,
)
