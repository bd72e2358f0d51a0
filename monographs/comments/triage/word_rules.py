"""Words that the clinic's moderators look out for: their own list, with a reason and an end, tried out before it holds.

A rule is whole words in their order, however they are capitalised or accented. It puts a label on a reply, puts it
forward in the queue as well, or refuses it; it never decides that something is shown or thrown away. The look-up of all
rules is made once and held as long as the stamp stands (the newest ledger entries of their verbs) and the day: a rule
whose last day is past is not in it, whether or not a clock ran.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.audit.models import Entry, row_digest
from monographs.audit.record import act, record
from monographs.comments.labels import Found, Label
from monographs.comments.models import Comment
from monographs.medicines.models import MedicineName
from monographs.prepared import Prepared
from monographs.refusals import Conflict, Unacceptable
from monographs.staff.models import StaffMember
from monographs.staff.rules import check_permission
from monographs.text.letters.folding import fold
from monographs.text.letters.signs import cleaned, is_blank
from monographs.text.words.phrases import Phrases, words_of

MOST_WORDS, MOST_RULES, LOOKED_THROUGH, MOST_LISTED = 8, 1_000, 1_000, 20
LONGEST_WORDS, LONGEST_WHY = 200, 1_000  # characters
_VERBS = ("wordrule.added", "wordrule.ended")
Stamp = Sequence[str | None]
"""The hash of the newest entry of each of these verbs, None where there is none: the rules are the same as long as it
is."""


class Action(models.TextChoices):
    LABEL = "label", gettext_lazy("put a label on it")
    HOLD = "hold", gettext_lazy("put a label on it, and put it forward in the queue")
    REFUSE = "refuse", gettext_lazy("refuse it, and ask for other words")


class WordRuleQuerySet(models.QuerySet):
    def in_force(self, on: dt.date) -> "WordRuleQuerySet":
        """Those that hold on that day: not ended by anybody, and their last day has not passed."""
        return self.filter(models.Q(expires_on=None) | models.Q(expires_on__gte=on), ended_at=None)


class WordRule(models.Model):
    """Words, and what becomes of a reply that has them. It is added and ended, never changed."""

    words = models.CharField(
        gettext_lazy("words"),
        max_length=LONGEST_WORDS,
        help_text=gettext_lazy("A word or a phrase as people write it. Capitals and accents make no difference."),
    )
    action = models.CharField(gettext_lazy("what becomes of a reply"), max_length=10, choices=Action)
    label = models.CharField(
        gettext_lazy("label"),
        max_length=20,
        choices=Label,
        blank=True,
        help_text=gettext_lazy("Under which it is listed; a reply that is refused needs none."),
    )
    language = models.CharField(
        gettext_lazy("language"),
        max_length=10,
        blank=True,
        help_text=gettext_lazy("Of the leaflets whose replies are meant. Empty: all."),
    )
    expires_on = models.DateField(
        gettext_lazy("last day"), null=True, blank=True, help_text=gettext_lazy("Empty: until somebody ends it.")
    )
    why = models.TextField(gettext_lazy("why"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=gettext_lazy("by"))
    at = models.DateTimeField(gettext_lazy("when"), default=timezone.now)
    ended_at = models.DateTimeField(gettext_lazy("ended"), null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = WordRuleQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("word rule")
        verbose_name_plural = gettext_lazy("word rules")
        ordering = ("-pk",)
        indexes = (models.Index(fields=("ended_at", "expires_on"), name="word_rule_in_force"),)
        constraints = (
            models.CheckConstraint(
                name="word_rule_names_a_label_or_refuses",
                condition=models.Q(action=Action.REFUSE) | ~models.Q(label=""),
            ),
        )

    def __str__(self):
        return f"“{self.words}”: {self.get_action_display()}"

    @property
    def in_the_record(self) -> str:
        """What the ledger calls it: not its words, which may be somebody's name."""
        return _("word rule %(number)s") % {"number": self.pk}

    @property
    def rule(self) -> str:
        """Its name among all rules."""
        return f"word-rule.{self.pk}"

    @property
    def language_name(self) -> str:
        """In the reader's language; "" for a rule of all."""
        return str(dict(settings.LANGUAGES).get(self.language, self.language))

    def is_in_force(self, on: dt.date) -> bool:
        return self.ended_at is None and (self.expires_on is None or self.expires_on >= on)


@dataclass(frozen=True)
class Judged:
    """What the rules say of a text. ``refused`` are the words for whose sake it is not taken, "" for none; ``is_held``:
    it is put forward in the queue."""

    found: tuple[Found, ...] = ()
    is_held: bool = False
    refused: str = ""


@dataclass(frozen=True)
class Seen:
    """One reply that a rule would have met: which, and the words as typed."""

    comment: Comment
    words: str


@dataclass(frozen=True)
class Preview:
    """What a rule would have met among the last ``looked`` replies: how many by state, and the newest of them."""

    looked: int
    by_state: dict[str, int]
    newest: tuple[Seen, ...]

    @property
    def count(self) -> int:
        return sum(self.by_state.values())


# --- Adding and ending ---


@act
def add_rule(
    words: str, *, by: StaffMember, action: str, why: str, label: str = "", language: str = "",
    expires_on: dt.date | None = None, today: dt.date | None = None,
) -> WordRule:  # fmt: skip
    """From now on it holds. Raises NotAllowed, Unacceptable (what is wrong with it), or Conflict if it is there."""
    check_permission(by, "change_wordrule", _("You may not change the word rules."))
    today = today or timezone.localdate()
    rule = WordRule(
        words=" ".join(cleaned(words).split()), action=action, label=label, language=language, expires_on=expires_on,
        why=cleaned(why).strip(), by=by,
    )  # fmt: skip
    check_makes_sense(rule, today=today)
    in_force = list(WordRule.objects.in_force(today))
    if len(in_force) >= MOST_RULES:
        raise Conflict(_("There are %(most)s rules already. End some first.") % {"most": MOST_RULES})
    if any((parts_of(rule), rule.language) == (parts_of(other), other.language) for other in in_force):
        raise Conflict(_("There is a rule for “%(words)s” already. End it first.") % {"words": rule.words})
    if action == Action.REFUSE:
        rule.label = ""
    rule.save(force_insert=True)
    record("wordrule.added", by=by, about=rule, data={"row": row_digest(rule), "action": action})
    return rule


@act
def end_rule(rule: WordRule, *, by: StaffMember, why: str = "") -> WordRule:
    """From now on it holds no more; what it did stays. Raises NotAllowed, or Conflict if it was ended before."""
    check_permission(by, "change_wordrule", _("You may not change the word rules."))
    rule = WordRule.objects.get(pk=rule.pk)
    if rule.ended_at:
        raise Conflict(_("This rule was ended already."))
    rule.ended_at, rule.ended_by = timezone.now(), by
    rule.save(update_fields=("ended_at", "ended_by"))
    record("wordrule.ended", by=by, about=rule, why=cleaned(why).strip()[:LONGEST_WHY], data={"row": row_digest(rule)})
    return rule


def check_makes_sense(rule: WordRule, *, today: dt.date) -> None:
    """Raise Unacceptable for a rule that meets nothing, too much, or what patients must be able to say."""
    _check_words(rule, parts_of(rule))
    _check_action(rule)
    if not rule.why:
        raise Unacceptable(_("Say why: colleagues will want to know when it may be ended."))
    if len(rule.why) > LONGEST_WHY:
        raise Unacceptable(_("Please say it in at most %(most)s characters.") % {"most": LONGEST_WHY})
    if rule.expires_on and rule.expires_on < today:
        raise Unacceptable(_("Its last day has passed already."))
    if rule.action == Action.REFUSE and MedicineName.objects.filter(folded=fold(rule.words)).exists():
        raise Unacceptable(_("“%(words)s” is a medicine: people must be able to ask about it.") % {"words": rule.words})


def _check_words(rule: WordRule, parts: tuple[str, ...]) -> None:
    if not parts or is_blank(rule.words):
        raise Unacceptable(_("Type the words that the rule is about."))
    if len(parts) > MOST_WORDS or len(rule.words) > LONGEST_WORDS:
        raise Unacceptable(_("A rule has at most %(most)s words.") % {"most": MOST_WORDS})
    if len("".join(parts)) < 2 and parts[0].isascii():
        raise Unacceptable(_("One letter is no word to look out for."))


def _check_action(rule: WordRule) -> None:
    if rule.action not in Action.values or rule.label not in ("", *Label.values):
        raise Unacceptable(_("Choose what becomes of a reply with these words."))
    if rule.action != Action.REFUSE and not rule.label:
        raise Unacceptable(_("Choose the label that is put on a reply with these words."))
    if rule.language and rule.language not in dict(settings.LANGUAGES):
        raise Unacceptable(_("Choose a language of the site, or none."))


def parts_of(rule: WordRule) -> tuple[str, ...]:
    """Its words, folded."""
    return tuple(word.folded for word in words_of(rule.words))


# --- Trying out ---


def preview(words: str, *, language: str = "") -> Preview:
    """What these words would have met among the last `LOOKED_THROUGH` replies of readers. One query.

    Nothing of a reply is shown but the words that were looked for: it may be a cry for help that nobody has opened.
    """
    parts = tuple(word.folded for word in words_of(cleaned(words)))
    phrases: Phrases[None] = Phrases([(parts, None)] if parts else [])
    replies = Comment.objects.filter(staff=None).select_related("leaflet").order_by("-pk")[:LOOKED_THROUGH]
    looked, by_state, newest = 0, Counter(), []
    for comment in replies:
        looked += 1
        text = f"{comment.name}\n{comment.body}"
        match = None if language and comment.leaflet.language != language else next(phrases.find(words_of(text)), None)
        if match:
            by_state[comment.state] += 1
            newest.append(Seen(comment, text[match.start : match.end]))
    return Preview(looked, dict(by_state), tuple(newest[:MOST_LISTED]))


# --- Looking out ---


def judge(text: str, language: str, *, name: str = "", on: dt.date | None = None, stamp: Stamp | None = None) -> Judged:
    """What the rules of that day say of a reply to a leaflet in ``language``, and of the name above it.

    One query for the ``stamp`` unless it is given, and one more where a rule was added or ended, or a day began.
    Refusing is for the caller, who must not refuse a cry for help or a suspected side effect whatever its words are.
    """
    stamp = next(_stamp.rows(), ()) if stamp is None else stamp
    if not any(stamp):  # none was ever added
        return Judged()
    found, is_held, refused, seen = [], False, "", set()
    rules = _the_rules(on or timezone.localdate(), stamp)
    if rules.is_empty:
        return Judged()
    for part in (text, name):
        for match in rules.find(words_of(part)):
            rule, words = match.key, part[match.start : match.end]
            if rule.pk in seen or rule.language not in ("", language):
                continue
            seen.add(rule.pk)
            if rule.action == Action.REFUSE:
                refused = refused or words
                continue
            found.append(Found(Label(rule.label), rule.rule, words))
            is_held = is_held or rule.action == Action.HOLD
    return Judged(tuple(found), is_held, refused)


def check_not_refused(judged: Judged) -> None:
    """Raise Unacceptable, with a sentence that names the words, where a rule refuses the text."""
    if judged.refused:
        raise Unacceptable(
            _("We can’t take replies with “%(words)s” here. Please say it in other words, or call the clinic.")
            % {"words": judged.refused},
            field="body",
        )


@dataclass
class _Kept:
    made_of: tuple[dt.date, Stamp] | None = None
    rules: Phrases[WordRule] | None = None


_kept = _Kept()


def _the_rules(on: dt.date, stamp: Stamp) -> Phrases[WordRule]:
    made_of = on, tuple(stamp)
    if _kept.rules is None or made_of != _kept.made_of:
        rules = WordRule.objects.in_force(on).order_by("pk")[:MOST_RULES]
        _kept.rules, _kept.made_of = Phrases((parts_of(rule), rule) for rule in rules), made_of
    return _kept.rules


def columns_of_stamp() -> tuple[Subquery, ...]:
    """For a look-up of something else that has the stamp of the rules beside its own columns."""
    return tuple(Subquery(Entry.objects.newest_where(verb=verb).values("hash")[:1]) for verb in _VERBS)


_stamp = Prepared(lambda: Entry.objects.order_by("position").values_list(*columns_of_stamp())[:1])
