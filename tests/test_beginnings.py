"""How a column begins is found by its index, on either database, and is what Python says of it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monographs.beginnings import Begins, InOrder, first_behind
from monographs.medicines.models import Medicine, MedicineName
from tests.bench.plans import plan_of

NAMES = (
    "a", "ab", "aB", "a%", "a%b", "a_b", "a\\b", "a'b", "b", "ä", "z\U0010ffff", "z\U0010ffffz", "za", "\U0010ffff",
    "\U0010ffffa", "x\ud7ff", "x\ud7ffa", "x\ue000", "żółw", "ж",
)  # fmt: skip


@pytest.fixture
def names(db):
    medicine = Medicine.objects.create(name="Testamol", slug="testamol")
    return MedicineName.objects.bulk_create(MedicineName(medicine=medicine, name=name) for name in NAMES)


@pytest.mark.parametrize("beginning", ["", "%", "_", "\\", "ż", *NAMES])
def test_it_finds_what_begins_so_in_the_order_of_code_points(names, beginning):
    found = MedicineName.objects.filter(Begins("name", beginning)).order_by(InOrder("name"))
    assert list(found.values_list("name", flat=True)) == sorted(name for name in NAMES if name.startswith(beginning))


@pytest.mark.parametrize(
    ("beginning", "behind"),
    [("bac", "bad"), ("", None), ("\U0010ffff", None), ("a\U0010ffff\U0010ffff", "b"), ("x\ud7ff", "x\ue000")],
)
def test_the_first_text_behind_all_that_begin_so(beginning, behind):
    assert first_behind(beginning) == behind


def test_it_reads_a_range_of_the_index_in_its_order(names):
    if connection.vendor == "postgresql":  # which reads a small table from end to end
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
    with CaptureQueriesContext(connection) as captured:
        list(MedicineName.objects.filter(Begins("folded", "a")).order_by(InOrder("folded"))[:3])
    plan, _rows = plan_of(captured.captured_queries[0]["sql"])
    found = (
        r"SEARCH .* USING INDEX .*folded>\? AND folded<\?"
        if connection.vendor == "sqlite"
        else r"Index Scan on .*_like"
    )
    assert re.search(found, plan)
    assert not re.search("(?i)sort|temp b-tree", plan)
