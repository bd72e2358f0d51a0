"""What a page costs: the same number of queries at 1 and at 30 of whatever it lists."""

import pytest

from monographs.leaflets.content import SectionContent
from monographs.medicines.actions import add_names
from monographs.publication.actions import withdraw
from tests.makers import change_leaflet, make_comment, make_content, make_published
from tests.reading.through_the_cache import Reader

pytestmark = pytest.mark.django_db


def _long(count):
    more = tuple(SectionContent(f"more-{n}", "more", f"More {n}", "Words.") for n in range(count))
    return (*make_content().sections, *more)


@pytest.mark.parametrize("count", [1, 30])
def test_leaflet_page_takes_three_queries(client, django_assert_num_queries, count):
    publication = make_published(sections=_long(count))
    for number in range(count):
        make_comment(publication, body=f"Reply {number}.", shown=True)
    with django_assert_num_queries(3):
        page = client.get("/leaflets/testamol/").content.decode()
    assert f"Reply {count - 1}." in page
    assert f"More {count - 1}" in page


def test_page_that_is_known_takes_no_query_but_the_look_up_of_the_stamp(django_assert_num_queries):
    make_published()
    client = Reader()
    tag = client.get("/leaflets/testamol/")["ETag"]
    with django_assert_num_queries(1):
        assert client.get("/leaflets/testamol/", headers={"if-none-match": tag}).status_code == 304
    with django_assert_num_queries(1):
        assert client.get("/leaflets/testamol/").status_code == 200


def test_withdrawn_page_takes_two_queries(client, priya, django_assert_num_queries):
    withdraw(make_published().leaflet, by=priya, notice="Ask us.", why="Wrong.")
    with django_assert_num_queries(2):
        client.get("/leaflets/testamol/")


@pytest.mark.parametrize("count", [1, 10])
def test_versions_take_the_same_queries_however_many(client, django_assert_num_queries, count):
    leaflet = make_published().leaflet
    for number in range(count):
        make_published(change_leaflet(leaflet, dosage=f"Take {number + 6}mg."), change_note=f"Change {number}.")
    with django_assert_num_queries(2):
        client.get("/leaflets/testamol/versions/")
    with django_assert_num_queries(4):  # the clinic, the two versions, the page, names of medicines
        client.get("/leaflets/testamol/versions/1/")
    with django_assert_num_queries(3):
        client.get("/leaflets/testamol/versions/1/changes/")
    with django_assert_num_queries(4):
        client.get("/leaflets/testamol/changes/")


def test_what_a_name_has_led_to_is_not_looked_up_again_as_a_text(client, django_assert_num_queries, monkeypatch):
    make_published()
    client.get("/search/?q=testamol")  # from now on the names and the letters are known
    monkeypatch.setattr("monographs.search.index.kept.LOOK_EVERY", 60)
    client.get("/search/?q=testamol")
    with django_assert_num_queries(3):  # the clinic, what is shown of the medicine, who has its name in the text
        assert "/leaflets/testamol/" in client.get("/search/?q=testamol").content.decode()


def make_medols(count):
    for number in range(count):
        leaflet = make_published(medicine=f"Medol {number}").leaflet
        add_names(leaflet.medicine, by=None, names=[(f"Brand {number}", "brand")])


@pytest.fixture(scope="module")
def thirty_medols(rows_of_the_file):
    make_medols(30)


LISTS = pytest.mark.parametrize(
    ("address", "most"), [("/", 3), ("/a-z/", 4), ("/a-z/m/", 4), ("/search/?q=med", 8), ("/search/?q=mxdol", 10)]
)


@LISTS
def test_lists_of_one_medicine_take_few_queries(client, django_assert_max_num_queries, address, most):
    make_medols(1)
    client.get(address)  # the index of names is made once in a process
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


@LISTS
def test_lists_of_thirty_medicines_take_as_few(client, thirty_medols, django_assert_max_num_queries, address, most):
    client.get(address)
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200
