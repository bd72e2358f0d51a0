"""The rules of leaflet text, each in a module of its own: what is markup, and what only looks so."""
