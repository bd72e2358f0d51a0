"""Safety alerts: words about some medicines, or for everybody, that stand above the leaflets for a time."""
