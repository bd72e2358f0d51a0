"""The classes that words belong to, and what each means for a second reader: whether its change is told, and as what.

Every dangerous word is in one class; the rest of the machinery asks only what the class says. `lexicon` finds the words
of the classes here; amounts, times, routes and negations are read by patterns (`mentions`).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class WordClass:
    """What holds for all words of one list.

    ``category`` is what a change is told as. Words of one ``family`` are held against one another. ``alone``: it is
    told when such a word comes or goes without another in its stead. ``whole``: a sentence that came or went is told
    for such a word in it.
    """

    name: str
    category: str
    family: str
    alone: bool = True
    whole: bool = True


_ALL = (
    WordClass("medicine", "medicine", "substance"),
    WordClass("food", "medicine", "substance"),
    WordClass("condition", "condition", "health"),
    WordClass("symptom", "condition", "health"),
    WordClass("organ", "condition", "health"),
    WordClass("severity", "severity", "severity"),
    WordClass("certainty", "severity", "certainty", alone=False, whole=False),
    WordClass("obligation", "obligation", "obligation", alone=False, whole=False),
    WordClass("urgency", "frequency", "urgency"),
    WordClass("person", "who", "who"),
    WordClass("form", "route", "form", alone=False, whole=False),
    WordClass("colour", "dose", "colour", alone=False, whole=False),
    WordClass("use", "route", "act", alone=False),
    WordClass("action", "action", "act", alone=False),
    WordClass("contact", "action", "contact", alone=False),
    WordClass("helper", "action", "helper", alone=False),
    WordClass("unknown", "word", "unknown", alone=False, whole=False),
)
CLASSES = {each.name: each for each in _ALL}

BINDING = frozenset({"must", "should"})
"""The degrees of obligation that make a sentence an instruction."""

LISTS = {
    "conditions": "condition",
    "symptoms": "symptom",
    "organs": "organ",
    "medicines": "medicine",
    "food": "food",
    "severity": "severity",
    "certainty": "certainty",
    "obligation": "obligation",
    "urgency": "urgency",
    "people": "person",
    "forms": "form",
    "colours": "colour",
    "uses": "use",
    "actions": "action",
    "contact": "contact",
    "helpers": "helper",
}
"""Which class the words of each list in ``words/`` belong to. A phrase in two lists is of the first."""
