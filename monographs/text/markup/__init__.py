"""Leaflet text: how it is written, shown, and held against what was typed."""
