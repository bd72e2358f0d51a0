"""A long leaflet is compared whole: no change is lost for its length. (`make bench` prints how long it takes.)"""

from monographs.leaflets.content import SectionContent
from monographs.revisions.compare import compare
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
