"""Translations for agencies and back: XLIFF 2.1."""
