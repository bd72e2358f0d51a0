"""A leaflet as a file: PDF, plain text and EPUB, each made of the very article that the page shows."""
