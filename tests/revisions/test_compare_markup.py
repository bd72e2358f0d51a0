"""What a comparison of plain words would not show is shown too: links, emphasis, alternative text."""

from monographs.revisions.compare import compare
from monographs.text.changes.differences import Piece
from monographs.text.markup.markdown import plain, render
from tests.revisions.leaflet import alerts, rebuilt, with_body


def test_changed_link_target_is_reported_though_the_words_are_the_same():
    old, new = with_body("Call [the ward](tel:111)."), with_body("Call [the ward](tel:222).")
    comparison = compare(old, new)
    part = comparison.sections[0]
    assert (part.state, part.body.markup_only) == ("changed", True)
    assert part.body.pieces == (Piece("same", "Call the ward."),)
    assert [(link.before, link.after) for link in part.body.links] == [("tel:111", "tel:222")]
    assert rebuilt(part.body.markup_pieces, "added") == "Call [the ward](tel:111)."
    assert rebuilt(part.body.markup_pieces, "removed") == "Call [the ward](tel:222)."
    assert comparison.has_changes


def test_link_target_changed_along_with_the_words_is_not_hidden():
    part = compare(
        with_body("See [a](https://a.example/?x=1&y=2)."), with_body("Look at [a](https://b.example).")
    ).sections[0]
    assert not part.body.markup_only
    assert [(link.before, link.after) for link in part.body.links] == [
        ("https://a.example/?x=1&y=2", "https://b.example")
    ]


def test_changed_emphasis_is_reported_as_markup_only():
    part = compare(with_body("Keep it dry."), with_body("Keep it **dry**.")).sections[0]
    assert (part.state, part.body.markup_only, part.body.links) == ("changed", True, ())
    assert rebuilt(part.body.markup_pieces, "removed") == "Keep it **dry**."


def test_changed_alternative_text_is_a_change_of_words():
    body = compare(with_body("![A blue box](b.png)"), with_body("![A red box](b.png)")).sections[0].body
    assert not body.markup_only
    assert body.pieces == (Piece("same", "A "), Piece("removed", "blue"), Piece("added", "red"), Piece("same", " box"))


def test_care_card_of_another_kind_shows_its_headings():
    part = compare(with_body("::: emergency\nCollapse.\n:::"), with_body("::: tell\nCollapse.\n:::")).sections[0]
    assert not part.body.markup_only
    assert rebuilt(part.body.pieces, "added") == "Call the emergency number now\nCollapse."
    assert rebuilt(part.body.pieces, "removed") == "Tell your doctor or pharmacist\nCollapse."


def test_dose_in_another_column_is_a_change_of_words_and_an_alert():
    table = "| | Morning | Night |\n|---|---|---|\n| Monday | %s | %s |"
    old, new = with_body(table % ("2", "")), with_body(table % ("", "2"))
    part = compare(old, new).sections[0]
    assert not part.body.markup_only
    assert rebuilt(part.body.pieces, "added") == "\tMorning\tNight\nMonday\t2\t"
    assert rebuilt(part.body.pieces, "removed") == "\tMorning\tNight\nMonday\t\t2"
    assert alerts(old, new) == [("Dosage", "number", "Morning: 2", "Night: 2")]


def test_tooltip_that_no_comparison_would_show_is_no_tooltip_but_text():
    for link in ('[us](https://a.example "5 mg")', '![us](box.png "5 mg")'):
        assert "title=" not in render(link)
        assert plain(link) == link
