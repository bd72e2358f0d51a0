import pytest

from tests.makers import *


@pytest.mark.django_db
def test_all():
    p = make_published()
    c = make_comment(p, shown=True)
    assert p.version == "1"
    print(p.pages.get().html)


@pytest.mark.django_db(transaction=True)
def test_all2():
    p = make_published()
    from django.db import Error

    with pytest.raises(Error):
        p.delete()
    p.kind = "expiry"
    with pytest.raises(Error):
        p.save()


@pytest.mark.django_db(transaction=True)
def test_all3():
    p = make_published()
