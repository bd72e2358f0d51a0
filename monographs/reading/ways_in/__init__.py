"""The ways to a leaflet: home page, A–Z, search, a pack's square, an address from memory, several medicines."""
