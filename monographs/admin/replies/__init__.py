"""Readers' replies and their moderation."""
