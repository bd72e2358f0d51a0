"""Suspected adverse reactions, through the real verbs."""

import datetime as dt

from monographs.comments.models import Comment
from monographs.reactions import actions
from monographs.reactions.models import SuspectedReaction
from tests.makers import make_medicine
from tests.people import make_person

COMPLETE = {
    "reporter_qualification": "5",
    "reporter_country": "GB",
    "patient_initials": "A.B.",
    "reaction": "itchy red rash on both arms",
}
"""What a report of a medicine needs beside it to be sent."""


def make_reaction(
    comment: Comment | None = None, *, medicine: str = "Testamol", by=None, **fields
) -> SuspectedReaction:
    """A draft by Carla: from a reply, or typed."""
    by = by or make_person("carla")
    if not comment:
        typed = SuspectedReaction(received_on=dt.date(2026, 11, 3), medicine=make_medicine(medicine), **fields)
        return actions.write(typed, by=by)
    reaction = actions.begin(comment, by=by)
    for name, value in fields.items():
        setattr(reaction, name, value)
    actions.change(reaction, by=by)
    return reaction


def make_sent(**fields) -> SuspectedReaction:
    """A report with all four items, sent by Carla."""
    return actions.send(make_reaction(**{**COMPLETE, **fields}), by=make_person("carla"))
