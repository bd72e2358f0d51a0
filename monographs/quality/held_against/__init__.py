"""A leaflet held against another text: the one it was made from, or the full edition beside an easy-read one."""
