"""No column of the record can be changed behind the application's back without being named."""

import datetime as dt
import itertools

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from monographs.audit.verify import Altered
from monographs.operations.database import APPEND_ONLY
from monographs.operations.verify import check_history
from monographs.review.models import FactCheck
from tests.operations.verify.asked import verify

pytestmark = pytest.mark.django_db


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


def is_altered() -> bool:
    try:
        list(check_history())
    except Altered:
        return True
    return False


@pytest.mark.parametrize("model", [*APPEND_ONLY, FactCheck])
def test_no_column_of_the_record_can_be_changed_unseen(history, behind_the_back, model):
    rows = model.objects.order_by("pk")
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    with behind_the_back():
        for row, field in itertools.product((rows.first(), rows.last()), fields):
            was, becomes = getattr(row, field.attname), altered(field, getattr(row, field.attname))
            try:
                with transaction.atomic():
                    rows.filter(pk=row.pk).update(**{field.attname: becomes})
            except IntegrityError:
                continue  # the database itself would not have it
            assert is_altered(), f"{field} of {row} was changed to {becomes!r}, and nothing was said"
            rows.filter(pk=row.pk).update(**{field.attname: was})
    assert verify("--quiet") == ""
