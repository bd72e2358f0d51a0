"""The page around a leaflet: where it stands, what may be done about it, and where each finding about it is."""
