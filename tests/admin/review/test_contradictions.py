"""The list of leaflets that may contradict each other."""

import re

import pytest
from django.urls import reverse

from monographs.together.models import Finding, Judgement
from tests.makers import make_published
from tests.makers_together import make_finding

pytestmark = pytest.mark.django_db
LIST, JUDGE = reverse("admin:contradictions"), reverse("admin:contradiction-judge")


def test_it_quotes_both_and_takes_a_reason(client, ana):
    finding = make_finding(sentences=["Not <b>with</b> Silentamol."], other_sentences=["Take it."])
    client.force_login(ana)
    page = client.get(LIST).content.decode()
    assert "Not &lt;b&gt;with&lt;/b&gt; Silentamol." in page
    assert "Take it." in page
    assert client.post(JUDGE, {"digest": finding.digest, "why": "Meant so."}).status_code == 302
    assert "Silentamol." not in client.get(LIST).content.decode()
    done = client.get(LIST, {"judged": "1"}).content.decode()
    assert "Meant so." in done
    assert "Ana" in done


def test_without_a_reason_it_stays_and_the_page_says_so(client, ana):
    finding = make_finding()
    client.force_login(ana)
    response = client.post(JUDGE, {"digest": finding.digest, "why": " "})
    assert response.status_code == 400
    assert "Say why it is none" in response.content.decode()
    assert not Judgement.objects.exists()


def test_a_reason_that_is_refused_on_a_later_page_comes_back_there(client, ana):
    finding = make_finding()
    _more(finding, 30)
    client.force_login(ana)
    first = client.get(LIST).text
    later = re.search(r'href="(\?before=\d+)" rel="next"', first)[1]
    page = client.get(LIST + later).text
    assert f'action="{JUDGE}{later}"' in page
    too_long = "x" * 1_001
    refused = client.post(JUDGE + later, {"digest": finding.digest, "why": too_long})
    assert refused.status_code == 400
    assert f'value="{too_long}"' in refused.text
    done = client.post(JUDGE + later, {"digest": finding.digest, "why": "Meant so."})
    assert done["Location"] == LIST + later


def test_a_reason_for_what_is_gone_meanwhile_is_not_lost(client, ana):
    client.force_login(ana)
    refused = client.post(JUDGE, {"digest": "0" * 64, "why": "Both are right."})
    assert refused.status_code == 409
    assert "Both are right." in refused.text


def test_one_kind_alone_is_listed_and_its_pages_stay_with_it(client, ana):
    finding = make_finding()
    _more(finding, 30, kind="amount")
    client.force_login(ana)
    assert client.get(LIST, {"kind": "one-sided"}).text.count('class="queue-reply"') == 1
    page = client.get(LIST, {"kind": "amount"}).text
    assert page.count('class="queue-reply"') == 25
    assert re.search(r'href="\?kind=amount&amp;before=\d+" rel="next"', page)
    assert '<a href="?kind=amount" aria-current="page">' in page
    assert client.get(LIST, {"kind": "x"}).text.count('class="queue-reply"') == 25


def test_both_leaflets_are_linked_as_patients_read_them(client, ana):
    finding = make_finding(sentences=["Not with Silentamol."], other_sentences=["Take it."])
    client.force_login(ana)
    page = client.get(LIST).text
    for leaflet in (finding.leaflet, finding.other):
        assert reverse("leaflet-read", args=[leaflet.slug]) in page


def _more(finding: Finding, count: int, *, kind: str = "") -> None:
    rows = [
        Finding(kind=kind or finding.kind, leaflet=finding.leaflet, other=finding.other, digest=f"{number:064}")
        for number in range(1, count)
    ]
    Finding.objects.bulk_create(rows)


@pytest.mark.parametrize("count", [1, 60])
def test_the_page_takes_the_same_queries_however_many(client, ana, count, django_assert_max_num_queries):
    finding = make_finding(make_published())
    _more(finding, count)
    client.force_login(ana)
    client.get(LIST)
    with django_assert_max_num_queries(8):
        page = client.get(LIST).content.decode()
    assert page.count('class="queue-reply"') == min(count, 25)
    assert ('rel="next"' in page) is (count > 25)


@pytest.mark.parametrize("before", ["x", "-1", "٣", "9" * 40, ""])
def test_whatever_page_is_asked_for_is_answered(client, ana, before):
    client.force_login(ana)
    assert client.get(LIST, {"before": before}).status_code == 200
