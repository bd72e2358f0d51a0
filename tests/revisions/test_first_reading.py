"""The list of a text that nothing came before: each line is worth a second reader's look."""

from dataclasses import replace

from monographs.leaflets.content import Content, MedicineContent
from monographs.revisions.compare import compare
from tests.revisions.leaflet import section


def listed(*sections, **options):
    content = Content(title="Xylin", medicine=MedicineContent(name="Xylin"), sections=sections, **options)
    return {part.place: dict(part.mentions) for part in compare(None, content).to_check}


def of_body(body, heading="Dosage"):
    return listed(section("dosage", body, heading=heading)).get(heading, {})


def test_amount_is_named_with_its_time_and_once():
    assert of_body("Take 50mg once a day. Later, take 100 mg twice a day. Never take more than 50mg once a day.") == {
        "dose": ("50mg once a day", "100 mg twice a day", "more than 50mg once a day"),
        "negation": ("Never take more than 50mg once a day.",),
    }


def test_amount_that_stands_twice_is_told_with_the_time_of_each():
    dose = "5 mg twice a day (at most 2 × 5 mg)"
    assert of_body(f"Children: {dose}.")["dose"] == (dose,)
    assert of_body("Take 15 mg in the morning and 5 mg at night.")["dose"] == ("15 mg in the morning", "5 mg at night")
    assert of_body("Take 25 mg once a day, 5 mg at night.")["dose"] == ("25 mg once a day, 5 mg at night",)


def test_number_that_also_stands_in_a_name_is_told():
    sentence = "If you have type 2 diabetes, take 2."
    assert of_body(sentence)["number"] == (sentence,)


def test_heading_is_no_warning():
    assert of_body("Rest.", heading="What to avoid") == {}
    assert of_body("### If you stop taking it\n\nRest.") == {}


def test_care_card_is_no_frequency():
    assert of_body("::: emergency\nYou faint.\n:::\n\n::: today\nYou itch.\n:::") == {}


def test_part_of_the_body_is_a_way_of_taking_only_where_something_is_taken():
    assert of_body("Glaucoma is raised pressure in the eye.") == {}
    assert of_body("Put one drop in the eye.") == {"dose": ("one drop",), "route": ("in the eye",)}


def test_line_under_how_many_people_are_affected_is_no_warning():
    body = "### May affect more than 1 in 10 people\n\n- not sleeping\n- late or no ejaculation"
    assert of_body(body) == {"frequency": ("more than 1 in 10",)}


def test_what_is_denied_and_not_forbidden_is_no_warning():
    assert of_body("Bleeding does not stop. It works without food. You cannot breathe. Not all people are alike.") == {}


def test_each_line_under_a_warning_is_told_with_it():
    assert of_body("Do not take it if you:\n\n- have gout\n- had a stroke in the last 14 days") == {
        "negation": (
            "Do not take it if you: have gout",
            "Do not take it if you: had a stroke in the last 14 days",
        ),
        "number": ("14 days",),
    }


def test_warning_is_told_as_its_sentence():
    for sentence in (
        "Do not drive.", "Take it, but never with milk.", "You must not smoke.", "It is best not to drink alcohol.",
        "Use it only on dry skin.", "It is not suitable for children.", "Do nothing unless a doctor tells you to.",
        "Stop taking it if your skin peels.", "Avoid the sun.", "Keep it away from fire.",
    ):  # fmt: skip
        assert of_body(sentence).get("negation") == (sentence,), sentence


def test_bare_number_is_told_with_its_sentence():
    assert of_body("Ask your midwife from week 28.") == {"number": ("Ask your midwife from week 28.",)}


def test_vague_times_are_left_out():
    assert of_body("It usually helps, sometimes at once. Today is rare. It works for several weeks.") == {}


def test_text_that_something_came_before_has_no_such_list():
    content = Content(title="Xylin 5 mg", medicine=MedicineContent(name="Xylin"))
    assert compare(content, replace(content, title="Xylin 10 mg")).to_check == ()
    assert [part.place for part in compare(None, content).to_check] == ["Title"]
