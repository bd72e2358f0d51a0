"""Where a reply stands: at which place, under which version of its leaflet, and whether replies are open there."""
