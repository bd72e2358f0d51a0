"""Whether the site lives, and whether it can do all of its work."""
