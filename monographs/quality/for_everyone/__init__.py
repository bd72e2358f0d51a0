"""Can everyone follow the leaflet: by eye, by ear, by keyboard?"""
