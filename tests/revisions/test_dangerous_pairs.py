"""Whichever way a danger is written, its change is alerted in both directions; what harms nobody raises no alarm."""

import pytest

from monographs.revisions.compare import compare
from tests.revisions import pairs, pairs_as_edited
from tests.revisions.leaflet import with_body

AMOUNT = {"dose", "unit", "number"}
GROUPS = [
    (AMOUNT | {"frequency", "route"}, pairs.DOSES),
    (AMOUNT | {"frequency", "negation"}, pairs.LIMITS),
    (AMOUNT | {"frequency", "negation"}, pairs.TIMES),
    ({"route", "negation"}, pairs.ROUTES),
    ({"negation", "frequency", "route"}, pairs.NEGATIONS),
    (AMOUNT | {"frequency", "who"}, pairs.OWNERS),
    (AMOUNT | {"frequency", "negation"}, pairs.DISGUISED),
]


def categories(old, new):
    return {alert.change.category for alert in compare(with_body(old), with_body(new)).alerts}


@pytest.mark.parametrize(
    ("expected", "old", "new"),
    [(expected, old, new) for expected, group in GROUPS for old, new in group],
)
def test_dangerous_change_raises_an_alert_of_its_kind_in_both_directions(expected, old, new):
    assert categories(old, new) & expected
    assert categories(new, old) & expected


@pytest.mark.parametrize(("old", "new"), pairs_as_edited.DANGEROUS)
def test_danger_as_it_is_really_edited_raises_an_alert_in_both_directions(old, new):
    assert categories(old, new)
    assert categories(new, old)


@pytest.mark.parametrize(("old", "new"), [*pairs.HARMLESS, *pairs_as_edited.HARMLESS])
def test_harmless_change_raises_no_alert_in_either_direction(old, new):
    assert categories(old, new) == categories(new, old) == set()
