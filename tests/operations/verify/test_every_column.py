"""No column of the record can be changed behind the application's back without being named."""

import datetime as dt
import itertools
from collections.abc import Callable
from functools import partial

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from monographs.alerts.models import Alert, AlertAct, AlertMedicine
from monographs.audit.models import Entry
from monographs.audit.verify import Altered, check_ledger
from monographs.clinics.models import ClinicDetails
from monographs.clinics.verify import check_clinic
from monographs.operations.database.needs import APPEND_ONLY
from monographs.operations.verify import check_history
from monographs.operations.verify.alerts import check_alerts
from monographs.operations.verify.history import check_leaflet
from monographs.operations.verify.together import check_judgements
from monographs.review.models import FactCheck
from monographs.together.models import Judgement
from tests.operations.verify.asked import verify

pytestmark = pytest.mark.django_db

# The part of `check_history` that looks at a row; what is not named here is some leaflet's.
PARTS = {
    Entry: lambda: list(check_ledger()),
    ClinicDetails: check_clinic,
    **dict.fromkeys((Alert, AlertAct, AlertMedicine), check_alerts),
    Judgement: check_judgements,
}
WAYS_TO_ITS_LEAFLET = ("leaflet_id", "review.leaflet_id", "publication.leaflet_id", "comment.leaflet_id",
                       "revision.leaflet_id")  # fmt: skip


@pytest.fixture(scope="module")
def whole_history(history_of_all):
    """Whole as it is: what is found later was made by the test."""
    assert verify("--quiet") == ""
    return history_of_all


def altered(field: models.Field, value: object) -> object:
    """Another value that the column can hold."""
    if isinstance(field, models.ForeignKey):
        return field.related_model.objects.exclude(pk=value).values_list("pk", flat=True).first()
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField) and not value:
        return timezone.now()
    if isinstance(field, models.DateField):
        return value + dt.timedelta(days=1) if value else dt.date(2020, 1, 1)
    if isinstance(field, models.IntegerField):
        return (value or 0) + 90
    if isinstance(field, models.JSONField):
        return [*value, "x"]
    return f"{value[:-1]}x" if value else "x"


def check_all() -> None:
    list(check_history())


def part_for(row: models.Model) -> Callable[[], object]:
    """What of `check_history` looks at this row."""
    return PARTS.get(type(row)) or partial(check_leaflet, leaflet_of(row))


def leaflet_of(row: models.Model) -> int:
    for way in WAYS_TO_ITS_LEAFLET:
        first, _dot, second = way.partition(".")
        if hasattr(row, first):
            return getattr(getattr(row, first), second) if second else getattr(row, first)
    raise AssertionError(f"which leaflet has {row!r}?")


def is_noticed(*checks: Callable[[], object]) -> bool:
    """Whether one of these names a row, asked one after the other."""
    for check in checks:
        try:
            check()
        except Altered:
            return True
    return False


@pytest.mark.parametrize("model", [*APPEND_ONLY, FactCheck])
def test_no_column_of_the_record_can_be_changed_unseen(whole_history, behind_the_back, model):
    """One alteration is shown to all of `check_history`, the others first to the part of it that is to see them."""
    rows, shown_to_all = model.objects.order_by("pk"), False
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    with behind_the_back():
        for row, field in itertools.product((rows.first(), rows.last()), fields):
            becomes = altered(field, getattr(row, field.attname))
            checks = (part_for(row), check_all) if shown_to_all else (check_all,)
            try:
                with transaction.atomic():
                    rows.filter(pk=row.pk).update(**{field.attname: becomes})
                    assert is_noticed(*checks), f"{field} of {row} was changed to {becomes!r}, and nothing was said"
                    transaction.set_rollback(True)
            except IntegrityError:
                continue  # the database itself would not have it
            shown_to_all = True
    assert shown_to_all
