"""The list of leaflets that may contradict each other."""

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


@pytest.mark.parametrize("count", [1, 60])
def test_the_page_takes_the_same_queries_however_many(client, ana, count, django_assert_max_num_queries):
    finding = make_finding(make_published())
    rows = [
        Finding(kind=finding.kind, leaflet=finding.leaflet, other=finding.other, digest=f"{number:064}")
        for number in range(1, count)
    ]
    Finding.objects.bulk_create(rows)
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
