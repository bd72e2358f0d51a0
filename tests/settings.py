"""The settings under test: local mode with its own database, whatever this machine's environment says."""

import atexit
import os
import shutil
import tempfile


def _a_folder_of_our_own() -> str:
    """Gone with this process; not with one that it forks."""
    folder, ours = tempfile.mkdtemp(prefix="clinicinfo-test-"), os.getpid()
    atexit.register(lambda: os.getpid() == ours and shutil.rmtree(folder, ignore_errors=True))
    return folder


for name in [name for name in os.environ if name.startswith("CLINICINFO_")]:
    del os.environ[name]
os.environ["CLINICINFO_MODE"] = "local"
os.environ["CLINICINFO_ENV_FILE"] = os.devnull
os.environ["CLINICINFO_VAR"] = os.environ.get("TEST_VAR") or _a_folder_of_our_own()

os.environ.setdefault("DATABASE_URL", f"sqlite:///{os.environ['CLINICINFO_VAR']}/clinicinfo.sqlite3")

from clinicinfo.settings import *  # noqa: E402, F403 - the environment must be set first; all settings are meant
from clinicinfo.settings import DATABASES, VAR  # noqa: E402

if DATABASES["default"]["ENGINE"] == "clinicinfo.sqlite":
    # A real file, as in a clinic: an in-memory database has other locks and hides races.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LETTERS_GO_AT_ONCE = False  # tests send when they mean to
