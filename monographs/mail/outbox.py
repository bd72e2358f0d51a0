"""The outbox: a letter is posted with the act that it tells of, and sent afterwards, whatever the mail server does.

`post` writes a row in the caller's transaction, so the letter exists exactly if the act does. `send_due` takes one row
at a time: whoever moves its ``next_at`` has it, for `CLAIMED_FOR`. A sender that is killed in between leaves a row that
is due again by then, under the same Message-ID. What is refused for now is tried again after growing pauses, and given
up after `TRIED_FOR`; what is refused for good is given up at once.
"""

import datetime as dt
import logging
import re
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from monographs.mail.addresses import bare
from monographs.mail.letters import written
from monographs.mail.models import UNSUBSCRIBED, Letter
from monographs.mail.unsubscribing import is_unsubscribed, link

CLAIMED_FOR = dt.timedelta(minutes=3)  # longer than `smtp.LONGEST`, by more than two machines' clocks differ
PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 120, 240))
URGENT_PAUSE = dt.timedelta(minutes=5)  # the longest of an urgent letter
TRIED_FOR = dt.timedelta(days=3)
KEPT_FOR = dt.timedelta(days=30)  # words and address of what was sent or given up
_MAILBOX_FULL = 552  # at this place as good as 452 (RFC 5321, section 4.5.3.1.10)
_FOR_GOOD = 550  # refusals from here on are of this letter or mailbox; those before it are of our settings
_ENHANCED = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})\b")  # RFC 3463
_log = logging.getLogger(__name__)


def post(
    name: str,
    *,
    to: str,
    context: Mapping[str, object],
    key: str = "",
    kind: str = "",
    language: str = "",
    due: dt.datetime | None = None,
    is_urgent: bool = False,
) -> bool:
    """Put a letter into the outbox, in the caller's transaction; whether one was put there.

    ``to`` is one address; a name beside it is left out, and without an address there is no letter. ``key`` says what is
    told to whom: with it the letter is posted once, for ever. ``kind`` (`unsubscribing.KINDS`) is what its reader can
    unsubscribe: then the template has ``unsubscribe``, the address for that. ``due``: not before. In ``language``
    (default: the site's).
    """
    if not to.strip() or (key and Letter.objects.filter(key=key).exists()):
        return False
    address, now, language = bare(to), timezone.now(), language or settings.LANGUAGE_CODE
    if kind:
        context = {**context, "unsubscribe": link(address, kind, language)}
    subject, body = written(name, context, language=language)
    letter = Letter(name=name, to=address, subject=subject, body=body, key=key or None, kind=kind, language=language)
    letter.is_urgent, letter.posted_at = is_urgent, now
    letter.due_at = letter.next_at = due or now
    if not address:
        letter.given_up_at, letter.last_error = now, "not one address"
        _log.error("The letter “%s” has no place to go: what stands for an address is none.", name)
    Letter.objects.bulk_create([letter], ignore_conflicts=True)  # the same key, posted by somebody else just now
    if settings.LETTERS_GO_AT_ONCE:
        transaction.on_commit(_send_all, robust=True)
    return True


def _send_all() -> None:
    for line in send_due():
        _log.info(line)


def send_due(*, at: dt.datetime | None = None) -> Iterator[str]:
    """Send what is due at ``at`` (default: now), urgent letters first; a line of words after each, without addresses.

    Whoever stops reading stops it between two letters. It ends where the mail server is away: all others would wait for
    it as well. Any number of senders may be at it at once.
    """
    while letter := _claim(at or timezone.now()):
        is_server_there, line = _try(letter, at or timezone.now())
        yield line
        if not is_server_there:
            return


def _claim(at: dt.datetime) -> Letter | None:
    """The next letter, for this sender alone."""
    while found := Letter.objects.due(at).values_list("pk", "next_at").first():
        pk, next_at = found
        mine = Letter.objects.waiting().filter(pk=pk, next_at=next_at)
        if mine.update(next_at=at + CLAIMED_FOR, tries=F("tries") + 1):
            return Letter.objects.get(pk=pk)
    return None


def _try(letter: Letter, at: dt.datetime) -> tuple[bool, str]:
    """(Whether the mail server is there, what became of the letter)."""
    if is_unsubscribed(letter.to, letter.kind):
        return True, _give_up(letter, UNSUBSCRIBED, at)
    try:
        message(letter).send()
    except Exception as error:  # whatever it is, it is this letter's alone, and the others get their turn
        what = said_by(error)
        if _is_for_good(error):
            return True, _give_up(letter, what, at)
        return _is_of_the_letter(error), _put_off(letter, what, at)
    Letter.objects.filter(pk=letter.pk).update(sent_at=at, given_up_at=None, last_error="")
    return True, f"Sent the letter {letter}."


def message(letter: Letter) -> EmailMessage:
    """What the mail server gets: the same bytes at each try."""
    headers = {
        "Message-ID": letter.message_id,
        "Date": format_datetime(letter.posted_at),
        "Auto-Submitted": "auto-generated",  # RFC 3834: no machine answers it
    }
    if letter.kind:
        headers["List-Unsubscribe"] = f"<{link(letter.to, letter.kind, letter.language)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058, section 3.1
    return EmailMessage(letter.subject, letter.body, to=[letter.to], headers=headers)


def _put_off(letter: Letter, what: str, at: dt.datetime) -> str:
    if at - letter.due_at >= TRIED_FOR:
        return _give_up(letter, what, at)
    pause = PAUSES[min(letter.tries, len(PAUSES)) - 1]
    pause = min(pause, URGENT_PAUSE) if letter.is_urgent else pause
    Letter.objects.waiting().filter(pk=letter.pk).update(next_at=at + pause, last_error=what)
    _log.warning("The letter %s could not be sent: %s", letter, what)
    return f"Could not send the letter {letter}: {what}. It is tried again in {pause.seconds // 60} minutes."


def _give_up(letter: Letter, what: str, at: dt.datetime) -> str:
    Letter.objects.waiting().filter(pk=letter.pk).update(given_up_at=at, last_error=what)
    _log.error("The letter %s is given up: %s", letter, what)
    return f"Gave the letter {letter} up: {what}."


def _answers(error: Exception) -> tuple[int, bytes]:
    """(Code, text) of the mail server's refusal; (0, b"") where it did not answer."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):  # of one address
        return next(iter(error.recipients.values()), (0, b""))
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return error.smtp_code, text if isinstance(text, bytes) else str(text).encode()
    return 0, b""


def _is_of_the_letter(error: Exception) -> bool:
    """Whether another letter may fare better: it was not the server, or our settings for it."""
    return isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) or not isinstance(error, OSError)


def _is_for_good(error: Exception) -> bool:
    """Whether the server will never take this letter to this mailbox."""
    code, _text = _answers(error)
    return _is_of_the_letter(error) and code >= _FOR_GOOD and code != _MAILBOX_FULL


def said_by(error: Exception) -> str:
    """What kept a letter, for logs and lists: kind and codes. What a mail server says repeats addresses and words."""
    code, text = _answers(error)
    enhanced = _ENHANCED.match(text)
    words = [type(error).__name__, str(code or ""), enhanced[1].decode() if enhanced else ""]
    if not code and isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException | ssl.SSLError):
        words.append(f"({error.strerror})" if error.strerror else "")
    if isinstance(error.__context__, TimeoutError):
        words.append("(no answer in time)")
    return " ".join(filter(None, words))[:120]


def send_again(letter: Letter) -> bool:
    """Try one that was given up anew, from the beginning; whether there was anything to try."""
    now = timezone.now()
    given_up = Letter.objects.given_up().filter(pk=letter.pk).exclude(to="")
    return bool(given_up.update(given_up_at=None, tries=0, due_at=now, next_at=now))


def take_back(*keys: str) -> int:
    """Letters with these keys that nobody has tried to send yet are as if never posted; how many."""
    return Letter.objects.waiting().filter(key__in=keys, tries=0).delete()[0]


def forget_words(*, at: dt.datetime) -> int:
    """Take away the words and addresses of what was sent or given up thirty days ago; of how many letters."""
    old = Letter.objects.filter(Q(sent_at__lt=at - KEPT_FOR) | Q(given_up_at__lt=at - KEPT_FOR))
    return old.filter(posted_at__lt=at - KEPT_FOR).exclude(to="").update(to="", subject="", body="")


def forget_letters_to(address: str, *, key: str = "") -> None:
    """Nothing of an address is kept, and what waits for it is not sent: its person wants to be forgotten.

    With ``key`` only the letters whose key begins with it.
    """
    letters = Letter.objects.filter(to__iexact=bare(address)).exclude(to="")
    letters = letters.filter(key__startswith=key) if key else letters
    letters.waiting().update(given_up_at=timezone.now(), last_error="its person is forgotten")
    letters.update(to="", subject="", body="")
