"""A changed picture or link target is told, first of all, whatever the words around it say."""

from dataclasses import replace

import pytest

from monographs.leaflets.content import SourceContent
from monographs.revisions.compare import compare
from tests.revisions.leaflet import LEAFLET, section, with_body

ONE, FOUR = "![One tablet](/media/leaflet-images/1a.png)", "![Four tablets](/media/leaflet-images/4b.png)"


def changes(old, new):
    """(place, kind, what, file or address before, after)."""
    return [
        (
            change.place,
            change.kind,
            change.what,
            change.before and (change.before.file_name if change.kind == "picture" else change.before.address),
            change.after and (change.after.file_name if change.kind == "picture" else change.after.address),
        )
        for change in compare(old, new).targets
    ]


def of_bodies(old, new):
    return [change[1:] for change in changes(with_body(old), with_body(new))]


def test_another_picture_is_told_with_both_and_first_of_all_alerts():
    old, new = with_body(f"Take 5 mg.\n\n{ONE}"), with_body(f"Take 10 mg.\n\n{FOUR}")
    assert changes(old, new) == [("Dosage", "picture", "exchanged", "1a.png", "4b.png")]
    (change,) = compare(old, new).targets
    assert (change.before.words, change.after.words) == ("One tablet", "Four tablets")
    assert compare(old, new).alerts[0].change.category == "picture"


def test_another_picture_with_the_same_alternative_text_is_told():
    assert of_bodies("![Tablet](/media/a.png)", "![Tablet](/media/b.png)") == [
        ("picture", "exchanged", "a.png", "b.png")
    ]


def test_pictures_that_change_places_are_told_place_by_place():
    old, new = f"Morning\n\n{ONE}\n\nEvening\n\n{FOUR}", f"Morning\n\n{FOUR}\n\nEvening\n\n{ONE}"
    assert of_bodies(old, new) == [
        ("picture", "exchanged", "1a.png", "4b.png"),
        ("picture", "exchanged", "4b.png", "1a.png"),
    ]
    assert [change.after.beside for change in compare(with_body(old), with_body(new)).targets] == ["Morning", "Evening"]


def test_words_that_change_places_around_their_pictures_are_told_as_pictures_that_stand_elsewhere():
    old, new = f"Morning\n\n{ONE}\n\nEvening\n\n{FOUR}", f"Evening\n\n{ONE}\n\nMorning\n\n{FOUR}"
    assert [change[1] for change in of_bodies(old, new)] == ["moved", "moved"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"### Adults\n\n{ONE}\n\n### Children\n\nAsk.", f"### Adults\n\nAsk.\n\n### Children\n\n{ONE}"),
        (f"- In the morning {ONE}\n- At night", f"- In the morning\n- At night {ONE}"),
        (f"| Age | Take |\n|---|---|\n| 5 | {ONE} |\n| 9 | |", f"| Age | Take |\n|---|---|\n| 5 | |\n| 9 | {ONE} |"),
    ],
)
def test_picture_under_another_heading_or_beside_other_words_is_told(old, new):
    assert of_bodies(old, new) == [("picture", "moved", "1a.png", "1a.png")]


def test_what_stands_behind_a_care_card_does_not_stand_under_its_heading():
    card = "Ask us.\n\n::: emergency\nYou can't breathe.\n:::\n\n"
    link, picture = compare(LEAFLET, with_body(f"{card}See [our advice](https://a.example).")), with_body(card + ONE)
    assert [(one.after.headings, one.after.beside) for one in link.targets] == [((), "See our advice.")]
    assert [(one.after.headings, one.after.beside) for one in compare(LEAFLET, picture).targets] == [((), "Ask us.")]
    inside = with_body("::: emergency\nSee [our advice](https://a.example).\n:::")
    assert compare(LEAFLET, inside).targets[0].after.headings != ()


def test_picture_in_another_section_is_one_change():
    old = replace(LEAFLET, sections=(section("dosage", f"Take it. {ONE}"), section("storage", "Keep it dry.")))
    new = replace(LEAFLET, sections=(section("dosage", "Take it."), section("storage", f"Keep it dry. {ONE}")))
    assert changes(old, new) == [("Storage", "picture", "moved", "1a.png", "1a.png")]


def test_changed_alternative_text_and_pictures_that_came_or_went_are_told():
    assert of_bodies(ONE, ONE.replace("One", "Four")) == [("picture", "renamed", "1a.png", "1a.png")]
    assert of_bodies("Take it.", f"Take it. {ONE}") == [("picture", "came", None, "1a.png")]
    assert of_bodies(f"Take it. {ONE}", "Take it.") == [("picture", "went", "1a.png", None)]
    assert of_bodies(f"{ONE}\n\n{FOUR}", FOUR) == [("picture", "went", "1a.png", None)]


def test_words_edited_beside_a_picture_are_no_change_of_it():
    assert of_bodies(f"### Adults\n\nTake it.\n\n{ONE}", f"### Grown-ups\n\nTake them.\n\n{ONE}") == []
    assert of_bodies(f"Take it.\n\n{ONE}", f"A line more.\n\nTake it.\n\n{ONE}") == []


def test_link_to_another_address_is_told_whatever_kind_it_is():
    assert of_bodies("Call [us](tel:111).", "Call [us](tel:222).") == [("link", "exchanged", "tel:111", "tel:222")]
    assert of_bodies("See [us](https://a.example).", "See [us](https://b.example).") == [
        ("link", "exchanged", "https://a.example", "https://b.example")
    ]
    assert of_bodies("See [us](https://a.example).", "Look at [them](https://b.example).") == [
        ("link", "exchanged", "https://a.example", "https://b.example")
    ]


def test_links_that_change_their_targets_are_told_by_their_words():
    old, new = (
        "[Adults](https://a.example) [Children](https://b.example)",
        ("[Adults](https://b.example) [Children](https://a.example)"),
    )
    assert len(of_bodies(old, new)) == 2
    swapped = "[Children](https://a.example) [Adults](https://b.example)"
    assert {change[1] for change in of_bodies(old, swapped)} == {"exchanged"}


def test_link_that_only_moved_or_got_other_words_is_left_to_the_words():
    old = "[Adults](https://a.example)\n\nWords.\n\n[Children](https://b.example)"
    assert of_bodies(old, "[Children](https://b.example)\n\nWords.\n\n[Adults](https://a.example)") == []
    assert of_bodies("See [us](https://a.example).", "See [our page](https://a.example).") == []


def test_links_and_pictures_in_key_facts_and_addresses_of_sources_are_told():
    old = replace(LEAFLET, key_facts=("See [us](https://a.example).", ONE))
    new = replace(LEAFLET, key_facts=("See [us](https://b.example).", FOUR))
    assert [change[:3] for change in changes(old, new)] == [
        ("Key facts", "picture", "exchanged"),
        ("Key facts", "link", "exchanged"),
    ]
    source = SourceContent("British National Formulary", "https://bnf.example/1")
    old, new = (replace(LEAFLET, sources=(replace(source, url=url),)) for url in ("https://a.example", "https://b.ex"))
    assert changes(old, new) == [("Sources", "link", "exchanged", "https://a.example", "https://b.ex")]


def test_section_that_does_not_apply_shows_no_picture():
    old = replace(LEAFLET, sections=(section("dosage", ONE),))
    new = replace(LEAFLET, sections=(section("dosage", ONE, is_not_applicable=True, reason="No."),))
    assert [change[2] for change in changes(old, new)] == ["went"]


def test_a_first_text_names_all_its_pictures():
    assert [change.what for change in compare(None, with_body(f"{ONE} {FOUR}")).targets] == ["came", "came"]


def test_thousands_of_pictures_are_compared_in_their_order():
    """Aligning them would take minutes."""
    old = " ".join(f"![a](/{number % 7}.png)" for number in range(3_000))
    new = " ".join(f"![a](/{number % 5}.png)" for number in range(3_100))
    assert len(of_bodies(old, new)) > 2_000
