"""Checks that patients read, hear and dial what was typed."""
