"""What a password meets: it is counted before it is looked at, hashed, and what came of it is on record."""
