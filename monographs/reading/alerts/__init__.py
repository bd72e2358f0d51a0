"""Safety alerts for readers: pages of their own, what stands above leaflets and in lists, a feed."""
