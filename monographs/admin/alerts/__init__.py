"""Safety alerts: the list, writing one with a preview, and the page on which a second person decides on it."""
