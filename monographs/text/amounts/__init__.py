"""Numbers, units, days and telephone numbers: how each is written, and what it means."""
