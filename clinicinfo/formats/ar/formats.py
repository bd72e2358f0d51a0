"""How dates read in Arabic: day, month as a word, year. Django's own writes 5 December as 05/12 in dates and as 12/05
in moments.
"""

from clinicinfo.formats.usual import *  # noqa: F403 - Django reads the names of this module

DATETIME_FORMAT = "j F Y، H:i"
SHORT_DATETIME_FORMAT = "j M Y، H:i"
