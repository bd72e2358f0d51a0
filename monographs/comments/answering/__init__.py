"""What the clinic answers: prepared texts, what waits for an answer, what a question changes in a leaflet."""
