#!/usr/bin/env bash
# email-reply-parser 0.5.12: the line “> 50 kg: two tablets” is left out of an answer
#
# Expected: a quotation is what follows “… wrote:” and is marked line after line; a single line with a limit in it is the writer's own.
# Seen:     whatever begins with “>” is taken for quoted and cut out, and the lines around it are joined as if nothing had stood there:
#           a pharmacist's answer keeps the dose for children and loses the one for adults.
# Who is hurt: whoever takes answers to a reader's message, or remarks on a draft, from a mailbox.
# Instead: keep the whole of the message beside what was cut, and show where something was left out.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check email-reply-parser==0.5.12
"$work/venv/bin/python" - <<'PYTHON'
from email_reply_parser import EmailReplyParser

ANSWER = """The doses are:

Up to 50 kg: one tablet
> 50 kg: two tablets

Best wishes
"""

shown = EmailReplyParser.parse_reply(ANSWER)
assert "Up to 50 kg: one tablet" in shown and "Best wishes" in shown
assert "two tablets" not in shown
assert "two tablets" in EmailReplyParser.parse_reply(ANSWER.replace("> 50", "over 50"))  # as it should be
PYTHON
echo "Still so: a line that begins with a limit is cut out as a quotation."
