"""What the tests of the translations share: reading a catalogue's source, and finding what must be in it."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

CONTEXT = (
    "\x04"  # stands between a message's context and its words in compiled catalogues (GNU gettext manual, MO files)
)
_TEMPLATES = (
    *("base.html", "refused.html", "[45]*.html", "reading/*.html", "comments/*.html", "publication/*.html"),
    "alerts/*.html",
    *("mail/_no-more.txt", "mail/confirm-address.txt"),  # letters to readers; those to staff are in English
    *("mail/reply-answered.txt", "mail/reply-decided.txt", "mail/reply-leaflet-changed.txt"),
)
# Python files whose messages readers meet: all of them (None), or those inside the named functions and classes.
_PYTHON = {
    "monographs/reading/**/*.py": None,
    "monographs/leaflets/editions.py": None,
    "monographs/leaflets/sections.py": None,
    "monographs/text/markup/markdown.py": None,
    "monographs/publication/page/compile.py": None,
    "monographs/templatetags/leaflet_*.py": None,
    "monographs/audit/record.py": None,
    "monographs/audit/turns.py": None,
    "monographs/operations/requests/refusals.py": None,
    "monographs/trouble.py": None,
    "monographs/clinics/days_off.py": {"told"},
    "monographs/clinics/hours.py": {"told"},
    "monographs/comments/arrival/actions.py": {"_take_in"},
    "monographs/comments/objections/appeals.py": {"_ask"},
    "monographs/comments/standing/closing.py": {"sentence"},
    "monographs/comments/sender/consent.py": None,
    "monographs/comments/afterwards/erasure.py": {"_erase"},
    "monographs/comments/deciding/followed.py": {"follow_with_reports"},
    "monographs/comments/arrival/intake.py": None,
    "monographs/comments/identity/personal_data.py": {"Kind"},
    "monographs/comments/identity/protected_names.py": None,
    "monographs/comments/sender/rate.py": None,
    "monographs/comments/deciding/redaction.py": {"_mark"},
    "monographs/comments/objections/reports.py": {"Why", "_report"},
    "monographs/comments/standing/versions.py": None,
    "monographs/comments/triage/word_rules.py": {"check_not_refused"},
    "monographs/comments/afterwards/writers.py": None,
    "monographs/mail/unsubscribing.py": None,
    "monographs/review/fact_check.py": {"check_is_open", "answer"},
    "monographs/review/models.py": {"Verdict"},
    "monographs/alerts/models.py": {"Severity"},
    "monographs/revisions/alerts.py": {"alerts_between"},
}
_MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "pgettext", "ngettext"}
_CALL = re.compile(
    r"""\b(pgettext|ngettext|gettext|_)\(\s*((?:u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*,?\s*)+)""", re.DOTALL
)
_ENTRY = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) ("(?:.*"\n)(?:".*"\n)*)', re.MULTILINE)


def catalogues() -> list[Path]:
    """Every language's source file."""
    return sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))


def read_po(path: Path) -> dict[str, list[tuple[str, list[str]]]]:
    """Each message's id (with its context, as compiled) with its plural ("" for none) and its translations, in a list:
    more than one says that it stands there twice."""
    entries: dict[str, list[tuple[str, list[str]]]] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        fields: dict[str, str] = {}
        for key, quoted in _ENTRY.findall(block.rstrip("\n") + "\n"):
            fields[key] = "".join(ast.literal_eval(line) for line in quoted.splitlines())
        if "msgid" not in fields:
            continue
        message = f"{fields['msgctxt']}{CONTEXT}{fields['msgid']}" if "msgctxt" in fields else fields["msgid"]
        translations = [text for key, text in fields.items() if key.startswith("msgstr")]
        entries.setdefault(message, []).append((fields.get("msgid_plural", ""), translations))
    return entries


def messages_readers_meet() -> set[str]:
    """The ids, with their contexts, of every message in the readers' templates and Python files."""
    messages: set[str] = set()
    for pattern in _TEMPLATES:
        for path in (settings.BASE_DIR / "templates").glob(pattern):
            messages |= _in_template(path.read_text(encoding="utf-8"))
    for pattern, names in _PYTHON.items():
        for path in settings.BASE_DIR.glob(pattern):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            scopes = [tree] if names is None else [n for n in ast.walk(tree) if getattr(n, "name", None) in names]
            messages |= set(_in_python(scopes))
    return messages


def _in_template(source: str) -> set[str]:
    """By Django's own `templatize`, which `makemessages` uses as well."""
    found = set()
    for name, quoted in _CALL.findall(templatize(source)):
        texts = ast.literal_eval(f"({quoted.rstrip().rstrip(',')},)")
        found.add(CONTEXT.join(texts[:2]) if name == "pgettext" else texts[0])
    return found


def _in_python(scopes: Iterable[ast.AST]) -> Iterator[str]:
    for scope in scopes:
        for node in ast.walk(scope):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MARKERS:
                texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
                if texts:
                    yield CONTEXT.join(texts[:2]) if node.func.id == "pgettext" else texts[0]
