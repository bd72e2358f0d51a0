"""Leaflets found by what they say."""
