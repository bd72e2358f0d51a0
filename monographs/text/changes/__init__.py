"""Two texts compared: for the eye, and for what could harm a patient."""
