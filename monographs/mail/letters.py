"""Letters to staff: plain text, sent by name."""

from collections.abc import Iterable

from django.core.mail import EmailMessage
from django.template.loader import render_to_string


def send(name: str, *, to: Iterable[str], context: dict) -> int:
    """Send ``templates/mail/<name>.txt`` to each address on its own; how many were accepted.

    The first line of the text is the subject. Raises what the mail server's refusal raises (OSError and kin).
    """
    subject, _blank, body = render_to_string(f"mail/{name}.txt", context).strip().partition("\n")
    return sum(EmailMessage(subject.strip(), body.strip() + "\n", to=[address]).send() for address in to)
