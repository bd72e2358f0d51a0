"""Letters and signs: which are settled, which are refused, and how names are folded."""
