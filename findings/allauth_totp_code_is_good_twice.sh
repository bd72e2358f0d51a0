#!/usr/bin/env bash
# django-allauth 65.21.1: a TOTP code that was used is good a second time
#
# Expected: a code is accepted once (RFC 6238, section 5.2), for as long as it is accepted at all.
# Seen:     used codes are remembered in Django's cache for TOTP_PERIOD (30 s), but with MFA_TOTP_TOLERANCE = 1 a code is
#           accepted for 90 s: 31 s after its use it lets in again. With LocMemCache each other process takes it at once.
# Who is hurt: whoever types a code while somebody looks on, or into a forged page that passes it on.
# Instead: keep the steps of time whose code was taken in the authenticator's row, and refuse those.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "django-allauth[mfa]==65.21.1" "Django==5.2.19"
"$work/venv/bin/python" - <<'PYTHON'
import time

import django
from django.conf import settings

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "allauth.account", "allauth.mfa"],
    MIDDLEWARE=["allauth.account.middleware.AccountMiddleware"],
    SECRET_KEY="x",
    MFA_TOTP_TOLERANCE=1,
)
django.setup()

from allauth.mfa.totp.internal import auth
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command

call_command("migrate", verbosity=0)
now = time.time() // 30 * 30
time.time = lambda: now
secret = auth.generate_totp_secret()
app = auth.TOTP.activate(get_user_model().objects.create(username="ann"), secret)
code = auth.format_hotp_value(auth.hotp_value(secret, int(now) // 30))
assert app.validate_code(code)
assert not app.validate_code(code)  # at once, in the same process: refused
now += 31
assert app.validate_code(code)  # half a minute later: taken again
cache.clear()  # another process, with a cache of its own
assert app.validate_code(code)
PYTHON
echo "Still so: a used TOTP code lets in again after 31 seconds, and at once in another process."
