"""How dates read in Welsh: the day first, twenty-four hours."""

from clinicinfo.formats.usual import *  # noqa: F403 - Django reads the names of this module
