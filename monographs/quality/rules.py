"""Every rule, and the one function that checks a leaflet against them.

The editor's panel, the submission for review, imports and any other door call `check`, so that all say the same.
"""

from collections.abc import Iterable, Mapping

from monographs.leaflets.content import Content
from monographs.quality.amounts import abbreviations, dose_layout, doses, fractions, thousands
from monographs.quality.as_read import (
    hidden_signs,
    odd_numbers,
    pasted,
    printed_signs,
    right_to_left,
    telephone_links,
    typed,
)
from monographs.quality.complete import class_language, completeness, review_date, side_effects
from monographs.quality.findings import Finding, Rule, Severity
from monographs.quality.for_everyone import as_shown, structure
from monographs.quality.plain_words import easy_read, readability, wording
from monographs.quality.seen_before import seen_by

RULES: tuple[Rule, ...] = (
    *completeness.RULES,
    *typed.RULES,
    *review_date.RULES,
    *structure.RULES,
    *as_shown.RULES,
    *class_language.RULES,
    *side_effects.RULES,
    *hidden_signs.RULES,
    *pasted.RULES,
    *printed_signs.RULES,
    *odd_numbers.RULES,
    *telephone_links.RULES,
    *doses.RULES,
    *dose_layout.RULES,
    *fractions.RULES,
    *thousands.RULES,
    *abbreviations.RULES,
    *readability.RULES,
    *easy_read.RULES,
    *wording.RULES,
    *right_to_left.RULES,
)
BY_NAME = {rule.name: rule for rule in RULES}
_PLACE_OF = {rule.name: place for place, rule in enumerate(RULES)}


def severities_of(tuned: Mapping[str, str] | None = None) -> dict[str, Severity]:
    """The severity of every rule by name, as the clinic has tuned it.

    ``tuned`` maps rule names to "blocks", "warns" or "off". Raises ValueError with a sentence for an
    unknown rule or severity, and for "off" where a rule usually blocks.
    """
    chosen = {rule.name: rule.severity for rule in RULES}
    for name, severity in (tuned or {}).items():
        if name not in BY_NAME:
            raise ValueError(f"There is no quality rule “{name}”; the rules are {', '.join(sorted(BY_NAME))}.")
        if severity not in BY_NAME[name].choices:
            raise ValueError(
                f"The quality rule “{name}” can't be set to “{severity}”; it can be {', '.join(BY_NAME[name].choices)}."
            )
        chosen[name] = Severity(severity)
    return chosen


def check(content: Content, *, severities: Mapping[str, str] | None = None) -> list[Finding]:
    """All that is found in a leaflet: what blocks first, then by place from the title to the next review date.

    ``severities`` tunes rules, as in `severities_of` (which says what is raised). The same thing said twice
    of the same words in the same place is said once, and a sign that a rule on doses names is not asked about as well.
    Messages are in the active language.
    """
    chosen = severities_of(severities)
    found = [
        rule.found(one, chosen[rule.name])
        for rule, one in sorted(seen_by(RULES, content), key=lambda seen: _PLACE_OF[seen[0].name])
        if chosen[rule.name] != Severity.OFF
    ]
    found = _without_doubts_of_what_is_named(found)
    places = ["title", "key_facts", *(section.key for section in content.sections), "sources", "next_review_on"]
    order = {place: number for number, place in reversed(list(enumerate(places)))}
    return sorted(dict.fromkeys(found), key=lambda finding: (finding.severity != Severity.BLOCKS, order[finding.place]))


def _without_doubts_of_what_is_named(found: list[Finding]) -> list[Finding]:
    """A sign in doubt is left out where another finding, as severe, is about the very same words and says more."""
    named = {(one.place, one.excerpt, one.severity) for one in found if one.rule != typed.IN_DOUBT}
    return [
        one
        for one in found
        if one.rule != typed.IN_DOUBT
        or not named & {(one.place, one.excerpt, severity) for severity in (one.severity, Severity.BLOCKS)}
    ]


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Those findings that keep a leaflet from being submitted and published."""
    return [finding for finding in findings if finding.severity == Severity.BLOCKS]
