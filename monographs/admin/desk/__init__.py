"""The desk: each person's work on the first page."""
