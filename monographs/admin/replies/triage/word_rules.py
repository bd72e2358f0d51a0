"""The moderators' word rules: the list, a new rule that is tried out before it is saved, and ending one."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from monographs.admin.frame.forms.day_field import DayField
from monographs.audit.chain import canonical_json, sha256
from monographs.comments.labels import Label
from monographs.comments.models import State
from monographs.comments.triage.word_rules import (
    LONGEST_WHY,
    LONGEST_WORDS,
    Action,
    Preview,
    WordRule,
    add_rule,
    check_makes_sense,
    end_rule,
    preview,
)
from monographs.refusals import Refused, Unacceptable
from monographs.staff.roles import permission
from monographs.staff.rules import check_permission

PAGE_SIZE = 50


def urls(site: AdminSite) -> list[URLPattern]:
    """The list, the form for a new rule, and the end of one."""
    return [
        path("word-rules/", site.admin_view(rules), name="word-rules"),
        path("word-rules/add/", site.admin_view(add), name="word-rule-add"),
        path("word-rules/<int:pk>/end/", site.admin_view(require_POST(end)), name="word-rule-end"),
    ]


class WordRuleForm(forms.Form):
    """A new rule; ``seen`` says for what the preview on the screen was made."""

    words = forms.CharField(
        label=gettext_lazy("Words"),
        max_length=LONGEST_WORDS,
        help_text=gettext_lazy("A word or a phrase as people write it. Capitals and accents make no difference."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Type the words that the rule is about.")},
    )
    action = forms.ChoiceField(
        label=gettext_lazy("What becomes of a reply with these words?"),
        choices=Action.choices,
        initial=Action.LABEL,
        widget=forms.RadioSelect,
    )
    label = forms.ChoiceField(
        label=gettext_lazy("Label"),
        choices=[("", gettext_lazy("none (it is refused)")), *Label.choices],
        required=False,
        initial=Label.SPAM,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Leaflets in"),
        choices=[("", gettext_lazy("every language")), *settings.LANGUAGES],
        required=False,
    )
    expires_on = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: until somebody ends it.")
    )
    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Say why: colleagues will want to know when it may be ended.")},
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def rule(self) -> dict:
        """What `add_rule` wants, but who."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


def seen_of(words: str, language: str) -> str:
    """What a preview was made for: other words need another."""
    return sha256(canonical_json([words, language]))


def rules(request: HttpRequest) -> HttpResponse:
    """Every rule, those in force first, with a form to end each."""
    check_permission(request.user, "view_wordrule", _("You may not see the word rules."))
    today = timezone.localdate()
    every = WordRule.objects.select_related("by", "ended_by")
    expired = every.filter(ended_at=None, expires_on__lt=today).order_by("-expires_on")[:PAGE_SIZE]
    ended = every.filter(ended_at__isnull=False).order_by("-ended_at")[:PAGE_SIZE]
    context = {
        "title": _("Word rules"),
        "rules": Paginator(every.in_force(today).order_by("-pk"), PAGE_SIZE).get_page(request.GET.get("page")),
        "past": [*expired, *ended],
        "may_change": request.user.has_perm(permission("change_wordrule")),
    }
    return render(request, "admin/replies/word_rules.html", {**admin.site.each_context(request), **context})


def add(request: HttpRequest) -> HttpResponse:
    """A new rule: first what it would have met, then saved by the same form. What was not tried out is not saved."""
    check_permission(request.user, "change_wordrule", _("You may not change the word rules."))
    form, tried, refusal, status = WordRuleForm(request.POST or None), None, "", 200
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        is_tried = sent["seen"] == seen_of(sent["words"], sent["language"])
        try:
            if "save" in request.POST and is_tried:
                rule = add_rule(**form.rule(), by=request.user)
                messages.success(request, _("The rule for “%(words)s” holds from now on.") % {"words": rule.words})
                return redirect("admin:word-rules")
            check_makes_sense(WordRule(**form.rule()), today=timezone.localdate())
            tried = preview(sent["words"], language=sent["language"])
        except Refused as refused:
            refusal, status = str(refused), refused.status
    elif request.method == "POST":
        refusal, status = _("Please correct the form."), Unacceptable.status
    context = {
        "title": _("A new word rule"),
        "form": form,
        "tried": tried,
        "states": _states(tried) if tried else [],
        "seen": seen_of(form.cleaned_data["words"], form.cleaned_data["language"]) if tried else "",
        "harms": bool(tried and tried.by_state.get(State.APPROVED)),
        "refusal": refusal,
    }
    return render(
        request, "admin/replies/word_rule.html", {**admin.site.each_context(request), **context}, status=status
    )


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The rule holds no more. A second click is told so."""
    rule = get_object_or_404(WordRule, pk=pk)
    try:
        end_rule(rule, by=request.user, why=request.POST.get("why", ""))
        messages.success(request, _("The rule for “%(words)s” holds no more.") % {"words": rule.words})
    except Refused as refused:
        if refused.status != 409:
            raise
        messages.warning(request, str(refused))
    return redirect("admin:word-rules")


def _states(tried: Preview) -> list[tuple[str, int]]:
    """How many replies by what became of them, in the order of states."""
    return [(state.label, tried.by_state[state]) for state in State if tried.by_state.get(state)]
