"""Open sessions, and where they are kept."""
