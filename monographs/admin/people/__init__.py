"""Staff and the clinic's own details."""
