"""Messages to write and to measure triage by: invented replies of readers, each with the labels that it ought to get.

They were written one by one by somebody who did not know the rules and did not look at them, as people write on a
telephone at three in the morning: no message is another with a word exchanged. The people are invented; telephone and
NHS numbers are those that examples use.

- ``dev``: who writes rules may read these and mend rules by them.
- ``apart``: held apart. Who writes rules sees figures only, never the texts; a rule that was mended by one of these
  makes every later figure worthless.
- ``unseen``: held apart, too; more of them, each language by two writers or more.
- ``mixed``: spam of every sort and genuine replies that look a little like it; held apart like ``apart``.

A line of a file is ``{"text": …, "language": …, "labels": […], "kind": …}``. The first label is the one a message
counts under; what stands behind it is true as well, but the list is not complete: ``question`` and ``thanks`` are given
only where nothing more urgent is, and a suicidal thought put down to a medicine may carry ``crisis`` alone. A further
label that is found beside a crisis is no error. ``kind`` is the writer's own finer word, for reports.

The texts in other languages than English often tell the same situations as one another: a figure over all languages
rests on fewer situations than messages. They were not read by native speakers.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent

LANGUAGES = ("en", "es", "pl", "ar", "ur", "zh-hans", "cy")
LABELS = ("crisis", "reaction", "personal_data", "abuse", "spam", "question", "thanks", "remark")


@dataclass(frozen=True)
class Message:
    """One invented reply, and what a careful clinician would call it."""

    text: str
    language: str
    labels: tuple[str, ...]
    kind: str

    def is_about(self, label: str) -> bool:
        return label in self.labels

    @property
    def counts_as(self) -> str:
        """The label that this message counts under."""
        return self.labels[0]


@cache
def read(name: str, language: str = "") -> tuple[Message, ...]:
    """The messages of ``dev``, ``apart`` or ``unseen`` in a language, or those of ``mixed``: in all, or in the one
    given."""
    if name == "mixed":
        return tuple(each for each in _lines(HERE / "mixed.jsonl") if language in ("", each.language))
    return tuple(_lines(HERE / f"{name}.{language}.jsonl"))


def _lines(path: Path) -> list[Message]:
    with path.open(encoding="utf-8") as lines:
        return [_message(json.loads(line)) for line in lines]


def _message(line: dict) -> Message:
    return Message(line["text"], line["language"], tuple(line["labels"]), line["kind"])


def folded(text: str) -> str:
    """The text without case, punctuation and doubled spaces: what two messages may not share."""
    small = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", small).split())
