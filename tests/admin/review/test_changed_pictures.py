"""A picture or link that is another one stands first on the pages where changes are read, old and new side by side."""

import pytest

from tests.admin.review.test_review_page import url
from tests.makers import change_leaflet, make_published, make_review

ONE, FOUR = "![One tablet](/media/leaflet-images/1a.png)", "![Four tablets](/media/leaflet-images/4b.png)"


@pytest.fixture
def picture_review():
    leaflet = make_published(dosage=f"Take 5mg once a day.\n\n{ONE}\n\n[Our page](https://a.example/x)").leaflet
    dosage = f"Take 50mg once a day.\n\n{FOUR}\n\n[Our page](https://b.example/x)"
    return make_review(change_leaflet(leaflet, dosage=dosage))


def listed(page: str) -> str:
    return page[page.index('id="staff-alerts"') : page.index("</section>", page.index('id="staff-alerts"'))]


def test_both_pictures_stand_first_on_the_review_page_with_their_words_and_files(client, bruno, picture_review):
    client.force_login(bruno)
    alerts = listed(client.get(url("review", picture_review.leaflet)).content.decode())
    order = ["another picture stands here", 'src="/media/leaflet-images/1a.png" alt="One tablet"', "1a.png</bdi>",
             'src="/media/leaflet-images/4b.png" alt="Four tablets"', "4b.png</bdi>", "the link leads elsewhere",
             "https://a.example/x", "https://b.example/x", "[removed: </span>5mg"]  # fmt: skip
    places = [alerts.index(words) for words in order]
    assert places == sorted(places)


def test_they_stand_first_where_two_revisions_are_compared_and_before_publishing(client, ana, picture_review):
    client.force_login(ana)
    page = client.get(f"{url('compare', picture_review.leaflet)}?old=1&new=2").content.decode()
    assert "another picture stands here" in listed(page)
    assert "the link leads elsewhere" in listed(page)


def test_a_first_text_shows_its_pictures(client, bruno):
    leaflet = make_review(dosage=f"Take 5mg once a day.\n\n{ONE}").leaflet
    client.force_login(bruno)
    alerts = listed(client.get(url("review", leaflet)).content.decode())
    assert "a picture is new" in alerts
    assert "One tablet" in alerts


def test_markup_in_the_words_of_a_picture_or_link_is_shown_and_not_obeyed(client, ana):
    leaflet = make_published(dosage="Take 5mg once a day. ![a](/media/1.png)").leaflet
    body = "Take 5mg once a day. ![A <b onclick=x>](/media/2.png)\n\n[Page <i>](https://x.example/?a=1&b=2)"
    change_leaflet(leaflet, dosage=body)
    client.force_login(ana)
    alerts = listed(client.get(f"{url('compare', leaflet)}?old=1&new=2").content.decode())
    assert "A &lt;b onclick=x&gt;" in alerts
    assert "<b onclick" not in alerts
    assert "<i>" not in alerts
