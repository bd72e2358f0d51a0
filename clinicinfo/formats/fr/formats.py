"""How dates read in French: the day first, twenty-four hours."""

from clinicinfo.formats.usual import *  # noqa: F403 - Django reads the names of this module
