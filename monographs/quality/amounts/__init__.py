"""Checks of doses and numbers."""
