"""What the tests of the patients' pages share."""

import datetime as dt
import re
from html import unescape

from django.test import Client
from django.utils import timezone

from monographs.clinics.actions import change_clinic
from monographs.clinics.models import Clinic, the_clinic
from monographs.reading.replies.form import looked_at


def make_clinic(**fields) -> Clinic:
    """The clinic with lines that can be called."""
    clinic = the_clinic()
    details = {"name": "Mill Lane Surgery", "phone": "01632 960 100", "emergency_number": "999", "urgent_number": "111"}
    for name, value in {**details, **fields}.items():
        setattr(clinic, name, value)
    change_clinic(clinic, by=None)
    return clinic


def words(response) -> str:
    """What a reader sees of a page: its text without markup, blanks made single."""
    html = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def token_on(client: Client, slug: str) -> str:
    """The signed word in the leaflet's reply form."""
    page = client.get(f"/leaflets/{slug}/").content.decode()
    return unescape(re.search(r'name="token" value="([^"]+)"', page)[1])


def send(client: Client, slug: str, **fields):
    """Post the reply form as a browser would; who is asked to look once more sends it as it is."""
    form = {"token": token_on(client, slug), "name": "", "email": "", "website": "", **fields}
    response = send_once(client, slug, **form)
    if response.status_code == 200:
        response = send_once(client, slug, **form, looked=looked_long_ago())
    return response


def send_once(client: Client, slug: str, **form):
    """Post what is given, and stay where that leads."""
    return client.post(f"/leaflets/{slug}/reply/", form)


def looked_long_ago() -> str:
    """What the form carries back of somebody who was asked to look once more, a minute ago."""
    return looked_at(timezone.now() - dt.timedelta(minutes=1))
