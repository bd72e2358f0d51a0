"""Of dangerous changes of every kind nearly all are told, and of harmless ones nearly none (the study in `study/`).

The words exchanged were written down before the product's vocabularies and stand apart from them. `make bench` prints
every rate.
"""

import pytest

from tests.revisions.study import missed, rates
from tests.revisions.study.mutations import DANGEROUS, SENTENCES, dangerous, harmless

OF_A_KIND, OF_ALL, OF_HARMLESS = 0.95, 0.98, 0.05


@pytest.fixture(scope="module")
def told():
    return rates(dangerous())


def test_study_changes_sentences_enough_in_every_kind():
    assert len(set(SENTENCES)) >= 250
    kinds = {mutation.kind for mutation in dangerous()}
    assert kinds == {*DANGEROUS, "deleted sentence", "added sentence"}


def test_nearly_every_dangerous_change_of_each_kind_is_told(told):
    assert {kind: rate for kind, rate in told.items() if rate[0] / rate[1] < OF_A_KIND} == {}


def test_dangerous_changes_are_told_over_all(told):
    assert sum(count for count, _ in told.values()) / sum(count for _, count in told.values()) >= OF_ALL


def test_nearly_no_harmless_change_raises_an_alarm():
    tried = list(harmless())
    silent = missed(tried)
    assert (len(tried) - len(silent)) / len(tried) <= OF_HARMLESS
    told = rates(tried)
    assert {kind: rate for kind, rate in told.items() if rate[0] / rate[1] > 2 * OF_HARMLESS} == {}
