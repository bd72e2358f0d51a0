"""How dates read in Spanish: the day first, twenty-four hours."""

from clinicinfo.formats.usual import *  # noqa: F403 - Django reads the names of this module

DATE_FORMAT = r"j \d\e F \d\e Y"
DATETIME_FORMAT = r"j \d\e F \d\e Y, H:i"
MONTH_DAY_FORMAT = r"j \d\e F"
YEAR_MONTH_FORMAT = r"F \d\e Y"
