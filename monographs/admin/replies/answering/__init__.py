"""Answering for the clinic: with what is at hand, from prepared texts, and what it changes in a leaflet."""
