"""A long leaflet is compared whole: no change is lost for its length. (`make bench` prints how long it takes.)"""

from monographs.leaflets.content import SectionContent
from monographs.revisions.compare import compare
from monographs.text.changes.safety import safety_changes
from tests.makers import make_content


def long_content(changed: bool):
    """Ten sections of 500 words, each with 24 doses; every fourth dose differs between the two."""
    sections = []
    for number in range(10):
        doses = [150 if changed and place % 4 == 0 else place + 1 for place in range(24)]
        sentences = [
            f"Sentence {number}.{place} says to take {dose}mg of it once a day with water. "
            "It goes on in other words so that the text is long."
            for place, dose in enumerate(doses)
        ]
        sections.append(SectionContent(f"s-{number}", "other", f"Part {number}", "\n\n".join(sentences)))
    return make_content(sections=tuple(sections))


def test_every_changed_dose_of_5000_words_is_alerted():
    old, new = long_content(False), long_content(True)
    assert sum(len(section.body.split()) for section in old.sections) > 5_000
    assert len(compare(old, new).alerts) == 60


def test_opposites_are_found_in_a_sentence_of_16000_words_that_all_changed():
    """Held each against each they would be 64 million pairs."""
    old, new = (" ".join(f"{word}x{letters(number)}" for number in range(8_000)) for word in ("in", ""))
    changes = safety_changes(old, new)
    assert len(changes) == 8_000
    assert (changes[0].category, changes[0].before, changes[0].after) == ("negation", "inxaaaa", "xaaaa")


def test_thousands_of_key_facts_are_compared_and_each_changed_number_is_alerted():
    """Two characters each, as many as may be kept; held each against each they would be millions of pairs."""
    old, new = (
        make_content(key_facts=tuple(facts)) for facts in ("1" * 1_250 + "a" * 1_250, "2" * 1_250 + "a" * 1_250)
    )
    comparison = compare(old, new)
    assert [fact.state for fact in comparison.key_facts].count("same") == 1_250
    assert len([alert for alert in comparison.alerts if alert.place == "Key facts"]) == 1_250


def letters(number: int) -> str:
    """The number in four letters, so that it is no number to whoever reads it."""
    return "".join(chr(97 + number // 26**place % 26) for place in (3, 2, 1, 0))
