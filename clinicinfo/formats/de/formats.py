"""The calendar writes ISO dates, which have one reading; the rest is Django's. See `monographs.text.amounts.dates`."""

DATE_INPUT_FORMATS = ["%Y-%m-%d"]
