"""Checks of how easily a text is read."""
