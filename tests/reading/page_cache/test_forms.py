"""A form that a reader sends passes the middleware by that is not for readers, and is answered as the whole site would
answer."""

import gzip

import pytest
from django.http import HttpResponse
from django.utils import timezone

from monographs.clinics.actions import change_clinic
from monographs.clinics.models import Clinic
from monographs.comments.models import Comment
from monographs.leaflets.form_size import MOST_PUBLIC_FIELDS
from monographs.leaflets.models import Leaflet
from monographs.reading import public
from monographs.reading.page_cache.marks import readers_form_at
from monographs.reading.replies.form import make_token
from tests.makers import make_published
from tests.reading.through_the_cache import Reader, layer


def token_for(leaflet: Leaflet) -> str:
    return make_token(leaflet, leaflet.publications.latest("pk").pk, public.hour_of(timezone.now()))


@pytest.mark.parametrize(
    ("slug", "typed", "status"),
    [
        ("testamol", {"body": "Thank you, it helped."}, 303),
        ("testamol", {"body": ""}, 400),
        ("testamol", {"body": "I want to end my life", "token": "wrong"}, 400),
        ("testamol", {"body": "x", **{f"field{number}": "" for number in range(MOST_PUBLIC_FIELDS)}}, 400),
        ("unknown", {"body": "Thank you."}, 404),
    ],
    ids=["taken", "blank", "not ours", "too many fields", "unknown leaflet"],
)
@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_a_form_is_taken_the_same_with_and_without_the_middleware_that_is_no_readers(db, slug, typed, status, encoding):
    leaflet = make_published().leaflet
    token = token_for(leaflet)
    answers = []
    for cache in (layer(for_forms=None), layer()):
        reader = Reader(cache, headers={"Accept-Encoding": encoding})
        answers.append(reader.post(f"/leaflets/{slug}/reply/", {"token": token, **typed}))
        assert Comment.objects.filter(body=typed["body"]).count() == (status == 303)  # sent again it is the same
    with_all, without = answers
    assert (without.status_code, _plain(without)) == (with_all.status_code, _plain(with_all))
    assert dict(without.headers) | {"Content-Length": ""} == dict(with_all.headers) | {"Content-Length": ""}
    assert without.status_code == status
    assert not without.cookies


def _plain(answer: HttpResponse) -> bytes:
    """Its text: what is compressed is of another length each time."""
    return gzip.decompress(answer.content) if answer.get("Content-Encoding") == "gzip" else answer.content


def test_a_form_asks_for_the_clinic_again_when_something_public_has_changed(db, ada, monkeypatch):
    reader, leaflet, own = Reader(), make_published().leaflet, public.read_site
    asked = []
    monkeypatch.setattr(public, "read_site", lambda: asked.append(1) or own())
    for body in ("Thank you.", "Thanks a lot."):
        reader.post("/leaflets/testamol/reply/", {"token": token_for(leaflet), "body": body})
    assert (Comment.objects.count(), len(asked)) == (2, 1)
    clinic = Clinic.objects.get()
    clinic.name = "Hill Street Surgery"
    change_clinic(clinic, by=ada)
    answer = reader.post(
        "/leaflets/testamol/reply/", {"token": token_for(leaflet), "body": "Hello", "name": "Hill Street Surgery"}
    )
    assert (answer.status_code, len(asked)) == (400, 2)


def test_no_page_is_taken_for_a_form_and_no_form_of_the_staff_for_a_readers():
    assert readers_form_at("/leaflets/testamol/reply/").url_name == "leaflet-reply"
    assert not any(map(readers_form_at, ["/", "/leaflets/testamol/", "/admin/", "/admin/login/", "/unknown/"]))
