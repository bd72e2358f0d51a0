"""What follows from the timeline and is written down: what is shown when, what is listed, what is behind, where it all
stands."""
