"""A text that is too long is refused at every door in a sentence, whole: nothing is cut off."""

import dataclasses

import pytest

from monographs.exchange.actions import import_leaflet
from monographs.leaflets.limits import LONGEST_KEY_FACTS, LONGEST_LEAFLET, LONGEST_SECTION, MOST_LINES, check_length
from monographs.refusals import Unacceptable
from monographs.revisions.actions import newest_revision, restore_revision, save_draft
from monographs.revisions.models import Revision
from tests.makers import change_leaflet, make_content, make_leaflet

TOO_LONG = "A section can have at most 50,000 characters; this one has 50,001. Please shorten or part it"
TOGETHER = "The sections of a leaflet can have at most 150,000 characters together"


def with_bodies(length, number=1):
    content = make_content()
    sections = [dataclasses.replace(section, body="x" * length) for section in content.sections[:number]]
    return dataclasses.replace(content, sections=(*sections, *content.sections[number:]))


def with_lines(number):
    content = make_content()
    first = dataclasses.replace(content.sections[0], body="- x\n" * number)
    return dataclasses.replace(content, sections=(first, *content.sections[1:]))


def test_what_is_just_long_enough_passes():
    check_length(with_bodies(LONGEST_SECTION))
    check_length(with_lines(MOST_LINES))
    content = dataclasses.replace(with_bodies(LONGEST_LEAFLET // 3, 3), sections=with_bodies(50_000, 3).sections[:3])
    check_length(dataclasses.replace(content, key_facts=("x" * LONGEST_KEY_FACTS,)))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (with_bodies(LONGEST_SECTION + 1), TOO_LONG),
        (with_bodies(LONGEST_SECTION, 4), TOGETHER),
        (with_lines(MOST_LINES + 1), "A section can have at most 3,000 lines; this one has 3,001. Please shorten or"),
        (make_content(key_facts=("x" * (LONGEST_KEY_FACTS + 1),)), "Key facts can have at most 5,000 characters"),
    ],
)
@pytest.mark.django_db
def test_a_draft_that_is_too_long_is_refused_and_the_old_one_stays(ana, content, sentence):
    leaflet = make_leaflet()
    with pytest.raises(Unacceptable, match=sentence):
        save_draft(leaflet, content, by=ana)
    assert Revision.objects.count() == 1
    assert leaflet.sections.first().body == newest_revision(leaflet).content.sections[0].body


@pytest.mark.django_db
def test_a_line_end_counts_once_however_the_browser_sends_it(ana):
    leaflet = make_leaflet()
    content = with_bodies(0)
    body = f"{'x' * 19}\r\n" * (LONGEST_SECTION // 20)
    first = dataclasses.replace(content.sections[0], body=body)
    assert save_draft(leaflet, dataclasses.replace(content, sections=(first, *content.sections[1:])), by=ana)


@pytest.mark.parametrize("suffix", ["md", "txt"])
@pytest.mark.django_db
def test_an_import_that_is_too_long_is_refused_and_keeps_nothing(ana, suffix):
    text = f"What is Testamol?\n\n{'Take it with food. ' * 5_000}"
    data = f"## {text}" if suffix == "md" else text
    with pytest.raises(Unacceptable, match="What is Testamol.: A section can have at most 50,000 characters"):
        import_leaflet(data.encode(), filename=f"t.{suffix}", by=ana)
    assert Revision.objects.count() == 0


@pytest.mark.django_db
def test_an_old_revision_that_was_longer_can_still_be_restored(ana, monkeypatch):
    leaflet = make_leaflet()
    old = newest_revision(leaflet)
    change_leaflet(leaflet, dosage="Take 6mg once a day.")
    monkeypatch.setattr("monographs.leaflets.limits.LONGEST_SECTION", 3)
    assert restore_revision(old, by=ana)
