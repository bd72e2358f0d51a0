"""An index that follows changed names answers as one that is made anew, and reads no more than what was changed."""

import threading
from unittest.mock import Mock

import pytest
from django.db import OperationalError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from monographs.audit.record import act, record
from monographs.medicines.actions import add_medicine, add_names, find_medicine
from monographs.medicines.importing import import_names
from monographs.medicines.models import Medicine, MedicineName, NameKind
from monographs.medicines.stamp import changed_since
from monographs.search.index import kept as index
from monographs.search.index.kept import the_index
from monographs.search.index.known import Known, Medicines
from monographs.search.index.name_index import Change, NameIndex
from monographs.search.named.names import understand
from monographs.search.named.suggestions import suggest
from monographs.text.letters.folding import fold
from tests.makers import make_published

WORDS = (
    "Baclofen",
    "Baclofan",
    "Co",
    "Codamol",
    "8/500",
    "Cocodamol",
    "Phenoxid",
    "Fenoxin",
    "Fenoxid",
    "Iron",
    "żółw",
)
QUERIES = (
    *WORDS, "bac", "c", "co-codamol", "cocodamol 8/500", "bacloffen", "fenokzin", "phenoksid", "irn", "iron 8/500",
    "baclofen and iron", "is codamol like baclofan", "fenoxin baclofen", "codamol 8/5", "zolw", "-",
)  # fmt: skip
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
# What a medicine is called: its class, and the kind of each of its names; None for one that is not there.
MEDICINES = st.none() | st.tuples(
    st.sampled_from(["", "relaxants"]), st.dictionaries(NAMES, st.sampled_from(NameKind.values), min_size=1, max_size=4)
)
SITES = st.dictionaries(st.integers(1, 9), MEDICINES, max_size=9)


def told(medicines: dict, number: int) -> Change:
    """A medicine as an index is told of it; its first name is the generic one."""
    if not (medicine := medicines.get(number)):
        return Change(None)
    drug_class, names = medicine
    rows = tuple((number, name, kind, fold(name)) for name, kind in names.items())
    return Change(Known(next(iter(names)), drug_class), rows)


def made_anew(medicines: dict) -> NameIndex:
    changes = {number: told(medicines, number) for number in sorted(medicines)}
    known = Medicines((number, *change.known) for number, change in changes.items() if change.known)
    return NameIndex(known, [name for change in changes.values() for name in change.names])


def answers(made: NameIndex) -> list:
    """All that an index says of itself and to `QUERIES`."""
    said = [list(made.names()), dict(made.medicines), list(made.medicines), len(made.medicines)]
    for query in QUERIES:
        folded = fold(query)
        said += [made.exact(folded), list(made.beginning(folded)), list(made.inside(folded))]
        said += [list(made.inside(folded, is_begun=True)), made.near(folded), made.near(folded, most=1)]
        said += [folded in made, made.named_in(folded), understand(query, made)]
    return said


@given(before=SITES, changes=SITES)
def test_changed_it_answers_as_one_made_anew(before, changes):
    changed = made_anew(before).changed({number: told(changes, number) for number in changes})
    assert answers(changed) == answers(made_anew(before | changes))


def test_equal_names_of_old_and_new_medicines_stand_in_the_same_order():
    names = {"Coldaway": "brand", "Ibuprofen": "generic"}
    before, changes = {1: ("", names), 3: ("", names), 5: ("", names)}, {2: ("", names), 3: ("", names)}
    changed = made_anew(before).changed({number: told(changes, number) for number in changes})
    assert [name.medicine for name in changed.exact("coldaway")] == [1, 2, 3, 5]
    assert [near.name.medicine for near in changed.near("coldawai")] == [1, 2, 3, 5]


@act
def rename(medicine: Medicine, *, name: str) -> None:
    """As somebody does on the medicine's page: the generic name is another, the last of the others is gone."""
    medicine.names.order_by("pk").last().delete()
    medicine.name = f"{name} of {medicine.pk}"
    medicine.save()
    MedicineName.objects.update_or_create(medicine=medicine, name=medicine.name, defaults={"kind": NameKind.GENERIC})
    record("medicine.changed", by=None, about=medicine, is_public=True)


@act
def delete(medicine: Medicine) -> None:
    record("medicine.deleted", by=None, about=medicine, is_public=True)
    medicine.delete()


def add(name: str) -> None:
    if not find_medicine(name):
        add_medicine(name, by=None, drug_class="relaxants")


def do_to_first(verb):
    """A verb on the medicine that was changed longest ago, if there is any without a leaflet."""

    def do(name: str) -> None:
        if medicine := Medicine.objects.filter(leaflets=None).order_by("pk").first():
            verb(medicine, name)

    return do


ACTS = {
    "add": add,
    "add names": do_to_first(lambda medicine, name: add_names(medicine, by=None, names=[(name, "brand")])),
    "import": lambda name: list(import_names(f"medicine,name,kind\nImported,{name},brand\n".encode(), by=None)),
    "rename": do_to_first(lambda medicine, name: rename(medicine, name=name)),
    "delete": do_to_first(lambda medicine, _name: delete(medicine)),
    "look": lambda _name: the_index(),
    "put together": lambda _name: index._kept.renew(),
}


def suggestions() -> list:
    return [suggest(query, timezone.now()) for query in ("b", "bac", "co", "f", "8", "iron", "te", "im")]


class Following(TestCase):
    """Whatever verbs do to names, and whenever it is looked."""

    @settings(max_examples=20)
    @given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), NAMES), max_size=12))
    def test_it_says_what_one_made_anew_says(self, acts):
        index.forget()
        make_published(medicine="Baclofen")
        the_index()
        for verb, name in acts:
            ACTS[verb](name)
        following, suggested = answers(the_index()), suggestions()
        index.forget()
        assert following == answers(the_index())
        assert suggested == suggestions()


@pytest.fixture
def known(db, monkeypatch):
    """An index that knows a medicine, and may not read all of them again."""
    add_medicine("Testamol", by=None)
    the_index()
    monkeypatch.setattr(index, "_whole", lambda: pytest.fail("All names were read again."))


def test_a_change_reads_the_changed_medicines_alone(known, django_assert_num_queries):
    medicine = add_medicine("Otheramol", by=None)
    list(import_names(b"medicine,name,kind\nTestamol,Imported,brand\n", by=None))
    with django_assert_num_queries(7):
        # the stamp, whether the ledger is the same, what it says, what was imported, both, published
        assert [name.medicine for name in the_index().exact("otheramol")] == [medicine.pk]
    assert the_index().exact("imported")
    assert set(index._kept.standing.changes) == set(Medicine.objects.values_list("pk", flat=True))


def test_acts_on_something_else_change_nothing(known):
    first = the_index()
    act(lambda: record("medicine.looked-at", by=None, about=find_medicine("Testamol")))()
    assert the_index() is first


def test_with_another_ledger_all_is_read_again(db):
    """As after a backup was put back: what it knew of the ledger is not there."""
    add_medicine("Testamol", by=None)
    the_index()
    kept = index._kept
    kept.take(kept.standing._replace(mark=kept.standing.mark._replace(hash="another")))
    MedicineName.objects.create(medicine=find_medicine("Testamol"), name="Past the verbs")
    assert changed_since(kept.standing.mark) is None
    add_medicine("Otheramol", by=None)
    assert the_index().exact("past the verbs")
    assert not index._kept.standing.changes


def test_what_changes_while_all_is_read_is_known_and_nobody_waits(db, monkeypatch):
    add_medicine("Testamol", by=None)
    the_index()
    add_medicine("Otheramol", by=None)
    assert the_index().exact("otheramol")
    whole = index._whole

    def changed_meanwhile():
        assert not index._kept.lock.locked()
        made = whole()
        add_medicine("Lateramol", by=None)
        return made

    monkeypatch.setattr(index, "_whole", changed_meanwhile)
    index._kept.renew()
    late = find_medicine("Lateramol").pk
    assert [name.medicine for name in index._kept.index.exact("lateramol")] == [late]
    assert set(index._kept.standing.changes) == {late}  # the other is among all names now
    assert the_index().exact("otheramol")


@pytest.mark.django_db(transaction=True)
def test_past_a_bound_all_is_read_in_a_thread_of_its_own(monkeypatch):
    add_medicine("Testamol", by=None)
    the_index()
    monkeypatch.setattr(index, "MOST_CHANGED", 2)
    add_medicine("Otheramol", by=None)
    assert the_index().exact("otheramol")
    assert index._kept.renewed_by is None  # a medicine and its name
    add_medicine("Lateramol", by=None)
    assert the_index().exact("lateramol")
    index._kept.renewed_by.join()
    assert index._kept.standing.changes == {}
    assert [bool(the_index().exact(name)) for name in ("testamol", "otheramol", "lateramol")] == [True] * 3


@pytest.mark.django_db(transaction=True)
def test_a_process_reads_the_names_before_somebody_asks(django_assert_num_queries, monkeypatch):
    add_medicine("Testamol", by=None)
    thread = threading.Thread(target=index._kept.read_first)  # on a connection of its own
    thread.start()
    thread.join()
    monkeypatch.setattr(index, "LOOK_EVERY", float("inf"))
    with django_assert_num_queries(0):
        assert the_index().exact("testamol")


def test_a_process_without_a_database_begins_all_the_same(monkeypatch):
    """Whoever asks first reads them then."""
    monkeypatch.setattr(index, "_read_whole", Mock(side_effect=OperationalError("away")))
    index._kept.read_first()
    assert index._kept.standing is None
    assert not index._kept.lock.locked()
