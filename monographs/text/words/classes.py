"""The classes that words belong to, and what each means for a second reader: whether its change is told, and as what.

Every dangerous word is in one class; the rest of the machinery asks only what the class says. `lexicon` finds the words
of the classes here; amounts, times, routes and negations are read by patterns (`mentions`).
"""

from dataclasses import dataclass
from typing import Literal, get_args

Category = Literal[
    "dose", "unit", "frequency", "route", "negation", "medicine", "condition", "severity", "obligation", "who",
    "action", "word", "number",
]  # fmt: skip
ORDER: tuple[Category, ...] = get_args(Category)
"""What changes are told as, the most dangerous first."""


@dataclass(frozen=True)
class WordClass:
    """What holds for all words of one list.

    ``category`` is what a change is told as. Words of one ``family`` are held against one another. ``alone``: whether
    it is told when such a word comes or goes without another in its stead; "last": when the last of them goes.
    ``exchanged``: whether it is told when one takes the place of another; ``against_any``: or of any single other word
    ("in the fridge", "in the car"). ``whole``: a sentence that came or went is told for such a word in it.
    """

    name: str
    category: Category
    family: str
    alone: Literal["always", "last", "never"] = "always"
    exchanged: bool = True
    against_any: bool = False
    whole: bool = True


_ALL = (
    WordClass("medicine", "medicine", "substance"),
    WordClass("food", "medicine", "substance"),
    WordClass("condition", "condition", "health"),
    WordClass("symptom", "condition", "health"),
    WordClass("organ", "condition", "health"),
    WordClass("severity", "severity", "severity"),
    WordClass("certainty", "severity", "certainty", alone="never", against_any=True, whole=False),
    WordClass("obligation", "obligation", "obligation", alone="never", against_any=True, whole=False),
    WordClass("urgency", "frequency", "urgency"),
    WordClass("period", "frequency", "period", alone="never", whole=False),
    WordClass("person", "who", "who"),
    WordClass("form", "route", "form", alone="never", against_any=True, whole=False),
    WordClass("colour", "dose", "colour", alone="never", against_any=True, whole=False),
    WordClass("place", "route", "place"),
    WordClass("storage", "route", "storage", alone="never", against_any=True, whole=False),
    WordClass("quality", "route", "quality", alone="never", whole=False),
    WordClass("use", "route", "act", alone="never", against_any=True),
    WordClass("action", "action", "act", alone="never", against_any=True),
    WordClass("contact", "action", "contact", alone="last", exchanged=False),
    WordClass("helper", "action", "helper", alone="never", against_any=True, whole=False),
    WordClass("unknown", "word", "unknown", alone="never", whole=False),
)
CLASSES = {each.name: each for each in _ALL}

BINDING = frozenset({"must", "should"})
"""The degrees of obligation that make a sentence an instruction."""

LISTS = {
    "places": "place",
    "conditions": "condition",
    "symptoms": "symptom",
    "organs": "organ",
    "medicines": "medicine",
    "food": "food",
    "severity": "severity",
    "certainty": "certainty",
    "obligation": "obligation",
    "urgency": "urgency",
    "periods": "period",
    "people": "person",
    "forms": "form",
    "colours": "colour",
    "storage": "storage",
    "qualities": "quality",
    "uses": "use",
    "actions": "action",
    "contact": "contact",
    "helpers": "helper",
}
"""Which class the words of each list in ``lists/`` belong to. A phrase in two lists is of the first."""
