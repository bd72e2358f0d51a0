"""How dates read in Urdu, for which Django has no formats: the day first, twenty-four hours."""

from clinicinfo.formats.usual import *  # noqa: F403 - Django reads the names of this module

DATETIME_FORMAT = "j F Y، H:i"
SHORT_DATETIME_FORMAT = "j M Y، H:i"
