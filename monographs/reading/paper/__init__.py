"""A leaflet, or several, to print and to take along."""
