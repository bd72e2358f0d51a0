"""How dates read in German: the day first, twenty-four hours."""

from clinicinfo.formats.usual import *  # noqa: F403 - Django reads the names of this module

DATE_FORMAT = "j. F Y"
DATETIME_FORMAT = "j. F Y, H:i"
SHORT_DATE_FORMAT = "j. M Y"
SHORT_DATETIME_FORMAT = "j. M Y, H:i"
MONTH_DAY_FORMAT = "j. F"
