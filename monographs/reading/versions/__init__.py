"""Earlier versions of a leaflet, and what changed."""
