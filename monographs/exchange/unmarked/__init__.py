"""Plain text, as a person copies it from a page or a printed leaflet."""
