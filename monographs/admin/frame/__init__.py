"""What all screens share: the page around a leaflet, parts of forms, what is written in Python, lists to take away."""
