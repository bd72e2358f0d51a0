"""The words of a letter: plain text made by us from ``templates/mail/<name>.txt``, and nothing is read as a template
or escaped after that."""

import unicodedata
from collections.abc import Mapping

from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from monographs.mail.addresses import on_this_site

LONGEST_SUBJECT = 200  # characters
_NO_PART_OF_A_LINE = {"Cc", "Zl", "Zp"}  # categories of Unicode: control characters, separators of lines, paragraphs


def written(name: str, context: Mapping[str, object], *, language: str) -> tuple[str, str]:
    """(subject, body) of a letter in a language. The template's first line is the subject; ``site`` is the site's
    address, without a slash at its end.

    Words of the context stand as they are: `<5 mg` and `{{ dose }}` are what somebody typed. A subject has no line
    breaks, of whatever alphabet, so nothing in it can become a header.
    """
    with translation.override(language):
        text = get_template(f"mail/{name}.txt").template.render(
            Context({"site": on_this_site(""), **context}, autoescape=False)
        )
    subject, _newline, body = text.replace("\0", "").strip().partition("\n")  # PostgreSQL keeps no NUL
    subject = "".join(" " if unicodedata.category(sign) in _NO_PART_OF_A_LINE else sign for sign in subject)
    return " ".join(subject.split())[:LONGEST_SUBJECT], body.strip() + "\n"
