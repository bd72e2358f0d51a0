"""The site's own settings, as a clinic would run it, with a database for measuring and the log turned down."""

import os

os.environ.setdefault("CLINICINFO_MODE", "local")
os.environ.setdefault("CLINICINFO_LOG_LEVEL", "ERROR")

from clinicinfo.settings import *  # noqa: E402, F403 - the environment must be set first; all settings are meant
from clinicinfo.settings import ALLOWED_HOSTS  # noqa: E402

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]  # Django's test client
# As at a clinic: no look at the templates each second, which would also make every page anew when somebody saves one.
IS_LOCAL = False
LETTERS_GO_AT_ONCE = False  # as at a clinic; and nobody is there to get them
