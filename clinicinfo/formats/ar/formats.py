"""How dates read in Arabic: day, month as a word, year. Django's own writes 5 December as 05/12 in dates and as 12/05
in moments.
"""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، H:i"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y، H:i"
MONTH_DAY_FORMAT = "j F"
YEAR_MONTH_FORMAT = "F Y"
TIME_FORMAT = "H:i"
DATE_INPUT_FORMATS = ["%Y-%m-%d"]  # what the calendar writes; what people type is read by `text.amounts.dates`
