"""How often, in numbers: what two texts are compared by that say it in other words."""

import re

from monographs.text.words.mention import Mention

PEOPLE = "people"
_NUMBER = re.compile(r"\d+(?:/[1-9]\d*)?")
_OF_PEOPLE = re.compile(r"(\d+) in (\d+)")


def often(mention: Mention) -> frozenset[tuple[str, str]]:
    """What is counted, with each number: "3 to 4 times a day" → times 3 and 4; "every 6 hours" → hour 6; "1 in 10
    people" → people "1 in 10". Empty for what says no number: "with food"."""
    if mention.meaning[0] != "frequency":
        return frozenset()
    said = mention.meaning[1]
    before, times, _behind = said.partition(" times")
    if times:
        return frozenset(("times", number) for number in _NUMBER.findall(before))
    if of_people := _OF_PEOPLE.search(said):
        return frozenset({(PEOPLE, of_people[0])})
    return frozenset((said.split()[-1], number) for number in _NUMBER.findall(said))
