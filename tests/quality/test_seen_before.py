"""What rules saw in a part of a leaflet is remembered: the findings are those of a program that remembers nothing."""

from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from monographs.leaflets.content import MedicineContent, SectionContent, SourceContent
from monographs.quality import seen_before
from monographs.quality.rules import RULES, check
from monographs.remembered import forget_all
from tests.makers import make_content
from tests.quality.test_quick_looks import WORDS

LINES = (
    "Take .5 mg or 5.0mg, 1,5 mg, 10 IU, 5cc or 5mcg QD, q8h prn.", "Inderal40mg, 1 2 200mg tablets, 10000 mg, <5mg.",
    "Your Corpusol medication is indicated for pulmonary hypertension.", "See the picture. As shown below.",
    "Rash is common. Headaches happen often.", "### ", "#### Deep", "::: tell\n:::", "::: today\nIll.\n:::",
    "[here](https://example.org) www.example.org [0800 123](tel:0800999)", "![](/media/a.png) ![photo](/media/b.png)",
    "<b>bold</b> &nbsp; **open", "1O mg, 2‚5 mg, २ mg", "· one\n· two", "* 5 mg\n- 10 mg\n5) 3", "|a|b|\n|1|\n",
    "- chest pain\n- swelling of the face", "### May affect up to 1 in 10 people\n- sick", "MSO4 5mg & 10mg @ night",
    "![](symbol:clock)", "![](symbol:none) x", "pаracetamol \u202etxet\u202c ﷽ ☃", "1 1/2 tablets", "1.000 mg",
    "This sentence has so many words that nobody who reads it would like to go on with it, and yet it goes on and on.",
    "One. Two. Three. Four. Five.", "٥ mg -> 10 mg", "Take 5\nmg.", "500000 units, 10000mg", "# One\n\n### Three",
    "Take 1500mg.", "o one\no two",
)  # fmt: skip
BODIES = st.lists(st.sampled_from((*LINES, *WORDS.split())), max_size=6).map("\n\n".join)


@st.composite
def leaflets(draw):
    content = make_content(language=draw(st.sampled_from(("en", "en-GB", "es", "ar", "zh"))))
    sections = [replace(section, body=draw(st.just(section.body) | BODIES)) for section in content.sections]
    sections = draw(st.permutations(sections))[: draw(st.integers(1, len(sections)))]
    if draw(st.booleans()):
        sections.append(SectionContent("other-1", "other", draw(st.sampled_from(("", "**Ot**her"))), draw(BODIES)))
    if draw(st.booleans()):
        sections[0] = replace(sections[0], is_not_applicable=True, reason=draw(st.sampled_from(("", "No. QD"))))
    return replace(
        content,
        title=draw(st.sampled_from((content.title, "Corpusol 5.0mg"))),
        medicine=MedicineContent(draw(st.sampled_from(("Corpusol", "Medication"))), ("Indicated",)),
        edition=draw(st.sampled_from(("standard", "easy-read"))),
        key_facts=tuple(draw(st.lists(st.sampled_from(LINES), max_size=4))),
        sections=tuple(sections),
        sources=(SourceContent("A b‍ook", supports=tuple(draw(st.sampled_from(((), ("uses",)))))),),
    )


def anew(content):
    forget_all()
    return check(content)


def one_by_one(content):
    """Every rule with the whole leaflet before it."""
    return [(rule.name, one) for rule in RULES for one in rule.look(content)]


@settings(max_examples=80, deadline=None)
@given(before=leaflets(), content=leaflets())
def test_findings_are_the_same_whatever_was_looked_at_before(before, content):
    expected = anew(content)
    forget_all()
    check(before)
    mixed = replace(content, sections=(*content.sections[:-1], *before.sections[:1]))
    seen = check(mixed)
    assert check(content) == expected
    assert seen == anew(mixed)


@settings(max_examples=80, deadline=None)
@given(content=leaflets())
def test_a_rule_sees_in_each_part_what_it_sees_with_the_whole_leaflet_before_it(content):
    forget_all()
    alone = {}
    for section in (None, *content.sections):
        part = replace(content, sections=(section,) if section else (), key_facts=() if section else content.key_facts)
        place = section.key if section else "key_facts"
        alone[place] = [
            (rule.name, one) for rule in RULES if not rule.across_parts for one in rule.look(part) if one.place == place
        ]
    across = {rule.name for rule in RULES if rule.across_parts}
    whole = [(name, one) for name, one in one_by_one(content) if name not in across]
    for place, seen in alone.items():
        assert seen == [(name, one) for name, one in whole if one.place == place]


def test_nearly_every_rule_that_looks_at_parts_has_something_to_see_in_these_tests():
    sections = [SectionContent(f"other-{n}", "other", "A part", line) for n, line in enumerate(LINES)]
    of_effects = SectionContent("s", "side_effects", "Side effects", "\n\n".join(LINES))
    without_cards = SectionContent("t", "side_effects", "Side effects", "- a rash")
    seen = set()
    for language in ("en", "es", "ar"):
        for edition in ("standard", "easy-read"):
            content = make_content(language=language, edition=edition)
            seen |= {
                name for name, _one in one_by_one(replace(content, sections=(*sections, of_effects, without_cards)))
            }
    unseen = {rule.name for rule in RULES if not rule.across_parts} - seen
    of_the_leaflet = {"hidden-text", "key-facts", "no-source", "next-review-date", "next-review-passed"}
    assert unseen <= of_the_leaflet | {"next-review-far", "class-language"}, unseen


def test_another_medicine_language_edition_or_interface_is_looked_at_anew():
    content = make_content(medicine="Baclofen", dosage="Your Medication is oral.")
    content = replace(content, sections=tuple(replace(section, heading="") for section in content.sections))
    forget_all()
    as_before = check(content)
    for changed in (
        replace(content, medicine=MedicineContent("Medication", ("Oral",))),
        replace(content, language="es"),
        replace(content, edition="easy-read"),
    ):
        known = check(changed)
        assert known == anew(changed) != as_before
    with translation.override("es"):
        in_spanish = check(content)
        assert in_spanish == anew(content) != as_before
    assert check(content) == as_before


def test_a_part_that_was_seen_is_not_looked_at_again(monkeypatch):
    content = make_content()
    forget_all()
    check(content)
    looked = []
    rule = replace(RULES[1], look=lambda rest: looked.append(rest) or ())
    list(seen_before.seen_by([rule], content))
    first, *others = content.sections
    list(seen_before.seen_by([rule], replace(content, sections=(replace(first, body="Another text."), *others))))
    assert [len(rest.sections) for rest in looked] == [0, 1]
    assert not any(rest.key_facts for rest in looked)


def test_a_severity_of_the_clinic_holds_for_what_was_seen_before():
    content = make_content(dosage="Your medication helps.")
    assert any(one.rule == "jargon" for one in check(content))
    assert not any(one.rule == "jargon" for one in check(content, severities={"jargon": "off"}))
    assert {one.severity for one in check(content, severities={"jargon": "blocks"}) if one.rule == "jargon"} == {
        "blocks"
    }


@pytest.mark.parametrize("key", ["title", "key_facts", "sources"])
def test_parts_of_one_place_are_looked_at_together(key):
    content = make_content()
    first, second, *others = content.sections
    doubled = replace(
        content, sections=(replace(first, key=key, body="Take .5 mg."), replace(second, key=key), *others)
    )
    assert check(doubled) == anew(doubled)
    forget_all()
    assert seen_before._parts(doubled) == {}
