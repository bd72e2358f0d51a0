"""How dates read in Polish: the day first, its month in the genitive ("E"; "F" would be the nominative)."""

from clinicinfo.formats.usual import *  # noqa: F403 - Django reads the names of this module

DATE_FORMAT = "j E Y"
DATETIME_FORMAT = "j E Y, H:i"
MONTH_DAY_FORMAT = "j E"
