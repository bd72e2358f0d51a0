"""Settings, all read from the environment (or a `.env` file beside manage.py); the README lists them.

There are two modes. ``production`` (the default) refuses to start unsafe and says what to do;
``local`` is what `make run` uses to try the site on one's own machine.
"""

import difflib
import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from clinicinfo.databases import WAIT_FOR_A_LOCK, settings_for  # noqa: F401 - the lock's limit is a setting of the site
from clinicinfo.environment import Environment, read_file
from monographs.leaflets.form_size import MOST_FIELDS

BASE_DIR = Path(__file__).resolve().parent.parent

read_file(Path(os.environ.get("CLINICINFO_ENV_FILE", str(BASE_DIR / ".env"))))
env, plain_env = Environment("CLINICINFO_"), Environment()

MODE = env.text("MODE", "production")
if MODE not in {"production", "local"}:
    raise ImproperlyConfigured(f"CLINICINFO_MODE is “{MODE}”; it can be “production” or “local”.")
IS_LOCAL = MODE == "local"
VAR = Path(env.text("VAR", str(BASE_DIR / "var")))

DEBUG = env.yes_no("DEBUG", False)
if DEBUG and not IS_LOCAL:
    raise ImproperlyConfigured("CLINICINFO_DEBUG shows secrets to visitors. Unset it, or set CLINICINFO_MODE=local.")

SECRET_KEY = env.text("SECRET_KEY", "local-mode-only-" * 4 if IS_LOCAL else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "CLINICINFO_SECRET_KEY is not set. To try the site on this machine use `make run`. For a real clinic, make "
        'one with `python -c "import secrets; print(secrets.token_urlsafe(50))"` and keep it secret.'
    )
if not IS_LOCAL and (len(SECRET_KEY) < 50 or SECRET_KEY.startswith("local-mode-only-")):
    raise ImproperlyConfigured(
        "CLINICINFO_SECRET_KEY is too short or a sample. Make one with "
        '`python -c "import secrets; print(secrets.token_urlsafe(50))"`.'
    )

SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", [])  # older ones: secrets can still be read with them
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"] if IS_LOCAL else [])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "CLINICINFO_ALLOWED_HOSTS is not set. Name the site's host, e.g. leaflets.clinic.example."
    )
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "markdownx",
    "allauth.account",
    "allauth.mfa",
    "monographs.apps.MonographsConfig",
    "monographs.apps.ClinicAdminConfig",
]

MIDDLEWARE = [
    "monographs.operations.logs.LoggedRequestMiddleware",
    "clinicinfo.language_middleware.LanguageOfTheAddress",
    "django.middleware.security.SecurityMiddleware",
    "monographs.operations.requests.browser_policy.BrowserPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "monographs.audit.context.AddressMiddleware",
    "monographs.operations.requests.field_limits.FieldLimitMiddleware",
    "clinicinfo.staff_middleware.Session",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "clinicinfo.staff_middleware.Authentication",
    "allauth.account.middleware.AccountMiddleware",
    "clinicinfo.staff_middleware.Messages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "monographs.operations.requests.refusals.RefusalMiddleware",
]

# --- The page cache: how much of its memory each process may fill with known pages ---
PAGE_CACHE_BYTES = env.number("PAGE_CACHE_MB", 16) * 1024 * 1024

ROOT_URLCONF = "clinicinfo.urls"
FORM_RENDERER = "monographs.admin.frame.written.form_renderer.WrittenOut"
WSGI_APPLICATION = "clinicinfo.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- The database: one SQLite file to begin with, PostgreSQL by DATABASE_URL where a clinic outgrows it ---
VAR.mkdir(parents=True, exist_ok=True)
_database = plain_env.database("DATABASE_URL", f"sqlite:///{VAR / 'clinicinfo.sqlite3'}")
DATABASES = {"default": settings_for(_database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "monographs.StaffMember"
PASSWORD_HASHERS = [
    "monographs.staff.passwords.hashing.BoundedArgon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # what older programs made; made anew at the next log-in
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = env.text("LANGUAGE", "en").lower().replace("_", "-")
LANGUAGES = [
    ("en", _("English")),
    ("ar", _("Arabic")),
    ("cy", _("Welsh")),
    ("de", _("German")),
    ("es", _("Spanish")),
    ("fr", _("French")),
    ("it", _("Italian")),
    ("pl", _("Polish")),
    ("pt", _("Portuguese")),
    ("ur", _("Urdu")),
    ("zh-hans", _("Chinese (simplified)")),
]
if LANGUAGE_CODE not in dict(LANGUAGES):
    raise ImproperlyConfigured(
        f"CLINICINFO_LANGUAGE is “{LANGUAGE_CODE}”; it can be one of {', '.join(dict(LANGUAGES))}."
    )
LOCALE_PATHS = [str(BASE_DIR / "monographs" / "locale")]  # the templates' messages are collected here too
TIME_ZONE = env.text("TIME_ZONE", "Europe/London")
USE_TZ = True
FORMAT_MODULE_PATH = ["clinicinfo.formats"]

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = Path(env.text("MEDIA", str(VAR / "media")))
MEDIA_URL = "media/"
# --- PDFs that the clock makes before anybody asks: what they may take of the disk; 0: none are made ---
PAPER_FOLDER = VAR / "paper"
PAPER_BYTES = env.number("PAPER_MB", 256) * 1024 * 1024
LEAST_ROOM = env.number("LEAST_ROOM_MB", 200) * 1024 * 1024  # bytes on each disk below which `/readyz` warns
STORAGES = {
    "default": {"BACKEND": "monographs.files.storage.WholeFiles"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if IS_LOCAL
        else "monographs.files.storage.WholeStaticFiles"
    },
}
WHITENOISE_USE_FINDERS = IS_LOCAL
WHITENOISE_AUTOREFRESH = IS_LOCAL

# --- Staff sign in under /admin/ and nowhere else: the public pages never see or set a cookie ---
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"  # also where the address to go on to is not ours
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "staff-session", "staff-csrf"
SESSION_COOKIE_AGE = env.number("SESSION_HOURS", 12) * 3600
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "monographs.admin.frame.unsent.form_without_token"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "monographs.staff.sessions.store"

# --- The second factor: allauth's stages and secrets, behind our own pages, counters and words ---
ASKS_SECOND_FACTOR = not IS_LOCAL  # whether anybody must have one; whoever has one is always asked for it
ACCOUNT_ADAPTER, MFA_ADAPTER = "monographs.staff.door.AccountAdapter", "monographs.staff.door.FactorAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # counted in rows of our own, which every process sees (`staff/passwords/attempts.py`)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds before and after, for clocks and slow hands (RFC 6238, section 5.2)
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey shows that it is the person, not only the device

# --- What browsers may do ---
CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
# How many reverse proxies stand in front: whose X-Forwarded-For is believed. 0 believes none.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.yes_no("HTTPS", not IS_LOCAL)
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 31_536_000) if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = bool(SECURE_HSTS_SECONDS)

DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024  # bytes; a pasted 5 MB text reaches its form and is answered there
# The largest request there is (`operations.requests.field_limits`): a picture on its way takes memory, and no room on
# a disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = MOST_FIELDS  # `operations.requests.field_limits` lets patients send far fewer

# --- Letters: put into the outbox (`mail.outbox`), sent by the clock ---
EMAIL_CONFIG = plain_env.mail("EMAIL_URL", "console://" if IS_LOCAL else "smtp://localhost:25")
_BOUNDED = {"django.core.mail.backends.smtp.EmailBackend": "monographs.mail.smtp.EmailBackend"}
EMAIL_BACKEND = _BOUNDED.get(EMAIL_CONFIG["EMAIL_BACKEND"], EMAIL_CONFIG["EMAIL_BACKEND"])
EMAIL_HOST, EMAIL_PORT = EMAIL_CONFIG["EMAIL_HOST"], EMAIL_CONFIG["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL_CONFIG["EMAIL_HOST_USER"], EMAIL_CONFIG["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_CONFIG["EMAIL_USE_TLS"], EMAIL_CONFIG["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 30  # seconds for each answer of the mail server; `mail.smtp` has the end of it all
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "leaflets@localhost")
# No clock runs beside `make run`: what is posted is printed as soon as the act is done.
LETTERS_GO_AT_ONCE = IS_LOCAL and EMAIL_BACKEND == "django.core.mail.backends.console.EmailBackend"
# Where this site is found, for the links in letters, which are written where nobody asks for a page.
_host = next((host for host in ALLOWED_HOSTS if host.strip(".*")), "localhost").lstrip(".")
_address = env.text("ADDRESS", "http://127.0.0.1:8000" if IS_LOCAL else f"https://{_host}")
if not _address.startswith(("https://", "http://")):
    raise ImproperlyConfigured(
        f"CLINICINFO_ADDRESS is “{_address}”; write the whole address, e.g. https://leaflets.clinic.example"
    )
SITE_ADDRESS = _address.rstrip("/")

DEFAULT_EXCEPTION_REPORTER = "monographs.operations.logs.ShortReport"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"trouble": {"()": "monographs.trouble.InOneLine"}},
    "formatters": {"without_words": {"()": "monographs.operations.logs.WithoutWords"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "without_words"}},
    "loggers": {"django.request": {"filters": ["trouble"]}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "INFO")},
}

# A misspelt setting must not pass in silence.
_known = {
    "MODE", "ENV_FILE", "VAR", "DEBUG", "SECRET_KEY", "SECRET_KEY_FALLBACKS", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS",
    "DATABASE_POOL",
    "LANGUAGE", "TIME_ZONE", "MEDIA", "SESSION_HOURS", "TRUSTED_PROXIES", "HTTPS", "HSTS_SECONDS", "EMAIL_FROM",
    "LOG_LEVEL", "PAGE_CACHE_MB", "LEAST_ROOM_MB", "ADDRESS", "PAPER_MB",
}  # fmt: skip
# DATABASE_POOL is of older versions: each thread keeps a connection now. It may stay in a file of settings.
for _name in os.environ:
    if _name.startswith("CLINICINFO_") and _name.removeprefix("CLINICINFO_") not in _known:
        _near = difflib.get_close_matches(_name.removeprefix("CLINICINFO_"), _known, 1)
        _hint = f" Did you mean CLINICINFO_{_near[0]}?" if _near else ""
        raise ImproperlyConfigured(f"{_name} is not a setting of this site.{_hint}")
