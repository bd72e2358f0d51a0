"""Is everything there that a leaflet must have?"""
