"""A leaflet in Simplified Chinese: it can be started and published, and its page speaks Chinese."""

import re

import pytest

from tests.makers import make_comment, make_leaflet, make_published
from tests.reading.arabic import latin_words
from tests.reading.parts import make_clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(db):
    make_clinic(name="诊所", address="", reporting_name="", disclaimer="", crisis_lines="", out_of_hours="")
    leaflet = make_leaflet(
        language="zh-hans", title="布洛芬", key_facts=("饭后服用。", "不要驾驶。", "放在儿童够不到的地方。")
    )
    return make_published(leaflet, change_note="第一版。")


def test_its_page_speaks_chinese(client, published):
    make_comment(published, body="可以和牛奶一起服用吗？", name="小李", shown=True)
    html = client.get("/leaflets/testamol-zh-hans/").content.decode()
    assert '<html lang="zh-hans" dir="ltr"' in html
    assert re.search(r"20\d\d年\d{1,2}月\d{1,2}日</time>", html)
    head, _slash, rest = html.partition('<article class="leaflet">')
    assert latin_words(head) == []
    assert set(latin_words(rest.partition("</header>")[0])) <= {"EPUB", "PDF"}


def test_the_english_pages_say_that_it_is_chinese(client, published):
    assert ' lang="zh-hans" dir="ltr">布洛芬</a>' in client.get("/").content.decode()
    assert "简体中文" in client.get("/a-z/").content.decode()
