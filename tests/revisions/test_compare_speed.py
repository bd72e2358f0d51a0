"""A long leaflet is compared while one waits for a page: well under a second, and no change is lost for it."""

import time

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


def test_leaflet_of_5000_words_compares_well_under_a_second():
    old, new = long_content(False), long_content(True)
    assert sum(len(section.body.split()) for section in old.sections) > 5_000
    seconds = []
    for _attempt in range(3):
        start = time.process_time()
        comparison = compare(old, new)
        seconds.append(time.process_time() - start)
    assert min(seconds) < 1
    assert len(comparison.alerts) == 60
